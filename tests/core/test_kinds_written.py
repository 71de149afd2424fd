"""Kinds with written answers: a text, a number, a year."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import decimals

from bot.core.errors import QuestionError
from bot.core.kind import Kind, Option, Value
from bot.core.kinds.number import Number
from bot.core.kinds.typed import Typed
from bot.core.kinds.year import Year
from bot.core.number_parsing import format_plain
from bot.core.prompt import Chosen, Mark, NotAnAnswer, Written

DIRECTOR = Typed(("Michael Möller", "Möller"), (Option("Müller", "Another name."), Option("Miller")))
TERM = Number(Decimal(3), unit="years")


def is_right(kind: Kind, text: str) -> bool | None:
    """Mark a text; return None if it is not an answer."""
    mark = kind.mark(Written(text))
    return mark.right if isinstance(mark, Mark) else None


@pytest.mark.parametrize("text", ["Moller", "moeller", "MØLLER", "Michael Moller", " michael   möller ", "Mr. Möller"])
def test_case_accents_spaces_and_titles_do_not_matter(text: str) -> None:
    """Case, accents, transcription, spaces and a title before the name do not matter."""
    assert is_right(DIRECTOR, text) is True


def test_a_listed_wrong_text_gets_its_note() -> None:
    """A text that the author listed as wrong gets its note."""
    assert DIRECTOR.mark(Written("Muller")) == Mark(right=False, given="Muller", note="Another name.")


def test_another_wrong_text_has_no_note() -> None:
    """Any other wrong text has no note, and its spaces are collapsed."""
    assert DIRECTOR.mark(Written("Ban \n Ki-moon")) == Mark(right=False, given="Ban Ki-moon")


@pytest.mark.parametrize("answer", [Written("???"), Written(""), Written("🙂"), Written("x" * 201), Chosen((0,))])
def test_a_text_without_a_word_is_not_an_answer(answer: Written | Chosen) -> None:
    """Punctuation, an emoji, a page of text or a choice is not marked."""
    assert DIRECTOR.mark(answer) == NotAnAnswer("text")


@pytest.mark.parametrize(
    "text",
    ["3", "3,0", "3.00", "three", "Three years", "3 years", "3 year", "~3", "３", "٣", "3yrs", "it's 3.", "three (3)"],
)
def test_a_number_may_be_written_in_many_ways(text: str) -> None:
    """Digits of any script, words, units and a decimal comma mean the same number."""
    assert is_right(TERM, text) is True


@pytest.mark.parametrize("text", ["4", "-3", "30", "3.1", "thirty", "twenty-three", "0.3", "3000", "3½"])
def test_another_number_is_wrong(text: str) -> None:
    """A number other than the author's is wrong."""
    assert is_right(TERM, text) is False


@pytest.mark.parametrize("text", ["", "years", "3 or 4", "2-3", "three, four", "1,2,3", "3²", "?", "9" * 201])
def test_no_number_or_two_numbers_are_not_an_answer(text: str) -> None:
    """A text with no number or with two different ones is not marked."""
    assert TERM.mark(Written(text)) == NotAnAnswer("number")


@pytest.mark.parametrize(
    ("unit", "text", "right"),
    [
        ("million", "47 million", True),
        ("million people", "47 Million people", True),
        ("cases per 100 people", "47 cases per 100 people", True),
        ("km²", "47 km²", True),
        ("%", "47%", True),
        ("m", "47m", True),
        ("", "47 million", False),
    ],
)
def test_a_unit_is_not_part_of_the_number(unit: str, text: str, *, right: bool) -> None:
    """A unit that contains a number or a number word is removed before the number is read."""
    assert is_right(Number(Decimal(47), unit=unit), text) is right


@given(decimals, decimals.map(abs), decimals)
def test_a_number_is_right_within_its_distance(number: Decimal, within: Decimal, written: Decimal) -> None:
    """A number is right if it differs by at most the distance."""
    assert is_right(Number(number, within), format_plain(written)) is (abs(written - number) <= within)


@pytest.mark.parametrize(
    "text", ["2012", "in 2012", "2012-ж", "2012 жыл", "2012 г.", "２０１２", "(2012)", "2012, yes 2012"]
)
def test_a_year_is_found_among_words(text: str) -> None:
    """The only year in a text is the answer, in any language."""
    assert is_right(Year(2012), text) is True


@pytest.mark.parametrize(
    "text",
    [
        *("12 May 2012", "May 12th, 2012", "12.05.2012", "05/12/2012", "2012-05-12", "on the 12th of May 2012"),
        *(
            "12 мая 2012 года",
            "в 2012 году, 12 мая",
            "2012 жылы 12 мамырда",
            "2012 жылғы 12 мамыр",
            "since 12 May 2012",
        ),
    ],
)
def test_the_year_of_a_full_date_is_the_answer(text: str) -> None:
    """The day and month beside a year are not another number."""
    assert is_right(Year(2012), text) is True


