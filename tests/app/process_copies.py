"""Two processes on one database that ask one question, for tests of copies: which counts, and in which vote."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import TypeVar

from sqlalchemy import select
from strategies import question

from bot.app.commands import (
    BeginGroupQuiz,
    ClassPlan,
    Command,
    Control,
    ControlClass,
    JoinClass,
    OpenClass,
    Spot,
    TakeNickname,
    Visitor,
    Vote,
    Write,
)
from bot.app.dispatch.service import Delivery, OutgoingMessage, QuizService, Received
from bot.app.messages import (
    AskedQuestion,
    ClassOpened,
    ClassQuestion,
    ClosedPoll,
    DeletedMessage,
    GroupPoll,
    Message,
    Notice,
)
from bot.core.kinds.true_false import TrueFalse
from bot.core.kinds.typed import Typed
from bot.core.question import Bank, Passage, Question, Topic
from bot.store.answers import ANSWERS
from bot.store.base import decode
from bot.store.database import Database, open_database
from bot.store.groups import People
from bot.store.inbox import chat_lane
from bot.store.outbox import OUTBOX

MessageShape = TypeVar("MessageShape")

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEACHER, ANN, BEN = (Visitor(number, f"Person {number}", "en", in_private=True) for number in (1, 2, 3))
WRITTEN, CHOSEN = question("q", kind=Typed(("Geneva",))), question("q", kind=TrueFalse(answer=True))
CLASS = 1
GROUP = Spot(-1001)
NUMBERS = count(1)


def hear(service: QuizService, *commands: Command) -> list[OutgoingMessage]:
    """Work what people want in one process; return what it told."""
    told: list[OutgoingMessage] = []
    for command in commands:
        service.store_updates([Received(next(NUMBERS), chat_lane(command.visitor.id), "{}")])
        told += hear_again(service, command)
    return told


def hear_again(service: QuizService, command: Command) -> list[OutgoingMessage]:
    """Work what somebody wants that has come already, such as a vote that stepped aside; return what it told."""
    return list(service.process_batch(lambda _body: command, 1).outgoing)


def note(
    service: QuizService, sent: Sequence[OutgoingMessage], message_id: int, poll: str = ""
) -> tuple[OutgoingMessage, ...]:
    """Report messages to one process as sent, under this number, and as polls if named; return what it told."""
    return service.record_deliveries(
        [
            Delivery(one.id, one.claimed_by, one.chat_id, one.message, message_id, poll and f"{poll} {one.chat_id}")
            for one in sent
        ]
    )


def answered(service: QuizService, visitor: Visitor, text: str, message_id: int) -> str:
    """Write an answer; return the sign that it is taken, or the notice that it is not."""
    first, *_ = hear(service, Write(visitor, text=text, message_id=message_id))
    return first.message.text if isinstance(first.message, Notice) else type(first.message).__name__


@contextmanager
def two_processes(url: str, asked: Question) -> Iterator[tuple[QuizService, QuizService, Database]]:
    """Yield two processes that ask this question; the first passes for dead once the other claims."""
    passage, topic = Passage("passage", "Passage", "In words."), Topic("bodies", "Bodies")
    bank = Bank("A bank", "en", "", "", (passage,), (topic,), (asked,))
    with closing(open_database(url)) as database:
        one, other = (QuizService(database, bank, lambda: NOW, UTC) for _ in range(2))
        one.open("quiz_bot")
        one.set_process_number(1)
        other.set_process_number(2)
        yield one, other, database


def begin_class(service: QuizService) -> list[OutgoingMessage]:
    """Open a class of two pupils and ask its question; return the copies of the question."""
    told = hear(service, OpenClass(TEACHER, message_id=1, plan=ClassPlan(count=1, seconds=0)))
    code = next(row.message.code for row in told if isinstance(row.message, ClassOpened))
    for pupil in (ANN, BEN):
        told += hear(service, JoinClass(pupil, code=code), TakeNickname(pupil, session=CLASS))
    note(service, told, 5)
    return questions(hear(service, ControlClass(TEACHER, session=CLASS, round=0, control=Control.START)))


def begin_group_quiz(service: QuizService, database: Database) -> list[OutgoingMessage]:
    """Start a quiz in a group; return the poll of its question."""
    with database.transaction() as unit:
        group = unit.groups.take(GROUP.chat_id)
        group.administrators, group.asked_at = People((TEACHER.id,)), NOW
    plan = ClassPlan(count=1, seconds=0)
    return questions(hear(service, BeginGroupQuiz(TEACHER, spot=GROUP, plan=plan, message_id=1)))


def questions(told: Sequence[OutgoingMessage]) -> list[OutgoingMessage]:
    """Return the questions among what was told."""
    return [row for row in told if isinstance(row.message, AskedQuestion | ClassQuestion | GroupPoll)]


def press(service: QuizService, control: Control, spot: Spot | None = None) -> list[OutgoingMessage]:
    """Press a control button of the first round; return the questions that are told, and send the rest."""
    told = hear(service, ControlClass(TEACHER, session=CLASS, round=1, control=control, spot=spot))
    asked = questions(told)
    while told:
        told = list(note(service, [row for row in told if row not in asked], 6))
        asked += questions(told)
    return asked


def group_vote(voter: Visitor, poll: str, option: int) -> Vote:
    """Vote in a poll of the group."""
    return Vote(voter, poll_id=f"{poll} {GROUP.chat_id}", options=(option,))


def notices(told: Sequence[OutgoingMessage]) -> list[str]:
    """Return the texts of the notices among what was told."""
    return [row.message.text for row in told if isinstance(row.message, Notice)]


def taken_away(told: Sequence[OutgoingMessage]) -> dict[int, int]:
    """Return the messages that are deleted, by their chats."""
    return {row.chat_id: row.message.message_id for row in told if isinstance(row.message, DeletedMessage)}


def closed_polls(told: Sequence[OutgoingMessage]) -> dict[int, int]:
    """Return the messages whose polls are closed, by their chats."""
    return {row.chat_id: row.message.message_id for row in told if isinstance(row.message, ClosedPoll)}


def in_outbox(database: Database, shape: type[MessageShape]) -> dict[int, MessageShape]:
    """Return the last message of one shape that is still to be sent to each chat, whoever sends it."""
    query = select(OUTBOX.c.chat_id, OUTBOX.c.body).where(OUTBOX.c.kind == shape.__name__).order_by(OUTBOX.c.id)
    with database.engine.connect() as connection:
        return {chat_id: decode(shape, body) for chat_id, body in connection.execute(query)}


def of_shape(told: Sequence[OutgoingMessage], shape: type[Message]) -> list[OutgoingMessage]:
    """Return the messages of one shape among what was told."""
    return [row for row in told if isinstance(row.message, shape)]


def answers(database: Database) -> list[tuple[int, str, bool]]:
    """Return what was answered, by whom, and whether it is right."""
    with database.engine.connect() as connection:
        rows = connection.execute(select(ANSWERS.c.person_id, ANSWERS.c.given, ANSWERS.c.right)).all()
    return sorted((person, given, right) for person, given, right in rows)
