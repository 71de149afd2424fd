"""A quiz in a group as its desk sees it, with every message in the hands of the test: sent, noted, lost or late."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from strategies import question

from bot.app.commands import BeginGroupQuiz, ClassPlan, Command, Control, ControlClass, Press, Spot, Visitor, Vote
from bot.app.dispatch.service import Delivery, OutgoingMessage, QuizService, Received
from bot.app.messages import GroupPoll, GroupReveal, Message, Notice, PressAnswer
from bot.core.classroom import ClassState
from bot.core.kinds.true_false import TrueFalse
from bot.core.question import Bank, Passage, Topic
from bot.store.answers import ANSWERS
from bot.store.database import Database
from bot.store.groups import People

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BOT = 99
TEACHER, ANN, BEN, ZOE = (Visitor(number, f"Person {number}", "en") for number in (1, 2, 3, 4))
SPOT = Spot(-1001)
SESSION = 1


def bank_of(questions: int) -> Bank:
    """Make a bank of true statements."""
    asked = tuple(question(f"q{number}", kind=TrueFalse(answer=True)) for number in range(questions))
    return Bank("A bank", "en", "", "", (Passage("passage", "Passage", "In words."),), (Topic("bodies", "B"),), asked)


class GroupService:
    """A group of a teacher and pupils, and the process that leads its quiz.

    Attributes:
        told: what is to be sent, and not noted yet.
        now: the time.
    """

    def __init__(self, database: Database, *, questions: int = 2, administers: bool = True) -> None:
        self.database = database
        self.now = NOW
        self.told: list[OutgoingMessage] = []
        self._bank = bank_of(questions)
        self._commands: list[Command] = []
        self._messages = 10
        self.restart()
        with database.transaction() as unit:
            group = unit.groups.take(SPOT.chat_id)
            group.administrators, group.asked_at = People((TEACHER.id, *([BOT] if administers else ()))), NOW

    def restart(self) -> None:
        """Start the process again, as after a kill: what was not noted is to be sent once more."""
        self.service = QuizService(self.database, self._bank, lambda: self.now, UTC)
        self.service.open("quiz_bot", BOT)
        self.told = list(self.service.claim_messages().outgoing)

    def hear(self, *commands: Command) -> None:
        """Have people do something, and the process work what it can of that and of what waits."""
        first = len(self._commands) + 1
        self._commands += commands
        self.service.store_updates(
            [
                Received(first + place, f"chat {one.visitor.id}", str(first + place))
                for place, one in enumerate(commands)
            ]
        )
        self.work()

    def work(self) -> None:
        """Have the process work what is due."""
        while (worked := self.service.process_batch(lambda body: self._commands[int(body) - 1], 200)).count:
            self.told += worked.outgoing

    def passes(self, seconds: float) -> None:
        """Move time on; have what waited be tried again, and what is due happen."""
        self.now += timedelta(seconds=seconds)
        self.work()
        self.told += self.service.fire_deadlines(self.service.due_sessions())

    def texts(self) -> list[tuple[int, str]]:
        """Return the notices that people are to be sent, as (person, name of the text), and the toasts of presses."""
        notices = [(one.chat_id, one.message.text) for one in self.told if isinstance(one.message, Notice)]
        return notices + [(one.chat_id, one.message.text) for one in self.told if isinstance(one.message, PressAnswer)]

    def of(self, shape: type[Message]) -> list[OutgoingMessage]:
        """Return the messages of a shape that are to be sent."""
        return [one for one in self.told if isinstance(one.message, shape)]

    def note(self, sent: Sequence[OutgoingMessage], **known: object) -> None:
        """Have the process note what became of messages, and work what waited for that."""
        for one in sent:
            self._messages += 1
            delivery = {"message_id": self._messages, **known}
            self.told = [other for other in self.told if other.id != one.id]
            settled = self.service.record_deliveries(
                [Delivery(one.id, one.claimed_by, one.chat_id, one.message, **delivery)]
            )  # type: ignore[arg-type] # fields of a delivery
            self.told += settled
        self.work()

    def note_poll(self, poll_id: str, message_id: int = 0) -> None:
        """Have the process note that the poll it sent stands in the group under this id."""
        (sent,) = self.of(GroupPoll)
        self.note([sent], poll_id=poll_id, **({"message_id": message_id} if message_id else {}))

    def begin(self, seconds: int = 0) -> None:
        """Start a quiz."""
        plan = ClassPlan(count=len(self._bank.questions), seconds=seconds)
        self.hear(BeginGroupQuiz(TEACHER, spot=SPOT, plan=plan, message_id=1))

    def vote(self, poll_id: str, *voters: Visitor) -> None:
        """Have people vote rightly."""
        self.hear(*(Vote(voter, poll_id=poll_id, options=(0,)) for voter in voters))

    def press(self, control: Control, message_id: int = 0, poll_id: str = "", number: int = 1) -> None:
        """Have the teacher press a button of a round, under this message, and the poll in it if there is one."""
        press = (
            Press(f"press {len(self._commands)}", message_id, *([poll_id] if poll_id else ())) if message_id else None
        )
        self.hear(ControlClass(TEACHER, press, session=SESSION, round=number, control=control, spot=SPOT))

    @property
    def state(self) -> ClassState:
        """Where the quiz stands."""
        with self.database.transaction() as unit:
            session = unit.sessions.find_class(SESSION)
        assert session
        return session.state

    @property
    def tally(self) -> list[tuple[int, int]]:
        """What was told of the rounds that were closed, as (right, answered)."""
        return [(one.message.right, one.message.answered) for one in self.of(GroupReveal)]  # type: ignore[union-attr] # the shape says it

    def answers(self) -> list[tuple[int, int]]:
        """Return the answers that were kept, as (round, person)."""
        with self.database.engine.connect() as connection:
            return sorted((row.round, row.person_id) for row in connection.execute(select(ANSWERS)))
