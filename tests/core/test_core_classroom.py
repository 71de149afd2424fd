"""The live class as a state machine, with its seats, and its diagram in the documentation."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from strategies import allowances, dice, waits

from bot.core import effects, events
from bot.core.classroom import (
    GRACE,
    PATIENCE,
    QUIET_ROUNDS,
    READING,
    TRANSITIONS,
    Classroom,
    Outcome,
    Phase,
    begin,
    step,
)
from bot.core.errors import MoveRefusedError
from bot.core.extra import Extra, Pause
from bot.core.seat import (
    BONUS,
    POINTS,
    UNTIMED,
    USUAL,
    Reply,
    Seat,
    allow,
    annul,
    arrive,
    begin_at,
    come_back,
    deadline,
    departure,
    is_private,
    leave,
    next_private_round,
    points_for,
    put,
    put_private,
    reply,
    settle,
    stays_open,
    takes_answer,
)
from bot.core.standings import rank
from bot.store.base import decode, encode

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
EVENTS = get_args(events.ClassEvent)
REFUSED = {(phase, event) for phase in Phase for event in EVENTS} - set(TRANSITIONS)
NEVER = {event for event in EVENTS if not any((phase, event) in TRANSITIONS for phase in Phase)}


def happened(event: type) -> events.ClassEvent:
    """Make an event of this type, of somebody whom the room waits for."""
    values = {
        events.QuestionPut: (2, 2),
        events.QuestionLost: (True,),
        events.Replied: (True,),
        events.Left: (True, True),
        events.TimeAdded: (30,),
        events.Withdrawn: (1,),
    }
    return event(*values.get(event, ()))


def room_in(phase: Phase = Phase.ASKING, closed: int = 0, **fields: object) -> Classroom:
    """Make a class of two questions in this phase, a minute a round, whose question is with both its pupils."""
    room = begin(("q1", "q2"), NOW, seconds=60, bonus=False, together=False)
    outcomes = (Outcome.COUNTED,) * (2 if phase is Phase.FINISHED else closed)
    put_to = {"copies": 2, "awaited": 2, "arrived_at": NOW} if phase in (Phase.ASKING, Phase.HELD) else {}
    usual = {"phase": phase, "outcomes": outcomes, "extras": (Extra(),) * len(outcomes), **put_to}
    return replace(room, **{**usual, **fields})


def walk(room: Classroom, *happenings: events.ClassEvent, now: datetime = NOW) -> Classroom:
    """Let one event happen after the other, all at one moment."""
    for event in happenings:
        room, _ = step(room, event, now)
    return room


def test_no_event_is_left_out_of_the_table() -> None:
    """Every event of a class has a move in some phase, and once finished, nothing has."""
    assert set() == NEVER
    assert {(Phase.FINISHED, event) for event in EVENTS} <= REFUSED


@pytest.mark.parametrize(("phase", "event"), sorted(REFUSED, key=lambda pair: (pair[0], pair[1].__name__)))
def test_what_the_table_lacks_is_refused_by_name(phase: Phase, event: type) -> None:
    """An event that has no move in a phase is refused with the names of both."""
    with pytest.raises(MoveRefusedError, match=f"{event.__name__} is refused while {phase}") as refusal:
        step(room_in(phase, closed=1), happened(event), NOW)
    assert (refusal.value.phase, refusal.value.event) == (phase, event.__name__)


@pytest.mark.parametrize(("phase", "event"), sorted(TRANSITIONS, key=lambda pair: (pair[0], pair[1].__name__)))
def test_moves_lead_where_the_table_says(phase: Phase, event: type) -> None:
    """A move leads to exactly the phases that the table names for it: no other, and to each of them from some state."""
    closed = (0,) if phase is Phase.GATHERING else (1, 2) if phase in (Phase.REVEALED, Phase.RESTING) else (0, 1)
    varied = (
        *({}, {"answered": 1, "awaited": 1}, {"answered": 1, "awaited": 0}),
        *({"together": True}, {"quiet": QUIET_ROUNDS}, {"coming": 1}),
    )
    rooms = [room_in(phase, count, **fields) for count in closed for fields in varied]
    much_later = NOW + timedelta(hours=1)
    reached = {step(room, happened(event), now)[0].phase for room in rooms for now in (NOW, much_later)}
    assert reached == set(TRANSITIONS[phase, event].leads_to)


def test_a_class_gathers_until_it_is_started() -> None:
    """A new class has no round and no deadline; the start asks the first question."""
    room = begin(("q1", "q2"), NOW, seconds=60, bonus=True, together=False)
    assert (room.phase, room.round, room.is_open, room.deadline) == (Phase.GATHERING, 0, False, None)
    started, todo = step(room, events.Started(), NOW)
    assert (started.phase, started.round, todo) == (Phase.ASKING, 1, (effects.AskQuestion(1),))


def test_a_class_needs_a_question() -> None:
    """A class of no questions cannot be opened."""
    with pytest.raises(ValueError, match="at least one question"):
        begin((), NOW, seconds=0, bonus=False, together=True)


def test_a_bonus_needs_a_clock() -> None:
    """Where the teacher says when, there is nothing to measure quickness against, and no bonus."""
    assert not begin(("q1",), NOW, seconds=0, bonus=True, together=False).bonus
    assert begin(("q1",), NOW, seconds=20, bonus=True, together=False).bonus


def test_a_round_closes_when_all_have_answered() -> None:
    """The last answer that the room waits for closes the round; the one before it does not."""
    room, todo = step(room_in(), events.Replied(awaited=True), NOW)
    assert (room.phase, room.awaited, room.answered, todo) == (Phase.ASKING, 1, 1, ())
    room, todo = step(room, events.Replied(awaited=True), NOW)
    assert (room.phase, room.outcomes, todo) == (Phase.REVEALED, (Outcome.COUNTED,), (effects.CloseRound(1),))


def test_who_leaves_is_not_waited_for() -> None:
    """When the last that the room waits for leaves, the round closes with the answers there are."""
    room = walk(room_in(), events.Replied(awaited=True))
    left, todo = step(room, events.Left(awaited=True, coming=False), NOW)
    assert (left.phase, todo) == (Phase.REVEALED, (effects.CloseRound(1),))


def test_an_empty_class_closes_nothing() -> None:
    """Where all leave without an answer, the round stays open for whoever comes, until its time is out."""
    gone = events.Left(awaited=True, coming=False)
    room = walk(room_in(), gone, gone)
    assert (room.phase, room.awaited, room.deadline) == (Phase.ASKING, 0, NOW + 60 * SECOND + GRACE)


def test_who_leaves_takes_the_open_answer_along() -> None:
    """An answer of somebody who left is not among those given; who stays is still waited for."""
    room = walk(room_in(), events.Replied(awaited=True), events.Left(awaited=False, coming=False, answered=True))
    assert (room.phase, room.answered, room.awaited) == (Phase.ASKING, 0, 1)


def test_an_answer_that_nobody_waits_for_closes_nothing() -> None:
    """Where all were silent for long, the first to answer does not cut the others short."""
    room, todo = step(room_in(awaited=0), events.Replied(awaited=False), NOW)
    assert (room.phase, room.answered, todo) == (Phase.ASKING, 1, ())


def test_a_group_waits_for_nobody_by_name() -> None:
    """In a group, where nobody knows who is there, votes alone close no round."""
    room = room_in(together=True, copies=1, awaited=0)
    assert walk(room, *[events.Replied(awaited=False)] * 5).phase is Phase.ASKING


def test_time_runs_from_the_last_first_copy() -> None:
    """A round lasts its seconds and the grace from the latest arrival; a copy still on its way is waited for."""
    room = walk(room_in(arrived_at=None, copies=2, coming=2))
    assert room.deadline is None
    room, _ = step(room, events.QuestionArrived(), NOW + 5 * SECOND)
    assert (room.coming, room.deadline) == (1, NOW + 65 * SECOND + GRACE + PATIENCE)
    room, _ = step(room, events.QuestionArrived(), NOW + 9 * SECOND)
    assert (room.coming, room.deadline, room.ends_at) == (0, NOW + 69 * SECOND + GRACE, NOW + 69 * SECOND)


def test_a_clock_set_back_takes_no_time_away() -> None:
    """An arrival that seems earlier than the one before moves the end of the round nowhere."""
    room = walk(room_in(coming=1), events.QuestionArrived(), now=NOW - 30 * SECOND)
    assert room.deadline == NOW + 60 * SECOND + GRACE


def test_a_lost_copy_is_not_waited_for() -> None:
    """When the last copy on its way is lost, time runs for whoever comes; its pupil is not waited for."""
    room = walk(room_in(arrived_at=None, coming=1, awaited=1), events.QuestionLost(awaited=True))
    assert (room.coming, room.awaited, room.deadline) == (0, 0, NOW + 60 * SECOND + GRACE)


def test_nobody_there_is_no_reason_to_wait_for_ever() -> None:
    """A question put to nobody runs out in its time."""
    room = walk(begin(("q1",), NOW, seconds=20, bonus=False, together=False), events.Started())
    assert walk(room, events.QuestionPut(copies=0, awaited=0)).deadline == NOW + 20 * SECOND + GRACE


@pytest.mark.parametrize("early", [SECOND, GRACE + SECOND, 61 * SECOND])
def test_an_early_clock_changes_nothing(early: timedelta) -> None:
    """A clock that strikes before the deadline, as it may after time was added, closes no round and ends no reading."""
    asking, read = room_in(), room_in(Phase.REVEALED, closed=1)
    for room in (asking, read):
        assert room.deadline
        assert step(room, events.TimeRanOut(), room.deadline - early) == (room, ())
    assert step(room_in(seconds=0), events.TimeRanOut(), NOW + timedelta(days=1)) == (room_in(seconds=0), ())


def test_time_closes_a_round() -> None:
    """At the deadline the round closes, and after a time for reading the next question comes."""
    asking = room_in(answered=1)
    assert asking.deadline
    closed, todo = step(asking, events.TimeRanOut(), asking.deadline)
    assert (closed.phase, closed.awaited, todo) == (Phase.REVEALED, 0, (effects.CloseRound(1),))
    assert closed.deadline == asking.deadline + READING
    going_on, todo = step(closed, events.TimeRanOut(), closed.deadline)
    assert (going_on.phase, going_on.answered, todo) == (Phase.ASKING, 0, (effects.AskQuestion(2),))


def test_the_teacher_says_when() -> None:
    """Without seconds nothing happens by itself; the teacher closes the round and asks the next question."""
    room = room_in(seconds=0)
    assert room.deadline is None
    room, todo = step(room, events.WentOn(), NOW)
    assert (room.phase, room.deadline, todo) == (Phase.REVEALED, None, (effects.CloseRound(1),))
    assert step(room, events.WentOn(), NOW)[1] == (effects.AskQuestion(2),)


def test_two_quiet_rounds_pause_the_class() -> None:
    """When two rounds pass without an answer the class waits for the teacher, and then starts counting anew."""
    late = NOW + timedelta(hours=1)
    room = walk(room_in(questions=("q1", "q2", "q3", "q4")), events.TimeRanOut(), events.WentOn(), now=late)
    room = replace(room, copies=2, arrived_at=NOW)
    resting, todo = step(room, events.TimeRanOut(), late)
    assert (resting.phase, resting.deadline) == (Phase.RESTING, None)
    assert todo == (effects.CloseRound(2), effects.TellPause(quiet=True))
    assert walk(resting, events.Resumed()).quiet == 0


def test_an_answer_ends_the_quiet() -> None:
    """A round with an answer, or taken back by a teacher who is there, makes the count of quiet rounds start anew."""
    assert walk(room_in(quiet=1, answered=1), events.WentOn()).quiet == 0
    assert walk(room_in(quiet=1), events.LetGo()).quiet == 0


def test_the_last_round_does_not_pause() -> None:
    """After the last round nothing is left to wait for: a quiet class ends by itself."""
    room = walk(room_in(closed=1, quiet=1), events.TimeRanOut(), now=NOW + timedelta(hours=1))
    assert (room.phase, room.deadline) == (Phase.REVEALED, NOW + timedelta(hours=1) + READING)
    assert step(room, events.TimeRanOut(), room.deadline)[1] == (effects.FinishClass(),)


def test_a_pause_is_no_part_of_the_time() -> None:
    """A held round has no deadline, takes answers, and goes on with the time it had left."""
    held = walk(room_in(), events.Stopped(), now=NOW + 20 * SECOND)
    assert (held.phase, held.deadline, held.takes_answers) == (Phase.HELD, None, True)
    held = walk(held, events.Replied(awaited=True))
    assert walk(held, events.Resumed(), now=NOW + 50 * SECOND).deadline == NOW + 90 * SECOND + GRACE


def test_a_pause_before_the_arrival_adds_nothing() -> None:
    """Who gets the question after a pause has the usual time, and during one has it from its end."""
    room = room_in(coming=1)
    held = walk(room, events.Stopped())
    after = walk(walk(held, events.Resumed(), now=NOW + 600 * SECOND), events.QuestionArrived(), now=NOW + 601 * SECOND)
    assert after.deadline == NOW + 661 * SECOND + GRACE
    during = walk(
        walk(held, events.QuestionArrived(), now=NOW + 300 * SECOND), events.Resumed(), now=NOW + 600 * SECOND
    )
    assert during.deadline == NOW + 660 * SECOND + GRACE


def test_a_pause_holds_the_last_answer_back() -> None:
    """When all have answered in a pause, the round closes as the class goes on."""
    held = walk(room_in(), events.Stopped(), *[events.Replied(awaited=True)] * 2)
    assert held.phase is Phase.HELD
    assert step(held, events.Resumed(), NOW)[1] == (effects.CloseRound(1),)


def test_a_pause_puts_nothing_twice() -> None:
    """A question still on its way when the class goes on is not put again."""
    room = room_in(arrived_at=None, coming=2)
    assert step(walk(room, events.Stopped()), events.Resumed(), NOW)[1] == ()


def test_a_group_waits_until_its_question_can_be_put() -> None:
    """A lost question holds the group, once; going on puts it again, with the time that was added."""
    room = walk(room_in(together=True, copies=1, coming=1, awaited=0, arrived_at=None), events.TimeAdded(30))
    held, todo = step(room, events.QuestionLost(awaited=False), NOW)
    assert (held.phase, todo) == (Phase.HELD, (effects.TellPause(quiet=False),))
    assert step(held, events.QuestionLost(awaited=False), NOW + SECOND) == (held, ())
    again, todo = step(held, events.Resumed(), NOW + 60 * SECOND)
    assert (again.phase, again.round, again.extra.added, todo) == (
        Phase.ASKING,
        1,
        30 * SECOND,
        (effects.AskQuestion(1),),
    )


def test_added_time_moves_the_deadline() -> None:
    """Each time the teacher adds some, the round lasts so much longer; the next one does not."""
    room = walk(room_in(), events.TimeAdded(30), events.TimeAdded(30))
    assert room.deadline == NOW + 120 * SECOND + GRACE
    assert walk(room, events.WentOn(), events.WentOn()).extra == Extra()


def test_a_discussion_opens_a_second_vote() -> None:
    """The first vote is shown without closing the round; going on asks the same question again, for a new count."""
    room, todo = step(room_in(answered=1), events.DiscussionCalled(), NOW)
    assert (room.phase, room.is_open, room.takes_answers, todo) == (
        Phase.DISCUSSING,
        True,
        False,
        (effects.ShowVote(1),),
    )
    again, todo = step(room, events.WentOn(), NOW)
    assert (again.phase, again.round, again.vote, again.answered, todo) == (
        Phase.ASKING,
        1,
        2,
        0,
        (effects.AskQuestion(1),),
    )


def test_each_vote_has_its_own_time() -> None:
    """Time added to one vote is none of the next, and a second discussion opens a third vote."""
    first = walk(room_in(), events.TimeAdded(30))
    second = walk(first, events.DiscussionCalled(), events.WentOn())
    third = walk(second, events.DiscussionCalled(), events.WentOn())
    assert [(room.vote, room.extra.added) for room in (first, second, third)] == [
        *((1, 30 * SECOND), (2, timedelta()), (3, timedelta())),
    ]


def test_a_round_closed_in_a_pause_remembers_the_pause() -> None:
    """Who finishes in private a round that was closed while it was held loses no time to the pause."""
    closed = walk(walk(room_in(), events.Stopped(), now=NOW + SECOND), events.WentOn(), now=NOW + 9 * SECOND)
    assert closed.extras == (Extra(pauses=(Pause(NOW + SECOND, NOW + 9 * SECOND),)),)


@pytest.mark.parametrize("phase", [Phase.ASKING, Phase.HELD, Phase.DISCUSSING])
def test_a_question_can_be_taken_back(phase: Phase) -> None:
    """A round taken back is annulled, counts for nobody, and the next question comes."""
    room, todo = step(room_in(phase), events.LetGo(), NOW)
    assert (room.outcomes, room.counted, todo) == (
        (Outcome.SKIPPED,),
        0,
        (effects.AnnulRound(1), effects.AskQuestion(2)),
    )


def test_a_withdrawn_question_is_passed_over() -> None:
    """A question gone before it was put leaves nothing to take back; one gone before its second vote does."""
    unput = walk(room_in(Phase.GATHERING), events.Started())
    assert step(unput, events.Withdrawn(1), NOW)[1] == (effects.AskQuestion(2),)
    second = walk(room_in(), events.DiscussionCalled(), events.WentOn())
    room, todo = step(second, events.Withdrawn(1), NOW)
    assert (room.outcomes, todo) == ((Outcome.WITHDRAWN,), (effects.AnnulRound(1), effects.AskQuestion(2)))


@pytest.mark.parametrize(
    ("room", "outcomes", "todo"),
    [
        (room_in(Phase.GATHERING), (), ()),
        (room_in(answered=1), (Outcome.COUNTED,), (effects.CloseRound(1),)),
        (room_in(answered=1, copies=0), (Outcome.COUNTED,), (effects.CloseRound(1),)),
        (room_in(Phase.DISCUSSING, answered=1), (Outcome.COUNTED,), (effects.CloseRound(1),)),
        (room_in(vote=2), (Outcome.COUNTED,), (effects.CloseRound(1),)),
        (room_in(), (Outcome.SKIPPED,), (effects.AnnulRound(1),)),
        (room_in(Phase.REVEALED, closed=1, answered=1), (Outcome.COUNTED,), ()),
        (room_in(Phase.RESTING, closed=1), (Outcome.COUNTED,), ()),
    ],
)
def test_the_teacher_ends_the_class(
    room: Classroom, outcomes: tuple[Outcome, ...], todo: tuple[effects.ClassEffect, ...]
) -> None:
    """At the end an open round counts if anybody answered it, and is taken back if nobody did."""
    ended, done = step(room, events.Ended(), NOW)
    assert (ended.phase, ended.outcomes, ended.deadline) == (Phase.FINISHED, outcomes, None)
    assert done == (*todo, effects.FinishClass())


Choose = Callable[[list[Any]], Any]
"""Chooses one of several."""


@dataclass
class Person:
    """What the test itself knows of one person: by it the seat is judged.

    Attributes:
        given: the answer that stands in the open or private round.
        marks: how each round was marked that was counted for this person; None where seen without an answer.
        lost: the round in which a question could not reach this person, who then waits for the next.
    """

    given: Reply | None = None
    marks: dict[int, Reply | None] = field(default_factory=dict)
    lost: int = 0


@dataclass
class Added:
    """By how much a round lasts longer, as the test itself counts."""

    seconds: int = 0
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)


class LiveClass(RuleBasedStateMachine):
    """A class to which anything happens at any time, in any order, with its own ledger of what must be so."""

    @initialize(
        rounds=st.sampled_from((4, 3, 1)),
        seconds=st.sampled_from((60, 20, 0)),
        bonus=st.booleans(),
        together=st.booleans(),
        people=st.lists(allowances, max_size=5),
    )
    def gather(self, *, rounds: int, seconds: int, bonus: bool, together: bool, people: list[int]) -> None:
        """Open a class, over a link with some pupils in it; one with pupils starts."""
        self.now = NOW
        self.room = begin(tuple(f"q{n}" for n in range(rounds)), NOW, seconds=seconds, bonus=bonus, together=together)
        self.seats: list[Seat] = []
        self.people: list[Person] = []
        self.added: dict[int, Added] = {}
        self.gone_questions: set[int] = set()
        self.asked: list[tuple[int, int]] = []
        self.closed: list[int] = []
        self.finishes = 0
        self.before = (self.room, list(self.seats))
        for allowance in () if together else people:
            self._join(allowance)
        if people:
            self._happen(events.Started())

    @rule(data=st.data())
    def somebody(self, data: st.DataObject) -> None:
        """Let something happen to somebody."""
        self._somebody(lambda options: data.draw(st.sampled_from(options)))

    @precondition(lambda self: self.room.is_open)
    @rule(silent=st.sets(st.integers(0, 7)), right=st.booleans(), runs_out=st.booleans())
    def play(self, silent: set[int], *, right: bool, runs_out: bool) -> None:
        """Let a round go as rounds do: the question reaches everybody, most answer, time runs out for the others."""
        self._play(silent, right=right)
        if runs_out:
            self._strike()
            self._strike()

    @precondition(lambda self: self._buttons())
    @rule(data=st.data())
    def teacher(self, data: st.DataObject) -> None:
        """Let the teacher press one of the buttons there are."""
        self._happen(data.draw(st.sampled_from(self._buttons())))

    @rule(sure=st.sampled_from((False, False, False, True)))
    def end(self, *, sure: bool) -> None:
        """Let the teacher end the class."""
        if sure:
            self._happen(events.Ended())

    @rule(seconds=waits, strikes=st.booleans())
    def wait(self, seconds: int, *, strikes: bool) -> None:
        """Let time pass, until the class goes on by itself or less; let the clock strike, too early maybe."""
        self.now += seconds * SECOND
        if strikes:
            self._strike()
        elif self.room.deadline is None or self.now < self.room.deadline:
            before = self.room
            self._happen(events.TimeRanOut())
            assert self.room == before

    @precondition(lambda self: self._timed_in_private())
    @rule(data=st.data())
    def run_out_in_private(self, data: st.DataObject) -> None:
        """Wait until the time of somebody is out who finishes a round in private."""
        self._run_out(data.draw(st.sampled_from(self._timed_in_private())))

    @precondition(lambda self: self.room.together and self.room.takes_answers and not self.room.arrived_at)
    @rule(lost=st.booleans())
    def reach_group(self, *, lost: bool) -> None:
        """Let the message that asks the group arrive, or be lost."""
        self._happen(events.QuestionLost(awaited=False) if lost else events.QuestionArrived())

    @rule(event=st.sampled_from(EVENTS))
    def press_too_late(self, event: type) -> None:
        """Let something happen that does not fit in any more: the room refuses it and stays as it was."""
        if (self.room.phase, event) in REFUSED:
            before = self.room
            self._happen(happened(event))
            assert self.room == before

    @rule(number=st.integers(2, 4))
    def withdraw(self, number: int) -> None:
        """Let the author take a question out of the bank."""
        self.gone_questions.add(number)

    @rule()
    def restart(self) -> None:
        """Let everything go to disk and come back."""
        read = decode(Classroom, encode(self.room))
        seats = [decode(Seat, encode(seat)) for seat in self.seats]
        assert (read, seats) == (self.room, self.seats)
        self.room, self.seats = read, seats

    @property
    def _has_room(self) -> bool:
        return len(self.seats) < 8 and (self.room.takes_answers or not self.room.together)

    def _buttons(self) -> list[events.ClassEvent]:
        going_on = (events.Started(), events.WentOn(), events.Stopped(), events.Resumed(), events.TimeAdded(15))
        buttons = (*going_on, events.LetGo(), events.DiscussionCalled())
        return [event for event in buttons if (self.room.phase, type(event)) in TRANSITIONS]

    def _strike(self) -> None:
        if self.room.deadline:
            self.now = max(self.now, self.room.deadline)
            self._happen(events.TimeRanOut())

    def pass_some_time(self, thrown: Random) -> None:
        """Let something happen as in a lesson: much to people, less to the class."""
        what = thrown.randrange(20)
        if what < 13:
            self._somebody(thrown.choice)
        elif what < 15:
            self._play({who for who in range(8) if thrown.randrange(2)}, right=thrown.random() < 0.6)
        elif what < 16 and self._buttons():
            self._happen(thrown.choice(self._buttons()))
        elif what < 17 and self._timed_in_private():
            self._run_out(thrown.choice(self._timed_in_private()))
        elif what < 18:
            self._strike()
        else:
            self.now += thrown.randrange(30) * SECOND

    def _somebody(self, choose: Choose) -> None:
        """Let somebody do, or a message meet with, one of the things that can happen to them now."""
        happenings = {
            "join": [100, 150, 200, 0] if self._has_room else [],
            "answer": self._answering(),
            "answer out of turn": [who for who, seat in enumerate(self.seats) if not takes_answer(seat, self.room)],
            "arrive": self._on_their_way(),
            "lose": self._on_their_way(),
            "leave": self._here(),
            "be allowed": self._here(),
            "come back": [who for who, seat in enumerate(self.seats) if seat.gone],
        }
        what = choose([name for name, people in happenings.items() if people] or ["nothing"])
        who = choose(happenings.get(what, [0]))
        match what:
            case "join":
                self._join(who)
            case "answer":
                self._answer(who, right=choose([True, False]))
            case "answer out of turn":
                self._answer_out_of_turn(who)
            case "arrive":
                self._arrive(who)
            case "lose":
                self._lose(who)
            case "leave":
                self._leave(who)
            case "be allowed":
                self.seats[who] = allow(self.seats[who], choose([100, 150, 200, 0]))
            case "come back":
                self._come_back(who)

    def _play(self, silent: set[int], *, right: bool) -> None:
        for who in self._on_their_way():
            self._arrive(who)
        for who in self._answering():
            if who not in silent and who in self._answering():
                self._answer(who, right=right)

    def _run_out(self, who: int) -> None:
        end = deadline(self.seats[who], self.room)
        assert end
        self.now = max(self.now, end)
        assert self._promised(who) <= self.now
        self._settle(who)
        self._catch_up(who)

    def _join(self, allowance: int) -> None:
        """Let somebody come: over a link into the open round, in a group with a first vote."""
        self.seats.append(begin_at(allow(Seat(), allowance), self.room))
        self.people.append(Person())
        if self.room.together:
            self._answer(len(self.seats) - 1, right=True)
        else:
            self._put_late(len(self.seats) - 1)

    def _arrive(self, who: int) -> None:
        seat = self.seats[who]
        self.seats[who] = arrive(seat, self.now)
        in_round = seat.round == self.room.round and self.room.takes_answers
        assert not seat.coming or in_round or self.room.phase is Phase.DISCUSSING
        if seat.coming and in_round:
            self._happen(events.QuestionArrived())

    def _lose(self, who: int) -> None:
        seat, left = self.seats[who], departure(self.seats[who], self.room)
        self.seats[who] = annul(seat)
        self.people[who].given, self.people[who].lost = None, self.room.round
        if left:
            self._happen(events.QuestionLost(left.awaited) if left.coming and not left.answered else left)

    def _leave(self, who: int) -> None:
        left = departure(self.seats[who], self.room)
        self.seats[who] = leave(self.seats[who])
        self.people[who].given = None
        if left:
            self._happen(left)

    def _come_back(self, who: int) -> None:
        self.seats[who] = begin_at(come_back(self.seats[who]), self.room)
        if not self.room.together:
            self._put_late(who)

    def _answer_out_of_turn(self, who: int) -> None:
        given = Reply(right=True, choice=(), given="", note="", points=POINTS, at=self.now)
        with pytest.raises(MoveRefusedError, match="an answer to round"):
            reply(self.seats[who], self.room, given)

    def _here(self) -> list[int]:
        return [who for who, seat in enumerate(self.seats) if not seat.gone]

    def _on_their_way(self) -> list[int]:
        flying = (who for who, seat in enumerate(self.seats) if seat.open and not seat.arrived_at)
        return [] if self.room.together else list(flying)

    def _answering(self) -> list[int]:
        if self.room.together and self.room.takes_answers:
            return [who for who in self._here() if not (self._in_round(who) and self.seats[who].reply)]
        return [who for who, seat in enumerate(self.seats) if takes_answer(seat, self.room)]

    def _in_round(self, who: int) -> bool:
        return self.seats[who].open and self.seats[who].round == self.room.round

    def _timed_in_private(self) -> list[int]:
        return [who for who, seat in enumerate(self.seats) if deadline(seat, self.room)]

    def _happen(self, event: events.ClassEvent) -> None:
        phase, number = self.room.phase, self.room.round
        try:
            after, todo = step(self.room, event, self.now)
        except MoveRefusedError:
            assert (phase, type(event)) in REFUSED
            return
        assert (phase, type(event)) in TRANSITIONS
        if phase is Phase.HELD and after.phase is not Phase.HELD:
            self.added[number].pauses.append((self.room.since, self.now))
        if isinstance(event, events.TimeAdded):
            self.added[number].seconds += event.seconds
        self.room = after
        for effect in todo:
            self._carry_out(effect, in_time=isinstance(event, events.TimeRanOut))

    def _carry_out(self, effect: effects.ClassEffect, *, in_time: bool) -> None:
        match effect:
            case effects.AskQuestion(number):
                self._ask(number)
            case effects.CloseRound(number):
                self._close(number, in_time=in_time)
            case effects.AnnulRound(number):
                for who, seat in enumerate(self.seats):
                    if seat.open and seat.round == number:
                        self.seats[who], self.people[who].given = annul(seat), None
            case effects.FinishClass():
                self.finishes += 1

    def _ask(self, number: int) -> None:
        assert number == self.room.round
        if (number, self.room.vote) not in self.asked:
            self.added[number] = Added()
        self.asked.append((number, self.room.vote))
        if number in self.gone_questions:
            self._happen(events.Withdrawn(number))
            return
        ready = [who for who in self._here() if not is_private(self.seats[who], self.room)]
        for who in ready:
            if not self.room.together or self._in_round(who):
                self.seats[who] = put(self.seats[who], self.room, late=False)
        awaited = sum(self.seats[who].awaited for who in ready)
        copies = 1 if self.room.together else len(ready)
        self._happen(events.QuestionPut(copies, awaited))

    def _put_late(self, who: int) -> None:
        if not self.room.takes_answers or self.seats[who].gone:
            return
        self.seats[who] = put(self.seats[who], self.room, late=True)
        if self.seats[who].awaited:
            self._happen(events.CameLate())

    def _answer(self, who: int, *, right: bool) -> None:
        if self.room.together and not self._in_round(who):
            self.seats[who] = put(self.seats[who], self.room, late=False)
        seat, was_private = self.seats[who], is_private(self.seats[who], self.room)
        points = points_for(right, seat, self.room, self.now)
        assert points in (range(POINTS, POINTS + BONUS + 1) if right and self.room.bonus else (POINTS * right,))
        given = Reply(right=right, choice=(0,), given="words", note="", points=points, at=self.now)
        self.seats[who] = reply(seat, self.room, given)
        self.people[who].given = given
        if was_private:
            self._settle(who)
            self._catch_up(who)
            return
        last = seat.awaited and self.room.phase is Phase.ASKING and self.room.awaited == 1
        number = self.room.round
        self._happen(events.Replied(seat.awaited))
        assert (number in self.closed) == last, "the last answer closes the round, and no other"

    def _settle(self, who: int) -> None:
        """Count a round for one person, once, as the ledger has it."""
        person = self.people[who]
        number = len(self.room.outcomes) if self.room.together else self.seats[who].round
        seat = self.seats[who]
        left_it = seat.round == number and not seat.open
        saw = not left_it if self.room.together else seat.arrived_at or person.given
        self.seats[who], counted = settle(self.seats[who], self.room)
        assert counted == person.given
        assert number not in person.marks
        if saw:
            person.marks[number] = person.given
        person.given = None
        assert settle(self.seats[who], self.room) == (self.seats[who], None), "nothing is counted twice"

    def _catch_up(self, who: int) -> None:
        while (number := next_private_round(self.seats[who], self.room)) is not None:
            self.seats[who] = put_private(self.seats[who], number)
            if number not in self.gone_questions:
                return
            self.seats[who] = annul(self.seats[who])
        self._put_late(who)

    def _close(self, number: int, *, in_time: bool) -> None:
        assert number == self.room.round == len(self.room.outcomes)
        self.closed.append(number)
        for who in self._here():
            seat = self.seats[who]
            if not (self.room.together or (seat.open and seat.round == number)):
                continue
            if stays_open(seat, self.room, self.now, in_time=in_time):
                assert seat.arrived_at
                assert not seat.reply
                assert seat.allowance == UNTIMED or self.now < self._promised(who) + GRACE
                assert in_time or seat.allowance != USUAL
                continue
            if in_time and not self.room.together and not seat.reply and seat.arrived_at:
                assert self._promised(who) <= self.now, "nobody has less time than was promised"
            self._settle(who)
        ranks = rank(self.room, dict(enumerate(self.seats)))
        for who, seat in enumerate(self.seats):
            self.seats[who] = replace(seat, rank_before=seat.rank, rank=ranks.get(who, 0))

    def _promised(self, who: int) -> datetime:
        """Give until when somebody may think about the question, as the test itself reckons."""
        seat, added = self.seats[who], self.added[self.seats[who].round]
        assert seat.arrived_at
        if not seat.allowance or not self.room.seconds:
            return datetime.max.replace(tzinfo=UTC)
        end = seat.arrived_at + self.room.seconds * SECOND * seat.allowance / 100
        if seat.alone:
            return end
        held = [end - max(begin, seat.arrived_at) for begin, end in added.pauses if end > seat.arrived_at]
        return end + added.seconds * SECOND + sum(held, timedelta())

    @invariant()
    def the_room_counts_its_seats(self) -> None:
        """What the room counts is what its seats are: awaited, on their way, and answered."""
        if not self.room.takes_answers:
            assert (self.room.awaited, self.room.coming) == (0, 0)
            return
        inside = [seat for who, seat in enumerate(self.seats) if self._in_round(who)]
        assert self.room.awaited == sum(seat.awaited and not seat.reply for seat in inside)
        assert self.room.answered == sum(seat.reply is not None for seat in inside)
        if not self.room.together:
            assert self.room.coming == sum(seat.coming for seat in inside)

    @invariant()
    def standings_are_the_sum_of_marks(self) -> None:
        """A seat holds what its person's rounds were marked, and nothing else."""
        for seat, person in zip(self.seats, self.people, strict=True):
            marks = [mark for mark in person.marks.values() if mark]
            assert seat.right == sum(mark.right for mark in marks)
            assert seat.points == sum(mark.points for mark in marks)
            assert seat.seen == len(person.marks) <= self.room.counted
            assert all(self.room.outcomes[number - 1] is Outcome.COUNTED for number in person.marks)

    @invariant()
    def places_follow_from_shares(self) -> None:
        """Whoever earned more a question stands higher; who saw fewer than half stands below who saw more."""
        ranks = rank(self.room, dict(enumerate(self.seats)))
        merits = {
            who: (2 * seat.seen >= self.room.counted, Fraction(seat.points, seat.seen), seat.points)
            for who, seat in enumerate(self.seats)
            if seat.seen and not seat.gone
        }
        assert ranks == {who: 1 + sum(other > merit for other in merits.values()) for who, merit in merits.items()}

    @invariant()
    def marks_never_fall(self) -> None:
        """What was seen, right and earned never falls, and closed rounds stay as they are."""
        room, seats = self.before
        for old, new in zip(seats, self.seats, strict=False):
            assert (new.seen, new.right, new.points, new.round) >= (old.seen, old.right, old.points, 0)
            assert new.right >= old.right
            assert new.points >= old.points
        assert self.room.outcomes[: len(room.outcomes)] == room.outcomes
        assert len(self.room.extras) == len(self.room.outcomes) <= len(self.room.questions)
        self.before = (self.room, list(self.seats))

    @invariant()
    def finished_stays_finished(self) -> None:
        """The class ends once, and then nothing happens to the room."""
        assert self.finishes == (self.room.phase is Phase.FINISHED)
        if self.finishes:
            assert all((Phase.FINISHED, event) in REFUSED for event in EVENTS)
            assert not self.room.is_open
            assert self.room.deadline is None

    @invariant()
    def nothing_is_negative(self) -> None:
        """No count falls below nothing."""
        assert min(self.room.copies, self.room.coming, self.room.awaited, self.room.answered, self.room.quiet) >= 0

    @invariant()
    def rounds_are_closed_once(self) -> None:
        """Each counted round was closed once, in order."""
        counted = [number for number, outcome in enumerate(self.room.outcomes, 1) if outcome is Outcome.COUNTED]
        assert self.closed == counted
        assert max(Counter(self.closed).values(), default=1) == 1

    @invariant()
    def nobody_is_left_behind(self) -> None:
        """Who is here while a round is open has its question or an earlier one, or it never reached them."""
        for who in self._here() if self.room.takes_answers and not self.room.together else ():
            assert self.seats[who].open or self.people[who].lost == self.room.round
        for seat in self.seats:
            if seat.open and seat.round != self.room.round:
                assert self.room.outcomes[seat.round - 1] is Outcome.COUNTED
                assert not seat.reply
            assert not (seat.open and seat.gone)

    @invariant()
    def time_runs_where_it_must(self) -> None:
        """With seconds, a round that everybody has, and an explanation, come to an end by themselves."""
        runs = self.room.phase is Phase.REVEALED or (self.room.phase is Phase.ASKING and not self.room.coming)
        if self.room.seconds and runs:
            assert self.room.deadline


