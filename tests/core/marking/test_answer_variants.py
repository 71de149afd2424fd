"""Variants of an answer in alphabet, framing, order and format: properties that hold for generated texts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.marking import matches
from bot.core.marking.rules import MOST_VARIANTS, variants_beside, variants_of

LATIN = dict(zip("АВЕКМНОРСТХІаеорсухі", "ABEKMHOPCTXIaeopcyxi", strict=True))
WORDS = ("Казахстан", "СССР", "Республика", "Сатурн", "Ереван", "тіл", "әлем", "ҚАЗАҚСТАН", "МОСКВА", "ресурс", "Марс")
AROUND = (
    *("It is {}", "It's {}", "I think it is {}", "The answer is: {}", "{}, I think", "{} is the answer", "This was {}"),
    *("Это {}", "Ответ: {}", "Я думаю, что это {}", "{}, наверное", "Бұл — {}", "Жауабы: {}", "{} деп ойлаймын"),
)
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
}
dates = st.dates(date(1000, 1, 1), date(2999, 12, 31))


def month(language: str, number: int) -> str:
    """Return the name of a month in the form that dates use."""
    return MONTHS[language].split()[number - 1]


def formats_of(day: date) -> dict[str, str]:
    """Return a date in each of its formats, by the name of the format."""
    english, russian, kazakh = (month(language, day.month) for language in MONTHS)
    return {
        "day first": f"{day.day} {english} {day.year}",
        "month first": f"{english} {day.day}, {day.year}",
        "points": f"{day.day:02}.{day.month:02}.{day.year}",
        "ISO 8601": day.isoformat(),
        "Russian": f"{day.day} {russian} {day.year} г.",
        "Kazakh": f"{day.year} жылғы {day.day} {kazakh}",
        "with of": f"on the {day.day}th of {english}, {day.year}",
    }


@given(st.sampled_from(WORDS), st.sets(st.integers(0, 9)))
def test_homoglyphs_from_another_keyboard_are_accepted(word: str, places: set[int]) -> None:
    """A Cyrillic word is right if any of its letters are typed as their Latin homoglyphs."""
    typed = "".join(LATIN.get(letter, letter) if place in places else letter for place, letter in enumerate(word))
    assert matches(typed, (word,))
    assert matches(word, (typed,))


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("answer", ["Geneva", "Женева"])
def test_framing_phrases_change_nothing(around: str, answer: str) -> None:
    """An answer in a sentence is right; a sentence with another answer or without one is wrong."""
    assert matches(around.format(answer), (answer,))
    assert not matches(around.format("Paris"), (answer,))
    assert not matches(around.format(""), (answer,))


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("negated", ["not {}", "never {}", "не {}", "{} емес", "without {}", "без {}"])
def test_framing_phrases_do_not_hide_a_negation(around: str, negated: str) -> None:
    """A negated answer in a sentence is wrong, and right if the accepted text has the negation."""
    answer = negated.format("permanent")
    assert not matches(around.format(answer), ("permanent",))
    assert matches(around.format(answer), (answer,))


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("Well, I believe it was on the tenth of December 1948 & 50 percent", "10.12.1948 and 50%"),
        ("I think it's Möller & Smith's 50 percent of Article No. 5, I guess", "Möller and Smith's 50% of Art. 5"),
        ("Я думаю, что это в ст. № 5 Конституции, наверное", "статья 5 Конституции"),
    ],
)
def test_several_rules_may_apply_to_one_answer(typed: str, accepted: str) -> None:
    """An answer may match by several rules at once; with another number it is wrong."""
    assert matches(typed, (accepted,))
    assert not matches(typed.replace("5", "6"), (accepted,))


@given(dates, st.data())
def test_a_date_matches_itself_in_every_format(day: date, data: st.DataObject) -> None:
    """A date in one format matches the same date in any other."""
    ways = formats_of(day)
    typed, accepted = (data.draw(st.sampled_from(sorted(ways))) for _ in range(2))
    assert matches(ways[typed], (ways[accepted],))


@given(dates, dates, st.data())
def test_another_date_is_wrong_in_every_format(day: date, other: date, data: st.DataObject) -> None:
    """Another date is wrong in every format, and so is a date without its year."""
    typed = data.draw(st.sampled_from(sorted(formats_of(other).items())))[1]
    accepted = data.draw(st.sampled_from(sorted(formats_of(day).items())))[1]
    assert matches(typed, (accepted,)) == (day == other)
    assert not matches(f"{day.day} {month('en', day.month)}", (accepted,))


@given(st.integers(1, 12), st.integers(1, 12))
def test_a_date_with_slashes_is_right_in_either_reading(first: int, second: int) -> None:
    """A date with slashes matches with the day first and with the month first, and no third date."""
    typed = f"{first}/{second}/1948"
    for accepted_day, accepted_month in ((first, second), (second, first), (13, second)):
        accepted = f"{accepted_day} {month('en', accepted_month)} 1948"
        assert matches(typed, (accepted,)) == (accepted_day != 13)


@given(
    st.lists(
        st.sampled_from(["It is", "Это", "Mr", "and", "&", "№ 1", "ст. 1", "10.12.1948", "May", "X."]), max_size=12
    )
)
def test_the_number_of_variants_is_limited(parts: list[str]) -> None:
    """The variants of a text are few and not blank, even if many rules apply."""
    text = " ".join(parts)
    found = (variants_of(text, typed=True), variants_beside(text, "Michael Möller"))
    assert all(len(texts) <= MOST_VARIANTS for texts in found)
    assert all(any(sign.isalnum() for sign in one) for one in found[0][1:])
