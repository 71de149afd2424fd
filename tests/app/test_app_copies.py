"""A question that came twice, because who sent it passed for dead: an answer to either copy counts."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import count

from postgresql import MakeUrl
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
from bot.app.desk import Delivery, Desk, Outgoing, Received
from bot.app.messages import ClassOpened, ClassQuestion, DeletedMessage, GroupPoll, Notice
from bot.core.kinds.true_false import TrueFalse
from bot.core.kinds.typed import Typed
from bot.core.question import Bank, Passage, Question, Topic
from bot.store.answers import ANSWERS
from bot.store.database import Database, open_database
from bot.store.rooms import People

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEACHER, ANN, BEN = (Visitor(number, f"Person {number}", "en", in_private=True) for number in (1, 2, 3))
WRITTEN, CHOSEN = question("q", kind=Typed(("Geneva",))), question("q", kind=TrueFalse(answer=True))
CLASS = 1
GROUP = Spot(-1001)
NUMBERS = count(1)


def hear(desk: Desk, *commands: Command) -> list[Outgoing]:
    """Let one process work what people want; give what it told."""
    told: list[Outgoing] = []
    for command in commands:
        desk.receive([Received(next(NUMBERS), "chat 1", "{}")])
        told += desk.work(lambda _body, command=command: command, 1).outgoing
    return told


def note(desk: Desk, sent: Sequence[Outgoing], message_id: int, poll: str = "") -> tuple[Outgoing, ...]:
    """Let one process note that messages are there, all under this number, and as polls if named; give what it told."""
    return desk.settle(
        [
            Delivery(one.id, one.claimed_by, one.chat_id, one.message, message_id, poll and f"{poll} {one.chat_id}")
            for one in sent
        ]
    )


def answered(desk: Desk, visitor: Visitor, text: str, message_id: int) -> str:
    """Let somebody write an answer; give the sign that it is taken, or the notice that it is not."""
    first, *_ = hear(desk, Write(visitor, text=text, message_id=message_id))
    return first.message.text if isinstance(first.message, Notice) else type(first.message).__name__


@contextmanager
def two_processes(url: str, asked: Question) -> Iterator[tuple[Desk, Desk, Database]]:
    """Give two processes on one database that ask this question; the first passes for dead once the other claims."""
    passage, topic = Passage("passage", "Passage", "In words."), Topic("bodies", "Bodies")
    bank = Bank("A bank", "en", "", "", (passage,), (topic,), (asked,))
    with closing(open_database(url)) as database:
        one, other = (Desk(database, bank, lambda: NOW, UTC) for _ in range(2))
        one.open("quiz_bot")
        one.join(1)
        other.join(2)
        yield one, other, database


def begin_class(desk: Desk) -> list[Outgoing]:
    """Let a teacher open a class, two pupils join it, and its question be asked; give the copies of the question."""
    told = hear(desk, OpenClass(TEACHER, message_id=1, plan=ClassPlan(count=1, seconds=0)))
    code = next(row.message.code for row in told if isinstance(row.message, ClassOpened))
    for pupil in (ANN, BEN):
        told += hear(desk, JoinClass(pupil, code=code), TakeNickname(pupil, session=CLASS))
    note(desk, told, 5)
    return questions(hear(desk, ControlClass(TEACHER, session=CLASS, round=0, control=Control.START)))


def questions(told: Sequence[Outgoing]) -> list[Outgoing]:
    """Give the questions among what was told."""
    return [row for row in told if isinstance(row.message, ClassQuestion | GroupPoll)]


def press(desk: Desk, control: Control, spot: Spot | None = None) -> list[Outgoing]:
    """Let the teacher press a control button of the first round; give the questions that are told, the rest is sent."""
    told = hear(desk, ControlClass(TEACHER, session=CLASS, round=1, control=control, spot=spot))
    asked = questions(told)
    while told:
        told = list(note(desk, [row for row in told if row not in asked], 6))
        asked += questions(told)
    return asked


def group_vote(voter: Visitor, poll: str, option: int) -> Vote:
    """Vote in a poll of the group."""
    return Vote(voter, poll_id=f"{poll} {GROUP.chat_id}", options=(option,))


def notices(told: Sequence[Outgoing]) -> list[str]:
    """Give the texts of the notices among what was told."""
    return [row.message.text for row in told if isinstance(row.message, Notice)]


def taken_away(told: Sequence[Outgoing]) -> dict[int, int]:
    """Give the messages that are deleted, by their chats."""
    return {row.chat_id: row.message.message_id for row in told if isinstance(row.message, DeletedMessage)}


def answers(database: Database) -> list[tuple[int, str, bool]]:
    """Give what was answered, by whom, and whether it is right."""
    with database.engine.connect() as connection:
        rows = connection.execute(select(ANSWERS.c.person_id, ANSWERS.c.given, ANSWERS.c.right)).all()
    return sorted((person, given, right) for person, given, right in rows)


def test_the_first_answer_to_either_copy_counts(make_postgresql: MakeUrl) -> None:
    """A first copy is noted late, and a second is sent all the same; whoever answers both hears what became of each."""
    with two_processes(make_postgresql(""), WRITTEN) as (one, other, database):
        asked = begin_class(one)
        again = questions(other.claim().outgoing)
        assert {row.chat_id for row in again} == {ANN.id, BEN.id}
        note(one, asked, 10)
        assert answered(other, ANN, "Paris", 11) == "TakenSign"
        note(other, again, 12)
        assert answered(other, ANN, "Geneva", 13) == "class.answered"
        assert answered(other, BEN, "Geneva", 13) == "TakenSign"
        assert answers(database) == [(ANN.id, "Paris", False), (BEN.id, "Geneva", True)]


def test_a_copy_of_the_first_vote_noted_in_the_second_is_taken_away(make_postgresql: MakeUrl) -> None:
    """Votes count in every poll of the second vote, whichever was noted last, and in none of the first."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, database):
        first = begin_class(one)
        note(other, questions(other.claim().outgoing), 10, "first again")
        hear(other, Vote(ANN, poll_id=f"first again {ANN.id}", options=(1,)))
        press(other, Control.DISCUSS)
        second = press(other, Control.NEXT)
        note(other, second, 20, "second")
        late = note(one, first, 11, "first")
        assert taken_away(late) == {ANN.id: 11, BEN.id: 11}
        note(one, late, 6)
        assert notices(hear(other, Vote(ANN, poll_id=f"first {ANN.id}", options=(0,)))) == ["class.late"]
        note(one, second, 21, "second again")
        assert notices(hear(other, Vote(ANN, poll_id=f"second {ANN.id}", options=(0,)))) == []
        assert notices(hear(other, Vote(BEN, poll_id=f"second again {BEN.id}", options=(0,)))) == []
        press(other, Control.CLOSE)
        assert answers(database) == [(ANN.id, "true", True), (BEN.id, "true", True)]


def test_votes_in_either_poll_of_a_group_count(make_postgresql: MakeUrl) -> None:
    """Where a poll stands in a group twice, either takes votes; in the second vote neither takes them any more."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, database):
        with database.transaction() as unit:
            group = unit.groups.take(GROUP.chat_id)
            group.administrators, group.asked_at = People((TEACHER.id,)), NOW
        first = questions(
            hear(one, BeginGroupQuiz(TEACHER, spot=GROUP, plan=ClassPlan(count=1, seconds=0), message_id=1))
        )
        note(other, questions(other.claim().outgoing), 10, "first again")
        note(one, first, 11, "first")
        hear(other, group_vote(ANN, "first", 1), group_vote(BEN, "first again", 1))
        press(other, Control.DISCUSS, GROUP)
        second = press(other, Control.NEXT, GROUP)
        note(other, second, 20, "second")
        note(one, second, 21, "second again")
        hear(other, group_vote(ANN, "second", 0), group_vote(BEN, "first", 0))
        press(other, Control.CLOSE, GROUP)
        assert answers(database) == [(ANN.id, "true", True), (BEN.id, "false", False)]
