"""The inbox as a queue: fair among lanes, in order in each, on both engines; what comes too early or fails waits."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from bot.store.claims import LONGEST_HELD, LOOKED_AT, MOST_OF_ONE_LANE, Claimed
from bot.store.database import Database
from bot.store.fair_queue import FairQueue
from bot.store.inbox import INBOX, Received

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SOON = NOW + timedelta(seconds=2)


def update(update_id: int, lane: str = "a", poll: str = "") -> Received:
    """Create an update."""
    return Received(update_id, lane, "{}", poll)


def ids(claimed: Sequence[Claimed]) -> list[int]:
    """Return the ids of claimed updates."""
    return [one.update_id for one in claimed]


def work(database: Database, most: int = 200, now: datetime = NOW) -> list[int]:
    """Work what can be claimed; give the ids."""
    with database.transaction() as unit:
        claimed = unit.inbox.claim(most, now)
        unit.inbox.finish(ids(claimed), now)
    return ids(claimed)


def test_behind_each_head_its_followers_are_claimed(database: Database) -> None:
    """Heads come in the order of their places, a few of the same lane behind each, and lanes take turns."""
    with database.transaction() as unit:
        unit.inbox.add([update(number, "a") for number in range(1, 21)], NOW)
        unit.inbox.add([update(number, "b") for number in (21, 22)], NOW)
    assert work(database) == [*range(1, 9), 21, 22]
    assert work(database) == list(range(9, 17))
    assert work(database, most=3) == [17, 18, 19]
    assert (work(database), work(database)) == ([20], [])


def test_a_claim_is_never_larger_than_allowed(database: Database) -> None:
    """Heads go before followers, so that many lanes take turns before any has its second."""
    with database.transaction() as unit:
        unit.inbox.add([update(10 * lane + number, str(lane)) for lane in range(1, 6) for number in range(5)], NOW)
    assert work(database, most=4) == [10, 20, 30, 40]
    assert work(database, most=6) == [11, 12, 21, 31, 41, 50]


def test_ten_thousand_votes_delay_a_private_chat_by_no_more_than_a_few_batches(database: Database) -> None:
    """A message that is stored after ten thousand votes of one poll is among the first few hundred worked."""
    places = FairQueue()
    with database.transaction() as unit:
        for start in range(1, 10_001, 1000):
            votes = [update(number, f"chat {number}", "poll") for number in range(start, start + 1000)]
            unit.inbox.add(votes, NOW, places)
        unit.inbox.add([update(20_000, "chat -1")], NOW, places)
    batches = [work(database) for _ in range(2)]
    assert batches[0] == list(range(1, 201))
    assert 20_000 in batches[1]


def test_a_lane_thousands_deep_delays_no_other(database: Database) -> None:
    """An update is in the next batch even if another lane has thousands waiting."""
    places, deep = FairQueue(), 3 * LOOKED_AT
    with database.transaction() as unit:
        unit.inbox.add([update(number, "busy") for number in range(1, deep + 1)], NOW, places)
    for turn in range(5):
        newcomer = deep + turn + 1
        with database.transaction() as unit:
            unit.inbox.add([update(newcomer, f"quiet {turn}")], NOW, places)
        batch = work(database)
        assert newcomer in batch
        assert len(batch) == 1 + MOST_OF_ONE_LANE


def test_a_head_behind_more_than_a_claim_looks_at_is_found(database: Database) -> None:
    """Where the first in the fair order all wait for one far behind, that one is claimed all the same."""
    with database.transaction() as unit:
        unit.inbox.add([update(number) for number in range(2, LOOKED_AT + 9)], NOW)
        unit.inbox.add([update(1)], SOON)
    assert work(database, now=SOON) == list(range(1, 9))


def test_a_claim_with_a_minimum_age_leaves_recent_updates(database: Database) -> None:
    """A recent update is left, unless it is behind an older one of its lane, with which it is claimed."""
    with database.transaction() as unit:
        unit.inbox.add([update(1, "a"), update(3, "b")], NOW)
        unit.inbox.add([update(2, "a"), update(4, "c")], SOON)
    with database.transaction() as unit:
        assert ids(unit.inbox.claim(9, SOON, NOW - timedelta(microseconds=1))) == []
        assert ids(unit.inbox.claim(9, SOON, NOW)) == [1, 2, 3]
        assert ids(unit.inbox.claim(9, SOON, SOON)) == [1, 2, 3, 4]


def test_an_earlier_update_that_comes_later_is_worked_first(database: Database) -> None:
    """Updates that come out of order are put in order, as far as they wait; what comes again is not worked again."""
    with database.transaction() as unit:
        unit.inbox.add([update(5), update(7)], NOW)
        unit.inbox.add([update(6), update(5)], NOW)
    assert work(database, most=2) == [5, 6]
    with database.transaction() as unit:
        assert unit.inbox.add([update(3), update(5), update(6), update(7)], NOW) == (update(3),)
    assert (work(database), work(database)) == ([3, 7], [])


def test_a_deferred_update_does_not_block_its_lane(database: Database) -> None:
    """It waits alone, each time longer, and when it is due it goes in its own place, before its lane."""
    with database.transaction() as unit:
        unit.inbox.add([update(1), update(2)], NOW)
        unit.inbox.defer(unit.inbox.claim(1, NOW), NOW)
    assert work(database) == [2]
    with database.transaction() as unit:
        unit.inbox.add([update(3)], NOW)
        assert unit.inbox.count(9, NOW) == 1
        assert unit.inbox.next_due(NOW) == NOW + timedelta(seconds=0.05)
        again = unit.inbox.claim(9, NOW + timedelta(seconds=0.05))
        assert again == (Claimed(1, "a", "{}", 0, 1), Claimed(3, "a", "{}", 0, 0))
        unit.inbox.defer(again[:1], NOW)
        assert unit.inbox.next_due(NOW) == NOW + timedelta(seconds=0.1)


def test_deferred_updates_are_released(database: Database) -> None:
    """Those of the lanes named, or of all, are due at once, before what came later; nobody else is."""
    with database.transaction() as unit:
        unit.inbox.add([update(1, "a"), update(2, "b"), update(3, "c")], NOW)
        unit.inbox.defer(unit.inbox.claim(2, NOW), NOW)
        unit.inbox.retry_at(unit.inbox.claim(9, NOW)[0], SOON)
        unit.inbox.release_deferred({"a", "c"})
        assert ids(unit.inbox.claim(9, NOW)) == [1]
        unit.inbox.add([update(4, "d")], NOW)
        unit.inbox.release_deferred(None)
        assert ids(unit.inbox.claim(9, NOW)) == [1, 2, 4]


def test_a_failed_update_blocks_only_its_lane(database: Database) -> None:
    """Until it is due nothing behind it is claimed, even where it is no head; then it is, with its failures counted."""
    with database.transaction() as unit:
        unit.inbox.add([update(1), update(2), update(3), update(4, "b")], NOW)
        (first, *_) = unit.inbox.claim(1, NOW)
        assert unit.inbox.retry_at(first, SOON)
        assert not unit.inbox.retry_at(first, SOON)
        assert ids(unit.inbox.claim(9, NOW)) == [4]
        assert unit.inbox.claim_one(1, NOW) is None
        assert unit.inbox.claim_one(2, SOON) is None
        assert unit.inbox.claim_one(1, SOON) == Claimed(1, "a", "{}", 1, 0)
        assert (unit.inbox.count(9, NOW), unit.inbox.count(9, SOON)) == (1, 4)
        assert (unit.inbox.next_due(NOW), unit.inbox.next_due(SOON)) == (SOON, None)
    assert work(database, now=SOON) == [1, 2, 3, 4]


def test_updates_behind_a_blocked_one_are_not_claimed(database: Database) -> None:
    """A held update in the middle of its lane ends what is claimed of it."""
    with database.transaction() as unit:
        unit.inbox.add([update(2), update(3)], NOW)
        unit.inbox.retry_at(unit.inbox.claim(1, NOW)[0], SOON)
        unit.inbox.add([update(1)], NOW)
    assert work(database) == [1]
    assert work(database, now=SOON) == [2, 3]


def test_a_clock_that_is_put_back_holds_nothing_up(database: Database) -> None:
    """An update that would wait longer than the maximum is due."""
    with database.transaction() as unit:
        unit.inbox.add([update(1)], NOW)
        unit.inbox.retry_at(unit.inbox.claim(1, NOW)[0], SOON)
        assert ids(unit.inbox.claim(1, SOON - LONGEST_HELD - timedelta(seconds=1))) == [1]
        assert unit.inbox.claim(1, SOON - LONGEST_HELD) == ()


LANES = st.lists(st.sampled_from("abcd"), min_size=1, max_size=60)
FATES = st.lists(st.sampled_from(("done", "done", "fails", "early", "called")), min_size=1, max_size=200)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(lanes=LANES, fates=FATES, most=st.integers(1, 12))
def test_no_update_is_lost_or_handled_twice(database: Database, lanes: list[str], fates: list[str], most: int) -> None:
    """Each is finished once, and in each lane in order, except deferred ones."""
    with database.engine.begin() as connection:
        connection.execute(delete(INBOX))
    now, early, finished = NOW, set(), defaultdict(list)
    with database.transaction() as unit:
        unit.inbox.add([update(number, lane, lane * (number % 2)) for number, lane in enumerate(lanes, 1)], NOW)
    for turn in range(10 * len(lanes)):
        fate = fates[turn] if turn < len(fates) else "done"
        with database.transaction() as unit:
            claimed = unit.inbox.claim(most, now)
            assert len(claimed) <= most
            if not claimed and (due := unit.inbox.next_due(now)):
                now = due
            elif claimed and fate == "fails":
                assert unit.inbox.retry_at(claimed[0], now + timedelta(seconds=1))
            elif claimed and fate == "early":
                unit.inbox.defer(claimed, now)
                early.update(ids(claimed))
            elif claimed:
                unit.inbox.finish(ids(claimed), now)
                for one in claimed:
                    finished[one.lane].append(one.update_id)
            if fate == "called":
                unit.inbox.release_deferred(None)
    assert sorted(number for lane in finished.values() for number in lane) == list(range(1, len(lanes) + 1))
    for lane in finished.values():
        in_line = [number for number in lane if number not in early]
        assert in_line == sorted(in_line)
