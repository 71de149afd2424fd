"""Updates are stored before they are confirmed: many in few commits, each with its own result."""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.app.dispatch.service import QuizService, Received, StoreError
from bot.core.question import Bank
from bot.store.database import Database
from bot.tg.inbound.receiver import Receiver, lane_of
from bot.tg.inbound.throttle import TOO_MUCH, Throttle
from bot.tg.runner import HandlerRunner

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class CountingService(QuizService):
    """A service that counts commits, and refuses those that are to fail."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, Bank("A bank", "en", "", "", (), (), ()), lambda: NOW, UTC)
        self.commits: list[list[int]] = []
        self.for_leader: list[bool] = []
        self.is_down = False

    def store_updates(self, updates: Sequence[Received], *, for_leader: bool = False) -> tuple[Received, ...]:
        """Keep updates."""
        if self.is_down:
            raise StoreError("down")
        self.commits.append([one.update_id for one in updates])
        self.for_leader.append(for_leader)
        return super().store_updates(updates, for_leader=for_leader)


class Entrance:
    """A receiver with its service, and a count of how often the worker was woken."""

    def __init__(self, database: Database, most: int = 0) -> None:
        self.service = CountingService(database)
        self.woken = 0
        self.is_helper = False
        runner = HandlerRunner(in_thread=False)
        self.receiver = Receiver(self.service, runner, Throttle(most), self._wake, lambda: self.is_helper)

    def _wake(self) -> None:
        self.woken += 1

    def bodies(self) -> list[Any]:
        """Return the waiting updates."""
        read: list[Any] = []
        self.service.process_batch(lambda body: read.append(json.loads(body)), 200)
        return read


@pytest.fixture
def entrance(database: Database) -> Entrance:
    """A way in that lets in everything."""
    return Entrance(database)


def message(update_id: int, person: int = 7) -> dict[str, Any]:
    """Build an update from a person."""
    chat = {"id": person, "type": "private"}
    return {"update_id": update_id, "message": {"chat": chat, "from": {"id": person}, "text": "x"}}


async def test_many_at_once_share_commits(entrance: Entrance) -> None:
    """Each is stored when its caller goes on; those that come during a commit go into the next together."""
    async with asyncio.TaskGroup() as tasks:
        for number in range(1, 51):
            tasks.create_task(entrance.receiver.store([message(number, number)]))
    assert sorted(number for commit in entrance.service.commits for number in commit) == list(range(1, 51))
    assert len(entrance.service.commits) <= 2
    assert 1 <= entrance.woken <= 2
    assert len(entrance.bodies()) == 50


async def test_a_rejected_update_may_be_delivered_again(entrance: Entrance) -> None:
    """While the database is down each caller hears so; afterwards the same updates are kept, once."""
    entrance.service.is_down = True
    came = [entrance.receiver.store([message(number)]) for number in (1, 2)]
    assert [type(one) for one in await asyncio.gather(*came, return_exceptions=True)] == [StoreError] * 2
    entrance.service.is_down = False
    for _ in range(2):
        await entrance.receiver.store([message(1), message(2)])
    assert entrance.woken == 1
    assert [one["update_id"] for one in entrance.bodies()] == [1, 2]


async def test_a_cancelled_caller_delays_no_other(entrance: Entrance) -> None:
    """A caller that is cancelled leaves the commit to the others."""
    first = asyncio.create_task(entrance.receiver.store([message(1, 1)]))
    other = asyncio.create_task(entrance.receiver.store([message(2, 2)]))
    await asyncio.sleep(0)
    first.cancel()
    await other
    assert {one["update_id"] for one in entrance.bodies()} == {1, 2}


async def test_each_is_judged_once_though_the_database_is_down(database: Database) -> None:
    """A repeated update is not counted again; of two above the limit one is admitted with a mark."""
    entrance = Entrance(database, most=1)
    entrance.service.is_down = True
    for _ in range(3):
        with pytest.raises(StoreError):
            await entrance.receiver.store([message(1), message(2), message(3)])
    entrance.service.is_down = False
    await entrance.receiver.store([message(1), message(2), message(3)])
    assert [(one["update_id"], one.get(TOO_MUCH, False)) for one in entrance.bodies()] == [(1, False), (2, True)]


async def test_a_value_that_is_no_update_is_ignored(entrance: Entrance) -> None:
    """Neither stored nor counted; what is an update beside it is kept as it came."""
    await entrance.receiver.store([None, [], {}, {"update_id": "1"}, {"update_id": 2**80}, message(1)])
    assert entrance.bodies() == [message(1)]
    await entrance.receiver.store([{}])
    assert (entrance.service.commits, entrance.woken) == ([[1]], 1)


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": {"chat": {"id": -5}}}, "chat -5"),
        ({"my_chat_member": {"chat": {"id": 5}}}, "chat 5"),
        ({"callback_query": {"from": {"id": 6}, "message": {"chat": {"id": -5}}}}, "chat 6"),
        ({"poll_answer": {"poll_id": "p", "user": {"id": 7}}}, "chat 7"),
        ({"poll_answer": {"poll_id": "p"}}, "other"),
        ({"poll_answer": None}, "other"),
        ({}, "other"),
    ],
)
async def test_an_update_is_in_the_lane_of_its_private_chat_else_its_group(update: dict[str, Any], lane: str) -> None:
    """All updates of a private chat share a lane; a malformed update has a lane, too."""
    assert lane_of(update) == lane


async def test_a_leader_elsewhere_is_told(entrance: Entrance) -> None:
    """As long as another process leads."""
    for number in (1, 2):
        await entrance.receiver.store([message(number)])
        entrance.is_helper = True
    assert entrance.service.for_leader == [False, True]
