"""A simulated live class: its state, its seats, and the test's own records to compare them with."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from class_records import Added, Person
from class_states import NOW, REFUSED, SECOND

from bot.core import effects, events
from bot.core.classroom import TRANSITIONS, VOTE_GRACE, ClassState, Phase, step
from bot.core.errors import TransitionRefusedError
from bot.core.seat import (
    BONUS,
    POINTS,
    UNTIMED,
    USUAL,
    Reply,
    Seat,
    annul,
    arrive,
    close_round,
    deadline,
    has_left_round,
    is_private,
    is_ready,
    leave,
    leaving_event,
    next_private_round,
    open_private_round,
    open_round,
    points_for,
    rejoin,
    reply,
    set_allowance,
    start_at_current_round,
    stays_open_in_private,
    takes_answer,
)
from bot.core.standings import rank


class SimulatedClass:
    """A live class whose events and effects are carried out and checked at each step."""

    def _open(self, state: ClassState, people: list[int]) -> None:
        """Start with this state; over a link, pupils with these allowances join. A class with pupils starts at once."""
        self.now = NOW
        self.state = state
        self.seats: list[Seat] = []
        self.people: list[Person] = []
        self.added: dict[int, Added] = {}
        self.withdrawn_questions: set[int] = set()
        self.asked: list[tuple[int, int]] = []
        self.closed: list[int] = []
        self.finishes = 0
        self.before = (self.state, list(self.seats))
        for allowance in () if state.together else people:
            self._join(allowance)
        if people:
            self._apply(events.Started())

    def _fire_deadline(self) -> None:
        if self.state.deadline:
            self.now = max(self.now, self.state.deadline)
            self._apply(events.TimeExpired())

    def _play(self, silent: set[int], *, right: bool) -> None:
        for who in self._on_their_way():
            self._arrive(who)
        for who in self._answering():
            if who not in silent and who in self._answering():
                self._answer(who, right=right)

    def _expire_in_private(self, who: int) -> None:
        end = deadline(self.seats[who], self.state)
        assert end
        self.now = max(self.now, end)
        assert self._promised(who) <= self.now
        self._count_round(who)
        self._catch_up(who)

    def _join(self, allowance: int) -> None:
        """Add a person: over a link during the open round, in a group with a first vote."""
        self.seats.append(start_at_current_round(set_allowance(Seat(), allowance), self.state))
        self.people.append(Person())
        if self.state.together:
            self._answer(len(self.seats) - 1, right=True)
        else:
            self._open_late(len(self.seats) - 1)

    def _arrive(self, who: int) -> None:
        seat = self.seats[who]
        self.seats[who] = arrive(seat, self.now)
        in_round = seat.round == self.state.round and self.state.takes_answers
        assert not seat.coming or in_round or self.state.phase is Phase.DISCUSSING
        if seat.coming and in_round:
            self._apply(events.QuestionArrived())

    def _lose(self, who: int) -> None:
        seat, left = self.seats[who], leaving_event(self.seats[who], self.state)
        self.seats[who] = annul(seat)
        self.people[who].given, self.people[who].lost = None, self.state.round
        if left:
            self._apply(events.QuestionLost(left.awaited) if left.coming and not left.answered else left)

    def _leave(self, who: int) -> None:
        left = leaving_event(self.seats[who], self.state)
        if self._in_round(who):
            self.people[who].left = self.state.round
        self.seats[who] = leave(self.seats[who])
        self.people[who].given = None
        if left:
            self._apply(left)

    def _rejoin(self, who: int) -> None:
        self.seats[who] = start_at_current_round(rejoin(self.seats[who]), self.state)
        if not self.state.together:
            self._open_late(who)

    def _answer_out_of_turn(self, who: int) -> None:
        given = Reply(right=True, choice=(), given="", note="", points=POINTS, at=self.now)
        with pytest.raises(TransitionRefusedError, match="an answer to round"):
            reply(self.seats[who], self.state, given)

    def _here(self) -> list[int]:
        return [who for who, seat in enumerate(self.seats) if not seat.gone]

    def _on_their_way(self) -> list[int]:
        flying = (who for who, seat in enumerate(self.seats) if seat.open and not seat.arrived_at)
        return [] if self.state.together else list(flying)

    def _answering(self) -> list[int]:
        if self.state.together and self.state.takes_answers:
            free = [who for who in self._here() if not has_left_round(self.seats[who], self.state)]
            return [who for who in free if not (self._in_round(who) and self.seats[who].reply)]
        return [who for who, seat in enumerate(self.seats) if takes_answer(seat, self.state)]

    def _in_round(self, who: int) -> bool:
        return self.seats[who].open and self.seats[who].round == self.state.round

    def _apply(self, event: events.ClassEvent) -> None:
        phase, number = self.state.phase, self.state.round
        try:
            after, todo = step(self.state, event, self.now)
        except TransitionRefusedError:
            assert (phase, type(event)) in REFUSED
            return
        assert (phase, type(event)) in TRANSITIONS
        if phase is Phase.HELD and after.phase is not Phase.HELD:
            self.added[number].pauses.append((self.state.since, self.now))
        if isinstance(event, events.TimeAdded):
            self.added[number].seconds += event.seconds
        self.state = after
        for effect in todo:
            self._apply_effect(effect, in_time=isinstance(event, events.TimeExpired))

    def _apply_effect(self, effect: effects.ClassEffect, *, in_time: bool) -> None:
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
        assert number == self.state.round
        if (number, self.state.vote) not in self.asked:
            self.added[number] = Added()
        self.asked.append((number, self.state.vote))
        if number in self.withdrawn_questions:
            self._apply(events.QuestionWithdrawn(number))
            return
        ready = [who for who in self._here() if is_ready(self.seats[who], self.state)]
        for who in ready:
            if not self.state.together or self._in_round(who):
                self.seats[who] = open_round(self.seats[who], self.state, late=False)
        awaited = sum(self.seats[who].awaited for who in ready)
        copies = 1 if self.state.together else len(ready)
        self._apply(events.QuestionSent(copies, awaited))

    def _open_late(self, who: int) -> None:
        is_over = has_left_round(self.seats[who], self.state)
        assert is_over == (self.state.is_open and self.people[who].left == self.state.round)
        if not self.state.takes_answers or self.seats[who].gone or is_over:
            return
        self.seats[who] = open_round(self.seats[who], self.state, late=True)
        if self.seats[who].awaited:
            self._apply(events.JoinedLate())

    def _answer(self, who: int, *, right: bool) -> None:
        if self.state.together and not self._in_round(who):
            self.seats[who] = open_round(self.seats[who], self.state, late=False)
        seat, was_private = self.seats[who], is_private(self.seats[who], self.state)
        points = points_for(right, seat, self.state, self.now)
        assert points in (range(POINTS, POINTS + BONUS + 1) if right and self.state.bonus else (POINTS * right,))
        given = Reply(right=right, choice=(0,), given="words", note="", points=points, at=self.now)
        self.seats[who] = reply(seat, self.state, given)
        self.people[who].given = given
        if was_private:
            self._count_round(who)
            self._catch_up(who)
            return
        last = seat.awaited and self.state.phase is Phase.ASKING and self.state.awaited == 1
        number = self.state.round
        self._apply(events.Replied(seat.awaited))
        assert (number in self.closed) == last, "the last answer closes the round, and no other"

    def _count_round(self, who: int) -> None:
        """Count a round for one person once, and compare it with the test's own record."""
        person = self.people[who]
        number = len(self.state.outcomes) if self.state.together else self.seats[who].round
        seat = self.seats[who]
        left_it = seat.round == number and not seat.open
        saw = not left_it if self.state.together else seat.arrived_at or person.given
        self.seats[who], counted = close_round(self.seats[who], self.state)
        assert counted == person.given
        assert number not in person.marks
        if saw:
            person.marks[number] = person.given
        person.given = None
        assert close_round(self.seats[who], self.state) == (self.seats[who], None), "nothing is counted twice"

    def _catch_up(self, who: int) -> None:
        while (number := next_private_round(self.seats[who], self.state)) is not None:
            self.seats[who] = open_private_round(self.seats[who], number)
            if number not in self.withdrawn_questions:
                return
            self.seats[who] = annul(self.seats[who])
        self._open_late(who)

    def _close(self, number: int, *, in_time: bool) -> None:
        assert number == self.state.round == len(self.state.outcomes)
        self.closed.append(number)
        for who in self._here():
            seat = self.seats[who]
            if not (self.state.together or (seat.open and seat.round == number)):
                continue
            if stays_open_in_private(seat, self.state, self.now, in_time=in_time):
                assert seat.arrived_at
                assert not seat.reply
                assert seat.allowance == UNTIMED or self.now < self._promised(who) + VOTE_GRACE
                assert in_time or seat.allowance != USUAL
                continue
            if in_time and not self.state.together and not seat.reply and seat.arrived_at:
                assert self._promised(who) <= self.now, "nobody has less time than was promised"
            self._count_round(who)
        ranks = rank(self.state, dict(enumerate(self.seats)))
        for who, seat in enumerate(self.seats):
            self.seats[who] = replace(seat, rank_before=seat.rank, rank=ranks.get(who, 0))

    def _promised(self, who: int) -> datetime:
        """Return the end of a person's time for the question by the test's own calculation."""
        seat, added = self.seats[who], self.added[self.seats[who].round]
        assert seat.arrived_at
        if not seat.allowance or not self.state.seconds:
            return datetime.max.replace(tzinfo=UTC)
        end = seat.arrived_at + self.state.seconds * SECOND * seat.allowance / 100
        if seat.alone:
            return end
        held = [end - max(begin, seat.arrived_at) for begin, end in added.pauses if end > seat.arrived_at]
        return end + added.seconds * SECOND + sum(held, timedelta())
