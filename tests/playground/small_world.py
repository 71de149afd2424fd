"""Manual clock and Bot API client for the tests of the playground."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.playground.bot_api import BotApi

TOKEN = "42:playground"  # noqa: S105 - not a secret
# One black pixel, the smallest PNG that has a header.
PIXEL = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"


@dataclass
class Clock:
    """Clock that only the test moves."""

    moment: datetime = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the current time (UTC)."""
        return self.moment

    def pass_seconds(self, seconds: float) -> None:
        """Move the clock forward."""
        self.moment += timedelta(seconds=seconds)


class Caller:
    """Client of the Bot API that parses the responses."""

    def __init__(self, api: BotApi) -> None:
        self.api = api

    async def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """Return the whole response."""
        reply = await self.api.call(TOKEN, method, parameters)
        answer: dict[str, Any] = json.loads(reply.body)
        assert answer["ok"] == (reply.status == 200)
        return answer

    async def get(self, method: str, **parameters: object) -> Any:  # noqa: ANN401 - a result is any JSON
        """Return the result of a call that must succeed."""
        answer = await self.ask(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **parameters: object) -> tuple[int, str]:
        """Return error code and description of a call that must fail."""
        answer = await self.ask(method, **parameters)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]

    async def updates(self) -> list[dict[str, Any]]:
        """Return the pending updates and confirm them."""
        waiting = await self.get("getUpdates")
        if waiting:
            await self.get("getUpdates", offset=waiting[-1]["update_id"] + 1)
        return list(waiting)
