"""The address of a board: what it shows after the end of its class, for how long, and what is no address at all."""

from datetime import UTC, datetime, timedelta

import pytest
from small_bank import BANK
from strategies.random_generators import seeded_rng

from bot.app.board import SHOWN_AFTER_END, is_key
from bot.app.commands import ClassPlan, Command, Control, ControlClass, OpenClass, Visitor
from bot.app.dispatch.service import QuizService, Received
from bot.core.join_codes import make_secret
from bot.store.database import Database
from bot.store.live_classes import LiveClassRow

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
TEACHER = Visitor(1, "Ms Kim", "en")


class Office:
    """A desk whose clock a test moves, with one class that its teacher ended."""

    def __init__(self, database: Database) -> None:
        self.now = NOW
        self._commands: list[Command] = []
        self.service = QuizService(database, BANK, lambda: self.now, UTC)
        self.service.open("quiz_bot")
        self.tell(OpenClass(TEACHER, plan=ClassPlan(count=1, seconds=0), message_id=1))
        with database.transaction() as unit:
            found = unit.live_classes.find(1)
            assert isinstance(found, LiveClassRow)
            self.key = found.key

    def tell(self, command: Command) -> None:
        """Carry out a command."""
        self._commands.append(command)
        number = len(self._commands)
        self.service.store_updates([Received(number, f"chat {command.visitor.id}", str(number))])
        self.service.process_batch(lambda body: self._commands[int(body) - 1], 1)

    def end(self) -> None:
        """End the class as its teacher does, who is asked whether to."""
        for control in (Control.ASK_END, Control.END):
            self.tell(ControlClass(TEACHER, session=1, round=0, control=control))

    def shows(self) -> str | None:
        """Return the scene of the board; None where it is gone for the page and for its stream."""
        view, stamp = self.service.board(self.key), self.service.board_etag(self.key)
        assert (view is None) == (stamp is None)
        return view.scene if view else None


def test_a_board_is_gone_an_hour_after_its_class(database: Database) -> None:
    """For an hour after the end the final standings are shown; from then on there is no such board."""
    office = Office(database)
    office.now += 5 * HOUR
    assert office.shows() == "lobby"
    office.end()
    ended_at = office.now
    told = []
    for later in (timedelta(0), SHOWN_AFTER_END - SECOND, SHOWN_AFTER_END, timedelta(days=365)):
        office.now = ended_at + later
        told.append(office.shows())
    assert told == ["end", "end", None, None]
    assert SHOWN_AFTER_END == HOUR


@pytest.mark.parametrize(
    "key", ["", "\x00", "a\x00b", "x" * 10_000, "a b", "ключ", "a\n", "%", "\ud800", "' OR 1=1 --"]
)
def test_what_is_no_key_reaches_no_database(key: str, database: Database) -> None:
    """A text that no key can be is no board on either engine, and never an error of the database."""
    office = Office(database)
    assert not is_key(key)
    assert (office.service.board(key), office.service.board_etag(key)) == (None, None)


def test_every_key_that_is_made_is_one() -> None:
    """The keys of boards have the shape that is looked for."""
    assert all(is_key(make_secret(seeded_rng(seed))) for seed in range(1000))
