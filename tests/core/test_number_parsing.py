"""Parsing of numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text, decimals

from bot.core.number_parsing import ORDINAL_WORDS, SMALL_WORDS, format_plain, normalize, numbers_in, quantities_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 000", ["1000"]),
        ("1\u202f000\u00a0000", ["1000000"]),
        ("1,000", ["1000"]),
        ("1'000", ["1000"]),
        ("1.000", ["1000"]),
        ("1,000.5", ["1000.5"]),
        ("1.000.000,5", ["1000000.5"]),
        ("12 345,6", ["12345.6"]),
        ("3.142", ["3.142"]),
        ("0,125", ["0.125"]),
        (".5", ["0.5"]),
        ("−3", ["-3"]),
        ("10-3", ["10", "3"]),
        ("COVID-19", ["19"]),
        ("12.05.2012", ["12.05", "2012"]),
        ("twenty-one", ["21"]),
        ("a hundred", ["100"]),
        ("one hundred and ninety-three", ["193"]),
        ("two hundred and five thousand", ["205000"]),
        ("10k or 2.5 million", ["10000", "2500000"]),
        ("three and four", ["3", "4"]),
        ("twenty, five", ["20", "5"]),
        ("5 five FIVE", ["5"]),
        ("someone often stones", []),
        ("millions", []),
        ("½", ["0.5"]),
        ("first", ["1"]),
        ("the third", ["3"]),
        ("Tenth.", ["10"]),
        ("twentieth", ["20"]),
        ("28th", ["28"]),
        ("twenty-eighth", ["28"]),
        ("the twenty eighth session", ["28"]),
        ("ninety-second", ["92"]),
        ("one hundred and first", ["101"]),
        ("two hundredth", ["200"]),
        ("two thousand twelfth", ["2012"]),
        ("first, third and tenth", ["1", "3", "10"]),
        ("third million", ["3"]),
        ("thirty seconds", ["30"]),
        ("1 second", ["1"]),
        ("the second", ["2"]),
        ("one third", ["0.3333333333333333333333333333"]),
        ("2 thirds", ["0.6666666666666666666666666666"]),
        ("a third", ["0.3333333333333333333333333333"]),
        ("two and a half", ["2.5"]),
        ("half a million", ["500000"]),
        ("three quarters", ["0.75"]),
        ("one hundredth", ["0.01"]),
        ("twenty hundredths", ["0.2"]),
        ("firsthand thirdly", []),
        ("10⁵", []),
        ("10^5", []),
        ("1/0", []),
        ("it was -12", ["-12"]),
        ("ten five", ["10", "5"]),
        ("он бес", ["15"]),
        ("он сказал 7", ["7"]),
        ("двадцать пять тысяч", ["25000"]),
        ("екі мың он екі", ["2012"]),
    ],
)
def test_grouping_signs_and_words_are_read(text: str, expected: list[str]) -> None:
    """Grouping, decimal commas, signs and English number words are read; parts of words are not numbers."""
    assert numbers_in(text) == tuple(Decimal(number) for number in expected)


@given(st.integers(1, 99), st.sampled_from("- "))
def test_ordinals_in_words_are_whole_numbers(number: int, joint: str) -> None:
    """An ordinal up to the ninety-ninth is one number, with a hyphen or a space."""
    words = {value: word for word, value in ORDINAL_WORDS.items()}
    tens = {value: word for word, value in SMALL_WORDS.items()}
    written = words.get(number) or f"{tens[number - number % 10]}{joint}{words[number % 10]}"
    assert numbers_in(f"It was the {written} session.") == (Decimal(number),)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("3,142", ["3142", "3.142"]),
        ("6.500", ["6.5", "6500"]),
        ("1.000", ["1000", "1"]),
        ("0.125", ["0.125"]),
        ("1,000,000", ["1000000"]),
        ("1,000 or 1000", ["1000"]),
        ("answer - 12", ["12", "-12"]),
    ],
)
def test_an_ambiguous_number_has_both_readings(text: str, readings: list[str]) -> None:
    """One group of three digits is thousands or decimals; a dash between a word and a number may be a minus."""
    assert [found.readings for found in quantities_in(normalize(text))] == [
        tuple(Decimal(number) for number in readings)
    ]


@given(any_text)
def test_any_text_can_be_read(text: str) -> None:
    """Parsing never fails and returns each number once."""
    found = numbers_in(text)
    assert len(set(found)) == len(found)


@given(decimals)
def test_a_formatted_number_is_parsed_as_itself(number: Decimal) -> None:
    """A number formatted in digits is parsed as the same number."""
    written = format_plain(number)
    assert Decimal(written) == number
    assert "E" not in written
    assert not written.endswith(".")


@given(st.integers(1, 10**12), st.sampled_from((" ", ",", "\u202f", "'")))
def test_a_grouped_number_is_parsed_as_itself(number: int, separator: str) -> None:
    """A number grouped by any of the usual separators is parsed as the same number."""
    assert numbers_in(f"{number:,}".replace(",", separator)) == (Decimal(number),)
