"""Updates waiting for the bot, with Telegram's rules of confirming, forgetting and choosing kinds."""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import Any

# Bot API, Update: every kind of update this world can make.
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
# Bot API, getUpdates, allowed_updates: left out unless asked for by name.
_ONLY_BY_NAME = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_KEPT = timedelta(hours=24)
# Presses of buttons are forgotten sooner (official server, Client.cpp).
_PRESSES_KEPT = timedelta(seconds=150)


@dataclass(frozen=True, slots=True)
class PendingUpdate:
    """One update and when Telegram forgets it."""

    id: int
    kind: str
    body: dict[str, Any]
    expires_at: datetime

    def to_json(self) -> dict[str, Any]:
        """Render as the Bot API's Update."""
        return {"update_id": self.id, self.kind: self.body}

    @property
    def queue_key(self) -> str:
        """The chat, poll or presser of it: a webhook gets those of each one at a time (official server, Client.cpp)."""
        match self.kind:
            case "poll" | "poll_answer":
                return f"poll {self.body.get('poll_id') or self.body.get('id')}"
            case "callback_query":
                return f"person {self.body['from']['id']}"
            case _:
                return f"chat {self.body['chat']['id']}"


class UpdateQueue:
    """What has happened and is not confirmed yet. Ids rise by one from ``first_id``."""

    def __init__(self, now: Callable[[], datetime], first_id: int) -> None:
        self._now = now
        self._next_id = first_id
        self._pending: deque[PendingUpdate] = deque()
        self._allowed: frozenset[str] = frozenset()
        self._first_expiry: datetime | None = None

    def __len__(self) -> int:
        return len(self._pending)

    def wants(self, kind: str) -> bool:
        """Say whether the bot asked for this kind of update."""
        return kind in self._allowed if self._allowed else kind not in _ONLY_BY_NAME

    @property
    def allowed(self) -> tuple[str, ...]:
        """The kinds asked for by name, sorted; empty for the usual ones."""
        return tuple(sorted(self._allowed))

    def allow(self, kinds: tuple[str, ...]) -> None:
        """Remember which kinds the bot wants from now on; what waits already is not affected."""
        self._allowed = frozenset(kinds)

    def add(self, kind: str, body: dict[str, Any]) -> bool:
        """Let an update wait, if its kind is wanted; say whether it does."""
        if not self.wants(kind):
            return False
        kept = _PRESSES_KEPT if kind == "callback_query" else _KEPT
        forgotten_at = self._now() + kept
        self._pending.append(PendingUpdate(self._next_id, kind, body, forgotten_at))
        self._first_expiry = min(self._first_expiry or forgotten_at, forgotten_at)
        self._next_id += 1
        return True

    def fetch(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """Confirm what lies before ``offset`` and give up to ``limit`` of the rest, without removing them.

        A negative offset keeps that many of the latest and confirms all before them (Bot API, getUpdates).
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
        """Give what waits and came after an update, the oldest first."""
        return list(takewhile(lambda update: update.id > update_id, reversed(self._pending)))[::-1]

    def is_pending(self, update: PendingUpdate) -> bool:
        """Say whether an update still waits: it was neither confirmed nor forgotten."""
        self._drop_expired()
        return update in self._pending

    def confirm(self, update: PendingUpdate) -> None:
        """Take out one update that has arrived, whatever waits before it; posted updates are confirmed one by one."""
        with suppress(ValueError):
            self._pending.remove(update)

    def clear(self) -> None:
        """Forget everything that waits."""
        self._pending.clear()

    def _drop_expired(self) -> None:
        now = self._now()
        if self._first_expiry is not None and now >= self._first_expiry:
            self._pending = deque(update for update in self._pending if update.expires_at > now)
            self._first_expiry = min((update.expires_at for update in self._pending), default=None)
