"""Acceptor of connections that survives errors: uvloop's own listener closes for good at the limit on open files."""

import asyncio
import errno
import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from bot.serving.capacity import BUSY_HEADERS, BUSY_TEXT, Capacity
from bot.serving.refusals import Refusals
from bot.serving.time_limits import TimeLimits

log = logging.getLogger(__name__)

# Pause after a failure, as in asyncio's own listener (asyncio.constants.ACCEPT_RETRY_DELAY).
PAUSE_SECONDS = 1.0
# Send buffer of the kernel in bytes: enough for a picture of a board, and small enough for a thousand connections.
_SEND_BUFFER = 65_536
_NO_FREE_FILES = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
_STATUS = HTTPStatus.SERVICE_UNAVAILABLE
_REFUSAL = "\r\n".join(
    (
        f"HTTP/1.1 {_STATUS.value} {_STATUS.phrase}",
        *(f"{name}: {value}" for name, value in BUSY_HEADERS.items()),
        "Content-Type: text/plain; charset=utf-8",
        f"Content-Length: {len(BUSY_TEXT)}",
        "",
        BUSY_TEXT,
    )
).encode()


class Acceptor:
    """Replacement of an asyncio.Server that accepts connections on a listener.

    Args:
        listener: the listening socket; closed together with the acceptor.
        make: creates the protocol of a connection.
        pause: seconds to wait after a failure.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - its dependencies
        self,
        listener: socket.socket,
        make: Callable[[], asyncio.Protocol],
        limits: TimeLimits,
        capacity: Capacity,
        refusals: Refusals,
        pause: float = PAUSE_SECONDS,
    ) -> None:
        listener.settimeout(0)
        self._listener = listener
        self._make = make
        self._limits = limits
        self._capacity = capacity
        self._refusals = refusals
        self._pause = pause
        self._opening: set[asyncio.Task[None]] = set()
        self._accepting = asyncio.create_task(self._accept())

    def close(self) -> None:
        """Stop accepting."""
        self._accepting.cancel()

    async def wait_closed(self) -> None:
        """Wait until the acceptor has stopped."""
        await asyncio.wait({self._accepting, *self._opening})

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        with self._listener:
            while True:
                try:
                    accepted, _ = await loop.sock_accept(self._listener)
                except OSError as error:
                    await self._pause_after(error)
                    continue
                self._open(accepted)
                # A burst of connections must not keep other clients from being answered.
                await asyncio.sleep(0)

    async def _pause_after(self, error: OSError) -> None:
        """Wait until accepting may work again."""
        if error.errno in _NO_FREE_FILES:
            self._refusals.record("files")
            self._capacity.make_room()
        elif error.errno != errno.ECONNABORTED:
            log.error("Accepting a connection failed: %s. Retrying.", error.strerror)
        await asyncio.sleep(0 if error.errno == errno.ECONNABORTED else self._pause)

    def _open(self, accepted: socket.socket) -> None:
        """Open a connection, or refuse it if the limit is reached and no other can be closed."""
        if not self._capacity.admits(len(self._opening)):
            self._refusals.record("full")
            with accepted, suppress(OSError):
                accepted.settimeout(0)
                accepted.send(_REFUSAL)
            return
        task = asyncio.create_task(self._connect(accepted))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _connect(self, accepted: socket.socket) -> None:
        try:
            self._prepare(accepted)
            await asyncio.get_running_loop().connect_accepted_socket(self._make, accepted)
        except OSError:
            # The client has gone already.
            accepted.close()

    def _prepare(self, accepted: socket.socket) -> None:
        """Set socket options, so that the kernel closes it if the client vanishes or does not read (man tcp)."""
        accepted.settimeout(0)
        # A response is written in pieces, and none may wait for the acknowledgement of the one before.
        accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            milliseconds = max(1, int(self._limits.sending * 1000))
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)
