"""The path of an update from getUpdates' bytes to the handlers: real parts, but no network and no real sender."""

import asyncio
from collections import Counter, deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import func, select
from strategies.mutated_updates import Json, response_body
from telegram import Bot
from whale_bank import FOOD, LARGEST, PROTECTED, make_bank

from bot.app.context import OutgoingMessage
from bot.app.dispatch.service import BatchResult, Delivery, ParseUpdate
from bot.app.messages import AskedQuestion, ClassQuestion, GroupPoll, LookUp
from bot.monitoring.counters import Counters
from bot.monitoring.pulse import Pulse
from bot.monitoring.service import MonitoredQuizService
from bot.store.database import Database
from bot.store.dead_letters import DeadLetter
from bot.store.inbox import INBOX
from bot.tg.bot_api.client import ApiClient
from bot.tg.bot_api.transport import AiohttpRequest
from bot.tg.inbound.polling import LongPolling
from bot.tg.inbound.receiver import Receiver
from bot.tg.inbound.throttle import Throttle
from bot.tg.inbound.worker import Worker
from bot.tg.runner import HandlerRunner
from bot.tg.views import show

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
# An allowance that is never exceeded, so that every update passes the throttle.
UNLIMITED = 10**9
ADMINISTRATOR = 7


class Telegram(ApiClient):
    """Fake of the Bot API client: parses queued response bodies as the product does; waits if there is none."""

    def __init__(self) -> None:
        super().__init__(Bot("1:test"))
        self.bodies: deque[bytes] = deque()
        self.is_empty = asyncio.Event()
        self.has_more = asyncio.Event()

    async def call(self, method: str, parameters: Json | None = None, read_timeout: float | None = None) -> Any:  # noqa: ANN401 - JSON
        """Return the result of the next body, or wait for one."""
        assert method == "getUpdates"
        del parameters, read_timeout
        while not self.bodies:
            self.is_empty.set()
            self.has_more.clear()
            await self.has_more.wait()
        return AiohttpRequest.parse_json_payload(self.bodies.popleft())["result"]


class CountingService(MonitoredQuizService):
    """The product's service with its counters, and an event for each processed batch."""

    def __init__(self, database: Database) -> None:
        questions = make_bank(LARGEST, FOOD, PROTECTED)
        super().__init__(database, questions, lambda: NOW, UTC, counters=Counters(Pulse()), seconds=lambda: 0.0)
        self.worked = asyncio.Event()

    def process_batch(self, read: ParseUpdate, most: int, waited: float = 0.0) -> BatchResult:
        """Set the event and process a batch."""
        self.worked.set()
        return super().process_batch(read, most, waited)


@dataclass
class Counts:
    """Numbers of updates by their outcome."""

    stored: int = 0
    handled: int = 0
    set_aside: int = 0
    waiting: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


class UpdatePipeline:
    """Poller, receiver, inbox, worker, handlers and views on one database.

    Attributes:
        sent: the number of messages sent to each chat.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.service = CountingService(database)
        self.telegram = Telegram()
        self.sent: Counter[int] = Counter()
        self._message_id = 0
        self._polls = 0
        self._update_id = 0
        runner, throttle = HandlerRunner(in_thread=False), Throttle(UNLIMITED)
        bot = Bot("1:test")
        # Bot.initialize would send getMe to set this.
        bot._bot_user = type("Me", (), {"username": "quiz_bot"})()  # type: ignore[assignment]
        self._worker = Worker(bot, self.service, runner, self.send)
        receiver = Receiver(self.service, runner, throttle, self._worker.wake)
        self._intake = LongPolling(self.telegram, receiver, pause=0.0)
        self._parts: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self.service.open("quiz_bot")
        self._parts = [asyncio.create_task(part.run()) for part in (self._worker, self._intake)]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for part in self._parts:
            part.cancel()
            with suppress(asyncio.CancelledError):
                await part

    def send(self, messages: Sequence[OutgoingMessage]) -> None:
        """Render the messages and record them as delivered."""
        while messages:
            for one in messages:
                assert show(one.message, one.language)
                self.sent[one.chat_id] += 1
            messages = self.service.record_deliveries([self._delivered(one) for one in messages])

    def _delivered(self, one: OutgoingMessage) -> Delivery:
        self._message_id += 1
        poll = ""
        if isinstance(one.message, AskedQuestion | ClassQuestion | GroupPoll):
            self._polls += 1
            poll = str(self._polls)
        people = (ADMINISTRATOR,) if isinstance(one.message, LookUp) else ()
        return Delivery(one.id, one.claimed_by, one.chat_id, one.message, self._message_id, poll, people)

    def with_id(self, update: Json) -> Json:
        """Return an update with the next id."""
        self._update_id += 1
        return {"update_id": self._update_id, **update}

    async def process(self, *results: list[Any], levels: int = 900) -> None:
        """Return these results from getUpdates, and wait until all stored updates are handled or set aside."""
        self.telegram.is_empty.clear()
        self.telegram.bodies.extend(response_body(one, levels) for one in results)
        self.telegram.has_more.set()
        await self._unless_ended(self.telegram.is_empty.wait())
        while self._waiting():
            self.service.worked.clear()
            await self._unless_ended(self.service.worked.wait())

    async def _unless_ended(self, waiting: Any) -> None:  # noqa: ANN401 - a coroutine
        """Wait; fail if a part of the pipeline ends meanwhile."""
        wait = asyncio.create_task(waiting)
        done, _ = await asyncio.wait({wait, *self._parts}, return_when=asyncio.FIRST_COMPLETED, timeout=60)
        for part in done & set(self._parts):
            part.result()
            raise AssertionError("a part of the bot has ended")
        assert wait in done, "the pipeline stands still"

    def _waiting(self) -> bool:
        with self.database.engine.connect() as connection:
            return bool(connection.scalar(select(func.count()).select_from(INBOX).where(INBOX.c.done_at.is_(None))))

    def counts(self) -> Counts:
        """Count the stored updates by their outcome."""
        counts = Counts()
        with self.database.engine.connect() as connection:
            for done_at, problem in connection.execute(select(INBOX.c.done_at, INBOX.c.problem)):
                counts.stored += 1
                counts.waiting += done_at is None
                counts.handled += done_at is not None and problem is None
                counts.set_aside += problem is not None
                if problem is not None:
                    counts.kinds[problem.partition(":")[0]] += 1
        return counts

    def dead_letters(self) -> tuple[DeadLetter, ...]:
        """Return the updates that were set aside."""
        with self.database.transaction() as unit:
            return unit.dead_letters.updates()

    def ids(self) -> set[int]:
        """Return the ids of all stored updates."""
        with self.database.engine.connect() as connection:
            return set(connection.scalars(select(INBOX.c.update_id)))
