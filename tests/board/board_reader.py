"""Reads a stream of server-sent events as a browser does, line by line."""

import json
from dataclasses import dataclass
from typing import Any

import aiohttp


@dataclass(frozen=True)
class Event:
    """One event: its id, its data as sent, and the picture in it."""

    id: str
    data: str

    @property
    def picture(self) -> dict[str, Any]:
        """The picture."""
        return json.loads(self.data)


class Reader:
    """One open stream."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response

    async def next(self) -> Event | None:
        """Give the next event; None where the stream has ended."""
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
