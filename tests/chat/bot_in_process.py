"""The real bot in the test's process, over the playground and a database; tests start and stop it.

Nothing sleeps: a waiting test is woken when the world or the database changes.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Row, Select, exists, select
from sqlalchemy.exc import OperationalError
from telegram import Bot

from bot.app.dispatch.service import BatchResult, Delivery, OutgoingMessage, ParseUpdate, QuizService, Received
from bot.core.question import Bank
from bot.playground.bot_api import BotApi
from bot.playground.request import PlaygroundRequest
from bot.playground.world import World
from bot.store.database import Database, open_database
from bot.store.inbox import INBOX
from bot.store.outbox import OUTBOX
from bot.tg.adapter import TelegramAdapter
from bot.tg.inbound.endpoint import Endpoint
from bot.tg.outbound.rate_limits import RateLimits
from bot.tg.startup import check_server
from bot.wiring import read_banned_nicknames

T = TypeVar("T")

TOKEN = "1:test"  # noqa: S105 - valid in the tests' world only
TIMEOUT_SECONDS = 10
BANNED_NICKNAMES = read_banned_nicknames("")
_HAS_WORK_LEFT = select(exists().where(INBOX.c.done_at.is_(None)) | exists().where(OUTBOX.c.problem.is_(None)))


class ManualClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the current time."""
        return self.now


class ObservedService(QuizService):
    """A service that reports every finished call, and whether any update or message is left to handle."""

    def __init__(
        self, database: Database, bank: Bank, clock: Callable[[], datetime], done: Callable[[], None], boards: str = ""
    ) -> None:
        super().__init__(database, bank, clock, UTC, boards=boards, banned_words=BANNED_NICKNAMES)
        self._engine = database.engine
        self._done = done
        self.newest_update = 0
        self.is_idle = False
        # On PostgreSQL updates are stored in a thread of its own: `is_idle` must not be computed at the same time.
        self._idle_lock = Lock()

    def store_updates(self, updates: Sequence[Received], *, for_leader: bool = False) -> tuple[Received, ...]:
        """Store updates, and record the newest."""
        with self._idle_lock:
            fresh = super().store_updates(updates, for_leader=for_leader)
            self.is_idle = False
            self.newest_update = max(one.update_id for one in updates)
        return self._reported(fresh)

    def process_batch(self, read: ParseUpdate, most: int, waited: float = 0.0) -> BatchResult:
        """Handle waiting updates, and report it."""
        worked = super().process_batch(read, most, waited)
        return self._reported(worked) if worked.count else worked

    def process_one(self, update_id: int, read: ParseUpdate) -> BatchResult:
        """Handle one update, and report it."""
        return self._reported(super().process_one(update_id, read))

    def record_deliveries(self, deliveries: Sequence[Delivery]) -> tuple[OutgoingMessage, ...]:
        """Record deliveries, and report it."""
        return self._reported(super().record_deliveries(deliveries))

    def due_sessions(self) -> tuple[int, ...]:
        """Return the due sessions, and report it."""
        return self._reported(super().due_sessions())

    def fire_deadlines(self, sessions: Sequence[int]) -> tuple[OutgoingMessage, ...]:
        """Fire due deadlines, and report it."""
        return self._reported(super().fire_deadlines(sessions))

    def _reported(self, result: T) -> T:
        # A test may remove the database at any time; the call itself succeeded.
        with self._idle_lock, suppress(OperationalError), self._engine.connect() as connection:
            self.is_idle = not connection.scalar(_HAS_WORK_LEFT)
        self._done()
        return result


class BotInProcess:
    """The bot, its world and its database."""

    def __init__(self, bank: Bank, url: str) -> None:
        self.bank = bank
        self.boards = ""
        self.endpoint: Endpoint | None = None
        self.clock = ManualClock()
        self.world = World(self.clock, Random(11), first_update_id=1000)  # noqa: S311 - no secrets here
        self.api = BotApi(self.world, TOKEN)
        self.database = open_database(url)
        self._changed = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self.world.subscribe(lambda _change: self._changed.set())

    async def start(self) -> None:
        """Start the bot, as when its process starts."""
        loop = asyncio.get_running_loop()
        self.service = ObservedService(
            self.database, self.bank, self.clock, lambda: loop.call_soon_threadsafe(self._changed.set), self.boards
        )
        bot = Bot(TOKEN, request=PlaygroundRequest(self.api), get_updates_request=PlaygroundRequest(self.api))
        await check_server(bot)
        self._adapter = TelegramAdapter(bot, self.service, RateLimits(0), endpoint=self.endpoint)
        self._running = asyncio.create_task(self._adapter.run())

    async def stop(self) -> None:
        """Stop the bot as SIGTERM does."""
        if self._running:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
            self._running = None

    async def restart(self, bank: Bank | None = None) -> None:
        """Stop the bot and start it again, with another bank if one is given."""
        await self.stop()
        self.bank = bank or self.bank
        await self.start()

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def fire_deadlines_after(self, **span: float) -> None:
        """Move the clock, and fire due deadlines without waiting for the messages that follow."""
        self.clock.now += timedelta(**span)
        self.service.fire_deadlines(self.service.due_sessions())

    async def advance(self, **span: float) -> None:
        """Move the clock, let the bot fire its due deadlines, and wait until it is idle."""
        self.clock.now += timedelta(**span)
        await self._adapter._deadlines.fire_due()
        await self.wait_until_idle()

    def rows(self, query: Select[Any]) -> list[Row[Any]]:
        """Return the rows of a query."""
        with self.database.engine.connect() as connection:
            return list(connection.execute(query).all())

    def problems(self) -> list[str]:
        """Return why updates and messages were set aside; nothing that a person does may cause that."""
        updates = select(INBOX.c.problem).where(INBOX.c.problem.is_not(None))
        messages = select(OUTBOX.c.problem).where(OUTBOX.c.problem.is_not(None))
        return [str(row.problem) for row in (*self.rows(updates), *self.rows(messages))]

    async def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition is true; check it whenever anything changes."""
        async with asyncio.timeout(TIMEOUT_SECONDS):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    async def wait_until_idle(self) -> None:
        """Wait until the bot has handled every update and sent every message."""
        await self.wait_until(lambda: self._all_received() and self.service.is_idle)

    def _all_received(self) -> bool:
        waiting = self.world.updates.fetch(0, 100_000)
        return all(update["update_id"] <= self.service.newest_update for update in waiting)


StartBot = Callable[[Bank], Awaitable[BotInProcess]]
"""A function that starts the bot with a bank."""
