"""The bot's webhook and its last error. Delivery itself is not done here."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(slots=True)
class Webhook:
    """A webhook as set by the bot (Bot API, setWebhook).

    Attributes:
        secret: ``secret_token``, sent with every request; empty if there is none.
        max_connections: the most requests at the same time.
        error: the fields of WebhookInfo about the last failed delivery; empty before the first.
    """

    url: str
    secret: str = ""
    max_connections: int = 40
    error: dict[str, Any] = field(default_factory=dict, compare=False)

    def record_failure(self, now: datetime, reason: str) -> None:
        """Record a failed delivery."""
        self.error.update(last_error_date=int(now.timestamp()), last_error_message=reason)

    def to_json(self) -> dict[str, Any]:
        """Render the fields of the Bot API's WebhookInfo that belong to it."""
        return {"url": self.url, "max_connections": self.max_connections, **self.error}
