"""Pupils: the people of a live class, each with a seat in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

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
    UniqueConstraint,
    bindparam,
    false,
    func,
    select,
    text,
)

from bot.core.classroom import ClassState
from bot.core.seat import Seat
from bot.store.base import Document, Identity, Instant, metadata
from bot.store.bulk import among
from bot.store.identity_map import IdentityMap
from bot.store.persons import Persons
from bot.store.sessions import SESSIONS, Sessions

PUPILS = Table(
    "pupils",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("session_id", Identity, ForeignKey("sessions.id"), nullable=False),
    Column("person_id", BigInteger, ForeignKey("persons.id"), nullable=False),
    Column("nickname", String, nullable=False),
    Column("real_name", String, nullable=False),
    Column("seat", Document(Seat), nullable=False),
    Column("message_id", BigInteger),
    Column("version", String),
    Column("deadline", Instant),
    Column("joined_at", Instant, nullable=False),
    Column("initial", String, nullable=False, server_default=text("''")),
    # These two repeat what nickname and seat say, so that a query can choose by them and need read no seat.
    Column("is_here", Boolean, nullable=False, server_default=false()),
    Column("rank", Integer, nullable=False, server_default="0"),
    UniqueConstraint("session_id", "person_id"),
    Index(None, "deadline"),
    Index(None, "person_id"),
)
CHANGING = ("nickname", "real_name", "seat", "message_id", "version", "deadline", "initial", "is_here", "rank")


@dataclass(slots=True)
class Pupil:
    """One person in one class; the fields are the columns, in their order, except the last two.

    Attributes:
        id: increases in the order of joining.
        session_id, person_id: the class and the person.
        nickname: shown to everybody; empty until it is chosen, and until then the seat is not occupied.
        real_name: shown to the teacher only; empty if it was not requested or not given yet.
        seat: the state of this person's part in the class.
        message_id: the message with the open question; None until it is delivered.
        version: the version of the question in the seat's round.
        deadline: when a private round ends; None outside of one.
        initial: in a group, the first letter of the surname, by which namesakes are told apart; empty for none.
    """

    id: int
    session_id: int
    person_id: int
    nickname: str
    real_name: str
    seat: Seat
    message_id: int | None
    version: str | None
    deadline: datetime | None
    joined_at: datetime
    initial: str

    @property
    def is_here(self) -> bool:
        """Whether a person sits in the seat."""
        return bool(self.nickname) and not self.seat.gone

    @property
    def rank(self) -> int:
        """The place in the standings; 0 for none."""
        return self.seat.rank


class SeatName(NamedTuple):
    """The name of a pupil in a class; the fields are columns."""

    id: int
    nickname: str
    initial: str


def _pupil(*columns: Any) -> Pupil:  # noqa: ANN401 - the columns
    """Create a pupil from a row; the last two columns repeat values of nickname and seat."""
    *own, _is_here, _rank = columns
    return Pupil(*own)


# Made once, for they are needed all the time.
_IN_CLASS = PUPILS.c.session_id == bindparam("class")
_LOAD_SOME = select(PUPILS).where(_IN_CLASS, among(PUPILS.c.person_id, "people"))
_NICKNAMES = select(PUPILS.c.id, PUPILS.c.nickname).where(_IN_CLASS)
_CALLED = select(PUPILS.c.id, PUPILS.c.nickname, PUPILS.c.initial).where(_IN_CLASS).order_by(PUPILS.c.id)
_COUNT_HERE = select(func.count()).where(_IN_CLASS, PUPILS.c.is_here)
_NAMES_HERE = select(PUPILS.c.nickname).where(_IN_CLASS, PUPILS.c.is_here).order_by(PUPILS.c.id)
_ATTENDED = (
    select(SESSIONS.c.id, SESSIONS.c.state, PUPILS.c.seat)
    .join(PUPILS, PUPILS.c.session_id == SESSIONS.c.id)
    .where(PUPILS.c.person_id == bindparam("person"), SESSIONS.c.started_at >= bindparam("since"))
)
_COUNT_RANKED = select(func.count()).where(_IN_CLASS, PUPILS.c.is_here, PUPILS.c.rank == bindparam("place"))
_LEADING = (
    select(PUPILS)
    .where(_IN_CLASS, PUPILS.c.is_here, PUPILS.c.rank > 0)
    .order_by(PUPILS.c.rank, PUPILS.c.id)
    .limit(bindparam("most"))
)


class Pupils(IdentityMap[Pupil]):
    """The pupils in a unit of work; each is read after its class is locked."""

    def __init__(self, connection: Connection, persons: Persons, sessions: Sessions) -> None:
        super().__init__(connection, PUPILS, _pupil, CHANGING, persons)
        self._sessions = sessions
        self._by_person: dict[tuple[int, int], Pupil | None] = {}
        self._whole: dict[int, list[Pupil]] = {}
        self._nicknames: dict[int, dict[int, str]] = {}

    def load(self, ids: Iterable[int]) -> None:
        """Load these pupils."""
        wanted = set(ids) - self._objects.keys()
        if self._locks:
            self._sessions.load(self.classes_of(wanted))
        super().load(wanted)

    def classes_of(self, ids: Iterable[int]) -> frozenset[int]:
        """Return the ids of the classes of these pupils; they never change, so no lock is needed."""
        query = select(PUPILS.c.session_id).where(PUPILS.c.id.in_(tuple(ids))).distinct()
        return frozenset(self._connection.scalars(query))

    def add(self, session_id: int, person_id: int, nickname: str, now: datetime) -> Pupil:
        """Add a person to a class at once."""
        return self._seat(self.insert(_newcomer(session_id, person_id, nickname, now)))

    def add_later(self, session_id: int, person_id: int, nickname: str, now: datetime) -> Pupil:
        """Add a person to a class on the flush, in bulk; the pupil has no id before."""
        if session_id in self._whole:
            return self.add(session_id, person_id, nickname, now)
        return self._seat(self.insert_on_flush(_newcomer(session_id, person_id, nickname, now)))

    def _seat(self, pupil: Pupil) -> Pupil:
        self._by_person[pupil.session_id, pupil.person_id] = pupil
        if pupil.session_id in self._whole:
            self._whole[pupil.session_id].append(pupil)
        return pupil

    def load_some(self, session_id: int, people: Iterable[int]) -> None:
        """Load the pupils of these people in a class, in one query."""
        self._sessions.lock((session_id,))
        wanted = [person for person in set(people) if (session_id, person) not in self._by_person]
        self._by_person.update(dict.fromkeys((session_id, person) for person in wanted))
        if wanted:
            for row in self._connection.execute(_LOAD_SOME, {"class": session_id, "people": wanted}).all():
                self._by_person[session_id, row.person_id] = self._track(row)

    def of_person(self, session_id: int, person_id: int) -> Pupil | None:
        """Return the pupil of a person in a class, or None."""
        if (session_id, person_id) not in self._by_person:
            self.load_some(session_id, (person_id,))
        return self._by_person[session_id, person_id]

    def of_class(self, session_id: int) -> list[Pupil]:
        """Return all pupils who ever joined a class, in the order of joining, including those who left."""
        if session_id not in self._whole:
            self._sessions.lock((session_id,))
            self.flush_new()
            known = {
                pupil.id: pupil for (session, _), pupil in self._by_person.items() if session == session_id and pupil
            }
            query = select(PUPILS).where(PUPILS.c.session_id == session_id).order_by(PUPILS.c.id)
            found = [known.get(row.id) or self._track(row) for row in self._connection.execute(query).all()]
            self._by_person.update({(session_id, pupil.person_id): pupil for pupil in found})
            self._whole[session_id] = found
        return self._whole[session_id]

    def nicknames(self, session_id: int) -> dict[int, str]:
        """Return every nickname of a class by the pupil's id, including pupils who left; reads no seats."""
        self._sessions.lock((session_id,))
        self.flush_new()
        if session_id not in self._nicknames:
            rows = self._connection.execute(_NICKNAMES, {"class": session_id})
            self._nicknames[session_id] = {row.id: row.nickname for row in rows}
        names = self._nicknames[session_id]
        names.update((one.id, one.nickname) for one in self._objects.values() if one and one.session_id == session_id)
        return {number: name for number, name in names.items() if name}

    def count_here(self, session_id: int) -> int:
        """Count the pupils who are present."""
        self._settle(session_id)
        return self._connection.scalars(_COUNT_HERE, {"class": session_id}).one()

    def names_here(self, session_id: int) -> tuple[str, ...]:
        """Return the nicknames of the present pupils, in the order of joining."""
        self._settle(session_id)
        return tuple(self._connection.scalars(_NAMES_HERE, {"class": session_id}))

    def called(self, session_id: int) -> Sequence[Pupil | SeatName]:
        """Return the names of all pupils who ever joined a class, in the order of joining; read no seats."""
        if session_id in self._whole:
            return self._whole[session_id]
        self._settle(session_id)
        return [SeatName(*row) for row in self._connection.execute(_CALLED, {"class": session_id})]

    def leading(self, session_id: int, most: int) -> list[Pupil]:
        """Return the first pupils of the standings, of those present; equal ones in the order of joining."""
        self._settle(session_id)
        return [self._track(row) for row in self._connection.execute(_LEADING, {"class": session_id, "most": most})]

    def count_ranked(self, session_id: int, place: int) -> int:
        """Count the present pupils who share a place of the standings."""
        self._settle(session_id)
        return self._connection.scalars(_COUNT_RANKED, {"class": session_id, "place": place}).one()

    def _settle(self, session_id: int) -> None:
        """Flush, so that a query sees the class as it is within this unit of work."""
        self._sessions.lock((session_id,))
        self.flush()

    def attended_since(self, person_id: int, since: datetime) -> dict[int, tuple[ClassState, Seat]]:
        """Return the classes, opened since then, in which a person has or had a seat, with it; lock nothing."""
        self._sessions.flush()
        self.flush()
        rows = self._connection.execute(_ATTENDED, {"person": person_id, "since": since})
        return {row.id: (row.state, row.seat) for row in rows}

    def due(self, now: datetime, limit: int) -> tuple[int, ...]:
        """Return the ids of classes with a private round whose time has run out."""
        query = select(PUPILS.c.session_id).where(PUPILS.c.deadline <= now).distinct().limit(limit)
        return tuple(self._connection.scalars(query))

    def due_in(self, session_id: int, now: datetime) -> list[Pupil]:
        """Return the pupils of a class whose private round has run out of time."""
        self._settle(session_id)
        query = select(PUPILS).where(PUPILS.c.session_id == session_id, PUPILS.c.deadline <= now).order_by(PUPILS.c.id)
        return [self._track(row) for row in self._connection.execute(query)]


def _newcomer(session_id: int, person_id: int, nickname: str, now: datetime) -> dict[str, Any]:
    return {
        "session_id": session_id,
        "person_id": person_id,
        "nickname": nickname,
        "real_name": "",
        "seat": Seat(),
        "joined_at": now,
        "initial": "",
        "is_here": bool(nickname),
    }
