"""Permanent refusals and malformed answers of Telegram: one line in the log, and the sender continues."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from idle_time import IdleTime
from sending_process import Post, Telegram
from sqlalchemy import select
from telegram.error import BadRequest, ChatMigrated

from bot.store.outbox import OUTBOX
from bot.tg.bot_api.response import read_answer
from bot.tg.outbound.caller import MOST_MOVES, Sent, _sent
from bot.tg.outbound.rate_limits import RateLimits

ANN, BEN, GROUP = 7, 8, -5


class Refusing(Telegram):
    """A Telegram that does to each chat whatever a test wants."""

    def __init__(self, time: IdleTime) -> None:
        super().__init__(time)
        self.acts: dict[int, Callable[[], Any]] = {}
        self.asked: list[int] = []

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Do it, or take the message."""
        chat = parameters.get("chat_id", 0)
        self.asked.append(chat)
        return self.acts[chat]() if chat in self.acts else await super().call(method, parameters)


@pytest.fixture
async def telegram(time: IdleTime) -> Refusing:
    """Return a Telegram that takes everything until a test wants otherwise."""
    return Refusing(time)


@pytest.fixture
async def post(telegram: Refusing, time: IdleTime, tmp_path: Path) -> AsyncIterator[Post]:
    """Return a process that is alone."""
    opened = Post(f"sqlite:///{tmp_path}/bot.sqlite3", 1, telegram, time, RateLimits(0))
    opened.start()
    await time.rest()
    yield opened
    await opened.end()


def raising(error: Exception) -> Callable[[], Any]:
    """Return what raises this."""

    def act() -> None:
        raise error

    return act


async def settled(post: Post, time: IdleTime) -> None:
    """Wait until nothing is to be sent any more."""
    async with asyncio.timeout(20):
        while post.unsent():
            await time.rest()


def problems(post: Post) -> list[str]:
    """Return why messages were set aside."""
    with post.database.engine.connect() as connection:
        return [str(one) for one in connection.scalars(select(OUTBOX.c.problem))]


async def test_a_refused_message_is_one_line_in_the_log(
    post: Post, telegram: Refusing, time: IdleTime, caplog: pytest.LogCaptureFixture
) -> None:
    """It says the method, Telegram's words without ids, and what the bot does next; the chat's next message goes."""
    body = b'{"ok":false,"description":"Bad Request: chat 123456789 is\\nERROR forged; 123456:secret-token"}'
    telegram.acts[ANN] = lambda: read_answer("sendMessage", 400, body)
    post.tell(ANN, "(a)")
    await settled(post, time)
    (record,) = caplog.records
    assert record.getMessage() == (
        "Telegram refused sendMessage (Chat [id] is error forged; [token]): message 1 (NicknameChanged) "
        "is set aside; bot outbox lists it."
    )
    assert record.exc_info is None
    assert problems(post) == ["BadRequest: Chat [id] is error forged; [token]"]
    telegram.acts.clear()
    post.tell(ANN, "(b)")
    await settled(post, time)
    assert len(telegram.texts(ANN)) == 1


@pytest.mark.parametrize("moves", [range(-100, -110, -1), [GROUP] * 10])
async def test_a_group_that_moves_for_ever_is_set_aside(
    post: Post, telegram: Refusing, time: IdleTime, moves: list[int]
) -> None:
    """A message to a group that moves again and again is set aside after a few attempts."""
    left = iter(moves)

    def move() -> None:
        raise ChatMigrated(next(left))

    telegram.acts = dict.fromkeys({GROUP, *moves}, move)
    post.tell(GROUP, "(a)")
    post.tell(BEN, "(b)")
    await settled(post, time)
    assert len([chat for chat in telegram.asked if chat < 0]) == MOST_MOVES + 1
    assert problems(post) == ["BadRequest: the group moves on and on"]
    assert len(telegram.texts(BEN)) == 1


@pytest.mark.parametrize("error", [TypeError("odd"), OverflowError(), RecursionError(), BadRequest("no")])
async def test_an_exception_ends_no_queue(post: Post, telegram: Refusing, time: IdleTime, error: Exception) -> None:
    """A message that cannot be sent is set aside, and those behind it and beside it are sent."""
    telegram.acts[ANN] = raising(error)
    post.tell(ANN, "(a)")
    await time.rest()
    telegram.acts.clear()
    post.tell(ANN, "(b)")
    post.tell(BEN, "(c)")
    await settled(post, time)
    assert [chat for _, chat, _ in telegram.got] == [ANN, BEN]
    assert len(problems(post)) == 1


@pytest.mark.parametrize(
    "odd", [None, True, 5, "a", [], {}, [5], [{}], [{"user": 5}], [{"user": {"id": "x"}}], {"message_id": True}]
)
@pytest.mark.parametrize("poll", [{}, {"poll": 5}, {"poll": {"id": 7}}, {"poll": []}])
def test_an_odd_result_is_a_message_sent(odd: object, poll: dict[str, object]) -> None:
    """A result that is not as the Bot API says tells no ids, and the message counts as sent."""
    assert _sent(ANN, {**odd, **poll} if isinstance(odd, dict) else odd) == Sent(ANN)


@pytest.mark.parametrize("number", [2**63, -1, 0, 1.5, "7", None, [1]])
def test_a_malformed_id_counts_as_missing(number: object) -> None:
    """An id that no database could keep, or that is no number, counts as none."""
    assert _sent(ANN, {"message_id": number, "poll": {"id": "p"}}) == Sent(ANN, 0, "p")
    assert _sent(ANN, [{"user": {"id": number}}, {"user": {"id": 9}}]) == Sent(ANN, people=(9,))


@pytest.mark.parametrize("poll_id", ["x" * 65, "x" * 1_000_000, "1\0", 7, ["1"], None], ids=lambda one: str(one)[:9])
def test_a_malformed_poll_id_counts_as_missing(poll_id: object) -> None:
    """An id that PostgreSQL keeps in no index or no text counts as none."""
    assert _sent(ANN, {"message_id": 5, "poll": {"id": poll_id}}) == Sent(ANN, 5)