TestLiveClass = LiveClass.TestCase
TestLiveClass.__doc__ = "Whatever happens to a class, in whatever order, what it promises holds."
TestLiveClass.settings = settings(stateful_step_count=30)


@given(
    seed=st.integers(0, 2**64),
    seconds=st.sampled_from((60, 20, 0)),
    together=st.booleans(),
    people=st.lists(allowances, min_size=2, max_size=5),
)
def test_long_lessons_keep_every_promise(seed: int, seconds: int, together: bool, people: list[int]) -> None:  # noqa: FBT001 - drawn
    """In whole lessons, as far as chance leads them, all that must hold of a class holds after every step."""
    lesson, thrown = LiveClass(), dice(seed)
    lesson.gather(rounds=8, seconds=seconds, bonus=True, together=together, people=people)
    for _ in range(60):
        lesson.pass_some_time(thrown)
        for promise in lesson.invariants:
            promise.function(lesson)
    lesson.restart()


def diagram() -> str:
    """Draw the table of moves as a Mermaid state diagram."""
    return "\n".join(
        ["```mermaid", "stateDiagram-v2", "    [*] --> gathering", *_arrows(), "    finished --> [*]", "```"]
    )


def _arrows() -> Iterator[str]:
    for phase in Phase:
        for target in Phase:
            names = [
                event.__name__
                for (start, event), move in TRANSITIONS.items()
                if start is phase and target in move.leads_to
            ]
            if names:
                yield f"    {phase} --> {target}: {', '.join(names)}"


def test_the_documentation_draws_the_table() -> None:
    """The diagram in the documentation is the one that the table of moves gives."""
    page = Path(__file__).parents[2] / "docs" / "live-class.md"
    drawn = diagram() in page.read_text(encoding="utf-8")
    assert drawn, f"Put this in place of the stateDiagram in docs/live-class.md:\n\n{diagram()}\n"
