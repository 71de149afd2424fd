"""Where updates are posted to, if anywhere, and what became of that. Posting is not done here."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(slots=True)
class Webhook:
    """One webhook as a bot has set it (Bot API, setWebhook).

    Attributes:
        secret: goes along with every post; empty for none.
        connections: how many posts may be under way at once.
        error: what the last failure was, as WebhookInfo tells it; nothing before the first.
    """

    url: str
    secret: str = ""
    max_connections: int = 40
    error: dict[str, Any] = field(default_factory=dict, compare=False)

    def record_failure(self, now: datetime, why: str) -> None:
        """Remember that a post has failed."""
        self.error.update(last_error_date=int(now.timestamp()), last_error_message=why)

    def to_json(self) -> dict[str, Any]:
        """Render what the Bot API's WebhookInfo says of it."""
        return {"url": self.url, "max_connections": self.max_connections, **self.error}
