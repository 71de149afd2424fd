"""An update that throttle, reader, serializer or database refuse affects no other, and its id is stored."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from strategies.mutated_updates import ANN, GROUP, MANY, all_mutations, message, press, vote
from strict_service import NOW, StrictService, receiver_at, stored
from telegram import Bot

from bot.app.dispatch.service import QuizService, StoreError
from bot.core.solo import begin
from bot.store.database import Database, open_database
from bot.store.inbox import INBOX
from bot.store.sessions import SentPoll
from bot.tg.bot_api.client import ApiClient
from bot.tg.inbound.polling import LongPolling
from bot.tg.inbound.receiver import Receiver, lane_of
from bot.tg.inbound.router import to_command
from bot.tg.inbound.throttle import Throttle
from bot.tg.runner import HandlerRunner


@pytest.fixture
def service(database: Database) -> StrictService:
    """A service on each engine."""
    return StrictService(database)


@pytest.mark.parametrize("error", [ValueError("\0 \ud800"), OverflowError("too large"), MemoryError()], ids=repr)
async def test_an_update_that_the_database_refuses_affects_no_other(
    service: StrictService, database: Database, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """Of a hundred the other ninety-eight are stored in few transactions; two are set aside, and an operator told."""
    service.refused = {17: error, 80: error}
    await receiver_at(service).store([{"update_id": number, "message": message("x")} for number in range(1, 101)])
    problems = stored(database)
    assert problems.keys() == set(range(1, 101))
    assert {number for number, problem in problems.items() if problem} == {17, 80}
    assert str(problems[17]).startswith(type(error).__name__)
    assert service.commits < 20
    assert caplog.text.count("cannot be stored") == 2
    assert "Ann" not in caplog.text


async def test_while_the_database_is_down_nothing_is_set_aside(service: StrictService, database: Database) -> None:
    """That is no update's fault: all of them come again."""
    service.refused = {17: StoreError("down")}
    with pytest.raises(StoreError):
        await receiver_at(service).store([{"update_id": number} for number in range(1, 101)])
    assert stored(database) == {}


async def test_where_not_even_an_id_can_be_stored_all_come_again(service: StrictService) -> None:
    """The receiver raises a StoreError if not even the id of an update can be stored."""
    service.refused, service.never = {17: ValueError("x")}, ValueError("y")
    with pytest.raises(StoreError):
        await receiver_at(service).store([{"update_id": 17}])


async def test_values_that_no_json_has_are_stored_too(service: StrictService, database: Database) -> None:
    """An update with values that JSON cannot represent, or with endless nesting, is stored."""
    deep: list[Any] = []
    for _ in range(50_000):
        deep = [deep]
    odd = [10**5_000, "\ud800", {3: {4}}, object(), float("nan"), b"\xff", deep, {"\ud800\0": "\0"}]
    await receiver_at(service).store([{"update_id": number, "odd": one} for number, one in enumerate(odd, 1)])
    assert stored(database).keys() == set(range(1, len(odd) + 1))
    with database.engine.connect() as connection:
        bodies = list(connection.scalars(select(INBOX.c.body)))
    assert all("\0" not in body for body in bodies)


async def test_lanes_and_places_take_ids_alone(service: StrictService, database: Database) -> None:
    """Only integer ids of at most 64 bits name a lane; every other value is in the lane "other"."""
    for odd in MANY:
        for update in (
            {"message": message("x", {"id": odd, "type": "private"})},
            {"callback_query": {**press("on"), "from": {**ANN, "id": odd}}},
            {"poll_answer": vote("1", user={"id": odd})},
        ):
            is_id = isinstance(odd, int) and not isinstance(odd, bool) and abs(odd) < 2**63
            assert lane_of(update) == (f"chat {odd}" if is_id else "other")
    polls = ["\0", "x" * 1_000_000, ["1"], {"id": 1}, 7, None]
    await receiver_at(service).store([{"update_id": 1 + n, "poll_answer": vote(p)} for n, p in enumerate(polls)])  # type: ignore[arg-type]
    assert stored(database).keys() == set(range(1, len(polls) + 1))


def test_the_throttle_raises_nothing_and_remembers_ids_alone() -> None:
    """The throttle admits updates with malformed ids, texts or polls and remembers valid ids only."""
    throttle = Throttle(1)
    for update in all_mutations(MANY):
        throttle.judge(update, 0.0)
    assert all(type(person) is int for person in throttle._askers)
    assert all(type(poll) is str and len(poll) <= 64 for one in throttle._askers.values() for poll in one.polls)
    silenced = {"message": message("/help")}
    assert [throttle.judge(silenced, 0.0) for _ in range(3)][-1] == "out"
    assert [throttle.judge({"message": message(odd)}, 0.0) for odd in ([1], {"a": 1}, 7)] == ["in"] * 3  # type: ignore[arg-type]


def test_the_router_refuses_by_name_and_quotes_nothing() -> None:
    """An odd field raises an error that names the field; no value of a person's stands in it."""
    problems = set()
    for update in all_mutations(MANY):
        try:
            to_command(update, "quiz_bot")
        except (KeyError, ValueError) as error:
            problems.add(str(error))
    assert len(problems) > 20
    assert all(len(one) < 100 and "Ann" not in one for one in problems)


