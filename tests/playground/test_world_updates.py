"""Pending updates: confirmation, allowed kinds and expiry."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from small_world import Clock
from strategies import polling_steps

from bot.playground.world.updates import UpdateQueue


@given(polling_steps, st.integers(min_value=10, max_value=10**9))
def test_nothing_is_lost_before_it_is_confirmed(steps: list[str | tuple[int, int]], first_id: int) -> None:
    """A call returns the oldest unconfirmed updates in order; only a higher offset removes an update."""
    queue = UpdateQueue(Clock(), first_id)
    waiting: list[int] = []
    newest = first_id - 1
    for step in steps:
        if isinstance(step, str):
            newest += 1
            waiting.append(newest)
            assert queue.add("message", {"number": newest})
        else:
            offset = newest + step[0]
            waiting = [number for number in waiting if number >= offset]
            given_now = [update["update_id"] for update in queue.fetch(offset, step[1])]
            assert given_now == waiting[: step[1]]
    assert [update["message"]["number"] for update in queue.fetch(0, 100)] == waiting[:100]


@given(st.integers(min_value=0, max_value=8), st.integers(min_value=1, max_value=10))
def test_a_negative_offset_keeps_the_newest(count: int, kept: int) -> None:
    """Offset -n confirms all but the newest n updates."""
    queue = UpdateQueue(Clock(), 1)
    for _ in range(count):
        queue.add("message", {})
    expected = list(range(1, count + 1))[-kept:]
    assert [update["update_id"] for update in queue.fetch(-kept, 100)] == expected
    assert len(queue) == len(expected)


def test_unwanted_kinds_take_no_id() -> None:
    """Updates of unwanted kinds are not queued; pending ones stay."""
    queue = UpdateQueue(Clock(), 1)
    assert not queue.add("chat_member", {})
    assert queue.add("message", {})
    queue.allow(("poll_answer",))
    assert not queue.add("message", {})
    assert queue.add("poll_answer", {})
    assert [update["update_id"] for update in queue.fetch(0, 100)] == [1, 2]
    queue.allow(())
    assert queue.add("message", {})


def test_updates_expire() -> None:
    """Callback queries expire after 150 seconds, all other updates after a day."""
    clock = Clock(datetime(2026, 1, 1, tzinfo=UTC))
    queue = UpdateQueue(clock, 1)
    queue.add("message", {})
    queue.add("callback_query", {})
    clock.moment += timedelta(seconds=149)
    assert len(queue.fetch(0, 100)) == 2
    clock.moment += timedelta(seconds=1)
    assert [update["update_id"] for update in queue.fetch(0, 100)] == [1]
    clock.moment += timedelta(hours=24)
    assert queue.fetch(0, 100) == []
