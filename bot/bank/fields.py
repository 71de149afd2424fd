"""Fields of a bank file that do not depend on a question's kind. The loader and the JSON Schema both use them."""

from dataclasses import dataclass

from bot.core.question import Level

MAX_TEXT_LENGTH = 1_024
"""Characters of a stem, option or explanation that can be shown without cutting (Bot API, sendPoll, description)."""
MAX_PASSAGE_LENGTH = 3_500
"""Characters of a passage or quote. With its title it must fit into a message of 4,096 (Bot API, sendMessage)."""
MAX_TITLE_LENGTH = 100
MAX_ID_LENGTH = 40
MAX_TOPIC_ID_LENGTH = 24
"""Characters. A topic's id shares the 64 bytes of callback data with other values (Bot API, InlineKeyboardButton)."""

_ID_REMEDY = "Use the letters a-z, digits and hyphens only, at most {} of them."


@dataclass(frozen=True, slots=True)
class TextField:
    """A field whose value is a text.

    Attributes:
        name: the YAML key.
        description: the meaning of the field; editors show it.
        max_length: the maximal number of characters.
        choices: the allowed values; empty if any text is allowed.
        pattern: a regular expression that the text must match, valid in Python and ECMA 262; empty if there is none.
        remedy: what the author should do when the text does not match.
    """

    name: str
    description: str
    max_length: int = MAX_TEXT_LENGTH
    choices: tuple[str, ...] = ()
    pattern: str = ""
    remedy: str = ""


def _id_field(description: str) -> TextField:
    pattern = rf"^[a-z0-9-]{{1,{MAX_ID_LENGTH}}}$"
    return TextField("id", description, MAX_ID_LENGTH, (), pattern, _ID_REMEDY.format(MAX_ID_LENGTH))


TITLE = TextField("title", "The bank's title, as learners read it.", MAX_TITLE_LENGTH)
LANGUAGE = TextField(
    "language",
    "The language of the questions as a tag of BCP 47, e.g. en, kk or pt-BR.",
    35,
    (),
    r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
    "Write a language tag such as en, ru, kk or pt-BR.",
)
SOURCE = TextField("source", "The text that the reading retells: author, title, where to find it.")
LICENCE = TextField("licence", "The terms under which the bank may be used, e.g. CC BY 4.0.")
BANK: tuple[TextField, ...] = (TITLE, LANGUAGE, SOURCE, LICENCE)

PASSAGE: tuple[TextField, ...] = (
    _id_field("The passage's id, by which questions name it."),
    TextField("title", "The passage's heading.", MAX_TITLE_LENGTH),
    TextField("text", "The passage itself, in plain sentences.", MAX_PASSAGE_LENGTH),
)

TOPIC: tuple[TextField, ...] = (
    TextField(
        "id",
        "The topic's id, by which questions name it, and learners in /quiz.",
        MAX_TOPIC_ID_LENGTH,
        (),
        rf"^(?=[0-9-]*[a-z])[a-z0-9-]{{1,{MAX_TOPIC_ID_LENGTH}}}$",
        # "/quiz 10" asks for ten questions, so 10 cannot be the id of a topic
        f"{_ID_REMEDY.format(MAX_TOPIC_ID_LENGTH)} At least one must be a letter.",
    ),
    TextField("title", "The topic as learners read it.", MAX_TITLE_LENGTH),
)

TOPIC_OF_QUESTION = TextField("topic", "The id of the topic the question belongs to.", MAX_TOPIC_ID_LENGTH)
LEVEL = TextField("level", "How hard the question is.", choices=tuple(level.value for level in Level))
DEFAULTS: tuple[TextField, ...] = (TOPIC_OF_QUESTION, LEVEL)
QUESTION: tuple[TextField, ...] = (
    _id_field("The question's permanent id: scores are stored under it. Never reuse it for another question."),
    TOPIC_OF_QUESTION,
    LEVEL,
    TextField("question", "What is asked, or the statement to call true or false."),
    TextField("why", "Why the answer is right, in your own words; shown after the answer."),
    TextField("passage", "The id of the passage that proves the answer.", MAX_ID_LENGTH),
    TextField("quote", "The words of that passage that prove the answer.", MAX_PASSAGE_LENGTH),
)

OPTION: tuple[TextField, ...] = (
    TextField("text", "The option as learners read it."),
    TextField("note", "Why this option is wrong; shown to learners who choose it."),
)

MAX_ITEMS: dict[str, int] = {"reading": 100, "topics": 90}
"""Each passage and each topic is a button; topics share a message with other buttons (Telegram: 100 a message)."""
SECTIONS: dict[str, str] = {
    "reading": "The text the questions are about, retold in short passages.",
    "topics": "The topics that questions are grouped by, in the order learners see them.",
    "defaults": "A topic and a level for questions that name none.",
    "questions": "The questions. The fields of each question decide its kind.",
}
