"""Other letters, words around, orders and formats of an answer: any of a kind, not examples alone."""

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
    """Return the name of a month as it stands in a date."""
    return MONTHS[language].split()[number - 1]


def writings(day: date) -> dict[str, str]:
    """Return a date as people write it, by the name of the way."""
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
def test_any_letters_may_be_typed_with_another_keyboard(word: str, places: set[int]) -> None:
    """Whichever letters of a Cyrillic word are typed as Latin ones that look the same, the word is right."""
    typed = "".join(LATIN.get(letter, letter) if place in places else letter for place, letter in enumerate(word))
    assert matches(typed, (word,))
    assert matches(word, (typed,))


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("answer", ["Geneva", "Женева"])
def test_words_around_an_answer_change_nothing(around: str, answer: str) -> None:
    """An answer in a sentence is right, and the sentence around another answer or around nothing is wrong."""
    assert matches(around.format(answer), (answer,))
    assert not matches(around.format("Paris"), (answer,))
    assert not matches(around.format(""), (answer,))


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("negated", ["not {}", "never {}", "не {}", "{} емес", "without {}", "без {}"])
def test_a_negation_stays_in_whatever_stands_around_it(around: str, negated: str) -> None:
    """A negated answer in a sentence is wrong, and right where the negation is what the author accepts."""
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
def test_many_rules_may_have_a_part_in_one_answer(typed: str, accepted: str) -> None:
    """An answer is right by several rules at once, and the same answer with another number is wrong."""
    assert matches(typed, (accepted,))
    assert not matches(typed.replace("5", "6"), (accepted,))


@given(dates, st.data())
def test_a_date_is_the_same_in_every_writing(day: date, data: st.DataObject) -> None:
    """A date may be typed and accepted in any two of its writings."""
    ways = writings(day)
    typed, accepted = (data.draw(st.sampled_from(sorted(ways))) for _ in range(2))
    assert matches(ways[typed], (ways[accepted],))


@given(dates, dates, st.data())
def test_another_date_is_wrong_in_every_writing(day: date, other: date, data: st.DataObject) -> None:
    """Another date is wrong however the two are written; so is one without its year."""
    typed = data.draw(st.sampled_from(sorted(writings(other).items())))[1]
    accepted = data.draw(st.sampled_from(sorted(writings(day).items())))[1]
    assert matches(typed, (accepted,)) == (day == other)
    assert not matches(f"{day.day} {month('en', day.month)}", (accepted,))


@given(st.integers(1, 12), st.integers(1, 12))
def test_a_date_with_slashes_is_right_in_either_reading(first: int, second: int) -> None:
    """Where slashes leave open which number is the month, either date is right and no third one."""
    typed = f"{first}/{second}/1948"
    for accepted_day, accepted_month in ((first, second), (second, first), (13, second)):
        accepted = f"{accepted_day} {month('en', accepted_month)} 1948"
        assert matches(typed, (accepted,)) == (accepted_day != 13)


@given(
    st.lists(
        st.sampled_from(["It is", "Это", "Mr", "and", "&", "№ 1", "ст. 1", "10.12.1948", "May", "X."]), max_size=12
    )
)
def test_a_text_has_a_handful_of_readings(parts: list[str]) -> None:
    """However many rules concern a text, the readings are few and none is blank."""
    text = " ".join(parts)
    found = (variants_of(text, typed=True), variants_beside(text, "Michael Möller"))
    assert all(len(texts) <= MOST_VARIANTS for texts in found)
    assert all(any(sign.isalnum() for sign in one) for one in found[0][1:])
