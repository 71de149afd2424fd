"""Storage of flood waits as soon as they begin, so that they hold after a restart and in other processes."""

import asyncio
import logging

from bot.app.dispatch.service import QuizService, StoreError, UnavailableError
from bot.tg.outbound.caller import ApiCaller
from bot.tg.outbound.timing import Timing
from bot.tg.runner import HandlerRunner

log = logging.getLogger(__name__)

STORE_SECONDS = 2.0


class StoredFloodWaits:
    """Stored flood waits of one caller."""

    def __init__(self, caller: ApiCaller, service: QuizService, runner: HandlerRunner, timing: Timing) -> None:
        self._caller = caller
        self._service = service
        self._runner = runner
        self._timing = timing
        self._was_running = False

    async def load(self) -> None:
        """Load the stored pauses. Raises StoreError."""
        await self._caller.learn(await self._runner.call(self._service.flood_waits))

    async def run(self) -> None:
        """Store new pauses until cancelled; those that begin during a commit are stored together."""
        self._was_running = True
        while True:
            await self._caller.flood_waits.wait_for_fresh()
            if not await self._store():
                await asyncio.sleep(STORE_SECONDS)

    async def finish(self) -> None:
        """Store the pauses that began after this was cancelled."""
        if self._was_running:
            await self._store()

    async def _store(self) -> bool:
        """Store the new pauses; return whether that succeeded."""
        fresh = self._caller.flood_waits.take_fresh(self._timing.now())
        try:
            if fresh:
                await self._runner.call(self._service.store_flood_waits, fresh)
        except StoreError as error:
            if not isinstance(error, UnavailableError):  # that is logged already, once for all
                log.error("%s Could not store the flood wait; it would be lost by a restart.", error)  # noqa: TRY400 - says all
            self._caller.flood_waits.give_back(fresh)
            return False
        return True
