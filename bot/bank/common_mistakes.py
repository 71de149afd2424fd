"""Common mistakes of authors, such as field names of other quiz formats, or a colon without a space after it.

For each mistake there is a message that says what to write instead. To cover a new field name, add it to the table.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.bank.fields import BANK, OPTION, PASSAGE, QUESTION, SECTIONS, TOPIC
from bot.core.kinds import KINDS

OPTION_LISTS = "options choices alternatives variants answer_options option варианты варианты_ответа жауап_нұсқалары"
"""Names under which other formats list right and wrong options together, separated by spaces."""

_ANSWER = "Write `answer` for one right option, `answers` for several, `accept` for texts to type."
_BOTH = "Write the right option under `answer` and the others under `wrong`."
_DELETE = "Delete it: a bank has no such field."
_KIND_FIELD = "Delete it: the fields of the answer decide the kind of the question."
_ANSWERS = ("answer", "answers", "accept", "wrong")

# The item (question, bank, ...), the names that authors write, the advice they get, and the fields they may have meant.
_TABLE: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("question", "correct right correct_answer correct_option right_answer right_option", _ANSWER, _ANSWERS),
    ("question", "correct_answers right_answers correct_options right_options", _ANSWER, _ANSWERS),
    ("question", "correct_index answer_index correct_choice key answer_key solution ans", _ANSWER, _ANSWERS),
    ("question", "ответ правильный_ответ правильные_ответы ответы жауап дұрыс_жауап", _ANSWER, _ANSWERS),
    ("question", "true_false boolean bool is_true true_or_false", "`answer: true` or `answer: false`", _ANSWERS),
    ("question", OPTION_LISTS, _BOTH, _ANSWERS),
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
    ("question", "type kind format question_type", _KIND_FIELD, ()),
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
class Correction:
    """Advice on what to write instead, and the fields the author meant, which are then not reported as missing."""

    advice: str
    meant: tuple[str, ...]


def _by_name() -> Mapping[tuple[str, str], Correction]:
    return {
        (noun, name): Correction(f"Write {advice} instead." if advice.startswith("`") else advice, meant)
        for noun, names, advice, meant in _TABLE
        for name in names.split()
    }


_CORRECTIONS = _by_name()
_NAMES = {field.name for fields in (BANK, PASSAGE, TOPIC, QUESTION, OPTION) for field in fields} | {*SECTIONS}
_KNOWN = "|".join(sorted(_NAMES | {field.name for kind in KINDS for field in kind.fields}))

_NO_SPACE = re.compile(rf"(?P<before>\s*(?:- )?)(?P<name>{_KNOWN}):(?P<value>[^\s:].*)")
_NO_COLON = re.compile(r"(?P<before>\s*(?:- )?)(?P<name>[^\W\d]\w{1,30})(?::(?![\s:/])|\s*[：=]\s*)(?P<value>\S.*)")
_BULLET = re.compile(
    r"(?P<before>\s*)(?P<bullet>[-–—•·*]|\(?(?:\d{1,2}|[A-Ha-hА-Гa-г])[.)](?=\s))(?P<value>\s*[^\s\-].*)", re.DOTALL
)


def field_correction(noun: str, name: str, known: Iterable[str]) -> Correction | None:
    """Return what to write instead of an unknown field, or None if neither the table nor its spelling shows it."""
    bare = name.lstrip("-–—•· ")
    plain = _snake(bare)
    if plain in known:
        advice = f"Write a space after the hyphen: `- {plain}: ...`." if bare != name else f"Write exactly `{plain}`."
        return Correction(advice, (plain,))
    return _CORRECTIONS.get((noun, plain))


def names_options(name: str) -> bool:
    """Return whether other formats list all options of a question under this name."""
    return _snake(name) in OPTION_LISTS.split()


def _snake(name: str) -> str:
    apart = re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])", "_", name.strip(" \t\n“”„‘’«»\"'`*:"))
    return re.sub(r"[\s_-]+", "_", apart).casefold()


def list_message(name: str, text: str) -> str:
    """Return the message for a text where a list is expected."""
    bullet = _BULLET.match(text)
    if bullet:
        item = re.split(r"\s(?:[-–—•·*]|\d+[.)])", bullet["value"].strip())[0]
        remedy = f"Write a hyphen and a space before each item, on a line of its own: `- {_shorten(item)}`."
        number = f" For the number write `- {_shorten(text)}`." if re.fullmatch(r"-\d\S*", text) else ""
        return f"{name}: expected a list, got a text that begins with “{bullet['bullet']}”. {remedy}{number}"
    message = f"{name}: expected a list, got a text. Write each item on a line after a hyphen."
    return f"{message} For one right option write `answer: {_shorten(text)}`." if name == "answers" else message


def line_correction(line: str) -> tuple[int, str] | None:
    """Return the column and the message for a line that lacks a colon or a space, or None for other lines."""
    if found := _NO_COLON.fullmatch(line):
        message = f"Write a colon and a space after the name: `{found['name']}: {_shorten(found['value'])}`."
        return found.end("name") + 1, message
    found = _BULLET.fullmatch(line)
    if found and (
        found["bullet"] in "–—•·"
        or (found["bullet"] in "-*" and (found["bullet"] == "*") == found["value"].startswith(" "))
    ):
        return found.start("bullet") + 1, f"Write a hyphen and a space before an item: `- {_shorten(found['value'])}`."
    return None


def is_field_without_space(line: str) -> bool:
    """Return whether a line is a known field without a space after its colon."""
    return bool(_NO_SPACE.fullmatch(line))


def joined_line_correction(line: str, *, in_list: bool) -> tuple[int, str] | None:
    """Return the column and the message for an item or field that YAML reads as part of the text above, or None."""
    if is_field_without_space(line):
        return line_correction(line)
    found = re.match(r"\s*-\s*(?=\S)", line) if in_list else None
    if not found:
        return None
    message = "YAML reads this line as part of the item above. Indent all items alike, each after a hyphen and a space."
    return len(line) - len(line.lstrip()) + 1, message


def colon_message(name: str, value: str) -> str:
    """Return the message for an option that YAML reads as a field because of its colon."""
    text = f"{name}: {value}".strip()
    return f'YAML reads “{_shorten(name)}” as the name of a field. Put the text in quotes: `"{_shorten(text)}"`.'


def missing_space_message(text: str) -> str | None:
    """Return the message for an option without a space after its colon, such as ``text:Oslo``; None for others."""
    found = re.fullmatch(r"(text|note):([^\s:/].*)", text, re.DOTALL)
    return f"Write a space after the colon: `{found[1]}: {_shorten(found[2])}`." if found else None


def missing_wrong_message(answer: str) -> str:
    """Return the message on what to write if ``answer`` without ``wrong`` was meant otherwise."""
    if re.fullmatch(r"-?\d+(\.\d+)?", answer):
        statement = " For a statement write `answer: true` or `answer: false`." if answer in {"0", "1"} else ""
        return f"For a number to type write `number: {answer}` instead of `answer`.{statement}"
    if points_at_option(answer):
        return f"{_label_message(answer)} For a statement write `answer: true` or `answer: false`."
    return "For a statement write `answer: true` or `answer: false`; for a text to type, `accept`."


def points_at_option(answer: str) -> bool:
    """Return whether an answer looks like the letter of an option: ``B``, ``b)``, ``option B``."""
    return bool(re.fullmatch(r"(?i)(option |вариант )?\(?[a-hа-з]\s?[.):]?", answer))


def letter_message(answer: str, option: str, name: str) -> str:
    """Return the message for an option's letter or number in a field that needs the option's text."""
    if not option:
        return _label_message(answer)
    written = f"answer: {_shorten(option)}" if name == "answer" else f"- {_shorten(option)}"
    return f"“{answer}” is not the text of an option. Write the text: `{written}`."


def _label_message(answer: str) -> str:
    return f"“{answer}” is only the letter or number of an option. Write the text of the right option instead."


def is_lettered(option: str) -> bool:
    """Return whether an option begins with a letter, as in ``A) Oslo``."""
    return bool(re.match(r"\(?[A-Ha-hА-За-з][.)]\s*\S", option))


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"  # noqa: PLR2004 - short enough for one line of a message
