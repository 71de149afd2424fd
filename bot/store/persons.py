"""People: anybody who ever wrote to the bot, with their wishes and where they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Boolean, Column, Connection, Integer, String, Table, false, select

from bot.store.base import Document, Instant, metadata
from bot.store.bulk import among
from bot.store.identity_map import IdentityMap


@dataclass(frozen=True, slots=True)
class ClassIds:
    """Numbers of live classes."""

    ids: tuple[int, ...] = ()


PERSONS = Table(
    "persons",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("language", String, nullable=False),
    Column("language_chosen", Boolean, nullable=False, default=False),
    Column("topic", String, nullable=False, default=""),
    Column("count", Integer, nullable=False, default=0),
    Column("session_id", BigInteger),
    Column("best_right", Integer, nullable=False, default=0),
    Column("best_of", Integer, nullable=False, default=0),
    Column("since", Instant, nullable=False),
    Column("class_id", BigInteger),
    Column("expected_text", String),
    Column("is_private", Boolean, nullable=False, default=False, server_default=false()),
    Column("classes", Document(ClassIds)),
    Column("wrong_codes", Integer, nullable=False, default=0, server_default="0"),
    Column("wrong_code_at", Instant),
)
CHANGING = (
    "name",
    "language",
    "language_chosen",
    "topic",
    "count",
    "session_id",
    "best_right",
    "best_of",
    "class_id",
    "expected_text",
    "is_private",
    "classes",
    "wrong_codes",
    "wrong_code_at",
)


@dataclass(slots=True)
class Person:
    """One Telegram user; the fields are the columns, in their order.

    Attributes:
        id: the Telegram user id, which is the id of the private chat with this person too.
        name: the first name, as Telegram gives it.
        language: the code of the language the bot speaks with this person.
        language_chosen: True when the person chose it; else it follows Telegram's setting.
        topic: the id of the topic chosen last; empty for mixed.
        count: how many questions were chosen last; 0 before the first choice.
        session_id: the quiz that is open or waits; None between quizzes.
        best_right, best_of: the best finished quiz so far.
        since: when the person first wrote.
        class_id: the live class whose questions come into the private chat; None for none.
        expected_text: what the next text of this person is, e.g. a nickname; None for an answer.
        is_private: whether there is a private chat, in which the bot may write.
        classes: the live classes in which the person has a seat, left or not, and which had not ended when somebody
            looked last; None for none. Kept here so that a quiz of somebody who was never in a class costs no query.
        wrong_codes, wrong_code_at: how many class codes were wrong, and when the last one was.
    """

    id: int
    name: str
    language: str
    language_chosen: bool
    topic: str
    count: int
    session_id: int | None
    best_right: int
    best_of: int
    since: datetime
    class_id: int | None
    expected_text: str | None
    is_private: bool
    classes: ClassIds | None
    wrong_codes: int
    wrong_code_at: datetime | None


class Whereabouts(NamedTuple):
    """Where a person was when last read; the fields are columns."""

    session_id: int | None
    class_id: int | None
    expected_text: str | None


_WHEREABOUTS = select(*(PERSONS.c[name] for name in Whereabouts._fields)).where(among(PERSONS.c.id, "ids"))


class Persons(IdentityMap[Person]):
    """The people in a unit of work."""

    is_root = True

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, PERSONS, Person, CHANGING)

    def whereabouts(self, ids: Iterable[int]) -> tuple[Whereabouts, ...]:
        """Return where these people are, without locking them: their sessions are locked first."""
        return tuple(Whereabouts(*row) for row in self._connection.execute(_WHEREABOUTS, {"ids": set(ids)}))

    def add(self, person_id: int, name: str, language: str, since: datetime) -> Person:
        """Insert a new person."""
        values: dict[str, Any] = {"id": person_id, "name": name, "language": language, "since": since}
        return self.insert_on_flush(values)
