"""The fields of a bank file that no kind of question decides: one table for the loader and the JSON Schema."""

from dataclasses import dataclass

from bot.core.question import Level

LONGEST_TEXT = 1_024
"""Characters of a stem, option or explanation: the longest that can be shown whole (Bot API, sendPoll, description)."""
LONGEST_PASSAGE = 3_500
"""Characters of a passage or quote: with its title it must fit a message of 4,096 (Bot API, sendMessage)."""
LONGEST_TITLE = 100
LONGEST_ID = 40
LONGEST_TOPIC_ID = 24
"""Characters: a topic's id shares the 64 bytes of callback data with other words (Bot API, InlineKeyboardButton)."""

_ID_MEND = "Use the letters a-z, digits and hyphens only, at most {} of them."


@dataclass(frozen=True, slots=True)
class TextField:
    """A field that holds a text.

    Attributes:
        name: the YAML key.
        description: what it means, shown in editors.
        longest: characters.
        choices: the words it may be; empty where it is free.
        pattern: what the whole text must match (understood alike by Python and ECMA 262); empty where it is free.
        mend: what to do when it does not match.
    """

    name: str
    description: str
    longest: int = LONGEST_TEXT
    choices: tuple[str, ...] = ()
    pattern: str = ""
    mend: str = ""


def _id_field(description: str) -> TextField:
    pattern = rf"^[a-z0-9-]{{1,{LONGEST_ID}}}$"
    return TextField("id", description, LONGEST_ID, (), pattern, _ID_MEND.format(LONGEST_ID))


TITLE = TextField("title", "The bank's title, as learners read it.", LONGEST_TITLE)
LANGUAGE = TextField(
    "language",
    "The language of the questions as a tag of BCP 47, e.g. en, kk or pt-BR.",
    35,
    (),
    r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
    "Write a language tag such as en, ru, kk or pt-BR.",
)
SOURCE = TextField("source", "What the reading was retold from: author, title, where to find it.")
LICENCE = TextField("licence", "Under which terms the bank may be used, e.g. CC BY 4.0.")
BANK: tuple[TextField, ...] = (TITLE, LANGUAGE, SOURCE, LICENCE)

PASSAGE: tuple[TextField, ...] = (
    _id_field("What questions name the passage by."),
    TextField("title", "The passage's heading.", LONGEST_TITLE),
    TextField("text", "The passage itself, in plain sentences.", LONGEST_PASSAGE),
)

TOPIC: tuple[TextField, ...] = (
    TextField(
        "id",
        "What questions name the topic by, and learners in /quiz.",
        LONGEST_TOPIC_ID,
        (),
        rf"^(?=[0-9-]*[a-z])[a-z0-9-]{{1,{LONGEST_TOPIC_ID}}}$",
        # "/quiz 10" asks for ten questions, so a topic cannot be called 10
        f"{_ID_MEND.format(LONGEST_TOPIC_ID)} At least one must be a letter.",
    ),
    TextField("title", "The topic as learners read it.", LONGEST_TITLE),
)

TOPIC_OF_QUESTION = TextField("topic", "The id of the topic the question belongs to.", LONGEST_TOPIC_ID)
LEVEL = TextField("level", "How hard the question is.", choices=tuple(level.value for level in Level))
DEFAULTS: tuple[TextField, ...] = (TOPIC_OF_QUESTION, LEVEL)
QUESTION: tuple[TextField, ...] = (
    _id_field("The question's name for ever: scores are kept by it. Never reuse it for another question."),
    TOPIC_OF_QUESTION,
    LEVEL,
    TextField("question", "What is asked, or the statement to call true or false."),
    TextField("why", "Why the answer is right, in your own words; shown after the answer."),
    TextField("passage", "The id of the passage that proves the answer.", LONGEST_ID),
    TextField("quote", "The words of that passage that prove the answer.", LONGEST_PASSAGE),
)

OPTION: tuple[TextField, ...] = (
    TextField("text", "The option as learners read it."),
    TextField("note", "Why this option is wrong; shown to who chooses it."),
)

MOST_ITEMS: dict[str, int] = {"reading": 100, "topics": 90}
"""Each passage and topic is a button, topics beside those for number and start (Telegram: 100 buttons a message)."""
SECTIONS: dict[str, str] = {
    "reading": "The text the questions are about, retold in short passages.",
    "topics": "What questions are grouped and counted by, in the order learners see them.",
    "defaults": "A topic and a level for questions that name none.",
    "questions": "The questions. Their fields decide how each is asked.",
}
