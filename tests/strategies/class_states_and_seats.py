"""Strategies for states and seats of a live class, and for times in it."""

from hypothesis import strategies as st

from bot.core.classroom import ClassState, Outcome, Phase
from bot.core.extra_time import ExtraTime, Pause
from bot.core.seat import Reply, Seat
from strategies.texts import any_text, identifiers
from strategies.times import moments, spans

allowances = st.sampled_from((100, 150, 200, 0))
"""Allowances in percent of a round's time; 0 is unlimited."""

waits = st.one_of(st.integers(0, 5), st.sampled_from((19, 20, 22, 23, 31, 60, 61, 62, 90, 600)))
"""Seconds between two events: a few, about the time of a round, or a pause."""

_replies = st.builds(
    Reply, st.booleans(), st.lists(st.integers(0, 11), max_size=4).map(tuple), any_text, any_text, st.just(10), moments
)

seats = st.builds(
    Seat,
    allowance=allowances,
    round=st.integers(0, 6),
    open=st.booleans(),
    late=st.booleans(),
    arrived_at=st.none() | moments,
    reply=st.none() | _replies,
    earlier=st.none() | _replies,
    seen=st.integers(0, 6),
    right=st.integers(0, 6),
    points=st.integers(0, 60),
    gone=st.booleans(),
)
"""Seats in a live class, including unreachable states."""

_extras = st.builds(ExtraTime, spans, st.lists(st.builds(Pause, moments, moments), max_size=2).map(tuple))

class_states = st.builds(
    ClassState,
    st.lists(identifiers, min_size=1, max_size=6).map(tuple),
    st.integers(0, 90),
    st.booleans(),
    st.booleans(),
    st.sampled_from(Phase),
    moments,
    outcomes=st.lists(st.sampled_from(Outcome), max_size=6).map(tuple),
    arrived_at=st.none() | moments,
    extra=_extras,
    extras=st.lists(_extras, max_size=3).map(tuple),
)
"""States of a live class, including unreachable ones."""
