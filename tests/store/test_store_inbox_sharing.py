"""Several processes claim from one PostgreSQL: each update is worked once, no lane by two; the dead hold nothing."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from postgresql import MakeUrl
from sqlalchemy import text

from bot.store.attach import attach_database
from bot.store.claims import Claimed
from bot.store.database import Database, StoreError, open_database
from bot.store.inbox import Received

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
UPDATES = 600
LANES = 40


def update(update_id: int, lane: str) -> Received:
    """Create an update."""
    return Received(update_id, lane, "{}")


@pytest.fixture
def shared(make_postgresql: MakeUrl) -> Iterator[tuple[Database, Database]]:
    """Two processes on one database."""
    url = make_postgresql("")
    first = open_database(url)
    second = attach_database(url)
    yield first, second
    first.close()
    second.close()


class Claimer(threading.Thread):
    """Works what it can claim until nothing waits, and holds that nobody else works in those lanes meanwhile."""

    def __init__(self, database: Database, working: set[str], seen: dict[str, list[int]]) -> None:
        super().__init__(daemon=True)
        self._database = database
        self._working = working
        self._seen = seen
        self.trouble: list[str] = []

    def run(self) -> None:
        """Work."""
        while True:
            with self._database.transaction() as unit:
                if not unit.inbox.count(1, NOW):
                    return
                claimed = unit.inbox.claim(20, NOW)
                self._note(claimed)
                unit.inbox.finish([one.update_id for one in claimed], NOW)
                # What happens to it is noted before anybody else can claim more of these lanes.
                self._working -= {one.lane for one in claimed}

    def _note(self, claimed: tuple[Claimed, ...]) -> None:
        for lane in {one.lane for one in claimed}:
            if lane in self._working:
                self.trouble.append(lane)
            self._working.add(lane)
        for one in claimed:
            self._seen[one.lane].append(one.update_id)


def test_each_update_is_worked_once_and_no_lane_by_two(shared: tuple[Database, Database]) -> None:
    """Two that claim at once share the lanes, and each lane keeps its order, while more comes in twice over."""
    working: set[str] = set()
    seen: defaultdict[str, list[int]] = defaultdict(list)
    updates = [update(number, f"lane {number % LANES}") for number in range(1, UPDATES + 1)]
    with shared[0].transaction() as unit:
        unit.inbox.add(updates[: UPDATES // 2], NOW)
    claimers = [Claimer(database, working, seen) for database in shared]
    for claimer in claimers:
        claimer.start()
    for start in range(0, UPDATES, 50):
        for database in shared:
            with database.transaction() as unit:
                unit.inbox.add(updates[start : start + 100], NOW)
    for claimer in claimers:
        claimer.join(60)
        assert not claimer.is_alive()
    last = Claimer(shared[0], working, seen)
    last.run()
    assert [claimer.trouble for claimer in (*claimers, last)] == [[], [], []]
    assert sorted(number for lane in seen.values() for number in lane) == list(range(1, UPDATES + 1))
    assert all(lane == sorted(lane) for lane in seen.values())


def test_claimed_updates_are_skipped_by_another_process(shared: tuple[Database, Database]) -> None:
    """Not the claimed alone: nothing of its lane, even what comes before it, and others' lanes are free."""
    with ExitStack() as units:
        with shared[0].transaction() as unit:
            unit.inbox.add([update(5, "a"), update(6, "a"), update(7, "b")], NOW)
        one = units.enter_context(shared[0].transaction())
        assert [got.update_id for got in one.inbox.claim(1, NOW)] == [5]
        with shared[1].transaction() as unit:
            unit.inbox.add([update(4, "a")], NOW)
        other = units.enter_context(shared[1].transaction())
        assert [got.update_id for got in other.inbox.claim(9, NOW)] == [7]
        assert other.inbox.claim_one(5, NOW) is None
        assert other.inbox.claim_one(4, NOW) is None
    with shared[1].transaction() as unit:
        assert [got.update_id for got in unit.inbox.claim(9, NOW)] == [4, 5, 6, 7]


def test_claims_of_a_dead_process_are_handled_by_another(shared: tuple[Database, Database]) -> None:
    """A connection that is cut while it holds claims lets them go; what it had done with them is undone."""
    with shared[0].transaction() as unit:
        unit.inbox.add([update(number, "a") for number in range(1, 4)], NOW)

    def die() -> None:
        with shared[0].transaction() as unit:
            claimed = unit.inbox.claim(9, NOW)
            unit.inbox.finish([one.update_id for one in claimed], NOW)
            with shared[1].engine.connect() as connection:
                assert not connection.execute(text("SELECT 1 FROM inbox WHERE done_at IS NOT NULL")).all()
                connection.execute(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )
                )
            unit.inbox.count(1, NOW)

    with pytest.raises(StoreError):
        die()
    with shared[1].transaction() as unit:
        assert [one.update_id for one in unit.inbox.claim(9, NOW)] == [1, 2, 3]


def test_two_that_count_one_failure_count_it_once(shared: tuple[Database, Database]) -> None:
    """The second process with the same failure counts nothing."""
    with shared[0].transaction() as unit:
        unit.inbox.add([update(1, "a")], NOW)
        (claimed,) = unit.inbox.claim(1, NOW)
    counted = []
    for database in shared:
        with database.transaction() as unit:
            counted.append(unit.inbox.retry_at(claimed, NOW + timedelta(seconds=1)))
    assert counted == [True, False]
