"""What must hold of a class after every step, whatever happened to it."""

from collections import Counter
from fractions import Fraction

from class_states import EVENTS, REFUSED
from hypothesis.stateful import invariant
from lesson import Lesson

from bot.core.classroom import Outcome, Phase
from bot.core.standings import rank


class Promises(Lesson):
    """A class with all that it promises."""

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
        """Whoever earned more a question stands higher, below them who saw fewer than half, last who earned nothing."""
        ranks = rank(self.room, dict(enumerate(self.seats)))
        merits = {
            who: (seat.points > 0, 2 * seat.seen >= self.room.counted, Fraction(seat.points, seat.seen), seat.points)
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
            assert self.seats[who].open or self.room.round in (self.people[who].lost, self.people[who].left)
        for seat in self.seats:
            if seat.open and seat.round != self.room.round:
                assert self.room.outcomes[seat.round - 1] is Outcome.COUNTED
                assert not seat.reply
            assert not (seat.open and seat.gone)

    @invariant()
    def a_round_that_was_left_stays_over(self) -> None:
        """Whoever left while a round was open has no open question of it again, in neither of its votes."""
        for who, seat in enumerate(self.seats):
            if self.room.is_open and self.people[who].left == self.room.round:
                assert not (seat.open and seat.round == self.room.round)

    @invariant()
    def time_runs_where_it_must(self) -> None:
        """With seconds, a round that everybody has, and an explanation, come to an end by themselves."""
        runs = self.room.phase is Phase.REVEALED or (self.room.phase is Phase.ASKING and not self.room.coming)
        if self.room.seconds and runs:
            assert self.room.deadline
