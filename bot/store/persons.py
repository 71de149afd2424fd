"""People: anybody who ever wrote to the bot, with their wishes and where they are."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import BigInteger, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.base import Base, Instant


class Person(Base):
    """One Telegram user.

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
    """

    __tablename__ = "persons"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str]
    language: Mapped[str]
    language_chosen: Mapped[bool] = mapped_column(default=False)
    topic: Mapped[str] = mapped_column(default="")
    count: Mapped[int] = mapped_column(default=0)
    session_id: Mapped[int | None] = mapped_column(BigInteger, default=None)
    best_right: Mapped[int] = mapped_column(default=0)
    best_of: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime] = mapped_column(Instant)


class Persons:
    """The people that a unit of work touches; loaded together, then found without a query."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._loaded: dict[int, Person | None] = {}

    def load(self, ids: Iterable[int]) -> None:
        """Load these people with one query."""
        wanted = set(ids) - self._loaded.keys()
        if wanted:
            self._loaded.update(dict.fromkeys(wanted))
            rows = self._session.scalars(select(Person).where(Person.id.in_(wanted)))
            self._loaded.update({row.id: row for row in rows})

    def find(self, person_id: int) -> Person | None:
        """Give the person with this id, or None."""
        if person_id not in self._loaded:
            self.load((person_id,))
        return self._loaded[person_id]

    def add(self, person: Person) -> Person:
        """Keep a new person."""
        self._session.add(person)
        self._loaded[person.id] = person
        return person
