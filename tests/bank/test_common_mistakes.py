"""Common mistakes of authors: each is one fault with a message that says what to write instead."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from bot.bank import check_bank
from bot.bank.common_mistakes import _CORRECTIONS, Correction
from bot.bank.languages import suggest_language
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

QUESTION_FIELDS = [(name, found) for (noun, name), found in _CORRECTIONS.items() if noun == "question"]


def faults(tmp_path: Path, answer: str, language: str = "en", change: tuple[str, str] = ("", "")) -> list[str]:
    """Return the messages for a bank whose question ends with these lines."""
    lines = "\n".join(f"    {line}" for line in answer.splitlines())
    path = tmp_path / "bank.yaml"
    path.write_text(BANK.format(language=language, answer=lines).replace(*change), encoding="utf-8")
    return [fault.message for fault in check_bank(path).faults]


def quoted(message: str) -> Iterator[str]:
    """Yield the field names that a message tells the author to write."""
    yield from (name for name in re.findall(r"`(\w+)", message))


@pytest.mark.parametrize(("name", "correction"), QUESTION_FIELDS, ids=[name for name, _ in QUESTION_FIELDS])
def test_a_field_of_another_format_gets_our_field_as_advice(tmp_path: Path, name: str, correction: Correction) -> None:
    """A field name of another format is one fault that names our field, whether our field is there or not."""
    if not correction.meant:
        assert len(faults(tmp_path, f"answer: yes\n{name}: x")) == 1
    elif len(correction.meant) > 1 or correction.meant[0] in {"accept", "number"}:
        (message,) = faults(tmp_path, f"{name}: x")
        assert set(quoted(message)) <= {"answer", "answers", "accept", "wrong", "number"}
    elif correction.meant[0] in {"wrong", "within", "unit"}:
        answer = "answer: Oslo" if correction.meant == ("wrong",) else "number: 3"
        (message, *_) = faults(tmp_path, f"{answer}\n{name}: [x]")
        assert list(quoted(message)) == list(correction.meant)
    else:
        (message,) = (
            faults(tmp_path, "answer: yes", change=(f"{correction.meant[0]}: ", f"{name}: "))
            if correction.meant[0] == "why"
            else faults(tmp_path, f"answer: yes\n{name}: x")
        )
        assert list(quoted(message)) == list(correction.meant)


@pytest.mark.parametrize(
    "name", ["correct", "right", "options", "choices", "distractors", "explanation", "prompt", "text"]
)
@pytest.mark.parametrize(
    "form", [str.upper, str.capitalize, "{} ".format, " {}".format], ids=["upper", "title", "after", "before"]
)
def test_a_foreign_name_is_recognised_in_any_case(tmp_path: Path, name: str, form: object) -> None:
    """A field name of another format is recognised in any case and with spaces around it."""
    assert callable(form)
    messages = faults(tmp_path, f'answer: Oslo\nwrong: [x]\n"{form(name)}": [y]')
    assert [bool(list(quoted(message))) for message in messages] == [True]


@pytest.mark.parametrize("word", [*TRUE, *FALSE])
def test_the_answer_of_a_statement_may_be_one_of_several_words(tmp_path: Path, word: str) -> None:
    """True, TRUE, yes, да and their opposites are accepted for a statement, by the loader and by the schema."""
    assert faults(tmp_path, f"answer: {word}") == []
    kind = TrueFalse.read({"answer": word})
    assert kind.answer == (word in TRUE)
    fields = bank_schema()["definitions"]["true-false"]["properties"]  # type: ignore[index]
    assert Draft7Validator(fields["answer"]).is_valid(word)


@pytest.mark.parametrize(
    "word", ["on", "Off", "T", "F", "y", "N", "“true”", "true.", "tRuE", "'+'", "✓", "'-'", "Yes!", "vrai"]
)
def test_other_words_for_true_and_false_are_refused(tmp_path: Path, word: str) -> None:
    """Other words for true and false are not guessed; the message names the two words to write."""
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
def test_a_country_code_gets_the_language_as_advice(tmp_path: Path, written: str, meant: str) -> None:
    """The message for a country code, a three-letter code or a name suggests the language tag."""
    assert faults(tmp_path, "answer: yes", written) == [f"language cannot be {written!r}. Did you mean {meant}?"]


@pytest.mark.parametrize(
    "tag", ["en", "EN", "kk", "kk-KZ", "kk-Cyrl-KZ", "ru-UA", "uk", "am", "se", "et", "kg", "no", "pt-BR", "haw"]
)
def test_a_language_tag_is_accepted(tmp_path: Path, tag: str) -> None:
    """A valid language tag is accepted, even if it is also a country code."""
    assert suggest_language(tag) is None
    assert faults(tmp_path, "answer: yes", tag) == []


@pytest.mark.parametrize("control", "\u202a\u202b\u202d\u202e")
@pytest.mark.parametrize(
    "place",
    ["title: A ", "language: ", "source: ours", "text: The ", "id: where", "Where does", "school\n", "answer: O"],
)
def test_a_bidi_control_is_a_fault_at_its_place(tmp_path: Path, control: str, place: str) -> None:
    """A bidirectional embedding or override is refused anywhere in the file, with its line and column."""
    path = tmp_path / "bank.yaml"
    text = BANK.format(language="en", answer="    answer: Oslo\n    wrong: [Bergen]")
    end = text.index(place) + len(place.rstrip())
    path.write_text(text[:end] + control + text[end:], encoding="utf-8")
    line, column = text[:end].count("\n") + 1, end - text.rfind("\n", 0, end)
    found = [(one.line, one.column) for one in check_bank(path).faults if f"U+{ord(control):04X}" in one.message]
    assert found == [(line, column)]


@pytest.mark.parametrize("marks", ["\u2067{}\u2069", "\u200f{}", "{}\u200e", "\u061c{}"])
def test_isolates_and_direction_marks_are_accepted(tmp_path: Path, marks: str) -> None:
    """Isolates and direction marks are accepted: Hebrew and Arabic need them, and they reorder no other text."""
    assert faults(tmp_path, f"answer: {marks.format('אוסלו')}\nwrong: [ברגן]") == []


def test_other_faults_are_reported_together_with_a_bidi_control(tmp_path: Path) -> None:
    """A bidirectional control does not keep the other faults of the file from being reported."""
    assert len(faults(tmp_path, "answer: \u202eOslo\nexplanation: x", "kz")) == 4


@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_mistakes_are_found_in_files_from_windows(tmp_path: Path, breaks: str, mark: str) -> None:
    """Windows line ends and a byte order mark change neither a fault nor its place."""
    path = tmp_path / "bank.yaml"
    text = BANK.format(language="en", answer="    answer: Oslo\n    wrong:\n      - Bergen\n      -Bodø")
    path.write_bytes((mark + text.replace("\n", breaks)).encode())
    (fault,) = check_bank(path).faults
    assert (fault.line, fault.column) == (18, 7)
    assert fault.message == "Write a hyphen and a space before an item: `- Bodø`."


def test_a_single_letter_among_longer_options_gets_advice(tmp_path: Path) -> None:
    """A right option of one letter gets advice but is not a fault; if all options are letters, there is no advice."""
    path = tmp_path / "bank.yaml"
    path.write_text(BANK.format(language="en", answer="    answer: B\n    wrong: [Pascal, Fortran]"), encoding="utf-8")
    examined = check_bank(path)
    assert examined.faults == ()
    assert [advice.message for advice in examined.advice] == [
        "The right option is the letter B alone. If it stands for an option, write its text."
    ]
    path.write_text(BANK.format(language="en", answer="    answer: B\n    wrong: [C, D]"), encoding="utf-8")
    assert check_bank(path).advice == ()
