"""Long polling: waits for updates without being busy, for one poller at a time."""

import asyncio
from collections.abc import Callable

from bot.playground.errors import BotApiError
from bot.playground.method import Result
from bot.playground.world import World, WorldEvent

# The official server waits no longer, whatever a client asks for.
_LONGEST_WAIT = 50
_WEBHOOK_SET = "Conflict: terminated by setWebhook request"
_SECOND_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class LongPolling:
    """Lets one getUpdates wait; a second one ends the first with 409. Belongs to one event loop."""

    def __init__(self, world: World) -> None:
        self._pending: asyncio.Future[None] | None = None
        self._is_closed = False
        world.subscribe(self._wake)

    async def wait_for(self, now: Callable[[], Result], later: Callable[[], Result], timeout_seconds: float) -> Result:
        """Give what ``now`` gives if that is something, else what ``later`` gives after a change or after the time."""
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
        """End the waiting call because a webhook is set."""
        self._end_pending(BotApiError(409, _WEBHOOK_SET))

    def close(self) -> None:
        """End the waiting call with what there is, and let no other wait."""
        self._is_closed = True
        if self._pending is not None and not self._pending.done():
            self._pending.set_result(None)

    def _wake(self, change: WorldEvent) -> None:
        if change.kind == "update" and self._pending is not None and not self._pending.done():
            self._pending.set_result(None)

    def _end_pending(self, reason: BotApiError) -> None:
        if self._pending is not None and not self._pending.done():
            self._pending.set_exception(reason)
