"""A class as a machine, to which anything happens at any time, in any order."""

from collections.abc import Callable
from random import Random
from typing import Any

from class_states import EVENTS, NOW, REFUSED, SECOND, happened
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from lesson_promises import Promises
from strategies import allowances, waits

from bot.core import events
from bot.core.classroom import TRANSITIONS, ClassState, begin
from bot.core.seat import Seat, deadline, set_allowance, takes_answer
from bot.store.base import decode, encode

Choose = Callable[[list[Any]], Any]
"""Chooses one of several."""


class LiveClass(Promises, RuleBasedStateMachine):
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
        questions = tuple(f"q{number}" for number in range(rounds))
        self._open(begin(questions, NOW, seconds=seconds, bonus=bonus, together=together), people)

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
            self._happen(events.TimeExpired())
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
        read = decode(ClassState, encode(self.room))
        seats = [decode(Seat, encode(seat)) for seat in self.seats]
        assert (read, seats) == (self.room, self.seats)
        self.room, self.seats = read, seats

    @property
    def _has_room(self) -> bool:
        return len(self.seats) < 8 and (self.room.takes_answers or not self.room.together)

    def _buttons(self) -> list[events.ClassEvent]:
        going_on = (events.Started(), events.Advanced(), events.Paused(), events.Resumed(), events.TimeAdded(15))
        buttons = (*going_on, events.QuestionDropped(), events.DiscussionStarted())
        return [event for event in buttons if (self.room.phase, type(event)) in TRANSITIONS]

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
                self.seats[who] = set_allowance(self.seats[who], choose([100, 150, 200, 0]))
            case "come back":
                self._come_back(who)

    def _timed_in_private(self) -> list[int]:
        return [who for who, seat in enumerate(self.seats) if deadline(seat, self.room)]
