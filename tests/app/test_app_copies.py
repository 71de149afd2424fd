"""A question that came twice, because who sent it passed for dead: the first answer to either copy counts."""

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from itertools import count

from postgresql import MakeUrl
from sqlalchemy import select
from strategies import question

from bot.app.commands import (
    ClassPlan,
    Command,
    Control,
    ControlClass,
    JoinClass,
    OpenClass,
    TakeNickname,
    Visitor,
    Write,
)
from bot.app.desk import Delivery, Desk, Outgoing, Received
from bot.app.messages import ClassOpened, ClassQuestion, Notice
from bot.core.kinds.typed import Typed
from bot.core.question import Bank, Passage, Topic
from bot.store.answers import ANSWERS
from bot.store.database import open_database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEACHER, ANN, BEN = (Visitor(number, f"Person {number}", "en", in_private=True) for number in (1, 2, 3))
ASKED = question("q", kind=Typed(("Geneva",)))
BANK = Bank(
    "A bank", "en", "", "", (Passage("passage", "Passage", "In words."),), (Topic("bodies", "Bodies"),), (ASKED,)
)
CLASS = 1
NUMBERS = count(1)


def hear(desk: Desk, *commands: Command) -> list[Outgoing]:
    """Let one process work what people want; give what it told."""
    told: list[Outgoing] = []
    for command in commands:
        desk.receive([Received(next(NUMBERS), "chat 1", "{}")])
        told += desk.work(lambda _body, command=command: command, 1).outgoing
    return told


def note(desk: Desk, sent: Sequence[Outgoing], message_id: int) -> None:
    """Let one process note that messages are there, all under this number."""
    desk.settle([Delivery(one.id, one.claimed_by, one.chat_id, one.message, message_id) for one in sent])


def answered(desk: Desk, visitor: Visitor, text: str, message_id: int) -> str:
    """Let somebody write an answer; give the sign that it is taken, or the notice that it is not."""
    first, *_ = hear(desk, Write(visitor, text=text, message_id=message_id))
    return first.message.text if isinstance(first.message, Notice) else type(first.message).__name__


def test_the_first_answer_to_either_copy_counts(make_postgresql: MakeUrl) -> None:
    """A first copy is noted late, and a second is sent all the same; whoever answers both hears what became of each."""
    with closing(open_database(make_postgresql(""))) as database:
        one, other = (Desk(database, BANK, lambda: NOW, UTC) for _ in range(2))
        one.open("quiz_bot")
        one.join(1)
        other.join(2)
        told = hear(one, OpenClass(TEACHER, message_id=1, plan=ClassPlan(count=1, seconds=0)))
        code = next(row.message.code for row in told if isinstance(row.message, ClassOpened))
        for pupil in (ANN, BEN):
            told += hear(one, JoinClass(pupil, code=code), TakeNickname(pupil, session=CLASS))
        note(one, told, 5)
        asked = hear(one, ControlClass(TEACHER, session=CLASS, round=0, control=Control.START))
        again = [row for row in other.claim().outgoing if isinstance(row.message, ClassQuestion)]
        assert {row.chat_id for row in again} == {ANN.id, BEN.id}
        note(one, asked, 10)
        assert answered(other, ANN, "Paris", 11) == "TakenSign"
        note(other, again, 12)
        assert answered(other, ANN, "Geneva", 13) == "class.answered"
        assert answered(other, BEN, "Geneva", 13) == "TakenSign"
        with database.engine.connect() as connection:
            rows = connection.execute(select(ANSWERS.c.person_id, ANSWERS.c.given, ANSWERS.c.right)).all()
        assert sorted(map(tuple, rows)) == [(ANN.id, "Paris", False), (BEN.id, "Geneva", True)]
