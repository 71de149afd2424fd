"""Hypothesis state machine of a live class, with any events at any time and in any order."""

from collections.abc import Callable
from random import Random
from typing import Any

from class_invariants import ClassInvariants
from class_states import EVENTS, NOW, REFUSED, SECOND, event_of
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from strategies import allowances, waits

from bot.core import events
from bot.core.classroom import TRANSITIONS, ClassState, begin
from bot.core.seat import Seat, deadline, set_allowance, takes_answer
from bot.store.base import decode, encode

Choose = Callable[[list[Any]], Any]
"""A function that chooses one of several options."""


class LiveClassMachine(ClassInvariants, RuleBasedStateMachine):
    """A live class with any events at any time and in any order, checked by the test's own records."""

    @initialize(
        rounds=st.sampled_from((4, 3, 1)),
        seconds=st.sampled_from((60, 20, 0)),
        bonus=st.booleans(),
        together=st.booleans(),
        people=st.lists(allowances, max_size=5),
    )
    def gather(self, *, rounds: int, seconds: int, bonus: bool, together: bool, people: list[int]) -> None:
        """Create a class, over a link with some pupils; a class with pupils starts at once."""
        questions = tuple(f"q{number}" for number in range(rounds))
        self._open(begin(questions, NOW, seconds=seconds, bonus=bonus, together=together), people)

    @rule(data=st.data())
    def act_as_somebody(self, data: st.DataObject) -> None:
        """Apply an event of one person."""
        self._act_as_somebody(lambda options: data.draw(st.sampled_from(options)))

    @precondition(lambda self: self.state.is_open)
    @rule(silent=st.sets(st.integers(0, 7)), right=st.booleans(), runs_out=st.booleans())
    def play_round(self, silent: set[int], *, right: bool, runs_out: bool) -> None:
        """Play an ordinary round: the question reaches everybody, most answer, and time expires for the others."""
        self._play(silent, right=right)
        if runs_out:
            self._fire_deadline()
            self._fire_deadline()

    @precondition(lambda self: self._buttons())
    @rule(data=st.data())
    def press_control(self, data: st.DataObject) -> None:
        """Press one of the press_control's available controls."""
        self._apply(data.draw(st.sampled_from(self._buttons())))

    @rule(sure=st.sampled_from((False, False, False, True)))
    def end(self, *, sure: bool) -> None:
        """End the class."""
        if sure:
            self._apply(events.Ended())

    @rule(seconds=waits, fires=st.booleans())
    def wait(self, seconds: int, *, fires: bool) -> None:
        """Wait until the deadline or less; fire the timer, possibly too early."""
        self.now += seconds * SECOND
        if fires:
            self._fire_deadline()
        elif self.state.deadline is None or self.now < self.state.deadline:
            before = self.state
            self._apply(events.TimeExpired())
            assert self.state == before

    @precondition(lambda self: self._timed_in_private())
    @rule(data=st.data())
    def expire_in_private(self, data: st.DataObject) -> None:
        """Wait until the time of a privately open seat is over."""
        self._expire_in_private(data.draw(st.sampled_from(self._timed_in_private())))

    @precondition(lambda self: self.state.together and self.state.takes_answers and not self.state.arrived_at)
    @rule(lost=st.booleans())
    def reach_group(self, *, lost: bool) -> None:
        """Deliver or lose the message that asks the group."""
        self._apply(events.QuestionLost(awaited=False) if lost else events.QuestionArrived())

    @rule(event=st.sampled_from(EVENTS))
    def apply_refused_event(self, event: type) -> None:
        """Apply an event that the table refuses; the state stays the same."""
        if (self.state.phase, event) in REFUSED:
            before = self.state
            self._apply(event_of(event))
            assert self.state == before

    @rule(number=st.integers(2, 4))
    def withdraw(self, number: int) -> None:
        """Remove a question from the bank."""
        self.withdrawn_questions.add(number)

    @rule()
    def restart(self) -> None:
        """Store everything and load it again."""
        read = decode(ClassState, encode(self.state))
        seats = [decode(Seat, encode(seat)) for seat in self.seats]
        assert (read, seats) == (self.state, self.seats)
        self.state, self.seats = read, seats

    @property
    def _has_room(self) -> bool:
        return len(self.seats) < 8 and (self.state.takes_answers or not self.state.together)

    def _buttons(self) -> list[events.ClassEvent]:
        going_on = (events.Started(), events.Advanced(), events.Paused(), events.Resumed(), events.TimeAdded(15))
        buttons = (*going_on, events.QuestionDropped(), events.DiscussionStarted())
        return [event for event in buttons if (self.state.phase, type(event)) in TRANSITIONS]

    def pass_some_time(self, rng: Random) -> None:
        """Apply a random event as in a lesson: most to people, few to the class."""
        what = rng.randrange(20)
        if what < 13:
            self._act_as_somebody(rng.choice)
        elif what < 15:
            self._play({who for who in range(8) if rng.randrange(2)}, right=rng.random() < 0.6)
        elif what < 16 and self._buttons():
            self._apply(rng.choice(self._buttons()))
        elif what < 17 and self._timed_in_private():
            self._expire_in_private(rng.choice(self._timed_in_private()))
        elif what < 18:
            self._fire_deadline()
        else:
            self.now += rng.randrange(30) * SECOND

    def _act_as_somebody(self, choose: Choose) -> None:
        """Apply one of the possible events of one person or of a message to them."""
        actions = {
            "join": [100, 150, 200, 0] if self._has_room else [],
            "answer": self._answering(),
            "answer out of turn": [who for who, seat in enumerate(self.seats) if not takes_answer(seat, self.state)],
            "arrive": self._on_their_way(),
            "lose": self._on_their_way(),
            "leave": self._here(),
            "be allowed": self._here(),
            "come back": [who for who, seat in enumerate(self.seats) if seat.gone],
        }
        what = choose([name for name, people in actions.items() if people] or ["nothing"])
        who = choose(actions.get(what, [0]))
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
                self._rejoin(who)

    def _timed_in_private(self) -> list[int]:
        return [who for who, seat in enumerate(self.seats) if deadline(seat, self.state)]
