"""What it costs to withhold the questions of classes: nothing to most people, one query to others."""

from datetime import UTC, datetime

from sentences import BANK, TOPICS
from sqlalchemy import event

from bot.app import commands
from bot.app.commands import ClassPlan, Command, Control, Visitor
from bot.app.dispatch.service import Delivery, QuizService, Received
from bot.app.messages import AskedQuestion, ClassOpened, Message
from bot.store.database import Database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEACHER, ANN = (Visitor(number, f"Person {number}", "en", in_private=True) for number in (1, 2))


class Counted:
    """A bot that counts how often each command reads the classes of somebody."""

    def __init__(self, database: Database) -> None:
        self._service = QuizService(database, BANK, lambda: NOW, UTC)
        self._service.open("quiz_bot")
        self._said: list[str] = []
        self._numbers = 0
        event.listen(
            database.engine, "before_cursor_execute", lambda _one, _two, statement, *_more: self._said.append(statement)
        )

    def tell(self, *asked: Command) -> list[Message]:
        """Carry out commands as one batch, and send what they tell; return that."""
        first = self._numbers + 1
        self._numbers += len(asked)
        self._service.store_updates(
            [Received(first + place, f"chat {place}", str(place)) for place, _ in enumerate(asked)]
        )
        self._said.clear()
        told = list(self._service.process_batch(lambda body: asked[int(body)], len(asked)).outgoing)
        self.queries = sum("JOIN live_classes" in statement for statement in self._said)
        self._service.record_deliveries(
            [Delivery(one.id, one.claimed_by, one.chat_id, one.message, 900 + one.id) for one in told]
        )
        return [one.message for one in told]

    def seats(self, *topics: str) -> None:
        """Open a class on each topic, and seat Ann in all of them."""
        for topic in topics:
            self._numbers += 1
            plan = ClassPlan(topic, 5, 0)
            told = self.tell(commands.OpenClass(TEACHER, plan=plan, message_id=self._numbers))
            code = next(message.code for message in told if isinstance(message, ClassOpened))
            self.tell(commands.JoinClass(ANN, code=code))
            for session in range(1, 9):
                self.tell(commands.TakeNickname(ANN, session=session))
        self.tell(commands.LeaveClass(ANN))

    def begins(self, topic: str = "") -> list[Message]:
        """Have Ann begin a quiz."""
        self._numbers += 1
        return self.tell(commands.BeginQuiz(ANN, topic=topic, count=9, message_id=self._numbers, afresh=True))


def test_who_was_never_in_a_class_costs_no_query(database: Database) -> None:
    """Neither the start of a quiz nor an answer looks for classes of somebody who never had a seat in one."""
    bot = Counted(database)
    bot.begins()
    assert bot.queries == 0
    bot.tell(commands.Write(ANN, text="walrus", message_id=10_000))
    assert bot.queries == 0


def test_a_quiz_costs_one_query_however_many_classes_there_are(database: Database) -> None:
    """All classes of somebody are looked up together, and not at all any more once they are known to have ended."""
    bot = Counted(database)
    bot.seats(*TOPICS[:2])
    asked = [message for message in bot.begins() if isinstance(message, AskedQuestion)]
    assert (bot.queries, len(asked)) == (1, 1)
    for session in (1, 2):
        bot.tell(commands.ControlClass(TEACHER, session=session, round=0, control=Control.END))
    bot.begins()
    assert bot.queries == 1
    bot.begins()
    assert bot.queries == 0


def test_a_batch_of_answers_costs_one_query(database: Database) -> None:
    """Many who left the same class and answer in one batch cost no more than one of them."""
    bot = Counted(database)
    bot.seats(TOPICS[0])
    people = [Visitor(number, f"Person {number}", "en", in_private=True) for number in range(20, 40)]
    with database.transaction() as unit:
        classes = unit.persons.find(ANN.id)
        assert classes
        for one in people:
            unit.persons.add(one.id, one.name, "en", NOW).classes = classes.classes
    begin = [commands.BeginQuiz(one, topic="", count=9, message_id=1) for one in people]
    assert sum(isinstance(message, AskedQuestion) for message in bot.tell(*begin)) == len(people)
    assert bot.queries == 1
