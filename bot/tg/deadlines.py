"""Fires due deadlines, every second and at start. Deadlines are rows in the database, not timers in memory.

After an outage, answers given in time may still wait at Telegram, so those are handled first.
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
    """Timer for the deadlines of sessions.

    Args:
        send: accepts the messages that handlers create.
        is_current: set while no update waits at Telegram.
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
        """Check every second until cancelled."""
        while True:
            await self._is_current.wait()
            # Messages of a running transaction must be sent even if another process has become the leader.
            await run_to_end(self._look_safely())
            await asyncio.sleep(TICK_SECONDS)

    async def fire_due(self) -> None:
        """Fire the deadlines that are due. Raises StoreError."""
        due = await self._runner.call(self._service.due_sessions)
        await self._fire([session for session in due if session not in self._broken])

    async def _look_safely(self) -> None:
        try:
            await self.fire_due()
        except StoreError as error:
            if not (self._store_is_down or isinstance(error, UnavailableError)):
                log.error("%s Could not read deadlines; retrying.", error)  # noqa: TRY400 - the sentence says all
            self._store_is_down = True
        else:
            self._store_is_down = False

    async def _fire(self, sessions: Sequence[int]) -> None:
        """Fire the deadlines of sessions together; if one fails, one by one, skipping that one."""
        try:
            if sessions:
                self._send(await self._runner.call(self._service.fire_deadlines, sessions))
        except StoreError:
            raise
        except Exception:
            if len(sessions) == 1:
                log.exception("Deadline of session %d failed; not retried before a restart.", sessions[0])
                self._broken.update(sessions)
                return
            for session in sessions:
                await self._fire([session])
