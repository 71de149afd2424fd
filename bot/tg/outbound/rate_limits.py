"""Telegram's sending limits: when a message to a chat may be sent. Plain values; the caller waits.

Bots FAQ, "My bot is hitting limits": about one message a second to one chat (short bursts pass), twenty a minute to a
group, about thirty a second in all; more of these are to be paid for (Bot API, sendMessage, ``allow_paid_broadcast``).
"""

from dataclasses import dataclass

# A token this near, in seconds, is available: sums of floats are never exact.
ALMOST = 1e-9


@dataclass(slots=True)
class TokenBucket:
    """Token bucket: ``rate`` tokens a second, at most ``burst`` saved; a message takes one token.

    Attributes:
        free_at: when the bucket is full again if no more tokens are taken. This one time is the whole state (generic
            cell rate algorithm, ITU-T I.371), so that it can be shared with another process.
    """

    rate: float
    burst: float
    free_at: float

    def claim(self, now: float) -> float:
        """Claim a token; return how many seconds to wait until it is available."""
        wait = self._wait(now)
        self.free_at = max(self.free_at, now) + 1 / self.rate
        return max(0.0, wait)

    def take(self, now: float) -> float:
        """Claim a token if there is one; otherwise return how many seconds to wait before the next try."""
        wait = self._wait(now)
        if wait > ALMOST:
            return wait
        self.free_at = max(self.free_at, now) + 1 / self.rate
        return 0.0

    def block_until(self, until: float) -> None:
        """Block all tokens until this time."""
        self.free_at = max(self.free_at, until + (self.burst - 1) / self.rate)

    def _wait(self, now: float) -> float:
        return max(self.free_at, now) - (self.burst - 1) / self.rate - now


class RateLimits:
    """The limits of one bot.

    Args:
        per_second: messages a second in all; 0 disables every limit (for a server without limits).
        is_paid: whether more than the free rate may be sent, for a fee.
    """

    # The bot sends evenly and a little below the limit: a bucket with a burst would exceed the limit in the second
    # after a rest, and messages sent together do not arrive together. The small burst makes up for waits that took some
    # milliseconds too long; with thirty a second, 28.8 plus the burst never exceed thirty.
    MARGIN = 0.96
    SAVED = 1.2
    # Free messages a second in all.
    FREE = 30.0
    CHAT = (1.0, 5.0)
    GROUP = (20 / 60, 20.0)
    # A lookup is no message, and Telegram documents no limit for it; the rate of messages is surely allowed.
    QUESTIONS = (30.0, 30.0)
    FORGET_ABOVE = 10_000

    def __init__(self, per_second: float, *, is_paid: bool = False) -> None:
        self.per_second = per_second
        self.is_paid = is_paid
        self._chats: dict[int, TokenBucket] = {}
        self._questions: TokenBucket | None = None
        self._closings: TokenBucket | None = None

    def claim_chat(self, chat_id: int, now: float) -> float:
        """Claim one message of the chat's limit; return how many seconds to wait before the bot's limit is asked."""
        return self._bucket(chat_id, now).claim(now) if self.per_second else 0.0

    def claim_lookup(self, now: float) -> float:
        """Claim one lookup of a person; return how many seconds to wait before it."""
        if not self.per_second:
            return 0.0
        if self._questions is None:
            self._questions = TokenBucket(*self.QUESTIONS, now)
        return self._questions.claim(now)

    def claim_closing(self, now: float) -> float:
        """Claim the closing of a poll; return how many seconds to wait before it.

        Only sending can be paid for: polls are closed at the free rate even if more may be sent.
        """
        if not (self.per_second and self.is_paid):
            return 0.0
        if self._closings is None:
            self._closings = TokenBucket(self.FREE * self.MARGIN, self.SAVED, now)
        return self._closings.claim(now)

    def busy(self, chat_id: int, now: float) -> float:
        """Return for how many more seconds the chat is at its limit."""
        bucket = self._chats.get(chat_id)
        return max(0.0, bucket.free_at - now) if bucket else 0.0

    def note_busy(self, chat_id: int, until: float, now: float) -> None:
        """Record that other processes have used the chat's limit until this time."""
        if self.per_second:
            bucket = self._bucket(chat_id, now)
            bucket.free_at = max(bucket.free_at, until)

    def _bucket(self, chat_id: int, now: float) -> TokenBucket:
        if len(self._chats) > self.FORGET_ABOVE:
            self._chats = {chat: bucket for chat, bucket in self._chats.items() if bucket.free_at > now}
        rate, burst = self.GROUP if chat_id < 0 else self.CHAT
        return self._chats.setdefault(chat_id, TokenBucket(rate, burst, now))
