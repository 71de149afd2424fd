"""Sessions: one run of a quiz each, with the polls that ask its questions."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, ForeignKey, Index, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.solo import Solo
from bot.store.base import Base, Document, Identity, Instant, table_of


class QuizSession(Base):
    """One run of a quiz.

    Attributes:
        id: the number of the session.
        person_id: whose quiz it is.
        origin: the message that started it (``chat:message``); unique, so that a double tap starts one quiz.
        topic: the id of its topic; empty for mixed.
        state: the state machine's state.
        version: which version of the open round's question was put; None before the first and after the last.
        message_id: the message that put the open round's question last; None until Telegram has taken it.
        deadline: when the clock must look at this session; None while nothing is due.
        started_at: when it began.
    """

    __tablename__ = "sessions"
    __table_args__ = (Index(None, "deadline"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    origin: Mapped[str | None] = mapped_column(unique=True)
    topic: Mapped[str]
    state: Mapped[Solo] = mapped_column(Document(Solo))
    version: Mapped[str | None] = mapped_column(default=None)
    message_id: Mapped[int | None] = mapped_column(BigInteger, default=None)
    deadline: Mapped[datetime | None] = mapped_column(Instant, default=None)
    started_at: Mapped[datetime] = mapped_column(Instant)


class Poll(Base):
    """A poll that was sent: the only way from a vote to its round. A round asked again has several."""

    __tablename__ = "polls"

    id: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"))
    round: Mapped[int]
    message_id: Mapped[int] = mapped_column(BigInteger)


# SQLite takes at most 32,766 values in one query (https://sqlite.org/limits.html), PostgreSQL twice that.
AT_ONCE = 10_000


class SentPoll(NamedTuple):
    """A poll as a plain value; the fields are the columns of Poll, in their order."""

    id: str
    session_id: int
    round: int
    message_id: int


class Sessions:
    """The sessions and polls that a unit of work touches; loaded together, then found without a query."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._loaded: dict[int, QuizSession | None] = {}
        self._polls: dict[str, SentPoll | None] = {}

    def load(self, ids: Iterable[int]) -> None:
        """Load these sessions, with one query for so many."""
        wanted = list(set(ids) - self._loaded.keys())
        self._loaded.update(dict.fromkeys(wanted))
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            rows = self._session.scalars(select(QuizSession).where(QuizSession.id.in_(some)))
            self._loaded.update({row.id: row for row in rows})

    def load_polls(self, ids: Iterable[str]) -> tuple[SentPoll, ...]:
        """Load these polls with one query; give those there are."""
        wanted = set(ids) - self._polls.keys()
        if wanted:
            self._polls.update(dict.fromkeys(wanted))
            table = table_of(Poll)
            rows = self._session.execute(select(table).where(table.c.id.in_(wanted)))
            self._polls.update({row.id: SentPoll(*row) for row in rows})
        return tuple(poll for poll in self._polls.values() if poll)

    def find(self, session_id: int) -> QuizSession | None:
        """Give the session with this number, or None."""
        if session_id not in self._loaded:
            self.load((session_id,))
        return self._loaded[session_id]

    def poll(self, poll_id: str) -> SentPoll | None:
        """Give the poll with this id, or None."""
        if poll_id not in self._polls:
            self.load_polls((poll_id,))
        return self._polls[poll_id]

    def started_by(self, origin: str) -> QuizSession | None:
        """Give the session that this message started, or None."""
        return self._session.scalar(select(QuizSession).where(QuizSession.origin == origin))

    def due(self, now: datetime, limit: int) -> tuple[int, ...]:
        """Give the numbers of sessions whose deadline has come, the longest overdue first."""
        query = select(QuizSession.id).where(QuizSession.deadline <= now).order_by(QuizSession.deadline).limit(limit)
        return tuple(self._session.scalars(query))

    def add(self, quiz: QuizSession) -> QuizSession:
        """Keep a new session and give it its number."""
        self._session.add(quiz)
        self._session.flush()
        self._loaded[quiz.id] = quiz
        return quiz

    def add_polls(self, polls: Sequence[SentPoll]) -> None:
        """Keep polls that were sent."""
        if polls:
            self._session.execute(insert(table_of(Poll)), [poll._asdict() for poll in polls])