@pytest.mark.parametrize(
    "text",
    [
        *("before 12 May 2012", "after 12.05.2012", "not 12 May 2012", "12 May 2012 BC", "12 May 2013", "12.05.2021"),
        *("до 12 мая 2012 года", "12.05.2012 до н. э.", "не 12 мая 2012", "2012 жылғы 12 мамырға дейін"),
    ],
)
def test_words_around_a_full_date_matter(text: str) -> None:
    """A date of another year, or a phrase such as "before" with a date, is wrong."""
    assert is_right(Year(2012), text) is False


@pytest.mark.parametrize("text", ["2013", "12", "1012"])
def test_another_year_is_wrong(text: str) -> None:
    """A year other than the author's is wrong."""
    assert is_right(Year(2012), text) is False


@pytest.mark.parametrize(
    "text", ["", "twelve", "2012-2015", "12 May", "12.05.2012 or 2013", "20122", "2 012", "5" * 201]
)
def test_no_year_or_two_years_are_not_an_answer(text: str) -> None:
    """A text with no year or with two different ones is not marked."""
    assert Year(2012).mark(Written(text)) == NotAnAnswer("year")


@given(st.sampled_from((TERM, Year(2012))))
def test_a_choice_is_not_a_written_answer(kind: Kind) -> None:
    """A vote does not answer a question with a written answer."""
    assert isinstance(kind.mark(Chosen((0,))), NotAnAnswer)


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        (Number, {"number": "010"}, ["is “010”, which is not a plain number: write 10"]),
        (Number, {"number": "1_000"}, ["is “1_000”, which is not a plain number: write 1000"]),
        (Number, {"number": "1e5"}, ["is “1e5”, which is not a plain number: write 100000"]),
        (Number, {"number": "3,5"}, ["is “3,5”, which is not a plain number: write 3.5"]),
        (Number, {"number": "-0"}, ["is “-0”, which is not a plain number: write 0"]),
        (Number, {"number": "three"}, ["is “three”, which is not a plain number: write 3"]),
        (
            Number,
            {"number": "1e99"},
            ["is “1e99”, which is not a plain number: write digits alone, such as 1000 or 2.5"],
        ),
        (
            Number,
            {"number": "12:30"},
            ["is “12:30”, which is not a plain number: write digits alone, such as 1000 or 2.5"],
        ),
        (Number, {"number": "1" * 13}, ["is too long: at most 12 digits before the point and after it"]),
        (
            Number,
            {"number": "", "within": "-1"},
            [
                "is empty: write something or remove it",
                "is less than 0: write the largest difference that is still right, 0 or more",
            ],
        ),
        (Year, {"year": "20123"}, ["is “20123”: write a year in 1 to 4 digits, such as 2012"]),
        (Year, {"year": "0800"}, ["is “0800”: write a year in 1 to 4 digits, such as 2012"]),
        (Year, {"year": "٢٠١٢"}, ["is “٢٠١٢”: write a year in 1 to 4 digits, such as 2012"]),
        (Year, {}, ["is missing: add it (the right year)"]),
        (Typed, {"accept": ()}, ["has 0 items: write 1 to 50"]),
        (Typed, {"accept": ("OSCE", "osce ")}, ["“osce” is given twice: keep one of them"]),
        (
            Typed,
            {"accept": ("?", "x" * 201)},
            [
                "needs a letter or digit and at most 200 characters",
                "needs a letter or digit and at most 200 characters",
            ],
        ),
        (
            Typed,
            {"accept": ("Möller",), "wrong": ("Miller", "MÖLLER")},
            ["“MÖLLER” is also in `accept`: keep it in one of them"],
        ),
    ],
)
def test_every_fault_has_its_remedy(kind: type[Kind], fields: dict[str, Value], expected: list[str]) -> None:
    """Faults are collected in the order of the fields, each with its remedy."""
    with pytest.raises(QuestionError) as caught:
        kind.read(fields)
    assert [fault.message for fault in caught.value.faults] == expected


def test_accepted_texts_may_be_equal_after_folding() -> None:
    """Variants that folding makes equal are allowed in `accept`."""
    assert Typed.read({"accept": ("Möller", "Moller", "O.S.C.E.", "OSCE")}).solution() == ("Möller",)


def test_a_number_is_shown_with_its_unit() -> None:
    """The solution of a number question includes the unit."""
    assert Number.read({"number": "2.50", "unit": "km"}).solution() == ("2.5 km",)
