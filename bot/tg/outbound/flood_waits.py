"""Pauses that Telegram asks for: of a chat, of a method that names no chat, or of everything."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping

from bot.tg.outbound.rate_limits import ALMOST

# The name of the pause of everything.
ALL = "all"
# What is refused a moment after the first asks for as long: that is no other pause.
LONGER_SECONDS = 1.0


def name_of(method: str, chat_id: int | None) -> str:
    """Return the name of the pause of a chat; or, without one, of a method."""
    return f"method {method}" if chat_id is None else f"chat {chat_id}"


class FloodWaits:
    """The pauses under way, and which of them are not stored yet."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._fresh: set[str] = set()
        self._news = asyncio.Event()

    def begin(self, name: str, seconds: float, now: float, *, is_stored: bool = False) -> bool:
        """Begin a pause, or prolong one; return whether it is much longer than what was known.

        Args:
            name: as ``name_of`` gives it, or ``ALL``.
            seconds: how long it is.
            now: the time, in seconds of a clock that only goes forward.
            is_stored: whether the database knows it already.
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
        """Return for how many seconds yet this must pause; 0 for no pause."""
        rest = self._until.get(name, now) - now
        return rest if rest > ALMOST else 0.0

    async def wait_for_fresh(self) -> None:
        """Wait until there is a pause that is not stored yet."""
        await self._news.wait()

    def give_back(self, names: Iterable[str]) -> None:
        """Count pauses as not stored."""
        self._fresh.update(names)
        self._news.set()

    def take_fresh(self, now: float) -> Mapping[str, float]:
        """Return how long each pause that is not stored yet lasts; they count as stored from now on."""
        fresh, self._fresh = self._fresh, set()
        self._news.clear()
        return dict(self._running(fresh, now))

    def _running(self, names: set[str], now: float) -> Iterator[tuple[str, float]]:
        for name in sorted(names):
            if left := self.left(name, now):
                yield name, left
