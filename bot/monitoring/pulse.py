"""Times of the last activity of the bot's parts. Also stored in the database, for `bot status` and other processes."""

from dataclasses import dataclass, fields
from datetime import datetime

# The key in the table of key-values.
KEY = "pulse"


@dataclass(slots=True)
class Pulse:
    """The times of the last activity; None for never.

    Attributes:
        started_at: a process started.
        led_at: a process became the leader; health checks expect activity only after this.
        asked_at: a request for updates ended, successfully or not.
        polled_at: getUpdates succeeded, with or without updates; in webhook mode, getWebhookInfo did.
        worked_at: updates were handled.
        sent_at: a sending request ended; after a 429, the end of its flood wait.
        looked_at: the overdue deadlines were read.
        received_at: updates were received.
        failed_at: Telegram could not deliver an update to the webhook, by Telegram's clock.
        bare_at: getMe showed that button presses come without their messages.
        whole_at: getMe showed that button presses come with their messages, or did not say.
    """

    started_at: datetime | None = None
    asked_at: datetime | None = None
    polled_at: datetime | None = None
    worked_at: datetime | None = None
    sent_at: datetime | None = None
    looked_at: datetime | None = None
    led_at: datetime | None = None
    received_at: datetime | None = None
    failed_at: datetime | None = None
    bare_at: datetime | None = None
    whole_at: datetime | None = None

    @property
    def lacks_messages(self) -> bool:
        """Whether button presses come without their messages, by the last getMe."""
        return self.bare_at is not None and (self.whole_at is None or self.bare_at > self.whole_at)

    @property
    def since(self) -> datetime | None:
        """The time after which activity is expected. The start of a follower does not change it."""
        return self.led_at or self.started_at

    def merged(self, other: "Pulse") -> "Pulse":
        """Return the later times of two processes of the bot."""
        pairs = [(getattr(self, one.name), getattr(other, one.name)) for one in fields(self)]
        return Pulse(*(max(filter(None, pair), default=None) for pair in pairs))
