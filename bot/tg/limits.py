"""Telegram's sending limits: when a message to a chat may go. Plain values; the caller waits.

Bots FAQ, "My bot is hitting limits": about one message a second to one chat (short bursts pass), twenty a minute to a
group, about thirty a second in all.
"""

from dataclasses import dataclass

# A token that lacks less than this is there: sums of fractions are never quite whole.
ALMOST = 1e-9


@dataclass(slots=True)
class Bucket:
    """So many tokens a second, at most ``burst`` kept; a token is a message.

    Attributes:
        level: tokens there were at ``moment``; below nothing when some were promised ahead.
    """

    rate: float
    burst: float
    level: float
    moment: float

    def claim(self, now: float) -> float:
        """Take a token; give how many seconds to wait until it is there."""
        self.level = min(self.burst, self.level + (now - self.moment) * self.rate) - 1
        self.moment = now
        return max(0.0, -self.level / self.rate)

    def take(self, now: float) -> float:
        """Take a token if there is one; else give how many seconds to wait before trying again."""
        self.level = min(self.burst, self.level + (now - self.moment) * self.rate)
        self.moment = now
        if self.level < 1 - ALMOST:
            return (1 - self.level) / self.rate
        self.level -= 1
        return 0.0

    def is_full(self, now: float) -> bool:
        """Say whether nothing would be lost by forgetting this bucket."""
        return self.level + (now - self.moment) * self.rate >= self.burst


class Limits:
    """The limits of one bot.

    Args:
        per_second: messages a second in all; 0 switches every limit off (for a server without limits).
    """

    # All chats together are paced evenly and a little below the limit: a bucket that saves up would send more than the
    # limit in the second after a rest, and what goes together does not arrive together. What it saves makes up for a
    # wait that took some milliseconds too long; of thirty a second, 28.8 and that are never more than thirty.
    MARGIN = 0.96
    SAVED = 1.2
    CHAT = (1.0, 5.0)
    GROUP = (20 / 60, 20.0)
    FORGET_ABOVE = 10_000

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._all = Bucket(per_second * self.MARGIN, self.SAVED, self.SAVED, 0.0)
        self._chats: dict[int, Bucket] = {}

    def claim_chat(self, chat_id: int, now: float) -> float:
        """Claim the chat's part of sending a message to it; give how many seconds to wait before ``take_all``."""
        if not self._per_second:
            return 0.0
        if len(self._chats) > self.FORGET_ABOVE:
            self._chats = {chat: bucket for chat, bucket in self._chats.items() if not bucket.is_full(now)}
        rate, burst = self.GROUP if chat_id < 0 else self.CHAT
        bucket = self._chats.setdefault(chat_id, Bucket(rate, burst, burst, now))
        return bucket.claim(now)

    def take_all(self, now: float) -> float:
        """Let a message go now (0), or give how many seconds to wait before asking again.

        Nothing is promised ahead: what is late, because the program was busy, does not go together with what is due.
        """
        return self._all.take(now) if self._per_second else 0.0
