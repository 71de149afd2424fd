"""Every Hypothesis strategy of the tests: what a kind, a question, a bank and a learner's progress may look like."""

from datetime import UTC, datetime
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from bot.core.kind import Kind, Option
from bot.core.kinds.number import Number
from bot.core.kinds.one_right import OneRight
from bot.core.kinds.several_right import SeveralRight
from bot.core.kinds.true_false import TrueFalse
from bot.core.kinds.typed import Typed
from bot.core.kinds.year import Year
from bot.core.question import Bank, Level, Question, Topic
from bot.core.scoring import Progress
from bot.core.spelling import fold

any_text = st.text(max_size=60)
"""Text of any script, control characters and lone marks among it."""

words = st.text(alphabet="abcdefghklmnoprstuwyzäöüéøßабвгдежзийкғқңөұүі", min_size=1, max_size=12)
"""Words without digits, as they stand in Latin, Cyrillic and Kazakh texts."""

phrases = st.lists(words, min_size=1, max_size=4).map(" ".join)
"""One to four such words."""

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - see timezones
"""Points in time, in UTC."""

_notes = st.sampled_from(("", "This is another body.", "Too early."))


@st.composite
def options(draw: st.DrawFn, least: int, most: int) -> list[Option]:
    """Draw options that stay different when folded."""
    texts = draw(st.lists(phrases, min_size=least, max_size=most, unique_by=lambda text: fold(text) or text))
    return [Option(text, draw(_notes)) for text in texts]


@st.composite
def one_rights(draw: st.DrawFn) -> OneRight:
    """Draw a question with one right option."""
    right, *wrong = draw(options(2, 12))
    return OneRight(right.text, tuple(wrong))


@st.composite
def several_rights(draw: st.DrawFn) -> SeveralRight:
    """Draw a question with two or more right options."""
    offered = draw(options(3, 12))
    rights = draw(st.integers(2, len(offered) - 1))
    return SeveralRight(tuple(option.text for option in offered[:rights]), tuple(offered[rights:]))


@st.composite
def typeds(draw: st.DrawFn) -> Typed:
    """Draw a question to be answered by typing, some with texts never to be accepted."""
    offered = draw(options(1, 6))
    rights = draw(st.integers(1, len(offered)))
    return Typed(tuple(option.text for option in offered[:rights]), tuple(offered[rights:]))


decimals = st.decimals(-(10**9), 10**9, places=3, allow_nan=False, allow_infinity=False).map(lambda n: n or Decimal(0))
"""Numbers with up to three decimals."""

numbers = st.builds(Number, decimals, decimals.map(abs), st.sampled_from(("", "years", "%", "km²", "million people")))
"""Questions for a number."""

years = st.builds(Year, st.integers(1, 9999))
"""Questions for a year."""

kinds: st.SearchStrategy[Kind] = st.one_of(
    one_rights(), several_rights(), st.builds(TrueFalse, st.booleans()), typeds(), numbers, years
)
"""Questions of every kind."""


def dice(seed: int = 0) -> Random:
    """Give dice that fall as the seed says."""
    return Random(seed)  # noqa: S311 - shuffling options is no secret


TOPICS = (Topic("bodies", "Bodies"), Topic("years", "Years"), Topic("codes", "Codes"))


def question(question_id: str, topic: str = "bodies", level: Level = Level.EASY, kind: Kind | None = None) -> Question:
    """Build a question; what is not told does not matter to the test."""
    return Question(question_id, topic, level, "A stem?", kind or TrueFalse(answer=True), "Why.", "passage", "words")


@st.composite
def banks(draw: st.DrawFn) -> Bank:
    """Draw a bank of up to thirty true/false questions on three topics."""
    drawn = [
        question(f"q{number}", draw(st.sampled_from(TOPICS)).id, draw(st.sampled_from(Level)))
        for number in range(draw(st.integers(0, 30)))
    ]
    return Bank("A bank", "en", "a source", "a licence", (), TOPICS, tuple(drawn))


@st.composite
def progresses(draw: st.DrawFn) -> dict[str, Progress]:
    """Draw what a learner did, also with questions that the bank no longer holds."""
    histories = st.lists(st.tuples(st.booleans(), moments), min_size=1, max_size=5)
    made: dict[str, Progress] = {}
    for number in draw(st.sets(st.integers(0, 40))):
        first, *later = draw(histories)
        progress = Progress.first(*first)
        for right, at in later:
            progress = progress.after(right, at)
        made[f"q{number}"] = progress
    return made
