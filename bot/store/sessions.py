"""Sessions: one run of a quiz each, alone or by a class, with the polls that ask its questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Generic, NamedTuple, TypeVar, cast

from pydantic import Field
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    select,
)

from bot.core.classroom import ClassState
from bot.core.solo import SoloState
from bot.store.base import Document, Identity, Instant, metadata
from bot.store.bulk import Insertion, among
from bot.store.identity_map import IdentityMap
from bot.store.persons import Persons

# Most sessions are solo, so that is looked for first; no text has both shapes.
AnyState = Annotated[SoloState | ClassState, Field(union_mode="left_to_right")]

SESSIONS = Table(
    "sessions",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("persons.id"), nullable=False),
    Column("origin", String, unique=True),
    Column("topic", String, nullable=False),
    Column("state", Document(AnyState), nullable=False),
    Column("version", String),
    Column("message_id", BigInteger),
    Column("deadline", Instant),
    Column("started_at", Instant, nullable=False),
    Index(None, "deadline"),
    Index(None, "person_id", "started_at"),
)
CHANGING = ("state", "version", "message_id", "deadline")
POLLS = Table(
    "polls",
    metadata,
    Column("id", String, primary_key=True),
    Column("session_id", Identity, ForeignKey("sessions.id"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("vote", Integer, nullable=False, server_default="1"),
    Column("message_id", BigInteger),
    Index(None, "session_id"),
)

# Made once, for they are needed all the time.
_LOAD_POLLS = select(POLLS).where(among(POLLS.c.id, "ids"))
_POLLS_OF_ROUND = select(POLLS).where(
    POLLS.c.session_id == bindparam("session"), POLLS.c.round == bindparam("number"), POLLS.c.message_id.is_not(None)
)
_SINCE = select(SESSIONS.c.id, SESSIONS.c.state).where(
    SESSIONS.c.person_id == bindparam("person"), SESSIONS.c.started_at >= bindparam("since")
)
_STARTED_BY = select(SESSIONS.c.id).where(SESSIONS.c.origin == bindparam("message"))


State = TypeVar("State", SoloState, ClassState)


@dataclass(slots=True)
class Session(Generic[State]):
    """One run of a quiz; the fields are the columns, in their order.

    Attributes:
        id: the number of the session.
        person_id: whose quiz it is: the learner's, or of a class the person's who started it.
        origin: the message that started it (``chat:message``); unique, so that a double tap starts one quiz.
        topic: the id of its topic; empty for mixed.
        state: the state machine's state.
        version: which version of the open round's question was put; None before the first and after the last.
        message_id: the message that put the open round's question last; None until Telegram has taken it, and where the
            pupils of a class have a message each.
        deadline: when the clock must look at this session; None while nothing is due.
        started_at: when it began.
    """

    id: int
    person_id: int
    origin: str | None
    topic: str
    state: State
    version: str | None
    message_id: int | None
    deadline: datetime | None
    started_at: datetime


SoloSession = Session[SoloState]
ClassSession = Session[ClassState]


class SentPoll(NamedTuple):
    """A poll that was sent: the only way from a vote to its round, of which there may be several.

    Attributes:
        vote: in which vote on the question of its round it asks: 1, and one more after each discussion.
        message_id: the message that carries it; None where that was not stored.
    """

    id: str
    session_id: int
    round: int
    vote: int
    message_id: int | None = None


_ADD_POLLS = Insertion(POLLS, SentPoll._fields)


class Sessions(IdentityMap[SoloSession | ClassSession]):
    """The sessions and polls in a unit of work."""

    is_root = True

    def __init__(self, connection: Connection, persons: Persons) -> None:
        super().__init__(connection, SESSIONS, Session, CHANGING, persons)
        self._polls: dict[str, SentPoll | None] = {}

    def add(self, person_id: int, origin: str | None, topic: str, state: State, now: datetime) -> Session[State]:
        """Insert a session."""
        values = {"person_id": person_id, "origin": origin, "topic": topic, "state": state, "started_at": now}
        return cast("Session[State]", self.insert(values))

    def find_solo(self, session_id: int) -> SoloSession | None:
        """Return the solo session with this id, or None."""
        session = self.find(session_id)
        return session if session and isinstance(session.state, SoloState) else None

    def find_class(self, session_id: int) -> ClassSession | None:
        """Return the session of a live class with this id, or None."""
        session = self.find(session_id)
        return session if session and isinstance(session.state, ClassState) else None

    def started_by(self, origin: str) -> int | None:
        """Return the id of the session that this message started, or None."""
        return self._connection.scalar(_STARTED_BY, {"message": origin})

    def due(self, now: datetime, limit: int) -> tuple[int, ...]:
        """Return the ids of sessions whose deadline has passed, the longest overdue first."""
        deadline = SESSIONS.c.deadline
        query = select(SESSIONS.c.id).where(deadline <= now).order_by(deadline).limit(limit)
        return tuple(self._connection.scalars(query))

    def load_polls(self, ids: Iterable[str]) -> tuple[SentPoll, ...]:
        """Load these polls with one query; return those that exist."""
        wanted = set(ids) - self._polls.keys()
        if wanted:
            self._polls.update(dict.fromkeys(wanted))
            rows = self._connection.execute(_LOAD_POLLS, {"ids": wanted})
            self._polls.update({row.id: SentPoll(*row) for row in rows})
        return tuple(poll for poll in self._polls.values() if poll)

    def poll(self, poll_id: str) -> SentPoll | None:
        """Return the poll with this id, or None."""
        if poll_id not in self._polls:
            self.load_polls((poll_id,))
        return self._polls[poll_id]

    def solo_states_since(self, person_id: int, since: datetime) -> dict[int, SoloState]:
        """Return the quizzes that a person began alone since then, by their numbers; lock nothing."""
        self.flush()
        rows = self._connection.execute(_SINCE, {"person": person_id, "since": since})
        return {row.id: row.state for row in rows if isinstance(row.state, SoloState)}

    def class_states_since(self, person_id: int, since: datetime) -> dict[int, ClassState]:
        """Return the classes that a person opened since then, by their numbers; lock nothing."""
        self.flush()
        rows = self._connection.execute(_SINCE, {"person": person_id, "since": since})
        return {row.id: row.state for row in rows if isinstance(row.state, ClassState)}

    def polls_of(self, session_id: int, number: int) -> tuple[SentPoll, ...]:
        """Return every poll of one round whose message is known: a question can be put more than once."""
        rows = self._connection.execute(_POLLS_OF_ROUND, {"session": session_id, "number": number})
        return tuple(SentPoll(*row) for row in rows)

    def reload_poll(self, poll_id: str) -> SentPoll | None:
        """Load a poll again and return it, or None: another process may have stored it meanwhile."""
        if self._locks:
            self._polls.pop(poll_id, None)
        return self.poll(poll_id)

    def add_polls(self, sent: Iterable[SentPoll]) -> None:
        """Store polls that were sent; one may be known already, by a press of a button under it."""
        polls = tuple(sent)
        _ADD_POLLS.add_new(self._connection, polls)
        self._polls.update((poll.id, self._polls.get(poll.id) or poll) for poll in polls)
