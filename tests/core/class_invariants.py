"""Invariants of a live class, which hold after every step."""

from collections import Counter
from fractions import Fraction

from class_states import EVENTS, REFUSED
from hypothesis.stateful import invariant
from simulated_class import SimulatedClass

from bot.core.classroom import Outcome, Phase
from bot.core.standings import rank


class ClassInvariants(SimulatedClass):
    """A simulated live class with its invariants."""

    @invariant()
    def the_counts_agree_with_the_seats(self) -> None:
        """The numbers of awaited seats, copies not arrived and answers agree with the seats."""
        if not self.state.takes_answers:
            assert (self.state.awaited, self.state.coming) == (0, 0)
            return
        inside = [seat for who, seat in enumerate(self.seats) if self._in_round(who)]
        assert self.state.awaited == sum(seat.awaited and not seat.reply for seat in inside)
        assert self.state.answered == sum(seat.reply is not None for seat in inside)
        if not self.state.together:
            assert self.state.coming == sum(seat.coming for seat in inside)

    @invariant()
    def totals_are_the_sums_of_marks(self) -> None:
        """A seat's totals are the sums of its marks."""
        for seat, person in zip(self.seats, self.people, strict=True):
            marks = [mark for mark in person.marks.values() if mark]
            assert seat.right == sum(mark.right for mark in marks)
            assert seat.points == sum(mark.points for mark in marks)
            assert seat.seen == len(person.marks) <= self.state.counted
            assert all(self.state.outcomes[number - 1] is Outcome.COUNTED for number in person.marks)

    @invariant()
    def places_follow_from_shares(self) -> None:
        """Seats rank by points per question; those that saw fewer than half are below, those without points last."""
        ranks = rank(self.state, dict(enumerate(self.seats)))
        merits = {
            who: (seat.points > 0, 2 * seat.seen >= self.state.counted, Fraction(seat.points, seat.seen), seat.points)
            for who, seat in enumerate(self.seats)
            if seat.seen and not seat.gone
        }
        assert ranks == {who: 1 + sum(other > merit for other in merits.values()) for who, merit in merits.items()}

    @invariant()
    def totals_never_fall(self) -> None:
        """The rounds seen, right answers and points never decrease, and closed rounds do not change."""
        state, seats = self.before
        for old, new in zip(seats, self.seats, strict=False):
            assert (new.seen, new.right, new.points, new.round) >= (old.seen, old.right, old.points, 0)
            assert new.right >= old.right
            assert new.points >= old.points
        assert self.state.outcomes[: len(state.outcomes)] == state.outcomes
        assert len(self.state.extras) == len(self.state.outcomes) <= len(self.state.questions)
        self.before = (self.state, list(self.seats))

    @invariant()
    def finished_stays_finished(self) -> None:
        """The class finishes once, and afterwards every event is refused."""
        assert self.finishes == (self.state.phase is Phase.FINISHED)
        if self.finishes:
            assert all((Phase.FINISHED, event) in REFUSED for event in EVENTS)
            assert not self.state.is_open
            assert self.state.deadline is None

    @invariant()
    def no_count_is_negative(self) -> None:
        """No count is negative."""
        assert min(self.state.copies, self.state.coming, self.state.awaited, self.state.answered, self.state.quiet) >= 0

    @invariant()
    def rounds_are_closed_once(self) -> None:
        """Each counted round was closed once, in order."""
        counted = [number for number, outcome in enumerate(self.state.outcomes, 1) if outcome is Outcome.COUNTED]
        assert self.closed == counted
        assert max(Counter(self.closed).values(), default=1) == 1

    @invariant()
    def everybody_present_has_a_question(self) -> None:
        """While a round is open, everybody present has its question or an earlier one, or it could not be delivered."""
        for who in self._here() if self.state.takes_answers and not self.state.together else ():
            assert self.seats[who].open or self.state.round in (self.people[who].lost, self.people[who].left)
        for seat in self.seats:
            if seat.open and seat.round != self.state.round:
                assert self.state.outcomes[seat.round - 1] is Outcome.COUNTED
                assert not seat.reply
            assert not (seat.open and seat.gone)

    @invariant()
    def a_round_that_was_left_stays_over(self) -> None:
        """A round during which a person left is not open for them again in any vote."""
        for who, seat in enumerate(self.seats):
            if self.state.is_open and self.people[who].left == self.state.round:
                assert not (seat.open and seat.round == self.state.round)

    @invariant()
    def timed_phases_have_a_deadline(self) -> None:
        """With seconds, a round that everybody has and an explanation have a deadline."""
        runs = self.state.phase is Phase.REVEALED or (self.state.phase is Phase.ASKING and not self.state.coming)
        if self.state.seconds and runs:
            assert self.state.deadline
