"""Secrecy under random actions: pupils never meet the questions of their running class elsewhere."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from secrecy_model import SecrecyModel
from sentence_bank import BANK, SENTENCE_OF, TOPICS

from bot.app import commands
from bot.app.commands import ClassPlan, Control, Press
from bot.app.dispatch.service import QuizService
from bot.app.messages import (
    AskedQuestion,
)
from bot.core.classroom import ClassState, Phase
from bot.store.database import open_database

TEACHERS, PUPILS = (1, 2), (11, 12)
CONTROLS = (*(Control.START, Control.CLOSE, Control.NEXT) * 3, Control.DISCUSS, Control.SKIP, Control.END)


@contextmanager
def _empty_database() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.sqlite3"
        open_database(f"sqlite:///{path}").close()
        yield path


class SecrecyMachine(SecrecyModel, RuleBasedStateMachine):
    """Two teachers and two pupils who act at random, compared with the model of what they may see."""

    empty: Path

    @initialize(
        seed=st.integers(0, 99),
        topics=st.tuples(st.sampled_from(TOPICS), st.sampled_from((*TOPICS, ""))),
        first=st.sampled_from(("quiz", "seat")),
        leads=st.booleans(),
    )
    def begin(self, seed: int, topics: tuple[str, str], first: str, *, leads: bool) -> None:
        """Start the bot with a class of each teacher, a seat for one pupil, and maybe a quiz or a pupil's own class."""
        self.folder = TemporaryDirectory()
        path = Path(self.folder.name) / "bot.sqlite3"
        shutil.copy(self.empty, path)
        self.database = open_database(f"sqlite:///{path}")
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self.service = QuizService(self.database, BANK, lambda: self.now, UTC, rng=Random(seed))  # noqa: S311 - no secrets here
        self.service.open("quiz_bot")
        self.numbers = count(1)
        self.codes: dict[int, str] = {}
        self.leaders: dict[int, int] = {}
        self.seats: dict[int, set[int]] = {one: set() for one in (*TEACHERS, *PUPILS)}
        self.readmitted: dict[int, set[int]] = {one: set() for one in self.seats}
        self.polls: dict[int, dict[int, tuple[str, AskedQuestion]]] = {one: {} for one in self.seats}
        for person in self.seats:
            self._handle(commands.Start(self._visitor(person)))
        for teacher, topic in zip(TEACHERS, topics, strict=True):
            self.open_class(teacher, topic, 4)
        if first == "quiz":
            self.begin_quiz(PUPILS[0], "", afresh=False)
        self._join(PUPILS[0], min(self.codes), named=True)
        if leads:
            self.open_class(PUPILS[1], "", 9)

    def teardown(self) -> None:
        """Close the database."""
        if hasattr(self, "database"):
            self.database.close()
            self.folder.cleanup()

    @rule(
        who=st.sampled_from((*TEACHERS, *TEACHERS, *PUPILS)),
        topic=st.sampled_from((*TOPICS, "")),
        number=st.integers(1, 5),
    )
    def open_class(self, who: int, topic: str, number: int) -> None:
        """Open a class, as a teacher, or as a pupil in order to see answers."""
        plan = ClassPlan(topic, number, 0)
        self._handle(commands.OpenClass(self._visitor(who), plan=plan, message_id=next(self.numbers)))

    @rule(data=st.data(), control=st.sampled_from(CONTROLS))
    def lead(self, data: st.DataObject, control: Control) -> None:
        """Press a control of a class."""
        if running := self._running():
            session = data.draw(st.sampled_from(running))
            visitor, number = self._visitor(self.leaders[session]), self._state(session).round
            self._handle(commands.ControlClass(visitor, session=session, round=number, control=control))

    @rule(data=st.data(), who=st.sampled_from(PUPILS), named=st.booleans())
    def join(self, data: st.DataObject, who: int, *, named: bool) -> None:
        """Join a class by its code, with a nickname or without."""
        self._join(who, data.draw(st.sampled_from(sorted(self.codes))), named=named)

    def _join(self, who: int, session: int, *, named: bool) -> None:
        self._handle(commands.JoinClass(self._visitor(who), code=self.codes[session]))
        if named:
            self._handle(commands.TakeNickname(self._visitor(who), session=session))

    @rule(who=st.sampled_from(PUPILS))
    def take_nickname(self, who: int) -> None:
        """Accept the offered nickname some time after the code, if one is expected."""
        with self.database.transaction() as unit:
            person = unit.persons.find(who)
        if person and person.class_id is not None:
            self._handle(commands.TakeNickname(self._visitor(who), session=person.class_id))

    @rule(who=st.sampled_from(PUPILS))
    def leave(self, who: int) -> None:
        """Leave the class."""
        self._handle(commands.LeaveClass(self._visitor(who)))

    @rule(data=st.data(), who=st.sampled_from(PUPILS), out=st.booleans())
    def remove(self, data: st.DataObject, who: int, *, out: bool) -> None:
        """Remove or readmit a pupil."""
        if running := self._running():
            session = data.draw(st.sampled_from(running))
            with self.database.transaction() as unit:
                pupil = unit.pupils.of_person(session, who)
            if pupil:
                if pupil.seat.removed and not out:
                    self.readmitted[who].add(session)
                shape = commands.RemovePupil if out else commands.ReadmitPupil
                self._handle(shape(self._visitor(self.leaders[session]), pupil=pupil.id))

    @rule(who=st.sampled_from(PUPILS), topic=st.sampled_from((*TOPICS, "")), afresh=st.booleans())
    def begin_quiz(self, who: int, topic: str, *, afresh: bool) -> None:
        """Begin a solo quiz."""
        begin = commands.BeginQuiz(
            self._visitor(who), topic=topic, count=100, message_id=next(self.numbers), afresh=afresh
        )
        self._handle(begin)

    @rule(who=st.sampled_from(PUPILS), topic=st.sampled_from((*TOPICS, "")), session=st.integers(1, 2))
    def look_it_up(self, who: int, topic: str, session: int) -> None:
        """Leave, skip through a solo quiz, and rejoin."""
        self.leave(who)
        self.begin_quiz(who, topic, afresh=True)
        for _ in range(6):
            self.skip(who)
        self._join(who, session, named=True)

    @rule(who=st.sampled_from(PUPILS))
    def resume(self, who: int) -> None:
        """Resume a quiz, some time after its question was asked."""
        self.now += timedelta(minutes=1)
        self._handle(commands.ResumeQuiz(self._visitor(who), Press("1", 1)))

    @rule(who=st.sampled_from(PUPILS))
    def skip(self, who: int) -> None:
        """Skip the open question of a solo quiz."""
        with self.database.transaction() as unit:
            person = unit.persons.find(who)
            quiz = unit.sessions.find_solo(person.session_id) if person and person.session_id else None
            place = (quiz.id, quiz.state.round) if quiz else None
        if place:
            press = Press("1", next(self.numbers))
            self._handle(commands.SkipQuestion(self._visitor(who), press, session=place[0], round=place[1]))

    @rule(data=st.data(), who=st.sampled_from(PUPILS))
    def practise(self, data: st.DataObject, who: int) -> None:
        """Begin a quiz of the questions missed in any session."""
        session = data.draw(st.integers(1, 12))
        self._handle(
            commands.PractiseMissed(
                self._visitor(who), session=session, message_id=next(self.numbers), afresh=data.draw(st.booleans())
            )
        )

    @rule(data=st.data(), who=st.sampled_from(PUPILS))
    def vote(self, data: st.DataObject, who: int) -> None:
        """Vote wrongly in any poll of a solo quiz in the chat."""
        if self.polls[who]:
            poll, _ = self.polls[who][data.draw(st.sampled_from(sorted(self.polls[who])))]
            self._handle(commands.Vote(self._visitor(who), poll_id=poll, options=(1,)))

    @rule(who=st.sampled_from(PUPILS))
    def write(self, who: int) -> None:
        """Write a wrong answer."""
        self._handle(commands.Write(self._visitor(who), text="walrus", message_id=next(self.numbers)))

    @rule(who=st.sampled_from(PUPILS), blocked=st.booleans())
    def block(self, who: int, *, blocked: bool) -> None:
        """Block or unblock the bot."""
        self._handle(commands.Block(self._visitor(who), blocked=blocked))

    @invariant()
    def nobody_leads_what_asks_them(self) -> None:
        """No host of a running class has a seat in another that shares a sentence with it."""
        for session, who in self.leaders.items() if hasattr(self, "leaders") else ():
            state = self._state(session)
            if who in PUPILS and isinstance(state, ClassState) and state.phase is not Phase.FINISHED:
                asked = {SENTENCE_OF[one] for one in state.questions}
                assert asked.isdisjoint(self._withheld(who, except_class=session, with_removed=False))

    @invariant()
    def nobody_takes_part_twice(self) -> None:
        """No pupil takes part in two running classes that share a sentence."""
        for who in PUPILS if hasattr(self, "seats") else ():
            for session in self._taking_part(who):
                asked = {SENTENCE_OF[one] for one in self._state(session).questions}
                assert asked.isdisjoint(self._withheld(who, except_class=session, with_removed=False))

    @invariant()
    def no_open_poll_tells_an_answer(self) -> None:
        """No chat has an unanswered solo poll that a running class of its reader withholds."""
        for who, polls in self.polls.items() if hasattr(self, "polls") else ():
            withheld = self._withheld(who)
            for _, asked in polls.values():
                state = self._state(asked.session)
                if state.round == asked.round:
                    assert SENTENCE_OF[state.questions[asked.round - 1]] not in withheld


def test_pupils_never_meet_questions_of_their_class_elsewhere() -> None:
    """No sequence of joining, leaving, solo quizzes, own classes and open polls reveals an answer too early."""
    with _empty_database() as path:
        SecrecyMachine.empty = path
        run_state_machine_as_test(SecrecyMachine, settings=settings(stateful_step_count=30))
