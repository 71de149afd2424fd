"""Dead letters, for an operator to inspect: updates that could not be handled, messages that Telegram refused."""

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
# The body of a dropped update. Its id stays, so that the update is not handled if Telegram repeats it.
_NOTHING = "{}"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An update or a message that was set aside.

    Attributes:
        id: the update's, or the message's number in the outbox.
        at: when an update was set aside, or when a message was created.
        what: an update as JSON, or the class name of a message.
        problem: the text of the error; it may contain names and texts of people.
    """

    id: int
    at: datetime
    what: str
    problem: str


class DeadLetters:
    """The dead letters. A method that takes ids raises LookupError, and changes nothing, if one is no dead letter."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def updates(self) -> tuple[DeadLetter, ...]:
        """Return the updates set aside, in the order of their ids."""
        columns = (INBOX.c.update_id, INBOX.c.done_at, INBOX.c.body, INBOX.c.problem)
        return self._rows(select(*columns).where(_IS_ASIDE).order_by(INBOX.c.update_id))

    def messages(self) -> tuple[DeadLetter, ...]:
        """Return the refused messages, in the order of their ids."""
        columns = (OUTBOX.c.id, OUTBOX.c.created_at, OUTBOX.c.kind, OUTBOX.c.problem)
        return self._rows(select(*columns).where(_IS_REFUSED).order_by(OUTBOX.c.id))

    def requeue(self, ids: Sequence[int]) -> None:
        """Return updates to the queue, as if they had just come."""
        self._check(INBOX.c.update_id, _IS_ASIDE, ids)
        for some in _chunks(ids):
            query = update(INBOX).where(INBOX.c.update_id.in_(some), _IS_ASIDE)
            self._connection.execute(query.values(done_at=None, problem=None, not_before=None, tries=0, deferrals=0))

    def drop_updates(self, ids: Sequence[int]) -> None:
        """Delete the content of these updates. Their ids stay as long as those of handled updates."""
        self._check(INBOX.c.update_id, _IS_ASIDE, ids)
        for some in _chunks(ids):
            query = update(INBOX).where(INBOX.c.update_id.in_(some), _IS_ASIDE)
            self._connection.execute(query.values(body=_NOTHING, problem=None))

    def drop_messages(self, ids: Sequence[int]) -> None:
        """Delete messages."""
        self._check(OUTBOX.c.id, _IS_REFUSED, ids)
        for some in _chunks(ids):
            self._connection.execute(delete(OUTBOX).where(OUTBOX.c.id.in_(some), _IS_REFUSED))

    def delete_old(self, before: datetime, most: int = FORGOTTEN_AT_ONCE) -> int:
        """Delete at most ``most`` dead letters from before this time, the oldest first; return how many."""
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
    """Split ids into chunks that fit into one query."""
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