@pytest.mark.parametrize("odd", [True, 7.0, 0, -7, 2**63, "7", None, [7], {"id": 7}], ids=repr)
def test_an_id_that_is_none_is_nobodys(odd: object) -> None:
    """True is not person 1 and 7.0 not person 7; a person's id is a whole number above 0."""
    person = {**ANN, "id": odd}
    for update in (
        {"message": message("/help", {"id": odd, "type": "private"}, person)},
        {"callback_query": {**press("on"), "from": person}},
        {"poll_answer": vote("1", user=person)},
    ):
        with pytest.raises(ValueError, match="id is not"):
            to_command(update, "quiz_bot")


def test_a_group_has_no_persons_id() -> None:
    """A group with the id of a person is refused, so that its messages never reach a private chat."""
    with pytest.raises(ValueError, match="not that of a group"):
        to_command({"message": message("/quiz", {**GROUP, "id": 7})}, "quiz_bot")
    with pytest.raises(ValueError, match="not that of a group"):
        to_command({"message": message("", GROUP, migrate_to_chat_id=7)}, "quiz_bot")


@pytest.fixture
def local(tmp_path: Path) -> Iterator[StrictService]:
    """A service on SQLite, for what is the same on each engine."""
    database = open_database(f"sqlite:///{tmp_path}/bot.sqlite3")
    yield StrictService(database)
    database.close()


class Telegram(ApiClient):
    """Returns these results, then nothing more; records the requested offsets."""

    def __init__(self, *results: object) -> None:
        super().__init__(Bot("1:test"))
        self._results = list(results)
        self.is_dry = asyncio.Event()
        self.offsets: list[int | None] = []

    async def call(
        self, method: str, parameters: dict[str, Any] | None = None, read_timeout: float | None = None
    ) -> Any:  # noqa: ANN401 - JSON
        """Hand out the next result."""
        del method, read_timeout
        self.offsets.append((parameters or {}).get("offset"))
        if not self._results:
            self.is_dry.set()
            await asyncio.Event().wait()
        result = self._results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result


class Unworked(Receiver):
    """A way in that takes what is stored for handled: nobody works it."""

    async def wait_for_few(self, few: int) -> None:
        """Return at once."""


async def fetched(service: QuizService, *results: object) -> tuple[list[int | None], bool]:
    """Fetch these results; return the offsets that were asked for, and whether all that waited is known as handled."""
    telegram = Telegram([], *results)
    receiver = Unworked(service, HandlerRunner(in_thread=False), Throttle(0), lambda: None)
    polling = LongPolling(telegram, receiver, pause=0.0)
    fetching = asyncio.create_task(polling.run())
    async with asyncio.timeout(10):
        await asyncio.wait({fetching, asyncio.create_task(telegram.is_dry.wait())}, return_when="FIRST_COMPLETED")
    is_current = polling.is_current.is_set()
    fetching.cancel()
    with suppress(asyncio.CancelledError):
        await fetching
    return telegram.offsets[1:], is_current


@pytest.mark.parametrize(
    ("result", "offset"),
    [
        ([{"update_id": 5}], 6),
        ([{"update_id": 0}], 1),
        ([{"update_id": -1}], None),
        ([{"update_id": -9}], None),
        ([{"update_id": -9}, {"update_id": 5}], 6),
        ([{"update_id": 2**63 - 1}], None),
        ([{"update_id": 2**63 - 1}, {"update_id": 5}], 6),
        ([{"update_id": 1.5}], None),
        ([{"update_id": "7"}, {"update_id": 5}, 7, None], 6),
    ],
)
async def test_only_what_telegram_takes_confirms(local: StrictService, result: object, offset: int | None) -> None:
    """No offset is below 0, where Telegram drops all but the last, or beyond 64 bits; deadlines go on all the same."""
    offsets, is_current = await fetched(local, result, [])
    assert offsets[1] == offset
    assert is_current


@pytest.mark.parametrize(
    "result", [None, True, 7, "x", {}, [7], [[]], [{}], [None] * 100], ids=lambda result: str(result)[:20]
)
async def test_a_result_that_is_no_list_is_requested_again(local: StrictService, result: object) -> None:
    """Nothing is confirmed, and fetching goes on."""
    offsets, _ = await fetched(local, result, result, [{"update_id": 5}])
    assert offsets == [None, None, None, 6]


async def test_a_fault_that_nobody_expects_ends_nothing(local: StrictService, caplog: pytest.LogCaptureFixture) -> None:
    """An unexpected error is logged once, with the details for a report, and fetching goes on."""
    offsets, _ = await fetched(local, *[AttributeError("x")] * 3, [{"update_id": 5}])
    assert offsets == [None] * 4 + [6]
    assert caplog.text.count("Fetching failed unexpectedly (AttributeError)") == 1
    assert "Traceback" in caplog.text


def add_poll(database: Database, poll_id: str) -> None:
    """Store a poll of this id."""
    with database.transaction() as unit:
        state, _ = begin(("q",), NOW)
        quiz = unit.sessions.add(unit.persons.add(7, "Ann", "en", NOW).id, "7:1", "", state, NOW)
        unit.flush()
        unit.sessions.add_polls([SentPoll(poll_id, quiz.id, 1, 1)])


def test_an_update_too_large_for_the_server_is_no_outage(database: Database) -> None:
    """A value that does not fit into an index is a fault of what was to be stored: waiting would not mend it."""
    if not database.is_remote:
        pytest.skip("SQLite has no such limit")
    letters = "".join(map(chr, range(0x4E00, 0x4E00 + 8_000)))
    with pytest.raises(OperationalError, match="index row") as raised:
        add_poll(database, letters)
    assert not isinstance(raised.value, StoreError)
