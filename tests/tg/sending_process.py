"""A process that sends, and a Telegram that it sends to, for tests of the sender."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import psycopg
from idle_time import IdleTime
from small_bank import BANK
from telegram.error import NetworkError, RetryAfter, TelegramError

from bot.app.dispatch.service import Delivery, OutgoingMessage, QuizService
from bot.app.messages import NicknameChanged, PressAnswer
from bot.store.database import open_database
from bot.store.signals import LOCKS
from bot.tg.bot_api.transport import MAY_LEAVE
from bot.tg.outbound.caller import ApiCaller
from bot.tg.outbound.rate_limits import RateLimits
from bot.tg.outbound.send_queue import SendQueue
from bot.tg.outbound.send_schedule import create_schedule
from bot.tg.outbound.sender import Sender
from bot.tg.runner import HandlerRunner

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Telegram:
    """The Bot API as far as a sender sees it: it takes messages, refuses chats for a while, or is slow.

    Attributes:
        is_near: whether requests get to it; what may not leave any more does not get there, as over the transport.
        is_open: whether it answers.
        under_way: the methods that were asked for and are not answered yet.
        refusal: what it refuses everything with; None where it takes all.
        refused_methods: for how many seconds it refuses these methods.
    """

    def __init__(self, time: IdleTime) -> None:
        self._time = time
        self.got: list[tuple[float, int, str]] = []
        self.given: list[dict[str, Any]] = []
        self.closed: dict[int, float] = {}
        self.is_open = asyncio.Event()
        self.is_open.set()
        self.is_near = asyncio.Event()
        self.is_near.set()
        self.refused: list[tuple[float, int]] = []
        self.under_way: list[str] = []
        self.refusal: TelegramError | None = None
        self.refused_methods: dict[str, int] = {}

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Accept a message or refuse it."""
        chat = parameters.get("chat_id", 0)
        await self.is_near.wait()
        if not MAY_LEAVE.get()():
            raise NetworkError("held back")
        until = self.closed.get(chat, 0.0)
        if until > self._time.moment:
            self.refused.append((self._time.moment, chat))
            raise RetryAfter(round(until - self._time.moment))
        if method in self.refused_methods:
            raise RetryAfter(self.refused_methods[method])
        if self.refusal:
            raise self.refusal
        self.under_way.append(method)
        await self.is_open.wait()
        self.under_way.remove(method)
        self.got.append((self._time.moment, chat, parameters.get("text", method)))
        self.given.append(parameters)
        return {"message_id": len(self.got)}

    def texts(self, chat: int) -> list[str]:
        """Return the texts that a chat received."""
        return [text for _, its, text in self.got if its == chat]


class ListingService(QuizService):
    """A service that lists the chats of what is settled."""

    settled: tuple[int, ...] = ()

    def record_deliveries(self, deliveries: Sequence[Delivery]) -> tuple[OutgoingMessage, ...]:
        """Settle, and list."""
        told = super().record_deliveries(deliveries)
        self.settled += tuple(one.chat_id for one in deliveries)
        return told


class Post:
    """A process that sends."""

    def __init__(self, url: str, number: int, telegram: Telegram, time: IdleTime, limits: RateLimits) -> None:
        self.database = open_database(url)
        self.service = ListingService(self.database, BANK, lambda: NOW, UTC)
        self.service.set_process_number(number)
        # In the loop on either engine: the time of these tests passes only when nothing else is left to do.
        self.runner = HandlerRunner(in_thread=False)
        self.turns = SendQueue(create_schedule(limits, self.service, time.timing.now), time.timing)
        self.is_certain = True
        caller = ApiCaller(telegram, limits, self.turns, time.timing, lambda: self.is_certain)  # type: ignore[arg-type]
        self.sender = Sender(caller, self.service, self.runner, lambda _: None, lambda: None, time.timing)
        self.running: asyncio.Task[None] | None = None
        self.session = psycopg.connect(url, autocommit=True) if self.service.is_remote else None
        if self.session:
            self.session.execute("SELECT pg_advisory_lock(%s, %s)", (LOCKS, number))

    @property
    def settled(self) -> list[int]:
        """Return the chats of the settled messages, in order."""
        return list(self.service.settled)

    def start(self) -> None:
        """Begin to settle and claim."""
        self.running = asyncio.create_task(self.sender.run())

    def tell(self, chat_id: int, *names: str) -> None:
        """Queue messages to a chat and send them."""
        with self.database.transaction() as unit:
            work = self.service._context(unit)
            for name in names:
                work.send_to_chat(chat_id, "en", NicknameChanged(name) if name else PressAnswer("1"))
            told = work.flush()
        self.sender.send(told)

    def unsent(self) -> int:
        """Count what is not settled."""
        with self.database.transaction() as unit:
            return unit.backlog(NOW).messages

    def lose(self) -> None:
        """Pass for dead."""
        if self.session:
            self.session.execute("SELECT pg_advisory_unlock_all()")
            self.session.close()
            self.session = None

    async def end(self) -> None:
        """End as SIGTERM does."""
        if self.running:
            self.running.cancel()
            with suppress(asyncio.CancelledError):
                await self.running
        await self.sender.finish(0.0)
        self.lose()
        self.database.close()


OpenPost = Callable[..., Post]
"""Opens a process that sends, on the database of this address."""
