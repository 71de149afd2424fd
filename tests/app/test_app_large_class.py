"""The board and joining take as many statements in a large class as in a small one, and read no other seats."""

from datetime import UTC, datetime

from small_bank import BANK
from sqlalchemy import event, text

from bot.app.board import BoardView
from bot.app.commands import ClassPlan, Command, Control, ControlClass, JoinClass, OpenClass, TakeNickname, Visitor
from bot.app.dispatch.service import QuizService, Received
from bot.app.messages import ClassOpened, Message, NicknameWanted, Seated
from bot.core.seat import Seat
from bot.i18n import LANGUAGES
from bot.store.database import Database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEACHER, CLASS = 1, 1
SIZES = (9, 90)
OFFERS = LANGUAGES["en"].plain("seat.offers").split()


class LargeClass:
    """A class of adjustable size, with a count of database statements."""

    def __init__(self, database: Database) -> None:
        self.statements = 0
        event.listen(database.engine, "before_execute", lambda *_arguments: self._count())
        self._database = database
        self._commands: list[Command] = []
        self._service = QuizService(database, BANK, lambda: NOW, UTC)
        self._service.open("quiz_bot")
        opened = self.handle(OpenClass(visitor(TEACHER), plan=ClassPlan(count=1, seconds=0), message_id=1))
        self.code = next(message.code for message in opened if isinstance(message, ClassOpened))
        self._people = 0

    def _count(self) -> None:
        self.statements += 1

    def handle(self, command: Command) -> tuple[Message, ...]:
        """Handle a command and count its statements; return the messages to send."""
        self._commands.append(command)
        number = len(self._commands)
        self._service.store_updates([Received(number, f"chat {command.visitor.id}", str(number))])
        self.statements = 0
        return tuple(
            one.message for one in self._service.process_batch(lambda body: self._commands[int(body) - 1], 1).outgoing
        )

    def grow(self, people: int) -> None:
        """Add pupils up to this number; the teacher's controls are up to date."""
        with self._database.transaction() as unit:
            for number in range(self._people + 1, people + 1):
                unit.persons.add(100 + number, "", "en", NOW)
                unit.pupils.add(CLASS, 100 + number, f"Pupil {number}", NOW)
            row = unit.live_classes.find(CLASS)
            assert row
            row.shown_at = NOW
        self._people = people

    def close_round(self) -> None:
        """Ask a question and close it; rank the pupils in the order of joining."""
        for number, control in enumerate((Control.START, Control.CLOSE)):
            self.handle(ControlClass(visitor(TEACHER), session=CLASS, round=number, control=control))
        with self._database.transaction() as unit:
            for place, pupil in enumerate(unit.pupils.of_class(CLASS), 1):
                pupil.seat = Seat(round=1, seen=1, right=1, points=10, rank=place)

    def corrupt_seats(self, *, after: int) -> None:
        """Corrupt the stored seats, except those of the first ``after`` ranks."""
        with self._database.engine.begin() as connection:
            corrupt = text("UPDATE pupils SET seat = 'corrupt' WHERE rank NOT BETWEEN 1 AND :place")
            connection.execute(corrupt, {"place": after})

    def load_board(self) -> BoardView:
        """Load the board and count its statements."""
        with self._database.read_only() as unit:
            row = unit.live_classes.find(CLASS)
        assert row
        self.statements = 0
        view = self._service.board(row.key)
        assert view
        return view


def visitor(person: int, name: str = "") -> Visitor:
    """Create a visitor in a private chat."""
    return Visitor(person, name, "en", in_private=True)


def test_a_lobby_board_reads_no_seats(database: Database) -> None:
    """The board in the lobby lists all pupils without reading a seat, in a constant number of statements."""
    live_class, taken = LargeClass(database), []
    for people in SIZES:
        live_class.grow(people)
        live_class.corrupt_seats(after=0)
        view = live_class.load_board()
        assert (view.people, view.nicknames) == (people, tuple(f"Pupil {one}" for one in range(1, people + 1)))
        taken.append(live_class.statements)
    assert taken[0] == taken[1]


def test_standings_read_only_the_seats_that_they_show(database: Database) -> None:
    """The board shows the first five pupils by reading only their seats, in a constant number of statements."""
    live_class, taken = LargeClass(database), []
    live_class.grow(SIZES[0])
    live_class.close_round()
    for people in SIZES:
        live_class.grow(people)
        live_class.corrupt_seats(after=5)
        view = live_class.load_board()
        assert (view.scene, view.people) == ("answer", people)
        assert [(one.rank, one.name) for one in view.standings] == [(one, f"Pupil {one}") for one in range(1, 6)]
        taken.append(live_class.statements)
    assert taken[0] == taken[1]


def test_joining_reads_no_seats_of_other_pupils(database: Database) -> None:
    """A newcomer is offered a free nickname and gets a seat in a constant number of statements."""
    live_class, taken = LargeClass(database), []
    # The first newcomer also schedules the refresh of the teacher's controls, so it is not compared.
    for newcomer, people in enumerate((1, *SIZES), 2):
        live_class.grow(people)
        live_class.corrupt_seats(after=0)
        ann = visitor(newcomer, f"Pupil {people}")
        (wanted,) = live_class.handle(JoinClass(ann, code=live_class.code))
        assert isinstance(wanted, NicknameWanted)
        assert wanted.offer in OFFERS
        joining = live_class.statements
        (seated,) = live_class.handle(TakeNickname(ann, session=CLASS))
        assert isinstance(seated, Seated)
        assert seated.nickname == wanted.offer
        taken.append((joining, live_class.statements))
    assert taken[1] == taken[2]
