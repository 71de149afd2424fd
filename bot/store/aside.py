"""What was set aside, for an operator to look at: updates that could not be handled, messages that Telegram refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, delete, select, update

from bot.store.base import AT_ONCE
from bot.store.inbox import INBOX
from bot.store.outbox import OUTBOX

# What is left of a dropped update: its id, so that Telegram's repeating it does not bring it back.
_NOTHING = "{}"


@dataclass(frozen=True, slots=True)
class SetAside:
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


class Aside:
    """What was set aside. Where ids are taken, one that is not set aside raises LookupError, and nothing is changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def updates(self) -> tuple[SetAside, ...]:
        """Give the updates set aside, in the order of their ids."""
        return self._rows(INBOX.c.update_id, INBOX.c.done_at, INBOX.c.body, INBOX.c.problem)

    def messages(self) -> tuple[SetAside, ...]:
        """Give the messages refused, in their order."""
        return self._rows(OUTBOX.c.id, OUTBOX.c.created_at, OUTBOX.c.kind, OUTBOX.c.problem)

    def put_back(self, ids: Sequence[int]) -> None:
        """Let updates wait again, as if they had just come."""
        self._check(INBOX.c.update_id, ids)
        for some in _helpings(ids):
            query = update(INBOX).where(INBOX.c.update_id.in_(some), INBOX.c.problem.is_not(None))
            self._connection.execute(query.values(done_at=None, problem=None))

    def drop_updates(self, ids: Sequence[int]) -> None:
        """Forget what these updates say. Their ids are remembered as long as those of updates that were handled."""
        self._check(INBOX.c.update_id, ids)
        for some in _helpings(ids):
            query = update(INBOX).where(INBOX.c.update_id.in_(some), INBOX.c.problem.is_not(None))
            self._connection.execute(query.values(body=_NOTHING, problem=None))

    def drop_messages(self, ids: Sequence[int]) -> None:
        """Forget messages."""
        self._check(OUTBOX.c.id, ids)
        for some in _helpings(ids):
            self._connection.execute(delete(OUTBOX).where(OUTBOX.c.id.in_(some), OUTBOX.c.problem.is_not(None)))

    def forget(self, before: datetime) -> None:
        """Forget whatever was set aside before this moment."""
        for table, since in ((INBOX, INBOX.c.done_at), (OUTBOX, OUTBOX.c.created_at)):
            self._connection.execute(delete(table).where(table.c.problem.is_not(None), since < before))

    def _rows(self, *columns: Column[Any]) -> tuple[SetAside, ...]:
        query = select(*columns).where(columns[-1].is_not(None)).order_by(columns[0])
        return tuple(SetAside(*row) for row in self._connection.execute(query))

    def _check(self, key: Column[int], ids: Sequence[int]) -> None:
        problem = key.table.c.problem
        found: set[int] = set()
        for some in _helpings(ids):
            found.update(self._connection.scalars(select(key).where(key.in_(some), problem.is_not(None))))
        if unknown := sorted(set(ids) - found):
            raise LookupError(", ".join(map(str, unknown)))


def _helpings(ids: Sequence[int]) -> list[Sequence[int]]:
    """Cut ids into as many as one query may hold."""
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
