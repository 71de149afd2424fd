"""Pending updates of the bot, with Telegram's rules of confirmation, expiry and ``allowed_updates``."""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import Any

# Bot API, Update: every kind of update that this world can create.
KINDS = (
    "message",
    "edited_message",
    "callback_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "message_reaction",
)
# Bot API, getUpdates, allowed_updates: not sent unless listed explicitly.
_ONLY_IF_LISTED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_UPDATE_LIFETIME = timedelta(hours=24)
# Callback queries expire sooner (official server, Client.cpp).
_CALLBACK_QUERY_LIFETIME = timedelta(seconds=150)


@dataclass(frozen=True, slots=True)
class PendingUpdate:
    """One update with the time at which Telegram drops it."""

    id: int
    kind: str
    body: dict[str, Any]
    expires_at: datetime

    def to_json(self) -> dict[str, Any]:
        """Render as the Bot API's Update."""
        return {"update_id": self.id, self.kind: self.body}

    @property
    def queue_key(self) -> str:
        """The chat, poll or person whose updates a webhook gets one at a time (official server, Client.cpp)."""
        match self.kind:
            case "poll" | "poll_answer":
                return f"poll {self.body.get('poll_id') or self.body.get('id')}"
            case "callback_query":
                return f"person {self.body['from']['id']}"
            case _:
                return f"chat {self.body['chat']['id']}"


class UpdateQueue:
    """Queue of the updates that are not confirmed yet. Their ids count up from ``first_id``."""

    def __init__(self, now: Callable[[], datetime], first_id: int) -> None:
        self._now = now
        self._next_id = first_id
        self._pending: deque[PendingUpdate] = deque()
        self._allowed: frozenset[str] = frozenset()
        self._first_expiry: datetime | None = None

    def __len__(self) -> int:
        return len(self._pending)

    def wants(self, kind: str) -> bool:
        """Return whether the bot wants this kind of update."""
        return kind in self._allowed if self._allowed else kind not in _ONLY_IF_LISTED

    @property
    def allowed(self) -> tuple[str, ...]:
        """The kinds that the bot listed, sorted; empty for Telegram's default."""
        return tuple(sorted(self._allowed))

    def allow(self, kinds: tuple[str, ...]) -> None:
        """Set the kinds that the bot wants from now on; pending updates are not affected."""
        self._allowed = frozenset(kinds)

    def add(self, kind: str, body: dict[str, Any]) -> bool:
        """Add an update if its kind is wanted; return whether it was added."""
        if not self.wants(kind):
            return False
        lifetime = _CALLBACK_QUERY_LIFETIME if kind == "callback_query" else _UPDATE_LIFETIME
        forgotten_at = self._now() + lifetime
        self._pending.append(PendingUpdate(self._next_id, kind, body, forgotten_at))
        self._first_expiry = min(self._first_expiry or forgotten_at, forgotten_at)
        self._next_id += 1
        return True

    def fetch(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """Confirm the updates before ``offset``; return up to ``limit`` of the others without removing them.

        A negative offset keeps that many of the newest updates and confirms the rest (Bot API, getUpdates).
        """
        if offset > 0:
            while self._pending and self._pending[0].id < offset:
                self._pending.popleft()
        elif offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        self._drop_expired()
        return [update.to_json() for update in islice(self._pending, limit)]

    def after(self, update_id: int) -> list[PendingUpdate]:
        """Return the pending updates with a higher id, oldest first."""
        return list(takewhile(lambda update: update.id > update_id, reversed(self._pending)))[::-1]

    def is_pending(self, update: PendingUpdate) -> bool:
        """Return whether an update is neither confirmed nor expired."""
        self._drop_expired()
        return update in self._pending

    def confirm(self, update: PendingUpdate) -> None:
        """Confirm one update and no other, as a webhook does."""
        with suppress(ValueError):
            self._pending.remove(update)

    def clear(self) -> None:
        """Drop all pending updates."""
        self._pending.clear()

    def _drop_expired(self) -> None:
        now = self._now()
        if self._first_expiry is not None and now >= self._first_expiry:
            self._pending = deque(update for update in self._pending if update.expires_at > now)
            self._first_expiry = min((update.expires_at for update in self._pending), default=None)
