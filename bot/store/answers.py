"""Answers: everything anybody ever answered, once each, and what each person knows of each question because of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, ForeignKey, Index, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.scoring import Progress
from bot.store.base import Base, Instant, table_of


class GivenAnswer(Base):
    """One answer. Its key is what makes an answer count once, whatever is delivered twice.

    Attributes:
        question_id, version: what was asked: the question's id, and which version of it.
        given: what the person answered, readable.
    """

    __tablename__ = "answers"
    __table_args__ = (Index(None, "person_id", "at"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    question_id: Mapped[str]
    version: Mapped[str]
    right: Mapped[bool]
    given: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)


class Item(Base):
    """What one person knows of one question: the sums over that person's answers to it.

    The key is made of both ids: SQLite finds many single keys by their index, but many pairs only by reading all.
    """

    __tablename__ = "items"

    key: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    question_id: Mapped[str]
    asked: Mapped[int]
    right: Mapped[int]
    last_right: Mapped[bool]
    last_at: Mapped[datetime] = mapped_column(Instant)

    def progress(self) -> Progress:
        """Give the row as the core knows it."""
        return Progress(self.asked, self.right, self.last_right, self.last_at)

    def take(self, progress: Progress) -> None:
        """Become what the core made of it."""
        self.asked, self.right = progress.asked, progress.right
        self.last_right, self.last_at = progress.last_right, progress.last_at


class NewAnswer(NamedTuple):
    """An answer to keep; the fields are the columns of GivenAnswer."""

    session_id: int
    round: int
    person_id: int
    question_id: str
    version: str
    right: bool
    given: str
    at: datetime


class Answers:
    """The answers that a unit of work adds, and the items they change."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._items: dict[str, Item | None] = {}
        self._new: list[NewAnswer] = []

    def load_items(self, pairs: Iterable[tuple[int, str]]) -> None:
        """Load what these people (first) know of these questions (second), with one query."""
        wanted = {_key(*pair) for pair in pairs} - self._items.keys()
        if wanted:
            self._items.update(dict.fromkeys(wanted))
            rows = self._session.scalars(select(Item).where(Item.key.in_(wanted)))
            self._items.update({row.key: row for row in rows})

    def add(self, answer: NewAnswer) -> None:
        """Keep an answer and count it into its item."""
        self._new.append(answer)
        key = _key(answer.person_id, answer.question_id)
        if key not in self._items:
            self.load_items(((answer.person_id, answer.question_id),))
        item = self._items[key]
        if item is None:
            item = self._items[key] = Item(key=key, person_id=answer.person_id, question_id=answer.question_id)
            self._session.add(item)
            item.take(Progress.first(answer.right, answer.at))
        else:
            item.take(item.progress().after(answer.right, answer.at))

    def write(self) -> None:
        """Write what was added so far."""
        if self._new:
            self._session.execute(insert(table_of(GivenAnswer)), [answer._asdict() for answer in self._new])
            self._new.clear()
        self._session.flush()

    def progress(self, person_id: int) -> dict[str, Progress]:
        """Give all that a person knows, by question id."""
        self.write()
        rows = self._session.scalars(select(Item).where(Item.person_id == person_id))
        return {row.question_id: row.progress() for row in rows}

    def moments_since(self, person_id: int, since: datetime) -> tuple[datetime, ...]:
        """Give when a person answered, from ``since`` on."""
        self.write()
        query = select(GivenAnswer.at).where(GivenAnswer.person_id == person_id, GivenAnswer.at >= since)
        return tuple(self._session.scalars(query))


def _key(person_id: int, question_id: str) -> str:
    return f"{person_id} {question_id}"
