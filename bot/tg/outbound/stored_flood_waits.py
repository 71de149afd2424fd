"""Stores the pauses that Telegram asks for as soon as they begin: a restart and other processes keep to them."""

import asyncio
import logging

from bot.app.dispatch.service import QuizService, StoreError, UnavailableError
from bot.tg.outbound.caller import ApiCaller
from bot.tg.outbound.timing import Timing
from bot.tg.runner import HandlerRunner

log = logging.getLogger(__name__)

STORE_SECONDS = 2.0


class StoredFloodWaits:
    """What the database knows of the pauses of one carrier."""

    def __init__(self, caller: ApiCaller, service: QuizService, runner: HandlerRunner, timing: Timing) -> None:
        self._caller = caller
        self._service = service
        self._runner = runner
        self._timing = timing
        self._was_running = False

    async def load(self) -> None:
        """Keep to the pauses that the database has. Raises StoreError."""
        await self._caller.learn(await self._runner.call(self._service.flood_waits))

    async def run(self) -> None:
        """Store what begins until cancelled; what begins meanwhile is stored together."""
        self._was_running = True
        while True:
            await self._caller.flood_waits.wait_for_fresh()
            if not await self._store():
                await asyncio.sleep(STORE_SECONDS)

    async def finish(self) -> None:
        """Store what began since this was cancelled."""
        if self._was_running:
            await self._store()

    async def _store(self) -> bool:
        """Store what is not stored yet; return whether that worked."""
        fresh = self._caller.flood_waits.take_fresh(self._timing.now())
        try:
            if fresh:
                await self._runner.call(self._service.store_flood_waits, fresh)
        except StoreError as error:
            if not isinstance(error, UnavailableError):  # that is logged already, once for all
                log.error("%s A restart would not know that Telegram asks to wait.", error)  # noqa: TRY400 - says all
            self._caller.flood_waits.give_back(fresh)
            return False
        return True
