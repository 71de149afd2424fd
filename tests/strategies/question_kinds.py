"""Strategies for questions of every kind."""

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import strategies as st

from bot.core.kind import Kind, Option
from bot.core.kinds.number import Number
from bot.core.kinds.one_right import OneRight
from bot.core.kinds.several_right import SeveralRight
from bot.core.kinds.true_false import TrueFalse
from bot.core.kinds.typed import Typed
from bot.core.kinds.year import Year
from bot.core.marking import fold

_texts = (
    *(
        "Geneva",
        "Vienna",
        "C",
        "C++",
        "C#",
        "5",
        "-5",
        "5 %",
        "$5",
        "3.5",
        "1,000",
        "vitamin A",
        "?",
        "…",
        "World War II",
    ),
    *(
        "Michael Möller",
        "Müller",
        "Zeid Ra’ad",
        "the UN",
        "O.S.C.E.",
        "Нұр-Сұлтан",
        "Әйтеке би",
        "кий",
        "кии",
        "日内瓦",
    ),
)

_typeable = tuple(text for text in _texts if fold(text))


def _options(texts: Sequence[str], least: int, most: int) -> st.SearchStrategy[list[Option]]:
    options = [Option(text, note) for text in texts for note in ("", "This is another body.")]
    return st.lists(st.sampled_from(options), min_size=least, max_size=most, unique_by=lambda option: option.text)


@st.composite
def one_right_questions(draw: st.DrawFn) -> OneRight:
    """Draw a question with one right option."""
    right, *wrong = draw(_options(_texts, 2, 12))
    return OneRight(right.text, tuple(wrong))


@st.composite
def several_right_questions(draw: st.DrawFn) -> SeveralRight:
    """Draw a question with two or more right options."""
    offered = draw(_options(_texts, 3, 12))
    rights = draw(st.integers(2, len(offered) - 1))
    return SeveralRight(tuple(option.text for option in offered[:rights]), tuple(offered[rights:]))


@st.composite
def typed_questions(draw: st.DrawFn) -> Typed:
    """Draw a typed question, sometimes with wrong answers."""
    offered = draw(_options(_typeable, 1, 6))
    rights = draw(st.integers(1, len(offered)))
    exact = draw(st.booleans())
    return Typed(tuple(option.text for option in offered[:rights]), tuple(offered[rights:]), exact)


decimals = st.decimals(-(10**9), 10**9, places=3, allow_nan=False, allow_infinity=False).map(lambda n: n or Decimal(0))
"""Numbers with up to three decimals."""

number_questions = st.builds(
    Number, decimals, decimals.map(abs), st.sampled_from(("", "years", "%", "km²", "million people"))
)
"""Questions for a number."""

year_questions = st.builds(Year, st.integers(1, 9999))
"""Questions for a year."""

kinds: st.SearchStrategy[Kind] = st.one_of(
    one_right_questions(),
    several_right_questions(),
    st.builds(TrueFalse, st.booleans()),
    typed_questions(),
    number_questions,
    year_questions,
)
"""Questions of every kind."""
