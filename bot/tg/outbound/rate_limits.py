"""Telegram's sending limits: when a message to a chat may go. Plain values; the caller waits.

Bots FAQ, "My bot is hitting limits": about one message a second to one chat (short bursts pass), twenty a minute to a
group, about thirty a second in all; more of these are to be paid for (Bot API, sendMessage, ``allow_paid_broadcast``).
"""

from dataclasses import dataclass

# A token that is so near, in seconds, is there: sums of fractions are never quite whole.
ALMOST = 1e-9


@dataclass(slots=True)
class TokenBucket:
    """So many tokens a second, at most ``burst`` kept; a token is a message.

    Attributes:
        free_at: when all tokens are there again, if no more are taken. This one moment is all that there is to know
            (the generic cell rate algorithm, ITU-T I.371), so that it can be handed to another process.
    """

    rate: float
    burst: float
    free_at: float

    def claim(self, now: float) -> float:
        """Take a token; give how many seconds to wait until it is there."""
        wait = self._wait(now)
        self.free_at = max(self.free_at, now) + 1 / self.rate
        return max(0.0, wait)

    def take(self, now: float) -> float:
        """Take a token if there is one; else give how many seconds to wait before trying again."""
        wait = self._wait(now)
        if wait > ALMOST:
            return wait
        self.free_at = max(self.free_at, now) + 1 / self.rate
        return 0.0

    def hold(self, until: float) -> None:
        """Let there be no token before this moment."""
        self.free_at = max(self.free_at, until + (self.burst - 1) / self.rate)

    def _wait(self, now: float) -> float:
        return max(self.free_at, now) - (self.burst - 1) / self.rate - now


class RateLimits:
    """The limits of one bot.

    Args:
        per_second: messages a second in all; 0 switches every limit off (for a server without limits).
        is_paid: whether more than is free may be sent, for a fee.
    """

    # All chats together are paced evenly and a little below the limit: a bucket that saves up would send more than the
    # limit in the second after a rest, and what goes together does not arrive together. What it saves makes up for a
    # wait that took some milliseconds too long; of thirty a second, 28.8 and that are never more than thirty.
    MARGIN = 0.96
    SAVED = 1.2
    # Messages a second in all that cost nothing.
    FREE = 30.0
    CHAT = (1.0, 5.0)
    GROUP = (20 / 60, 20.0)
    # What is asked is no message, and Telegram tells no limit for it: as much as may be sent is surely allowed.
    QUESTIONS = (30.0, 30.0)
    FORGET_ABOVE = 10_000

    def __init__(self, per_second: float, *, is_paid: bool = False) -> None:
        self.per_second = per_second
        self.is_paid = is_paid
        self._chats: dict[int, TokenBucket] = {}
        self._questions: TokenBucket | None = None
        self._closings: TokenBucket | None = None

    def claim_chat(self, chat_id: int, now: float) -> float:
        """Claim the chat's part of sending a message to it; give how many seconds to wait before all others'."""
        return self._bucket(chat_id, now).claim(now) if self.per_second else 0.0

    def claim_question(self, now: float) -> float:
        """Claim a question about somebody; return how many seconds to wait before asking it."""
        if not self.per_second:
            return 0.0
        if self._questions is None:
            self._questions = TokenBucket(*self.QUESTIONS, now)
        return self._questions.claim(now)

    def claim_closing(self, now: float) -> float:
        """Claim the closing of a poll; return how many seconds to wait before it is anybody's turn.

        Only what is sent can be paid for: where more than is free may be, polls are closed at the free rate.
        """
        if not (self.per_second and self.is_paid):
            return 0.0
        if self._closings is None:
            self._closings = TokenBucket(self.FREE * self.MARGIN, self.SAVED, now)
        return self._closings.claim(now)

    def busy(self, chat_id: int, now: float) -> float:
        """Give for how many seconds yet the chat is not free of all that was sent to it."""
        bucket = self._chats.get(chat_id)
        return max(0.0, bucket.free_at - now) if bucket else 0.0

    def note_busy(self, chat_id: int, until: float, now: float) -> None:
        """Take into account what others sent to a chat, which pays for it until this moment."""
        if self.per_second:
            bucket = self._bucket(chat_id, now)
            bucket.free_at = max(bucket.free_at, until)

    def _bucket(self, chat_id: int, now: float) -> TokenBucket:
        if len(self._chats) > self.FORGET_ABOVE:
            self._chats = {chat: bucket for chat, bucket in self._chats.items() if bucket.free_at > now}
        rate, burst = self.GROUP if chat_id < 0 else self.CHAT
        return self._chats.setdefault(chat_id, TokenBucket(rate, burst, now))
