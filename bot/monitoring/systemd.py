"""Notifications to systemd about the bot's state, over its socket (man sd_notify); without systemd nothing is sent."""

import os
import socket
from collections.abc import Mapping

# Seconds that a notification which is sent only once waits while the socket's queue is full (man unix, "Sockets API").
# Repeated notifications do not wait.
LONGEST_WAIT = 1.0


class Systemd:
    """The service manager, if there is one.

    Args:
        environment: the process' environment, in which systemd sets its socket and its watchdog interval.

    Attributes:
        patience: the watchdog interval in seconds; None without a watchdog.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        # An address in the abstract namespace is written with an @ (man sd_notify).
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        is_for_us = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        patience = environment.get("WATCHDOG_USEC", "")
        self.patience = int(patience) / 1_000_000 if patience.isdecimal() and is_for_us else None

    def ready(self) -> None:
        """Notify systemd that the bot has started."""
        self._send("READY=1", LONGEST_WAIT)

    def alive(self, status: str) -> None:
        """Reset the watchdog, and set the status line."""
        self._send(f"WATCHDOG=1\nSTATUS={status}")

    def unwell(self, status: str) -> None:
        """Set the status line without resetting the watchdog, so that systemd restarts the bot in time."""
        self._send(f"STATUS={status}")

    def stopping(self) -> None:
        """Notify systemd that the bot is stopping."""
        self._send("STOPPING=1", LONGEST_WAIT)

    def _send(self, text: str, patience: float = 0.0) -> None:
        """Send a datagram; wait at most `patience` seconds for a full queue."""
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
                out.settimeout(patience)
                out.sendto(text.encode(), self._address)
        except OSError:
            return
