"""HTTP/1.1 server on a bare asyncio protocol, with a simulated round trip. Independent of Telegram.

It implements only what well-behaved clients on loopback need: keep-alive, Content-Length, form and JSON bodies.
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
        round_trip: seconds added to a request and its reply together, half to each.
    """

    def __init__(self, round_trip: float = 0.0) -> None:
        self.round_trip = round_trip


class Connection(asyncio.Protocol):
    """One client's connection: parses requests and writes replies."""

    def __init__(self, respond: Respond, network: Network) -> None:
        self._respond = respond
        self._network = network
        self._loop = asyncio.get_running_loop()
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Store the transport for the replies."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's signature
        """Drop the transport, so that late replies are discarded."""
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Handle every request that is complete."""
        self._buffer += data
        while (request := self._next_request()) is not None:
            self._delay(self._arrive, *request)

    def _next_request(self) -> tuple[str, bytes] | None:
        """Remove one complete request from the buffer; return its target and body, or None."""
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self._buffer[:end]
        if _CHUNKED.search(head):
            raise ValueError("chunked bodies are not supported: send a Content-Length")
        length = _LENGTH.search(head)
        start = end + 4
        stop = start + (int(length[1]) if length else 0)
        if len(self._buffer) < stop:
            return None
        body, self._buffer = self._buffer[start:stop], self._buffer[stop:]
        return head.split(b" ", 2)[1].decode(), body

    def _delay(self, act: Callable[..., None], *arguments: object) -> None:
        """Call a function after half a round trip, or at once if the round trip is 0."""
        if self._network.round_trip:
            self._loop.call_later(self._network.round_trip / 2, act, *arguments)
        else:
            act(*arguments)

    def _arrive(self, target: str, body: bytes) -> None:
        path, _, query = target.partition("?")
        self._respond(path, read_fields(body or query.encode()), self._depart)

    def _depart(self, status: int, body: str) -> None:
        self._delay(self._write, status, body.encode())

    def _write(self, status: int, body: bytes) -> None:
        if self._transport is not None:
            head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: application/json\r\n"
            self._transport.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)


def read_fields(body: bytes) -> Fields:
    """Parse a form or a JSON object; JSON values that are not strings become their JSON text."""
    if body[:1] == b"{":
        return {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in json.loads(body).items()
        }
    return {_unquoted(name): _unquoted(value) for name, _, value in (pair.partition(b"=") for pair in body.split(b"&"))}


@lru_cache(maxsize=16_384)
def _unquoted(text: bytes) -> str:
    """Decode one form value. Cached, because the same questions and options repeat."""
    return unquote_plus(text.decode())
