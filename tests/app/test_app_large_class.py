"""A large class costs a board and a newcomer as many statements as a small one, and no seats of others are read."""

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


class School:
    """A teacher's class, to which as many pupils come as are wanted; with a count of statements."""

    def __init__(self, database: Database) -> None:
        self.statements = 0
        event.listen(database.engine, "before_execute", lambda *_told: self._count())
        self._database = database
        self._commands: list[Command] = []
        self._service = QuizService(database, BANK, lambda: NOW, UTC)
        self._service.open("quiz_bot")
        opened = self.tell(OpenClass(visitor(TEACHER), plan=ClassPlan(count=1, seconds=0), message_id=1))
        self.code = next(message.code for message in opened if isinstance(message, ClassOpened))
        self._people = 0

    def _count(self) -> None:
        self.statements += 1

    def tell(self, command: Command) -> tuple[Message, ...]:
        """Carry out a command; give what is said, and count the statements of that."""
        self._commands.append(command)
        number = len(self._commands)
        self._service.store_updates([Received(number, f"chat {command.visitor.id}", str(number))])
        self.statements = 0
        return tuple(
            one.message for one in self._service.process_batch(lambda body: self._commands[int(body) - 1], 1).outgoing
        )

    def grow(self, people: int) -> None:
        """Let pupils come until there are so many; the teacher has just seen how many are there."""
        with self._database.transaction() as unit:
            for number in range(self._people + 1, people + 1):
                unit.persons.add(100 + number, "", "en", NOW)
                unit.pupils.add(CLASS, 100 + number, f"Pupil {number}", NOW)
            row = unit.live_classes.find(CLASS)
            assert row
            row.shown_at = NOW
        self._people = people

    def close_round(self) -> None:
        """Put a question and close it, with the pupils in the order of joining."""
        for number, control in enumerate((Control.START, Control.CLOSE)):
            self.tell(ControlClass(visitor(TEACHER), session=CLASS, round=number, control=control))
        with self._database.transaction() as unit:
            for place, pupil in enumerate(unit.pupils.of_class(CLASS), 1):
                pupil.seat = Seat(round=1, seen=1, right=1, points=10, rank=place)

    def tear(self, *, after: int) -> None:
        """Make every seat unreadable but those of so many first places."""
        with self._database.engine.begin() as connection:
            torn = text("UPDATE pupils SET seat = 'torn' WHERE rank NOT BETWEEN 1 AND :place")
            connection.execute(torn, {"place": after})

    def board(self) -> BoardView:
        """Look at the board, and count the statements of that."""
        with self._database.read_only() as unit:
            row = unit.live_classes.find(CLASS)
        assert row
        self.statements = 0
        view = self._service.board(row.key)
        assert view
        return view


def visitor(person: int, name: str = "") -> Visitor:
    """Make a visitor in private."""
    return Visitor(person, name, "en", in_private=True)


def test_a_lobby_reads_no_seat(database: Database) -> None:
    """However many wait, the board names them all, in as many statements."""
    school, taken = School(database), []
    for people in SIZES:
        school.grow(people)
        school.tear(after=0)
        view = school.board()
        assert (view.people, view.nicknames) == (people, tuple(f"Pupil {one}" for one in range(1, people + 1)))
        taken.append(school.statements)
    assert taken[0] == taken[1]


def test_the_standings_read_the_seats_that_they_show(database: Database) -> None:
    """However many were ranked, the board shows the first five, in as many statements."""
    school, taken = School(database), []
    school.grow(SIZES[0])
    school.close_round()
    for people in SIZES:
        school.grow(people)
        school.tear(after=5)
        view = school.board()
        assert (view.scene, view.people) == ("answer", people)
        assert [(one.rank, one.name) for one in view.standings] == [(one, f"Pupil {one}") for one in range(1, 6)]
        taken.append(school.statements)
    assert taken[0] == taken[1]


def test_a_newcomer_reads_no_seat_of_others(database: Database) -> None:
    """However many are in a class, whoever joins is offered a free name and gets a seat, in as many statements."""
    school, taken = School(database), []
    # The first to come also sets when the teacher's controls are shown anew.
    for newcomer, people in enumerate((1, *SIZES), 2):
        school.grow(people)
        school.tear(after=0)
        ann = visitor(newcomer, f"Pupil {people}")
        (wanted,) = school.tell(JoinClass(ann, code=school.code))
        assert isinstance(wanted, NicknameWanted)
        assert wanted.offer in OFFERS
        joining = school.statements
        (seated,) = school.tell(TakeNickname(ann, session=CLASS))
        assert isinstance(seated, Seated)
        assert seated.nickname == wanted.offer
        taken.append((joining, school.statements))
    assert taken[1] == taken[2]
