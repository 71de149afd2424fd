"""Finds out whether a 429 is one chat's or everybody's: Telegram does not say. Plain values."""

from collections import deque

# Several chats that are all too much within a moment: it is the bot that sends too much.
CHATS = 3
WITHIN_SECONDS = 1.0


class FloodDetector:
    """The refusals of the last moment."""

    def __init__(self) -> None:
        self._refusals: deque[tuple[float, int, float]] = deque()

    def note(self, chat_id: int | None, seconds: float, now: float) -> float:
        """Count a request to wait; return for how many seconds everything must, 0 where only the chat must.

        Args:
            chat_id: the chat of the request; None for one without, which says nothing about chats.
            seconds: how long Telegram asks to wait.
            now: the moment, in seconds of a clock that only goes forward.
        """
        if chat_id is None:
            return 0.0
        while self._refusals and self._refusals[0][0] < now - WITHIN_SECONDS:
            self._refusals.popleft()
        self._refusals.append((now, chat_id, seconds))
        waits: dict[int, float] = {}
        for moment, chat, asked in self._refusals:
            waits[chat] = max(waits.get(chat, 0.0), moment + asked - now)
        # What fewer chats ask for is their own: one that must wait for an hour does not silence everybody.
        return sorted(waits.values(), reverse=True)[CHATS - 1] if len(waits) >= CHATS else 0.0
