"""A reader of server-sent events, which parses them line by line as a browser does."""

import json
from dataclasses import dataclass
from typing import Any

import aiohttp


@dataclass(frozen=True)
class Event:
    """One server-sent event: its id and its data."""

    id: str
    data: str

    @property
    def snapshot(self) -> dict[str, Any]:
        """The snapshot in the data."""
        return json.loads(self.data)


class EventReader:
    """One open stream."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response

    async def next(self) -> Event | None:
        """Return the next event; None if the stream has ended."""
        fields: dict[str, str] = {}
        async for line in self.response.content:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name:
                fields[name] = value
            elif "data" in fields:
                return Event(fields["id"], fields["data"])
            else:
                fields = {}
        return None
