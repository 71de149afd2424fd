"""Strategies for small banks, learners' progress and states of a solo quiz."""

from datetime import datetime

from hypothesis import strategies as st

from bot.core.kind import Kind
from bot.core.kinds.true_false import TrueFalse
from bot.core.question import Bank, Level, Question, Topic
from bot.core.scoring import Progress
from bot.core.solo import Outcome, Phase, SoloState
from strategies.texts import identifiers
from strategies.times import moments, spans

TOPICS = (Topic("bodies", "Bodies"), Topic("years", "Years"), Topic("codes", "Codes"))


def question(question_id: str, topic: str = "bodies", level: Level = Level.EASY, kind: Kind | None = None) -> Question:
    """Create a question; defaults are for fields that do not matter to the test."""
    return Question(question_id, topic, level, "A stem?", kind or TrueFalse(answer=True), "Why.", "passage", "words")


def _bank(questions: list[tuple[Topic, Level]]) -> Bank:
    numbered = tuple(question(f"q{place}", topic.id, level) for place, (topic, level) in enumerate(questions))
    return Bank("A bank", "en", "a source", "a licence", (), TOPICS, numbered)


banks = st.lists(st.sampled_from([(topic, level) for topic in TOPICS for level in Level]), max_size=12).map(_bank)
"""Banks of up to twelve true/false questions, ``q0`` and so on, on three topics."""


def _progress(right: bool, at: datetime, more: int) -> Progress:  # noqa: FBT001 - how the latest answer was marked
    return Progress(asked=1 + more, right=more // 2 + right, last_right=right, last_at=at)


progresses = st.dictionaries(
    st.sampled_from([f"q{place}" for place in range(16)]),
    st.builds(_progress, st.booleans(), moments, st.integers(0, 9)),
    max_size=12,
)
"""A learner's progress by question id, including questions that are not in the bank."""

solo_states = st.builds(
    SoloState,
    st.lists(identifiers, min_size=1, max_size=6).map(tuple),
    st.sampled_from(Phase),
    st.lists(st.sampled_from(Outcome), max_size=6).map(tuple),
    st.none() | moments,
    spans,
)
"""States of a solo quiz, including unreachable ones."""
