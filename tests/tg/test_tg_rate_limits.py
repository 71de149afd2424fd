"""Telegram's sending limits hold in every window of time."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tg.outbound.rate_limits import RateLimits, TokenBucket

PERSON, OTHER, GROUP = 7, 8, -7
# A queue sends one message after another, so a chat claims again when its last one went.
claims = st.lists(st.tuples(st.sampled_from((PERSON, OTHER, GROUP)), st.floats(0, 2)), min_size=1, max_size=120)
"""Who wants to send, and how many seconds after the one before."""


def sent(wanted: Sequence[tuple[int, float]], limits: RateLimits) -> dict[int, list[float]]:
    """Return the sending times by chat: each message waits for the one before it, then for the limits."""
    moments: dict[int, list[float]] = {PERSON: [], OTHER: [], GROUP: []}
    free_at: dict[int, float] = {}
    now = 0.0
    turns = []
    for chat, seconds in wanted:
        now += seconds
        turns.append((now, chat))
    while turns:
        # The earliest claim that may be made comes first, as in a program where chats wait side by side.
        turns.sort(key=lambda turn: (max(turn[0], free_at.get(turn[1], 0.0)), turn[0]))
        asked, chat = turns.pop(0)
        moment = max(asked, free_at.get(chat, 0.0))
        free_at[chat] = moment + limits.claim_chat(chat, moment)
        moments[chat].append(free_at[chat])
    bucket = of_all(limits.per_second)
    passed = 0.0
    for moment, chat, place in sorted(
        (moment, chat, place) for chat, its in moments.items() for place, moment in enumerate(its)
    ):
        # The bucket is shared, so claims are granted in the order in which they came.
        passed = max(moment, passed)
        while wait := bucket.take(passed):
            passed += wait
        moments[chat][place] = passed
    return moments


def of_all(per_second: float) -> TokenBucket:
    """Create the bucket shared by all chats."""
    return TokenBucket(per_second * RateLimits.MARGIN, RateLimits.SAVED, 0.0)


def most_above(moments: Sequence[float], rate: float) -> float:
    """Return the largest excess of messages in any window over rate x its length."""
    ordered = sorted(moments)
    return max(
        (
            last - first + 1 - rate * (ordered[last] - ordered[first])
            for first in range(len(ordered))
            for last in range(first, len(ordered))
        ),
        default=0.0,
    )


@given(claims)
def test_no_chat_gets_more_than_its_limit(wanted: list[tuple[int, float]]) -> None:
    """In every window, a person gets at most 5 + 1 a second, and a group at most 20 + 20 a minute."""
    moments = sent(wanted, RateLimits(30))
    for chat, (rate, burst) in {PERSON: RateLimits.CHAT, OTHER: RateLimits.CHAT, GROUP: RateLimits.GROUP}.items():
        assert most_above(moments[chat], rate) <= burst + 1e-6


@given(claims, st.sampled_from((1.0, 2.5, 30.0)))
def test_all_together_stay_within_the_limit(wanted: list[tuple[int, float]], rate: float) -> None:
    """In every window, all chats together get hardly more than its length allows."""
    moments = [moment for its in sent(wanted, RateLimits(rate)).values() for moment in its]
    assert most_above(moments, rate * RateLimits.MARGIN) <= RateLimits.SAVED + 1e-6


@given(claims)
def test_nothing_is_limited_where_limits_are_off(wanted: list[tuple[int, float]]) -> None:
    """With 0 a second, no chat ever waits, whatever others sent to it, and none is remembered as busy."""
    limits = RateLimits(0)
    for chat, now in wanted:
        limits.note_busy(chat, now + 100, now)
        assert limits.claim_chat(chat, now) == limits.busy(chat, now) == 0


def test_a_chat_at_rest_sends_at_once() -> None:
    """The first messages to a chat wait for nothing; the sixth within a second waits."""
    limits = RateLimits(30)
    waits = [limits.claim_chat(PERSON, 10.0) for _ in range(6)]
    assert waits == [0, 0, 0, 0, 0, 1]


def test_chats_at_rest_are_forgotten() -> None:
    """Chats at rest are forgotten, which changes no limit."""
    limits = RateLimits(1e9)
    for _ in range(5):
        limits.claim_chat(PERSON, 0.0)
    for person in range(100, 100 + RateLimits.FORGET_ABOVE + 1):
        limits.claim_chat(person, 0.0)
    assert limits.claim_chat(PERSON, 1.5) == 0
    assert limits.claim_chat(PERSON, 1.5) > 0
    assert len(limits._chats) < 10


def test_late_messages_are_not_sent_together_with_due_ones() -> None:
    """After a time in which nothing could be sent, messages are as far apart as before."""
    bucket = of_all(10)
    assert bucket.take(0.0) == 0
    assert bucket.take(5.0) == 0
    assert bucket.take(5.0) > 0.08


def test_thirty_a_second_are_never_more() -> None:
    """No second contains more than Telegram's limit of thirty messages."""
    bucket, moment, moments = of_all(30), 0.0, []
    for _ in range(200):
        while wait := bucket.take(moment):
            moment += wait
        moments.append(moment)
    assert all(later - first > 1 - 1e-6 for first, later in zip(moments, moments[30:], strict=False))


@given(claims, st.integers(1, 119))
def test_a_chat_that_is_handed_over_keeps_its_limit(wanted: list[tuple[int, float]], place: int) -> None:
    """Another process that knows how long a chat is busy goes on as the first one would have."""
    alone, first, second = RateLimits(30), RateLimits(30), RateLimits(30)
    now = 0.0
    for number, (chat, seconds) in enumerate(wanted):
        now += seconds
        if number == place:
            for one in (PERSON, OTHER, GROUP):
                second.note_busy(one, now + first.busy(one, now), now)
        limits = first if number < place else second
        assert limits.claim_chat(chat, now) == pytest.approx(alone.claim_chat(chat, now), abs=1e-6)
