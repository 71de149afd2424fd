"""Asks every second, and at start, what is due. Deadlines stand in the database; nothing is timed in memory.

What was done in time may still wait at Telegram after the bot or the network was down, so that is handled first.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence

from bot.app.context import OutgoingMessage
from bot.app.dispatch.service import QuizService, StoreError, UnavailableError
from bot.tg.runner import HandlerRunner, run_to_end

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0


class DeadlineTimer:
    """Wakes the sessions whose time has come.

    Args:
        send: takes the messages that stories want sent.
        is_current: set while all that waited at Telegram is handled.
    """

    def __init__(
        self,
        service: QuizService,
        runner: HandlerRunner,
        send: Callable[[Sequence[OutgoingMessage]], None],
        is_current: asyncio.Event,
    ) -> None:
        self._service = service
        self._runner = runner
        self._send = send
        self._is_current = is_current
        self._broken: set[int] = set()
        self._store_is_down = False

    async def run(self) -> None:
        """Look every second until cancelled."""
        while True:
            await self._is_current.wait()
            # What was told in a transaction that is under way must be sent, though another process leads by then.
            await run_to_end(self._look_safely())
            await asyncio.sleep(TICK_SECONDS)

    async def look(self) -> None:
        """Wake what is due now. Raises StoreError."""
        due = await self._runner.call(self._service.due_sessions)
        await self._fire([session for session in due if session not in self._broken])

    async def _look_safely(self) -> None:
        try:
            await self.look()
        except StoreError as error:
            if not (self._store_is_down or isinstance(error, UnavailableError)):
                log.error("%s Deadlines wait.", error)  # noqa: TRY400 - the sentence says all
            self._store_is_down = True
        else:
            self._store_is_down = False

    async def _fire(self, sessions: Sequence[int]) -> None:
        """Wake sessions together; if one cannot be woken, one by one, and that one is left alone."""
        try:
            if sessions:
                self._send(await self._runner.call(self._service.fire_deadlines, sessions))
        except StoreError:
            raise
        except Exception:
            if len(sessions) == 1:
                log.exception("Session %d cannot be woken and is left as it is.", sessions[0])
                self._broken.update(sessions)
                return
            for session in sessions:
                await self._fire([session])
