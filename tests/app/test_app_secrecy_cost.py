"""Cost of withholding questions of classes: no query for a person without a class, one query for others."""

from datetime import UTC, datetime

from sentence_bank import BANK, TOPICS
from sqlalchemy import event

from bot.app import commands
from bot.app.commands import ClassPlan, Command, Control, Visitor
from bot.app.dispatch.service import Delivery, QuizService, Received
from bot.app.messages import AskedQuestion, ClassOpened, Message
from bot.store.database import Database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEACHER, ANN = (Visitor(number, f"Person {number}", "en", in_private=True) for number in (1, 2))


class QueryCounter:
    """A service with a count of the queries for people's classes."""

    def __init__(self, database: Database) -> None:
        self._service = QuizService(database, BANK, lambda: NOW, UTC)
        self._service.open("quiz_bot")
        self._statements: list[str] = []
        self._numbers = 0
        event.listen(
            database.engine,
            "before_cursor_execute",
            lambda _one, _two, statement, *_more: self._statements.append(statement),
        )

    def handle(self, *asked: Command) -> list[Message]:
        """Handle commands as one batch and deliver the messages; return the messages."""
        first = self._numbers + 1
        self._numbers += len(asked)
        self._service.store_updates(
            [Received(first + place, f"chat {place}", str(place)) for place, _ in enumerate(asked)]
        )
        self._statements.clear()
        outgoing = list(self._service.process_batch(lambda body: asked[int(body)], len(asked)).outgoing)
        self.queries = sum("JOIN live_classes" in statement for statement in self._statements)
        self._service.record_deliveries(
            [Delivery(one.id, one.claimed_by, one.chat_id, one.message, 900 + one.id) for one in outgoing]
        )
        return [one.message for one in outgoing]

    def seat_in_classes(self, *topics: str) -> None:
        """Open a class on each topic, and seat Ann in each."""
        for topic in topics:
            self._numbers += 1
            plan = ClassPlan(topic, 5, 0)
            outgoing = self.handle(commands.OpenClass(TEACHER, plan=plan, message_id=self._numbers))
            code = next(message.code for message in outgoing if isinstance(message, ClassOpened))
            self.handle(commands.JoinClass(ANN, code=code))
            for session in range(1, 9):
                self.handle(commands.TakeNickname(ANN, session=session))
        self.handle(commands.LeaveClass(ANN))

    def begin_quiz(self, topic: str = "") -> list[Message]:
        """Begin a solo quiz for Ann."""
        self._numbers += 1
        return self.handle(commands.BeginQuiz(ANN, topic=topic, count=9, message_id=self._numbers, afresh=True))


def test_a_person_without_classes_costs_no_query(database: Database) -> None:
    """Neither a quiz nor an answer of a person who never had a seat queries classes."""
    counter = QueryCounter(database)
    counter.begin_quiz()
    assert counter.queries == 0
    counter.handle(commands.Write(ANN, text="walrus", message_id=10_000))
    assert counter.queries == 0


def test_a_quiz_costs_one_query_for_any_number_of_classes(database: Database) -> None:
    """A quiz loads all classes of a person by one query, and none after the classes are known to have ended."""
    counter = QueryCounter(database)
    counter.seat_in_classes(*TOPICS[:2])
    asked = [message for message in counter.begin_quiz() if isinstance(message, AskedQuestion)]
    assert (counter.queries, len(asked)) == (1, 1)
    for session in (1, 2):
        counter.handle(commands.ControlClass(TEACHER, session=session, round=0, control=Control.END))
    counter.begin_quiz()
    assert counter.queries == 1
    counter.begin_quiz()
    assert counter.queries == 0


def test_a_batch_of_answers_costs_one_query(database: Database) -> None:
    """A batch of commands of many people with the same class takes one query."""
    counter = QueryCounter(database)
    counter.seat_in_classes(TOPICS[0])
    people = [Visitor(number, f"Person {number}", "en", in_private=True) for number in range(20, 40)]
    with database.transaction() as unit:
        classes = unit.persons.find(ANN.id)
        assert classes
        for one in people:
            unit.persons.add(one.id, one.name, "en", NOW).classes = classes.classes
    begin = [commands.BeginQuiz(one, topic="", count=9, message_id=1) for one in people]
    assert sum(isinstance(message, AskedQuestion) for message in counter.handle(*begin)) == len(people)
    assert counter.queries == 1
