"""Order of sending, send schedules shared by processes, and pauses for all."""

import asyncio
from collections.abc import Callable, Sequence
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from idle_time import IdleTime

from bot.app.dispatch.service import StoreError
from bot.app.messages import Message
from bot.app.messages.urgency import URGENCIES, Urgency
from bot.tg.outbound.flood_detector import FloodDetector
from bot.tg.outbound.queued_message import QueuedMessage
from bot.tg.outbound.send_queue import SendQueue
from bot.tg.outbound.send_schedule import LAPSE_SECONDS, LocalSchedule, SendSchedule, SharedSchedule

RATE = 30.0


def queued(due: float) -> QueuedMessage:
    """Build a message that is due at this time; its content does not matter here."""
    return QueuedMessage(None, due)  # type: ignore[arg-type]


class Schedule:
    """A shared send schedule in memory, with the time of a test."""

    def __init__(self, time: IdleTime) -> None:
        self._time = time
        self._free_at = 0.0
        self.is_down = False
        self.taken = 0

    def pace(self, rate: float = RATE) -> SharedSchedule:
        """Create the schedule of one process."""
        return SharedSchedule(rate, self.take, self.hold, self._time.timing.now)

    async def take(self, count: int, spacing: float) -> float:
        """Reserve times for sending."""
        if self.is_down:
            raise StoreError("The database cannot be used now.")
        first = max(self._free_at, self._time.moment)
        self._free_at = first + count * spacing
        self.taken += count
        return first - self._time.moment

    async def hold(self, seconds: float) -> None:
        """Postpone all sending."""
        self._free_at = max(self._free_at, self._time.moment + seconds)


async def moment_of_turn(time: IdleTime, turns: SendQueue, one: QueuedMessage) -> float:
    """Wait until a message may be sent; return that time."""
    await turns.wait(one)
    return time.moment


async def moments(time: IdleTime, turns: Sequence[tuple[SendQueue, QueuedMessage]]) -> list[float]:
    """Advance the time until all these messages may be sent; return the time of each."""
    return list(await time.until(asyncio.gather(*(moment_of_turn(time, of, one) for of, one in turns))))


@pytest.fixture(params=["own", "shared"])
def make_pace(request: pytest.FixtureRequest) -> Callable[[IdleTime], SendSchedule]:
    """A factory of one kind of send schedule."""
    if request.param == "own":
        return lambda _: LocalSchedule(RATE)
    return lambda time: Schedule(time).pace()


def test_every_message_has_an_urgency() -> None:
    """Each message of the bot is in the table, and nothing else."""
    assert set(URGENCIES) == set(get_args(Message))
    assert [one.patience for one in Urgency] == sorted(one.patience for one in Urgency)


async def test_the_message_due_first_is_sent_first(make_pace: Callable[[IdleTime], SendSchedule]) -> None:
    """Of those that wait the one that is due first goes first, and equals go as they came."""
    time = IdleTime()
    turns = SendQueue(make_pace(time), time.timing)
    dues = [5.0, 3.0, 3.0, 9.0, 1.0]
    gone = await moments(time, [(turns, queued(due)) for due in dues])
    assert sorted(range(5), key=gone.__getitem__) == [4, 1, 2, 0, 3]


async def test_a_live_round_goes_before_a_thousand_that_nobody_waits_for(
    make_pace: Callable[[IdleTime], SendSchedule],
) -> None:
    """Thirty live questions that come behind a thousand results go next; all the results go, none much later."""
    time = IdleTime()
    turns = SendQueue(make_pace(time), time.timing)
    later = [queued(Urgency.LATER.patience) for _ in range(1000)]
    waiting = asyncio.gather(*(moment_of_turn(time, turns, one) for one in later))
    await time.reach(2.0)
    live = await moments(time, [(turns, queued(2.0 + Urgency.LIVE.patience)) for _ in range(30)])
    gone = await time.until(waiting)
    assert not any(live[0] < moment < live[-1] for moment in gone)
    assert live[0] < 2.2
    assert live[-1] < 3.2
    assert gone[-1] == max(gone) < 1030 / (RATE * 0.96) + 1


async def test_nobody_starves_behind_what_is_urgent() -> None:
    """A message of low urgency is sent when its patience is over, even if urgent ones keep coming."""
    time = IdleTime()
    turns = SendQueue(LocalSchedule(1.0), time.timing)
    came = [(turns, queued(float(second))) for second in range(60)]
    gone = await moments(time, [(turns, queued(Urgency.LATER.patience)), *came])
    assert sorted(gone).index(gone[0]) == 30


async def test_an_advanced_message_is_sent_earlier_and_once() -> None:
    """A message that something urgent waits behind is due as early as that."""
    time = IdleTime()
    turns = SendQueue(LocalSchedule(RATE), time.timing)
    slow, others = queued(9.0), [queued(5.0) for _ in range(5)]
    waiting = asyncio.create_task(moments(time, [(turns, one) for one in (*others, slow)]))
    for _ in range(3):
        await asyncio.sleep(0)
    slow.due = 1.0
    turns.hasten(slow)
    gone = await waiting
    assert sorted(gone).index(gone[-1]) <= 1


