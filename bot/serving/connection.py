"""A connection: uvicorn's protocol with a time limit on every step of the client.

Uvicorn limits only idle time, and stops that timer at the first byte (uvicorn 0.54, ``data_received``).
"""

import asyncio
import logging
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.serving.capacity import Capacity
from bot.serving.refusals import Refusals
from bot.serving.time_limits import TimeLimits

_IDLE, _HEADER, _BODY = "idle", "header", "body"


class Connection(H11Protocol):
    """A connection with time limits.

    Args:
        given: the arguments of uvicorn's protocol.
        limits: the time limits of the client.
        capacity: the open connections of this server.
        refusals: counter of connections that were closed because of their clients.
    """

    def __init__(self, *given: Any, limits: TimeLimits, capacity: Capacity, refusals: Refusals) -> None:  # noqa: ANN401
        super().__init__(*given)
        # Any client can cause uvicorn's warnings without limit; they are counted instead of logged.
        self.logger = _QUIET
        self._limits = limits
        self._capacity = capacity
        self._refusals = refusals
        self._has_served = False
        # What the client must send now, and in which request cycle; the timer started when that began.
        self._expected: tuple[str, object] = ("", None)
        self._timer: asyncio.TimerHandle | None = None
        self._send_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start to wait for the first request."""
        # Data that the kernel does not accept at once waits for the client to read, and the time limit applies to it.
        transport.set_write_buffer_limits(high=0)
        super().connection_made(transport)
        self._capacity.add(self)
        self._restart_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Remove the connection and stop its timers."""
        # The kernel closed the connection first (TCP_USER_TIMEOUT).
        if isinstance(exc, TimeoutError):
            self._refusals.record("reading")
        self._stop(self._timer)
        self._stop(self._send_timer)
        self._capacity.remove(self)
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Handle data from the client."""
        super().data_received(data)
        self._restart_timer()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._has_served = True
        super().on_response_complete()
        self._restart_timer()

    def pause_writing(self) -> None:
        """Wait for the client to read, within the time limit."""
        super().pause_writing()
        self._stop(self._send_timer)
        self._send_timer = self.loop.call_later(self._limits.sending, self._time_out, "reading")
        self._capacity.mark_waiting(self)

    def resume_writing(self) -> None:
        """Continue after the client has read."""
        super().resume_writing()
        self._stop(self._send_timer)
        if not self._expected[0]:
            self._capacity.mark_busy(self)

    def send_400_response(self, msg: str) -> None:
        """Answer data that is not HTTP; in the middle of a response just close."""
        self._refusals.record("malformed")
        if self.cycle and not self.cycle.response_complete:
            # Discard the rest of the application's response to the previous request.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        try:
            super().send_400_response(msg)
        except h11.LocalProtocolError:
            self.transport.close()

    def shutdown(self) -> None:
        """Close after the current response."""
        try:
            super().shutdown()
        except h11.LocalProtocolError:
            self.transport.close()

    def close_at_once(self) -> None:
        """Close at once."""
        self.transport.abort()

    def _restart_timer(self) -> None:
        """Restart the time limit if the client must send something else now."""
        owed = (self._expected_from_client(), self.cycle)
        if owed == self._expected or self.transport.is_closing():
            return
        self._expected = owed
        self._stop(self._timer)
        seconds = {_HEADER: self._limits.header, _BODY: self._limits.body}.get(owed[0])
        if seconds is not None:
            self._timer = self.loop.call_later(seconds, self._time_out, owed[0])
        (self._capacity.mark_waiting if owed[0] else self._capacity.mark_busy)(self)

    def _expected_from_client(self) -> str:
        """Return what the client must send: a header block, the rest of a body, its next request, or nothing."""
        state = self.conn.their_state
        if state is h11.SEND_BODY:
            return _BODY
        if state is not h11.IDLE:
            return ""
        has_begun = bool(self.conn.trailing_data[0])
        return _HEADER if has_begun or not self._has_served else _IDLE

    def _time_out(self, kind: str) -> None:
        """Close a connection whose client took too long."""
        if not self.transport.is_closing():
            self._refusals.record(kind)
        self.transport.abort()

    @staticmethod
    def _stop(timer: asyncio.TimerHandle | None) -> None:
        if timer:
            timer.cancel()


_QUIET = logging.getLogger("uvicorn.error.connections")
_QUIET.setLevel(logging.ERROR)
