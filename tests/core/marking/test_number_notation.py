"""Numbers inside a typed text must be equal, separators included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.kinds.typed import Typed
from bot.core.prompt import Mark, Written

RIGHT = [
    *[("1/4", text) for text in ("1/4", "1 / 4", "¼", "1⁄4")],
    *[("3-2", text) for text in ("3-2", "3–2", "3 - 2", "3−2")],
    *[("10^5", text) for text in ("10^5", "10⁵", "10**5", "10 ^ 5")],
    *[("A/RES/60/251", text) for text in ("A/RES/60/251", "a/res/60/251", "A RES 60/251", "A/RES/60-251")],
    *[("≤ 5", text) for text in ("≤5", "<= 5", "=<5", "⩽5")],
    *[("x ≠ 5", text) for text in ("x≠5", "x != 5", "x <> 5")],
    *[("1,000 people", text) for text in ("1000 people", "1 000 people", "1'000 people")],
    *[("1939-1945", text) for text in ("1939–1945", "1939 - 1945")],
    *[("10.12.1948", text) for text in ("10.12.1948", "10/12/1948", "10-12-1948")],
    *[("3.5", text) for text in ("3.5", "3,5")],
    *[("2½", text) for text in ("2½", "2 1/2")],
    *[("3×4", text) for text in ("3x4", "3 * 4", "3·4", "3 х 4")],
    *[("статья 12", text) for text in ("Статья 12", "статья  12.", "статя 12")],
    *[("резолюция 60/251", text) for text in ("Резолюция 60/251", "резолюция 60-251", "резолюцыя 60/251")],
    *[("12-бап", text) for text in ("12-бап", "12 бап", "12-БАП")],
    *[("60/251 қарар", text) for text in ("60/251 қарар", "60/251 Қарар", "60-251 қарар")],
    *[("m²", text) for text in ("m²", "m2")],
    *[("12:30", text) for text in ("12:30", "12 : 30")],
    *[("COVID-19", text) for text in ("covid 19", "COVID19", "Covid–19")],
]
WRONG = [
    *[("1/4", text) for text in ("14", "1-4", "1 4", "1.4", "4/1", "1:4", "11/4")],
    *[("3-2", text) for text in ("32", "3 2", "3:2", "2-3", "3/2", "3.2", "-3 2")],
    *[("10^5", text) for text in ("105", "10 5", "10^-5", "10*5", "10^6", "10⁻⁵", "1050")],
    *[
        ("A/RES/60/251", text)
        for text in ("A/RES/602/51", "A/RES/60251", "A/RES/6/0251", "A/RES/60/252", "A/RES/60 251")
    ],
    *[("≤ 5", text) for text in ("≥ 5", "5", "< 5", ">= 5", "≤ 6", "= 5")],
    *[("x ≠ 5", text) for text in ("x = 5", "x 5", "x ≈ 5")],
    *[("1,000 people", text) for text in ("100 people", "1.000 people", "10000 people", "1,0 people")],
    *[("1939-1945", text) for text in ("19391945", "1939-1946", "1945-1939")],
    *[("10.12.1948", text) for text in ("10121948", "101.2.1948", "12.10.1948", "1.012.1948")],
    *[("3.5", text) for text in ("35", "3 5", "5.3", "0.35", "-3.5")],
    *[("2½", text) for text in ("21/2", "212", "2", "2 1 2")],
    *[("3×4", text) for text in ("34", "3+4", "4×3")],
    *[("статья 12", text) for text in ("статья 1 2", "статья 21", "статья 1/2", "статья 1")],
    *[("резолюция 60/251", text) for text in ("резолюция 602/51", "резолюция 60251", "резолюция 6/251")],
    *[("12-бап", text) for text in ("1-2 бап", "21-бап", "1 2 бап")],
    *[("60/251 қарар", text) for text in ("602/51 қарар", "60251 қарар", "60/25 қарар")],
    *[("12:30", text) for text in ("1230", "12.30 1", "1:230", "13:30")],
    *[("10²", text) for text in ("102", "10", "10³", "10 2")],
    *[("±5", text) for text in ("5", "-5", "+5")],
    *[("24/7", text) for text in ("247", "24-7", "2/47", "24 7")],
]


def is_right(accepted: str, text: str) -> bool:
    """Return whether a text is marked right."""
    mark = Typed((accepted,)).mark(Written(text))
    return isinstance(mark, Mark) and mark.right


@pytest.mark.parametrize(("accepted", "text"), RIGHT)
def test_another_notation_of_the_same_number_is_right(accepted: str, text: str) -> None:
    """Spaces, types of dashes, notations of powers, and separators in document symbols and dates do not matter."""
    assert is_right(accepted, text)


@pytest.mark.parametrize(("accepted", "text"), WRONG)
def test_a_number_with_other_separators_is_wrong(accepted: str, text: str) -> None:
    """Every digit and separator of a number inside a typed text must be right."""
    assert not is_right(accepted, text)


@given(st.integers(1, 99), st.integers(1, 99), st.sampled_from("/^:×"))
def test_a_separator_between_numbers_is_significant(first: int, second: int, sign: str) -> None:
    """Two numbers with a sign between them equal neither the number of all digits nor the two without the sign."""
    assert is_right(f"{first}{sign}{second}", f"{first} {sign} {second}")
    assert not is_right(f"{first}{sign}{second}", f"{first}{second}")
    assert not is_right(f"{first}{sign}{second}", f"{first} {second}")
