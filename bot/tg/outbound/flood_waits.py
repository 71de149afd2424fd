"""Pauses that Telegram asks for: of a chat, of a method that names no chat, or of everything."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping

from bot.tg.outbound.rate_limits import ALMOST

# The name of the pause of everything.
ALL = "all"
# A refusal a moment after the first asks for the same pause, not for another one.
LONGER_SECONDS = 1.0


def name_of(method: str, chat_id: int | None) -> str:
    """Return the name of the pause of a chat; or, without one, of a method."""
    return f"method {method}" if chat_id is None else f"chat {chat_id}"


class FloodWaits:
    """Running pauses, and which of them are not stored yet."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._fresh: set[str] = set()
        self._news = asyncio.Event()

    def begin(self, name: str, seconds: float, now: float, *, is_stored: bool = False) -> bool:
        """Start or extend a pause; return whether it is much longer than the known one.

        Args:
            name: as returned by ``name_of``, or ``ALL``.
            seconds: how long it is.
            now: the time in seconds of a monotonic clock.
            is_stored: whether it is in the database already.
        """
        before, until = self._until.get(name, now), now + seconds
        if until <= before:
            return False
        self._until = {other: end for other, end in self._until.items() if end > now}
        self._until[name] = until
        is_news = until > before + (LONGER_SECONDS if before > now else 0.0)
        if is_news and not is_stored:
            self.give_back((name,))
        return is_news

    def left(self, name: str, now: float) -> float:
        """Return the remaining seconds of a pause; 0 for none."""
        rest = self._until.get(name, now) - now
        return rest if rest > ALMOST else 0.0

    async def wait_for_fresh(self) -> None:
        """Wait until there is a pause that is not stored yet."""
        await self._news.wait()

    def give_back(self, names: Iterable[str]) -> None:
        """Mark pauses as not stored."""
        self._fresh.update(names)
        self._news.set()

    def take_fresh(self, now: float) -> Mapping[str, float]:
        """Return the remaining seconds of each pause that is not stored yet, and mark these as stored."""
        fresh, self._fresh = self._fresh, set()
        self._news.clear()
        return dict(self._running(fresh, now))

    def _running(self, names: set[str], now: float) -> Iterator[tuple[str, float]]:
        for name in sorted(names):
            if left := self.left(name, now):
                yield name, left
