"""Detector that decides whether a 429 concerns one chat or the whole bot, which Telegram does not say. Plain values."""

from collections import deque

# This many chats refused within a moment mean that the bot as a whole sends too much.
CHATS = 3
WITHIN_SECONDS = 1.0


class FloodDetector:
    """The most recent refusals."""

    def __init__(self) -> None:
        self._refusals: deque[tuple[float, int, float]] = deque()

    def note(self, chat_id: int | None, seconds: float, now: float) -> float:
        """Count a flood wait; return for how many seconds everything must pause, 0 if only the chat must.

        Args:
            chat_id: the chat of the request; None for a request without a chat.
            seconds: how long Telegram asks to wait.
            now: the time in seconds of a monotonic clock.
        """
        if chat_id is None:
            return 0.0
        while self._refusals and self._refusals[0][0] < now - WITHIN_SECONDS:
            self._refusals.popleft()
        self._refusals.append((now, chat_id, seconds))
        waits: dict[int, float] = {}
        for moment, chat, asked in self._refusals:
            waits[chat] = max(waits.get(chat, 0.0), moment + asked - now)
        # Fewer refusals concern their chats only: one that must wait for an hour does not pause everything.
        return sorted(waits.values(), reverse=True)[CHATS - 1] if len(waits) >= CHATS else 0.0
