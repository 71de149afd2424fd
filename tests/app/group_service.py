"""A quiz in a group and its service; the test decides which messages are delivered, when, and which are lost."""

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
    """Create a bank of true statements."""
    asked = tuple(question(f"q{number}", kind=TrueFalse(answer=True)) for number in range(questions))
    return Bank("A bank", "en", "", "", (Passage("passage", "Passage", "In words."),), (Topic("bodies", "B"),), asked)


class GroupService:
    """A group of a teacher and pupils, and the service that handles its quiz.

    Attributes:
        outgoing: the messages to send that are not recorded as delivered yet.
        now: the current time.
    """

    def __init__(self, database: Database, *, questions: int = 2, administers: bool = True) -> None:
        self.database = database
        self.now = NOW
        self.outgoing: list[OutgoingMessage] = []
        self._bank = bank_of(questions)
        self._commands: list[Command] = []
        self._messages = 10
        self.restart()
        with database.transaction() as unit:
            group = unit.groups.take(SPOT.chat_id)
            group.administrators, group.asked_at = People((TEACHER.id, *([BOT] if administers else ()))), NOW

    def restart(self) -> None:
        """Restart the service, as after a kill: messages not recorded as delivered are to be sent again."""
        self.service = QuizService(self.database, self._bank, lambda: self.now, UTC)
        self.service.open("quiz_bot", BOT)
        self.outgoing = list(self.service.claim_messages().outgoing)

    def receive(self, *commands: Command) -> None:
        """Receive commands, and process all updates that are ready."""
        first = len(self._commands) + 1
        self._commands += commands
        self.service.store_updates(
            [
                Received(first + place, f"chat {one.visitor.id}", str(first + place))
                for place, one in enumerate(commands)
            ]
        )
        self.process_all()

    def process_all(self) -> None:
        """Process all updates that are ready."""
        while (result := self.service.process_batch(lambda body: self._commands[int(body) - 1], 200)).count:
            self.outgoing += result.outgoing

    def advance(self, seconds: float) -> None:
        """Advance the time, process the updates that are ready then, and fire the due deadlines."""
        self.now += timedelta(seconds=seconds)
        self.process_all()
        self.outgoing += self.service.fire_deadlines(self.service.due_sessions())

    def texts(self) -> list[tuple[int, str]]:
        """Return the notices and the answers to presses that are to be sent, as (person, name of the text)."""
        notices = [(one.chat_id, one.message.text) for one in self.outgoing if isinstance(one.message, Notice)]
        return notices + [
            (one.chat_id, one.message.text) for one in self.outgoing if isinstance(one.message, PressAnswer)
        ]

    def messages_of(self, message_type: type[Message]) -> list[OutgoingMessage]:
        """Return the messages of a type that are to be sent."""
        return [one for one in self.outgoing if isinstance(one.message, message_type)]

    def deliver(self, sent: Sequence[OutgoingMessage], **known: object) -> None:
        """Record messages as delivered, with these fields of a delivery, and process the updates that waited for it."""
        for one in sent:
            self._messages += 1
            delivery = {"message_id": self._messages, **known}
            self.outgoing = [other for other in self.outgoing if other.id != one.id]
            follow_up = self.service.record_deliveries(
                [Delivery(one.id, one.claimed_by, one.chat_id, one.message, **delivery)]
            )  # type: ignore[arg-type] # fields of a delivery
            self.outgoing += follow_up
        self.process_all()

    def deliver_poll(self, poll_id: str, message_id: int = 0) -> None:
        """Record that the poll was delivered to the group under this id."""
        (sent,) = self.messages_of(GroupPoll)
        self.deliver([sent], poll_id=poll_id, **({"message_id": message_id} if message_id else {}))

    def begin(self, seconds: int = 0) -> None:
        """Begin a quiz."""
        plan = ClassPlan(count=len(self._bank.questions), seconds=seconds)
        self.receive(BeginGroupQuiz(TEACHER, spot=SPOT, plan=plan, message_id=1))

    def vote(self, poll_id: str, *voters: Visitor) -> None:
        """Receive right votes of these people."""
        self.receive(*(Vote(voter, poll_id=poll_id, options=(0,)) for voter in voters))

    def press(self, control: Control, message_id: int = 0, poll_id: str = "", number: int = 1) -> None:
        """Receive the teacher's press of a button for a round, under this message with this poll."""
        press = (
            Press(f"press {len(self._commands)}", message_id, *([poll_id] if poll_id else ())) if message_id else None
        )
        self.receive(ControlClass(TEACHER, press, session=SESSION, round=number, control=control, spot=SPOT))

    @property
    def state(self) -> ClassState:
        """The state of the quiz."""
        with self.database.transaction() as unit:
            session = unit.sessions.find_class(SESSION)
        assert session
        return session.state

    @property
    def revealed_counts(self) -> list[tuple[int, int]]:
        """The counts that were revealed for closed rounds, as (right, answered)."""
        return [(one.message.right, one.message.answered) for one in self.messages_of(GroupReveal)]  # type: ignore[union-attr] # the shape says it

    def answers(self) -> list[tuple[int, int]]:
        """Return the stored answers, as (round, person)."""
        with self.database.engine.connect() as connection:
            return sorted((row.round, row.person_id) for row in connection.execute(select(ANSWERS)))