async def test_a_cancelled_message_uses_no_slot() -> None:
    """Messages that were let go while they waited cost the others nothing."""
    time = IdleTime()
    turns = SendQueue(LocalSchedule(1.0), time.timing)
    gone = [asyncio.create_task(turns.wait(queued(1.0))) for _ in range(100)]
    await time.rest()
    for task in gone:
        task.cancel()
    last = await moments(time, [(turns, queued(2.0)) for _ in range(2)])
    assert max(last) < 5


@given(st.lists(st.floats(0, 3), min_size=1, max_size=80), st.integers(1, 4))
def test_processes_keep_the_rate_together(coming: list[float], processes: int) -> None:
    """Processes that share a schedule keep the limit in every second, and waste no time for sending."""

    async def run() -> list[float]:
        time = IdleTime()
        schedule = Schedule(time)
        turns = [SendQueue(schedule.pace(10.0), time.timing) for _ in range(processes)]

        async def come(number: int, moment: float) -> float:
            await time.timing.sleep(moment)
            await turns[number % processes].wait(queued(moment))
            return time.moment

        gone = await time.until(asyncio.gather(*(come(*one) for one in enumerate(sorted(coming)))))
        assert schedule.taken == len(coming)
        return sorted(gone)

    gone = asyncio.run(run())
    assert all(later - first >= 1 - 1e-6 for first, later in zip(gone, gone[10:], strict=False))


async def test_a_turn_that_is_used_too_late_lapses() -> None:
    """A process that was held up does not use its old turns together with those that are due."""
    time = IdleTime()
    schedule = Schedule(time)
    pace = schedule.pace()
    assert await pace.reserve(100, time.moment) == 0
    assert schedule.taken == 3
    time.moment += 5
    assert await pace.reserve(100, time.moment) == 0
    assert schedule.taken == 6
    time.moment += LAPSE_SECONDS / 2
    assert await pace.reserve(100, time.moment) > 0


async def test_without_the_database_nothing_goes(caplog: pytest.LogCaptureFixture) -> None:
    """While turns cannot be taken messages wait, which is told once, and then they go."""
    time = IdleTime()
    schedule = Schedule(time)
    schedule.is_down = True
    turns = SendQueue(schedule.pace(), time.timing)
    waiting = asyncio.create_task(turns.wait(queued(0.0)))
    for _ in range(5):
        await time.rest()
        assert not waiting.done()
        time.step()
    schedule.is_down = False
    await time.until(waiting)
    assert [record.getMessage() for record in caplog.records] == [
        "The database cannot be used now. Cannot reserve send slots; messages wait."
    ]


async def test_a_pause_holds_everything_and_keeps_the_order(make_pace: Callable[[IdleTime], SendSchedule]) -> None:
    """After a pause messages go on at the pace and in the order that they had."""
    time = IdleTime()
    turns = SendQueue(make_pace(time), time.timing)
    await time.until(turns.pause(60.0))
    gone = await moments(time, [(turns, queued(float(-place))) for place in range(10)])
    assert gone == sorted(gone, reverse=True)
    assert min(gone) >= 60
    await time.until(turns.wait_until_open())
    assert time.moment < 63


async def test_a_pause_of_one_process_is_that_of_all() -> None:
    """Where one process was told to wait, the others have no turn either."""
    time = IdleTime()
    schedule = Schedule(time)
    one, other = (SendQueue(schedule.pace(), time.timing) for _ in range(2))
    await time.until(one.pause(60.0))
    assert min(await moments(time, [(other, queued(0.0))])) >= 60


@pytest.mark.parametrize(
    ("refusals", "pause"),
    [
        ([(7, 9.0, 0.0), (7, 9.0, 0.1), (8, 9.0, 0.2)], 0.0),
        ([(7, 9.0, 0.0), (8, 30.0, 0.5), (9, 5.0, 1.0)], 5.0),
        ([(7, 3600.0, 0.0), (8, 1.0, 0.5), (9, 1.0, 0.5)], 1.0),
        ([(7, 9.0, 0.0), (8, 9.0, 0.5), (9, 9.0, 1.5)], 0.0),
        ([(None, 9.0, 0.0), (None, 9.0, 0.1), (None, 9.0, 0.2)], 0.0),
        ([(7, 0.0, 0.0), (8, 0.0, 0.0), (9, 0.0, 0.0)], 0.0),
    ],
)
def test_several_chats_refused_at_once_are_everybody(
    refusals: list[tuple[int | None, float, float]], pause: float
) -> None:
    """Three chats within a second mean all, for as long as three ask; one or two mean themselves, a method no chat."""
    floods = FloodDetector()
    assert [floods.note(*one) for one in refusals][-1] == pause
