"""When each part of the bot last moved on. Kept in the database too, so that it can be read beside the bot."""

from dataclasses import dataclass, fields
from datetime import datetime

# The fact under which it is kept.
KEY = "pulse"


@dataclass(slots=True)
class Pulse:
    """The last moments of progress; None for never.

    Attributes:
        started_at: a process started.
        led_at: a process began to lead; from then on others may be expected to move.
        asked_at: Telegram was asked for updates, and answered somehow or was given up.
        polled_at: Telegram gave updates, or said that there are none; in webhook mode, said how its posts fare.
        worked_at: updates were handled.
        sent_at: Telegram was asked to take a message; where it asked to wait, the moment until which it did.
        looked_at: it was looked which deadlines have come.
        received_at: updates were received.
        failed_at: Telegram could not post an update to the webhook, by its own clock.
        bare_at: Telegram said that it sends presses of buttons without their messages.
        whole_at: Telegram said that it sends presses with their messages, or nothing of that.
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
        """Whether Telegram sends presses of buttons without their messages, by what it said last."""
        return self.bare_at is not None and (self.whole_at is None or self.bare_at > self.whole_at)

    @property
    def since(self) -> datetime | None:
        """From when on things must move: a process more gives no grace, for it may have nothing to do with them."""
        return self.led_at or self.started_at

    def merged(self, other: "Pulse") -> "Pulse":
        """Give the later moments of two: several processes beat for one bot."""
        pairs = [(getattr(self, one.name), getattr(other, one.name)) for one in fields(self)]
        return Pulse(*(max(filter(None, pair), default=None) for pair in pairs))
