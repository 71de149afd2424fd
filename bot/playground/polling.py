"""Long polling: one pending getUpdates waits for an update or for its timeout."""

import asyncio
from collections.abc import Callable

from bot.playground.errors import BotApiError
from bot.playground.method import Result
from bot.playground.world import World, WorldEvent

# The official server waits no longer than this, in seconds, even if a client asks for more.
_LONGEST_WAIT = 50
_WEBHOOK_SET = "Conflict: terminated by setWebhook request"
_SECOND_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class LongPolling:
    """The pending getUpdates; a second one ends the first with 409. Belongs to one event loop."""

    def __init__(self, world: World) -> None:
        self._pending: asyncio.Future[None] | None = None
        self._is_closed = False
        world.subscribe(self._wake)

    async def wait_for(self, now: Callable[[], Result], later: Callable[[], Result], timeout_seconds: float) -> Result:
        """Return the result of ``now`` unless it is empty; else that of ``later`` after a new update or the timeout."""
        self._end_pending(BotApiError(409, _SECOND_POLLER))
        found = now()
        if found or timeout_seconds == 0 or self._is_closed:
            return found
        pending = asyncio.get_running_loop().create_future()
        self._pending = pending
        try:
            async with asyncio.timeout(min(timeout_seconds, _LONGEST_WAIT)):
                await pending
        except TimeoutError:
            return later()
        finally:
            if self._pending is pending:
                self._pending = None
        return later()

    def end_for_webhook(self) -> None:
        """End the pending call because a webhook was set."""
        self._end_pending(BotApiError(409, _WEBHOOK_SET))

    def close(self) -> None:
        """End the pending call with its current result; later calls return at once."""
        self._is_closed = True
        if self._pending is not None and not self._pending.done():
            self._pending.set_result(None)

    def _wake(self, event: WorldEvent) -> None:
        if event.kind == "update" and self._pending is not None and not self._pending.done():
            self._pending.set_result(None)

    def _end_pending(self, reason: BotApiError) -> None:
        if self._pending is not None and not self._pending.done():
            self._pending.set_exception(reason)
