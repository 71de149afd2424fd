"""Common slips of authors: each is answered with what to write instead, and nothing else is said of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from bot.bank import examine, slips
from bot.bank.languages import meant_language
from bot.bank.schema import bank_schema
from bot.core.kinds.true_false import TrueFalse
from bot.core.truth_words import FALSE, TRUE

BANK = """\
title: A bank
language: {language}
source: ours
licence: CC0-1.0
reading: [{{id: school, title: The school, text: The Lantern School stands in Oslo.}}]
topics: [{{id: places, title: Places}}]
questions:
  - id: where
    topic: places
    level: easy
    question: Where does the school stand?
    why: The text puts it there.
    passage: school
    quote: stands in Oslo
{answer}
"""

FIELDS_OF_A_QUESTION = [(name, slip) for (noun, name), slip in slips._SLIPS.items() if noun == "question"]


def faults(tmp_path: Path, answer: str, language: str = "en", change: tuple[str, str] = ("", "")) -> list[str]:
    """Return the messages on a bank whose question ends with these lines."""
    lines = "\n".join(f"    {line}" for line in answer.splitlines())
    path = tmp_path / "bank.yaml"
    path.write_text(BANK.format(language=language, answer=lines).replace(*change), encoding="utf-8")
    return [fault.message for fault in examine(path).faults]


def quoted(message: str) -> Iterator[str]:
    """Yield the names of fields that a message says to write."""
    yield from (name for name in re.findall(r"`(\w+)", message))


@pytest.mark.parametrize(("name", "slip"), FIELDS_OF_A_QUESTION, ids=[name for name, _ in FIELDS_OF_A_QUESTION])
def test_a_field_of_another_format_is_answered_with_ours(tmp_path: Path, name: str, slip: slips.Slip) -> None:
    """In place of our field, theirs is one fault, which names ours; beside our fields it is one fault too."""
    if not slip.meant:
        assert len(faults(tmp_path, f"answer: yes\n{name}: x")) == 1
    elif len(slip.meant) > 1 or slip.meant[0] in {"accept", "number"}:
        (message,) = faults(tmp_path, f"{name}: x")
        assert set(quoted(message)) <= {"answer", "answers", "accept", "wrong", "number"}
    elif slip.meant[0] in {"wrong", "within", "unit"}:
        (message, *_) = faults(tmp_path, f"{'answer: Oslo' if slip.meant == ('wrong',) else 'number: 3'}\n{name}: [x]")
        assert list(quoted(message)) == list(slip.meant)
    else:
        (message,) = (
            faults(tmp_path, "answer: yes", change=(f"{slip.meant[0]}: ", f"{name}: "))
            if slip.meant[0] == "why"
            else faults(tmp_path, f"answer: yes\n{name}: x")
        )
        assert list(quoted(message)) == list(slip.meant)


@pytest.mark.parametrize(
    "name", ["correct", "right", "options", "choices", "distractors", "explanation", "prompt", "text"]
)
@pytest.mark.parametrize(
    "form", [str.upper, str.capitalize, "{} ".format, " {}".format], ids=["upper", "title", "after", "before"]
)
def test_the_case_and_spaces_of_a_name_do_not_hide_a_slip(tmp_path: Path, name: str, form: object) -> None:
    """A foreign name is known in any case and with spaces around it."""
    assert callable(form)
    messages = faults(tmp_path, f'answer: Oslo\nwrong: [x]\n"{form(name)}": [y]')
    assert [bool(list(quoted(message))) for message in messages] == [True]


@pytest.mark.parametrize("word", [*TRUE, *FALSE])
def test_a_statement_may_be_called_true_in_the_authors_words(tmp_path: Path, word: str) -> None:
    """True, TRUE, yes, да and their opposites are taken for a statement, and by the schema too."""
    assert faults(tmp_path, f"answer: {word}") == []
    kind = TrueFalse.read({"answer": word})
    assert kind.answer == (word in TRUE)
    fields = bank_schema()["definitions"]["true-false"]["properties"]  # type: ignore[index]
    assert Draft7Validator(fields["answer"]).is_valid(word)


@pytest.mark.parametrize(
    "word", ["on", "Off", "T", "F", "y", "N", "“true”", "true.", "tRuE", "'+'", "✓", "'-'", "Yes!", "vrai"]
)
def test_what_nearly_calls_a_statement_true_is_told_the_two_words(tmp_path: Path, word: str) -> None:
    """Other words for true and false are not guessed at."""
    (message,) = faults(tmp_path, f"answer: {word}")
    assert message.endswith("write true or false.")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *[("kz", "kk (Kazakh)"), ("KZ", "kk (Kazakh)"), ("kaz", "kk (Kazakh)"), ("Kazakh", "kk (Kazakh)")],
        *[
            ("қазақша", "kk (Kazakh)"),
            ("kz-KZ", "kk-KZ (Kazakh)"),
            ("kz_KZ", "kk-KZ (Kazakh)"),
            ("ua", "uk (Ukrainian)"),
        ],
        *[("ukr", "uk (Ukrainian)"), ("rus", "ru (Russian)"), ("Русский", "ru (Russian)"), ("eng", "en (English)")],
        *[
            ("us", "en (English)"),
            ("cz", "cs (Czech)"),
            ("jp", "ja (Japanese)"),
            ("by", "be (Belarusian)"),
            ("ру", "ru (Russian)"),
            ("cn", "zh (Chinese)"),
            ("en_US", "en-US"),
        ],
        *[("gr", "el (Greek)"), ("ger", "de (German)"), ("iw", "he (Hebrew)"), ("kr", "ko (Korean)")],
    ],
)
def test_the_code_of_a_country_is_answered_with_the_language(tmp_path: Path, written: str, meant: str) -> None:
    """Codes of countries, three-letter codes and names are told what was probably meant."""
    assert faults(tmp_path, "answer: yes", written) == [f"language cannot be {written!r}. Did you mean {meant}?"]


@pytest.mark.parametrize(
    "tag", ["en", "EN", "kk", "kk-KZ", "kk-Cyrl-KZ", "ru-UA", "uk", "am", "se", "et", "kg", "no", "pt-BR", "haw"]
)
def test_a_tag_of_a_language_is_taken(tmp_path: Path, tag: str) -> None:
    """What is a language's own tag stays accepted, though it is a country's code as well."""
    assert meant_language(tag) is None
    assert faults(tmp_path, "answer: yes", tag) == []


@pytest.mark.parametrize("turning", "\u202a\u202b\u202d\u202e")
@pytest.mark.parametrize(
    "place",
    ["title: A ", "language: ", "source: ours", "text: The ", "id: where", "Where does", "school\n", "answer: O"],
)
def test_a_sign_that_turns_the_text_is_a_fault_at_its_place(tmp_path: Path, turning: str, place: str) -> None:
    """An embedding or override is refused wherever it stands in the file, at its line and column."""
    path = tmp_path / "bank.yaml"
    text = BANK.format(language="en", answer="    answer: Oslo\n    wrong: [Bergen]")
    end = text.index(place) + len(place.rstrip())
    path.write_text(text[:end] + turning + text[end:], encoding="utf-8")
    line, column = text[:end].count("\n") + 1, end - text.rfind("\n", 0, end)
    found = [(one.line, one.column) for one in examine(path).faults if f"U+{ord(turning):04X}" in one.message]
    assert found == [(line, column)]


@pytest.mark.parametrize("marks", ["\u2067{}\u2069", "\u200f{}", "{}\u200e", "\u061c{}"])
def test_isolates_and_marks_of_direction_are_taken(tmp_path: Path, marks: str) -> None:
    """What shows Hebrew and Arabic rightly, and turns nothing else, stays accepted."""
    assert faults(tmp_path, f"answer: {marks.format('אוסלו')}\nwrong: [ברגן]") == []


def test_faults_beside_a_sign_that_turns_the_text_are_told_too(tmp_path: Path) -> None:
    """The file is read on after such a sign, so that everything is told at once."""
    assert len(faults(tmp_path, "answer: \u202eOslo\nexplanation: x", "kz")) == 4


@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_slips_are_found_in_files_of_windows_too(tmp_path: Path, breaks: str, mark: str) -> None:
    """Line ends and a byte order mark change neither the fault nor its place."""
    path = tmp_path / "bank.yaml"
    text = BANK.format(language="en", answer="    answer: Oslo\n    wrong:\n      - Bergen\n      -Bodø")
    path.write_bytes((mark + text.replace("\n", breaks)).encode())
    (fault,) = examine(path).faults
    assert (fault.line, fault.column) == (18, 7)
    assert fault.message == "Write a hyphen and a space before an item: `- Bodø`."


def test_a_letter_among_longer_options_is_advised_on(tmp_path: Path) -> None:
    """A right option of one letter may be right, so it is advised on and no fault; among letters nothing is said."""
    path = tmp_path / "bank.yaml"
    path.write_text(BANK.format(language="en", answer="    answer: B\n    wrong: [Pascal, Fortran]"), encoding="utf-8")
    examined = examine(path)
    assert examined.faults == ()
    assert [advice.message for advice in examined.advice] == [
        "The right option is the letter B alone. If it points at an option, write its text."
    ]
    path.write_text(BANK.format(language="en", answer="    answer: B\n    wrong: [C, D]"), encoding="utf-8")
    assert examine(path).advice == ()
