"""What was set aside, for an operator to look at: updates that could not be handled, messages that Telegram refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, delete, select, update

from bot.store.base import AT_ONCE, FORGOTTEN_AT_ONCE
from bot.store.inbox import INBOX
from bot.store.outbox import OUTBOX

# An update is set aside when it is done with a problem.
_IS_ASIDE = INBOX.c.done_at.is_not(None) & INBOX.c.problem.is_not(None)
_IS_REFUSED = OUTBOX.c.problem.is_not(None)
# What is left of a dropped update: its id, so that Telegram's repeating it does not bring it back.
_NOTHING = "{}"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An update or a message that was set aside.

    Attributes:
        id: the update's, or the message's number in the outbox.
        at: when an update was set aside; when a message was told.
        what: an update as JSON; the name of a message's shape.
        problem: why, as it was raised: it may hold names and texts.
    """

    id: int
    at: datetime
    what: str
    problem: str


class DeadLetters:
    """What was set aside. Where ids are taken, one that is not set aside raises LookupError, and nothing is changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def updates(self) -> tuple[DeadLetter, ...]:
        """Give the updates set aside, in the order of their ids."""
        columns = (INBOX.c.update_id, INBOX.c.done_at, INBOX.c.body, INBOX.c.problem)
        return self._rows(select(*columns).where(_IS_ASIDE).order_by(INBOX.c.update_id))

    def messages(self) -> tuple[DeadLetter, ...]:
        """Give the messages refused, in their order."""
        columns = (OUTBOX.c.id, OUTBOX.c.created_at, OUTBOX.c.kind, OUTBOX.c.problem)
        return self._rows(select(*columns).where(_IS_REFUSED).order_by(OUTBOX.c.id))

    def requeue(self, ids: Sequence[int]) -> None:
        """Let updates wait again, as if they had just come."""
        self._check(INBOX.c.update_id, _IS_ASIDE, ids)
        for some in _chunks(ids):
            query = update(INBOX).where(INBOX.c.update_id.in_(some), _IS_ASIDE)
            self._connection.execute(query.values(done_at=None, problem=None, not_before=None, tries=0, deferrals=0))

    def drop_updates(self, ids: Sequence[int]) -> None:
        """Forget what these updates say. Their ids are remembered as long as those of updates that were handled."""
        self._check(INBOX.c.update_id, _IS_ASIDE, ids)
        for some in _chunks(ids):
            query = update(INBOX).where(INBOX.c.update_id.in_(some), _IS_ASIDE)
            self._connection.execute(query.values(body=_NOTHING, problem=None))

    def drop_messages(self, ids: Sequence[int]) -> None:
        """Forget messages."""
        self._check(OUTBOX.c.id, _IS_REFUSED, ids)
        for some in _chunks(ids):
            self._connection.execute(delete(OUTBOX).where(OUTBOX.c.id.in_(some), _IS_REFUSED))

    def delete_old(self, before: datetime, most: int = FORGOTTEN_AT_ONCE) -> int:
        """Delete what was set aside before this time, the oldest first, at most so much; return how much that was."""
        updates = select(INBOX.c.update_id).where(_IS_ASIDE, INBOX.c.done_at < before)
        updates = updates.order_by(INBOX.c.done_at).limit(most)
        deleted = self._connection.execute(delete(INBOX).where(INBOX.c.update_id.in_(updates))).rowcount
        messages = select(OUTBOX.c.id).where(_IS_REFUSED, OUTBOX.c.created_at < before)
        messages = messages.order_by(OUTBOX.c.created_at).limit(most - deleted)
        return deleted + self._connection.execute(delete(OUTBOX).where(OUTBOX.c.id.in_(messages))).rowcount

    def _rows(self, query: Select[Any]) -> tuple[DeadLetter, ...]:
        return tuple(DeadLetter(*row) for row in self._connection.execute(query))

    def _check(self, key: Column[int], is_set_aside: ColumnElement[bool], ids: Sequence[int]) -> None:
        found: set[int] = set()
        for some in _chunks(ids):
            found.update(self._connection.scalars(select(key).where(key.in_(some), is_set_aside)))
        if unknown := sorted(set(ids) - found):
            raise LookupError(", ".join(map(str, unknown)))


def _chunks(ids: Sequence[int]) -> list[Sequence[int]]:
    """Cut ids into as many as one query may hold."""
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
