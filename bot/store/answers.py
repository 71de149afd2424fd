"""Answers: everything anybody ever answered, once each, and what each person knows of each question because of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    case,
    func,
    select,
    update,
)

from bot.core.scoring import Progress
from bot.store.base import Identity, Instant, metadata
from bot.store.bulk import Bulk, Insertion, among
from bot.store.persons import Persons

# The key is what makes an answer count once, whatever is delivered twice.
ANSWERS = Table(
    "answers",
    metadata,
    Column("session_id", Identity, ForeignKey("sessions.id"), primary_key=True, autoincrement=False),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("question_id", String, nullable=False),
    Column("version", String, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("given", String, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "person_id", "at"),
)
# What one person knows of one question: the sums over that person's answers to it.
# The key is made of both ids: SQLite finds many single keys by their index, but many pairs only by reading all.
QUESTION_PROGRESS = Table(
    "question_progress",
    metadata,
    Column("key", String, primary_key=True),
    Column("person_id", BigInteger, nullable=False, index=True),
    Column("question_id", String, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("right", Integer, nullable=False),
    Column("last_right", Boolean, nullable=False),
    Column("last_at", Instant, nullable=False),
)
_COUNTS = ("asked", "right", "last_right", "last_at")
_PROGRESS = tuple(QUESTION_PROGRESS.c[name] for name in _COUNTS)
# Made once, for they are needed all the time.
_LOAD_PROGRESS = select(QUESTION_PROGRESS.c.key, *_PROGRESS).where(among(QUESTION_PROGRESS.c.key, "keys"))
_PROGRESS_OF = select(QUESTION_PROGRESS.c.question_id, *_PROGRESS).where(
    QUESTION_PROGRESS.c.person_id == bindparam("person")
)
_ADD_PROGRESS = Insertion(QUESTION_PROGRESS, ("key", "person_id", "question_id", *_COUNTS))
_CHANGE_PROGRESS = Bulk(
    update(QUESTION_PROGRESS).where(QUESTION_PROGRESS.c.key == bindparam("item")), ("item", *_COUNTS)
)


class NewAnswer(NamedTuple):
    """An answer to keep; the fields are the columns.

    Attributes:
        question_id, version: what was asked: the question's id, and which version of it.
        given: what the person answered, readable.
    """

    session_id: int
    round: int
    person_id: int
    question_id: str
    version: str
    right: bool
    given: str
    at: datetime


_ADD_ANSWERS = Insertion(ANSWERS, NewAnswer._fields)


class Answers:
    """The answers that a unit of work adds, and the items they change; those are read once the person is locked.

    Attributes:
        written: how many answers were written so far.
    """

    def __init__(self, connection: Connection, persons: Persons) -> None:
        self._connection = connection
        self._persons = persons
        self.written = 0
        self._answers: list[NewAnswer] = []
        self._items: dict[str, Progress | None] = {}
        self._new: dict[str, tuple[int, str]] = {}
        self._changed: set[str] = set()

    def load_question_progress(self, pairs: Iterable[tuple[int, str]]) -> None:
        """Load what these people (first) know of these questions (second), with one query."""
        asked = set(pairs)
        wanted = {_key(*pair) for pair in asked} - self._items.keys()
        if wanted:
            self._persons.lock(person for person, _ in asked)
            self._items.update(dict.fromkeys(wanted))
            rows = self._connection.execute(_LOAD_PROGRESS, {"keys": wanted})
            self._items.update({key: Progress(*progress) for key, *progress in rows})

    def add(self, answer: NewAnswer) -> None:
        """Keep an answer and count it into its item."""
        self._answers.append(answer)
        key = _key(answer.person_id, answer.question_id)
        if key not in self._items:
            self.load_question_progress(((answer.person_id, answer.question_id),))
        known = self._items[key]
        if known is None:
            self._new[key] = answer.person_id, answer.question_id
            self._items[key] = Progress.first(answer.right, answer.at)
        else:
            self._changed.add(key)
            self._items[key] = known.after(answer.right, answer.at)

    def flush(self) -> None:
        """Write what was added so far."""
        if not self._answers:
            return
        self._persons.flush_new()
        _ADD_ANSWERS.run(self._connection, self._answers)
        new = [(key, person, question, *self._counts(key)) for key, (person, question) in self._new.items()]
        _ADD_PROGRESS.run(self._connection, new)
        changed = [(key, *self._counts(key)) for key in self._changed - self._new.keys()]
        _CHANGE_PROGRESS.run(self._connection, changed)
        self.written += len(self._answers)
        self._answers, self._new, self._changed = [], {}, set()

    def _counts(self, key: str) -> tuple[object, ...]:
        made = self._items[key]
        if made is None:
            raise LookupError(f"nothing is known of item {key}")
        return made.asked, made.right, made.last_right, made.last_at

    def progress(self, person_id: int) -> dict[str, Progress]:
        """Return all that a person knows, by question id."""
        self._persons.lock((person_id,))
        self.flush()
        rows = self._connection.execute(_PROGRESS_OF, {"person": person_id})
        return {question: Progress(*progress) for question, *progress in rows}

    def right_in(self, session_id: int) -> frozenset[tuple[int, str]]:
        """Return the pairs of person and question that were answered right in a session."""
        self.flush()
        query = select(ANSWERS.c.person_id, ANSWERS.c.question_id).where(
            ANSWERS.c.session_id == session_id, ANSWERS.c.right.is_(True)
        )
        return frozenset((person, question) for person, question in self._connection.execute(query))

    def sums_of(self, session_id: int) -> tuple[tuple[str, int, int], ...]:
        """Return, for each answered question of a session, how many answers were right, and how many there were."""
        self.flush()
        right = func.sum(case((ANSWERS.c.right, 1), else_=0))
        query = (
            select(ANSWERS.c.question_id, right, func.count())
            .where(ANSWERS.c.session_id == session_id)
            .group_by(ANSWERS.c.question_id)
        )
        return tuple((question, int(count), int(of)) for question, count, of in self._connection.execute(query))

    def moments_since(self, person_id: int, since: datetime) -> tuple[datetime, ...]:
        """Return when a person answered, from ``since`` on."""
        self.flush()
        query = select(ANSWERS.c.at).where(ANSWERS.c.person_id == person_id, ANSWERS.c.at >= since)
        return tuple(self._connection.scalars(query))


def _key(person_id: int, question_id: str) -> str:
    return f"{person_id} {question_id}"
