"""Common slips of authors: the field names of other quiz formats, hyphens and colons without a space, and the like.

Each is answered with what to write instead. The tables are data: a new slip is a word in one of them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.bank.layout import BANK, OPTION, PASSAGE, QUESTION, SECTIONS, TOPIC
from bot.core.kinds import KINDS

OPTIONS = "options choices alternatives variants answer_options option варианты варианты_ответа жауап_нұсқалары"
"""Names under which other formats list right and wrong options together."""

_ANSWER = "Write `answer` for one right option, `answers` for several, `accept` for texts to type."
_BOTH = "Write the right option under `answer` and the others under `wrong`."
_DELETE = "Delete it: a bank has no such field."
_SORT = "Delete it: the fields of the answer decide the kind of the question."
_ANSWERS = ("answer", "answers", "accept", "wrong")

# Of what (question, bank, ...), the names that authors write, what they are told, and which fields they mean.
_TABLE: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("question", "correct right correct_answer correct_option right_answer right_option", _ANSWER, _ANSWERS),
    ("question", "correct_answers right_answers correct_options right_options", _ANSWER, _ANSWERS),
    ("question", "correct_index answer_index correct_choice key answer_key solution ans", _ANSWER, _ANSWERS),
    ("question", "ответ правильный_ответ правильные_ответы ответы жауап дұрыс_жауап", _ANSWER, _ANSWERS),
    ("question", "true_false boolean bool is_true true_or_false", "`answer: true` or `answer: false`", _ANSWERS),
    ("question", OPTIONS, _BOTH, _ANSWERS),
    (
        "question",
        "distractors distractor incorrect incorrect_answers wrong_answers wrong_answer",
        "`wrong`",
        ("wrong",),
    ),
    ("question", "incorrect_options wrong_options wrongs decoys false неверные_ответы", "`wrong`", ("wrong",)),
    ("question", "accepted accepts acceptable acceptable_answers accepted_answers", "`accept`", ("accept",)),
    ("question", "synonyms aliases variants_of_answer", "`accept`", ("accept",)),
    ("question", "text prompt stem statement q query task body question_text title name", "`question`", ("question",)),
    ("question", "вопрос сұрақ", "`question`", ("question",)),
    ("question", "explanation explain explanations rationale reason feedback because comment", "`why`", ("why",)),
    ("question", "general_feedback пояснение объяснение почему түсіндірме", "`why`", ("why",)),
    ("question", "citation evidence excerpt quotation proof цитата", "`quote`", ("quote",)),
    ("question", "passage_id reading source reference section paragraph отрывок", "`passage`", ("passage",)),
    ("question", "difficulty hardness complexity difficulty_level сложность уровень", "`level`", ("level",)),
    ("question", "category subject theme chapter topic_id тема тақырып", "`topic`", ("topic",)),
    ("question", "tolerance margin error precision plus_minus delta", "`within`", ("within",)),
    ("question", "measure unit_of_measure", "`unit`", ("unit",)),
    ("question", "strict exactly exact_match case_sensitive verbatim literal точно дәл", "`exact: true`", ("exact",)),
    ("question", "value integer numeric numerical", "`number`", ("number",)),
    ("question", "uid slug identifier question_id", "`id`", ("id",)),
    ("question", "type kind format question_type", _SORT, ()),
    ("question", "points score weight grade marks time time_limit timer shuffle image tags", _DELETE, ()),
    ("bank", "name quiz quiz_title bank heading", "`title`", ("title",)),
    ("bank", "lang locale язык тіл", "`language`", ("language",)),
    ("bank", "author authors origin reference", "`source`", ("source",)),
    ("bank", "copyright rights terms", "`licence`", ("licence",)),
    ("bank", "passages passage text texts paragraphs sections", "`reading`", ("reading",)),
    ("bank", "categories category subjects themes chapters tags", "`topics`", ("topics",)),
    ("bank", "items quizzes cards tasks вопросы сұрақтар", "`questions`", ("questions",)),
    ("bank", "default", "`defaults`", ("defaults",)),
    ("bank", "version description date", _DELETE, ()),
    ("passage", "content body paragraph passage", "`text`", ("text",)),
    ("passage", "name heading header", "`title`", ("title",)),
    ("topic", "name heading label topic", "`title`", ("title",)),
    ("option", "option answer value label title name choice wrong", "`text`", ("text",)),
    ("option", "why reason explanation explain comment feedback hint rationale because", "`note`", ("note",)),
    ("option", "correct right is_correct iscorrect", "Delete it: options under `wrong` are wrong.", ()),
    ("set of defaults", "difficulty", "`level`", ("level",)),
    ("set of defaults", "category subject theme", "`topic`", ("topic",)),
)


@dataclass(frozen=True, slots=True)
class Slip:
    """What an author is told to write instead, and the fields that are then not missing."""

    advice: str
    meant: tuple[str, ...]


def _by_name() -> Mapping[tuple[str, str], Slip]:
    return {
        (noun, name): Slip(f"Write {advice} instead." if advice.startswith("`") else advice, meant)
        for noun, names, advice, meant in _TABLE
        for name in names.split()
    }


_SLIPS = _by_name()
_NAMES = {field.name for fields in (BANK, PASSAGE, TOPIC, QUESTION, OPTION) for field in fields} | {*SECTIONS}
_KNOWN = "|".join(sorted(_NAMES | {field.name for kind in KINDS for field in kind.fields}))

_NO_SPACE = re.compile(rf"(?P<before>\s*(?:- )?)(?P<name>{_KNOWN}):(?P<value>[^\s:].*)")
_NO_COLON = re.compile(r"(?P<before>\s*(?:- )?)(?P<name>[^\W\d]\w{1,30})(?::(?![\s:/])|\s*[：=]\s*)(?P<value>\S.*)")
_BULLET = re.compile(
    r"(?P<before>\s*)(?P<bullet>[-–—•·*]|\(?(?:\d{1,2}|[A-Ha-hА-Гa-г])[.)](?=\s))(?P<value>\s*[^\s\-].*)", re.DOTALL
)


def field_slip(noun: str, name: str, known: Iterable[str]) -> Slip | None:
    """Return what to write instead of an unknown field, where the table or the writing of its name tells."""
    bare = name.lstrip("-–—•· ")
    plain = _snake(bare)
    if plain in known:
        advice = f"Write a space after the hyphen: `- {plain}: ...`." if bare != name else f"Write exactly `{plain}`."
        return Slip(advice, (plain,))
    return _SLIPS.get((noun, plain))


def names_options(name: str) -> bool:
    """Return whether other formats list all options of a question under this name."""
    return _snake(name) in OPTIONS.split()


def _snake(name: str) -> str:
    apart = re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])", "_", name.strip(" \t\n“”„‘’«»\"'`*:"))
    return re.sub(r"[\s_-]+", "_", apart).casefold()


def list_slip(name: str, text: str) -> str:
    """Return what to write where one text stands in the place of a list."""
    bullet = _BULLET.match(text)
    if bullet:
        item = re.split(r"\s(?:[-–—•·*]|\d+[.)])", bullet["value"].strip())[0]
        mend = f"Write a hyphen and a space before each item, on a line of its own: `- {_cut(item)}`."
        number = f" For the number write `- {_cut(text)}`." if re.fullmatch(r"-\d\S*", text) else ""
        return f"{name}: expected a list, got a text that begins with “{bullet['bullet']}”. {mend}{number}"
    message = f"{name}: expected a list, got a text. Write each item on a line after a hyphen."
    return f"{message} For one right option write `answer: {_cut(text)}`." if name == "answers" else message


def line_slip(line: str) -> tuple[int, str] | None:
    """Return the column and the mend of a line that YAML cannot read for want of a colon or space."""
    if found := _NO_COLON.fullmatch(line):
        message = f"Write a colon and a space after the name: `{found['name']}: {_cut(found['value'])}`."
        return found.end("name") + 1, message
    found = _BULLET.fullmatch(line)
    if found and (
        found["bullet"] in "–—•·"
        or (found["bullet"] in "-*" and (found["bullet"] == "*") == found["value"].startswith(" "))
    ):
        return found.start("bullet") + 1, f"Write a hyphen and a space before an item: `- {_cut(found['value'])}`."
    return None


def is_field(line: str) -> bool:
    """Return whether a line is one of our fields whose colon lacks its space."""
    return bool(_NO_SPACE.fullmatch(line))


def swallowed(line: str, *, in_list: bool) -> tuple[int, str] | None:
    """Return the column and the mend of a line that YAML joins to the text above it, though it was meant apart."""
    if is_field(line):
        return line_slip(line)
    found = re.match(r"\s*-\s*(?=\S)", line) if in_list else None
    if not found:
        return None
    message = (
        "YAML takes this line for more of the item above. Indent all items alike, each after a hyphen and a space."
    )
    return len(line) - len(line.lstrip()) + 1, message


def colon_slip(name: str, value: str) -> str:
    """Return what to write instead of an option that YAML takes for a field because of its colon."""
    text = f"{name}: {value}".strip()
    return f'YAML takes “{_cut(name)}” for the name of a field. Put the text in quotes: `"{_cut(text)}"`.'


def text_slip(text: str) -> str | None:
    """Return what to write instead of an option in which a colon lacks its space: ``text:Oslo``."""
    found = re.fullmatch(r"(text|note):([^\s:/].*)", text, re.DOTALL)
    return f"Write a space after the colon: `{found[1]}: {_cut(found[2])}`." if found else None


def missing_wrong(answer: str) -> str:
    """Return what else the author may have meant by an ``answer`` without ``wrong``."""
    if re.fullmatch(r"-?\d+(\.\d+)?", answer):
        statement = " For a statement write `answer: true` or `answer: false`." if answer in {"0", "1"} else ""
        return f"For a number to type write `number: {answer}` instead of `answer`.{statement}"
    if points_at_option(answer):
        return f"{_letter(answer)} For a statement write `answer: true` or `answer: false`."
    return "For a statement write `answer: true` or `answer: false`; for a text to type, `accept`."


def points_at_option(answer: str) -> bool:
    """Return whether an answer may be the letter of an option instead of its text: ``B``, ``b)``, ``option B``."""
    return bool(re.fullmatch(r"(?i)(option |вариант )?\(?[a-hа-з]\s?[.):]?", answer))


def letter_slip(answer: str, option: str, name: str) -> str:
    """Return what to write instead of an option's letter or number in the field of this name."""
    if not option:
        return _letter(answer)
    written = f"answer: {_cut(option)}" if name == "answer" else f"- {_cut(option)}"
    return f"“{answer}” is no option. Write its own text: `{written}`."


def _letter(answer: str) -> str:
    return f"“{answer}” is only the mark of an option. Write the right option's own text in its place."


def is_lettered(option: str) -> bool:
    """Return whether an option begins with a letter of a list: ``A) Oslo``."""
    return bool(re.match(r"\(?[A-Ha-hА-За-з][.)]\s*\S", option))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"  # noqa: PLR2004 - an example fits a line
