"""Two processes that both send the same question, for tests of which copy counts, and in which vote."""

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

MessageT = TypeVar("MessageT")

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEACHER, ANN, BEN = (Visitor(number, f"Person {number}", "en", in_private=True) for number in (1, 2, 3))
WRITTEN, CHOSEN = question("q", kind=Typed(("Geneva",))), question("q", kind=TrueFalse(answer=True))
CLASS = 1
GROUP = Spot(-1001)
NUMBERS = count(1)


def handle_commands(service: QuizService, *commands: Command) -> list[OutgoingMessage]:
    """Store and handle commands in one process; return the messages to send."""
    outgoing: list[OutgoingMessage] = []
    for command in commands:
        service.store_updates([Received(next(NUMBERS), chat_lane(command.visitor.id), "{}")])
        outgoing += handle_stored(service, command)
    return outgoing


def handle_stored(service: QuizService, command: Command) -> list[OutgoingMessage]:
    """Handle a command whose update is stored already, such as a deferred vote; return the messages to send."""
    return list(service.process_batch(lambda _body: command, 1).outgoing)


def deliver(
    service: QuizService, sent: Sequence[OutgoingMessage], message_id: int, poll: str = ""
) -> tuple[OutgoingMessage, ...]:
    """Record messages as delivered, with this message id and the poll ids if named; return the messages to send."""
    return service.record_deliveries(
        [
            Delivery(one.id, one.claimed_by, one.chat_id, one.message, message_id, poll and f"{poll} {one.chat_id}")
            for one in sent
        ]
    )


def write_answer(service: QuizService, visitor: Visitor, text: str, message_id: int) -> str:
    """Write an answer; return the name of the reaction, or of the notice that refuses it."""
    first, *_ = handle_commands(service, Write(visitor, text=text, message_id=message_id))
    return first.message.text if isinstance(first.message, Notice) else type(first.message).__name__


@contextmanager
def two_processes(url: str, asked: Question) -> Iterator[tuple[QuizService, QuizService, Database]]:
    """Yield two processes that ask this question; the first counts as dead, so the second can claim its messages."""
    passage, topic = Passage("passage", "Passage", "In words."), Topic("bodies", "Bodies")
    bank = Bank("A bank", "en", "", "", (passage,), (topic,), (asked,))
    with closing(open_database(url)) as database:
        one, other = (QuizService(database, bank, lambda: NOW, UTC) for _ in range(2))
        one.open("quiz_bot")
        one.set_process_number(1)
        other.set_process_number(2)
        yield one, other, database


def begin_class(service: QuizService) -> list[OutgoingMessage]:
    """Open a class with two pupils and ask its question; return the two messages with it."""
    outgoing = handle_commands(service, OpenClass(TEACHER, message_id=1, plan=ClassPlan(count=1, seconds=0)))
    code = next(row.message.code for row in outgoing if isinstance(row.message, ClassOpened))
    for pupil in (ANN, BEN):
        outgoing += handle_commands(service, JoinClass(pupil, code=code), TakeNickname(pupil, session=CLASS))
    deliver(service, outgoing, 5)
    return questions(handle_commands(service, ControlClass(TEACHER, session=CLASS, round=0, control=Control.START)))


def begin_group_quiz(service: QuizService, database: Database) -> list[OutgoingMessage]:
    """Begin a quiz in a group; return the poll with its question."""
    with database.transaction() as unit:
        group = unit.groups.take(GROUP.chat_id)
        group.administrators, group.asked_at = People((TEACHER.id,)), NOW
    plan = ClassPlan(count=1, seconds=0)
    return questions(handle_commands(service, BeginGroupQuiz(TEACHER, spot=GROUP, plan=plan, message_id=1)))


def questions(outgoing: Sequence[OutgoingMessage]) -> list[OutgoingMessage]:
    """Return the questions among these messages."""
    return [row for row in outgoing if isinstance(row.message, AskedQuestion | ClassQuestion | GroupPoll)]


def press(service: QuizService, control: Control, spot: Spot | None = None) -> list[OutgoingMessage]:
    """Press a control button of the first round; deliver all messages but the questions, and return those."""
    outgoing = handle_commands(service, ControlClass(TEACHER, session=CLASS, round=1, control=control, spot=spot))
    asked = questions(outgoing)
    while outgoing:
        outgoing = list(deliver(service, [row for row in outgoing if row not in asked], 6))
        asked += questions(outgoing)
    return asked


def group_vote(voter: Visitor, poll: str, option: int) -> Vote:
    """Create a vote in a poll of the group."""
    return Vote(voter, poll_id=f"{poll} {GROUP.chat_id}", options=(option,))


def notices(outgoing: Sequence[OutgoingMessage]) -> list[str]:
    """Return the names of the texts of the notices among these messages."""
    return [row.message.text for row in outgoing if isinstance(row.message, Notice)]


def deleted_messages(outgoing: Sequence[OutgoingMessage]) -> dict[int, int]:
    """Return the ids of the messages to delete, by chat."""
    return {row.chat_id: row.message.message_id for row in outgoing if isinstance(row.message, DeletedMessage)}


def closed_polls(outgoing: Sequence[OutgoingMessage]) -> dict[int, int]:
    """Return the ids of the messages whose polls are to be closed, by chat."""
    return {row.chat_id: row.message.message_id for row in outgoing if isinstance(row.message, ClosedPoll)}


def in_outbox(database: Database, message_type: type[MessageT]) -> dict[int, MessageT]:
    """Return the last unsent message of a type for each chat, whichever process owns it."""
    query = select(OUTBOX.c.chat_id, OUTBOX.c.body).where(OUTBOX.c.kind == message_type.__name__).order_by(OUTBOX.c.id)
    with database.engine.connect() as connection:
        return {chat_id: decode(message_type, body) for chat_id, body in connection.execute(query)}


def of_type(outgoing: Sequence[OutgoingMessage], message_type: type[Message]) -> list[OutgoingMessage]:
    """Return the messages of a type among these."""
    return [row for row in outgoing if isinstance(row.message, message_type)]


def answers(database: Database) -> list[tuple[int, str, bool]]:
    """Return the stored answers, as (person, answer, whether it is right)."""
    with database.engine.connect() as connection:
        rows = connection.execute(select(ANSWERS.c.person_id, ANSWERS.c.given, ANSWERS.c.right)).all()
    return sorted((person, given, right) for person, given, right in rows)
