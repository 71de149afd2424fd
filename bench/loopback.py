"""HTTP/1.1 on a bare asyncio protocol, with a simulated distance. Knows nothing of Telegram.

Only what two well-behaved clients on loopback need: keep-alive, Content-Length, form and JSON bodies.
"""

import asyncio
import json
import re
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from urllib.parse import unquote_plus

Fields = dict[str, str]
Reply = Callable[[int, str], None]
Respond = Callable[[str, Fields, Reply], None]

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)


class Network:
    """The simulated distance between the bot and Telegram.

    Attributes:
        round_trip: seconds that a request and its reply spend on the way together; half of it each.
    """

    def __init__(self, round_trip: float = 0.0) -> None:
        self.round_trip = round_trip


class Connection(asyncio.Protocol):
    """One client's connection: takes requests off the wire, puts replies on it."""

    def __init__(self, respond: Respond, network: Network) -> None:
        self._respond = respond
        self._network = network
        self._loop = asyncio.get_running_loop()
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport to reply on."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's signature
        """Forget the transport, so that a late reply goes nowhere."""
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Take every request that is complete."""
        self._buffer += data
        while (request := self._take()) is not None:
            self._travel(self._arrive, *request)

    def _take(self) -> tuple[str, bytes] | None:
        """Cut one complete request off the buffer: its target and body."""
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self._buffer[:end]
        if _CHUNKED.search(head):
            raise ValueError("a chunked body: the fake reads Content-Length alone; send the body whole")
        length = _LENGTH.search(head)
        start = end + 4
        stop = start + (int(length[1]) if length else 0)
        if len(self._buffer) < stop:
            return None
        body, self._buffer = self._buffer[start:stop], self._buffer[stop:]
        return head.split(b" ", 2)[1].decode(), body

    def _travel(self, act: Callable[..., None], *details: object) -> None:
        """Do something after half a round trip; at once where there is no distance."""
        if self._network.round_trip:
            self._loop.call_later(self._network.round_trip / 2, act, *details)
        else:
            act(*details)

    def _arrive(self, target: str, body: bytes) -> None:
        path, _, query = target.partition("?")
        self._respond(path, read_fields(body or query.encode()), self._depart)

    def _depart(self, status: int, body: str) -> None:
        self._travel(self._write, status, body.encode())

    def _write(self, status: int, body: bytes) -> None:
        if self._transport is not None:
            head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: application/json\r\n"
            self._transport.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)


def read_fields(body: bytes) -> Fields:
    """Read a form or a JSON object; what is no string in JSON comes back as its JSON text."""
    if body[:1] == b"{":
        return {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in json.loads(body).items()
        }
    return {_unquoted(name): _unquoted(value) for name, _, value in (pair.partition(b"=") for pair in body.split(b"&"))}


@lru_cache(maxsize=16_384)
def _unquoted(text: bytes) -> str:
    """Decode one form value; the same stems and options come again and again, so they are remembered."""
    return unquote_plus(text.decode())
