"""Tells systemd how the bot is, over the socket that it gives (man sd_notify); without systemd it tells nobody."""

import os
import socket
from collections.abc import Mapping

# What is said once waits for so many seconds while the manager has too much unread; man unix, "Sockets API": a full
# queue blocks. What is said again and again does not wait.
LONGEST_WAIT = 1.0


class Systemd:
    """The service manager, if there is one.

    Args:
        environment: of the process; systemd says there where it listens and how often it wants a word.

    Attributes:
        patience: seconds after which systemd takes silence for a fault; None where it does not.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        # An address in the abstract namespace is written with an @ (man sd_notify).
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        is_for_us = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        patience = environment.get("WATCHDOG_USEC", "")
        self.patience = int(patience) / 1_000_000 if patience.isdecimal() and is_for_us else None

    def ready(self) -> None:
        """Say that the bot has started."""
        self._tell("READY=1", LONGEST_WAIT)

    def alive(self, status: str) -> None:
        """Say that the bot moves on, and in a line how it is."""
        self._tell(f"WATCHDOG=1\nSTATUS={status}")

    def unwell(self, status: str) -> None:
        """Say in a line what is wrong; said long enough, systemd starts the bot anew."""
        self._tell(f"STATUS={status}")

    def stopping(self) -> None:
        """Say that the bot ends."""
        self._tell("STOPPING=1", LONGEST_WAIT)

    def _tell(self, words: str, patience: float = 0.0) -> None:
        """Send a datagram; a manager that does not listen must not hold up the bot for longer than this, in seconds."""
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
                out.settimeout(patience)
                out.sendto(words.encode(), self._address)
        except OSError:
            return
