"""A class as it is really led: its room, its seats, and the test's own ledger of what must be so of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from class_states import NOW, REFUSED, SECOND
from lesson_ledger import Added, Person

from bot.core import effects, events
from bot.core.classroom import GRACE, TRANSITIONS, ClassState, Phase, step
from bot.core.errors import MoveRefusedError
from bot.core.seat import (
    BONUS,
    POINTS,
    UNTIMED,
    USUAL,
    Reply,
    Seat,
    annul,
    arrive,
    begin_at,
    close_round,
    come_back,
    deadline,
    departure,
    has_left_round,
    is_private,
    is_ready,
    leave,
    next_private_round,
    open_private_round,
    open_round,
    points_for,
    reply,
    set_allowance,
    stays_open,
    takes_answer,
)
from bot.core.standings import rank


class Lesson:
    """A class whose events and effects are carried out, each judged as it happens."""

    def _open(self, state: ClassState, people: list[int]) -> None:
        """Begin with this room, over a link with pupils in it who have these allowances; one with pupils starts."""
        self.now = NOW
        self.room = state
        self.seats: list[Seat] = []
        self.people: list[Person] = []
        self.added: dict[int, Added] = {}
        self.gone_questions: set[int] = set()
        self.asked: list[tuple[int, int]] = []
        self.closed: list[int] = []
        self.finishes = 0
        self.before = (self.room, list(self.seats))
        for allowance in () if state.together else people:
            self._join(allowance)
        if people:
            self._happen(events.Started())

    def _strike(self) -> None:
        if self.room.deadline:
            self.now = max(self.now, self.room.deadline)
            self._happen(events.TimeExpired())

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
        self.seats.append(begin_at(set_allowance(Seat(), allowance), self.room))
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
        if self._in_round(who):
            self.people[who].left = self.room.round
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
            free = [who for who in self._here() if not has_left_round(self.seats[who], self.room)]
            return [who for who in free if not (self._in_round(who) and self.seats[who].reply)]
        return [who for who, seat in enumerate(self.seats) if takes_answer(seat, self.room)]

    def _in_round(self, who: int) -> bool:
        return self.seats[who].open and self.seats[who].round == self.room.round

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
            self._carry_out(effect, in_time=isinstance(event, events.TimeExpired))

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
            self._happen(events.QuestionWithdrawn(number))
            return
        ready = [who for who in self._here() if is_ready(self.seats[who], self.room)]
        for who in ready:
            if not self.room.together or self._in_round(who):
                self.seats[who] = open_round(self.seats[who], self.room, late=False)
        awaited = sum(self.seats[who].awaited for who in ready)
        copies = 1 if self.room.together else len(ready)
        self._happen(events.QuestionSent(copies, awaited))

    def _put_late(self, who: int) -> None:
        is_over = has_left_round(self.seats[who], self.room)
        assert is_over == (self.room.is_open and self.people[who].left == self.room.round)
        if not self.room.takes_answers or self.seats[who].gone or is_over:
            return
        self.seats[who] = open_round(self.seats[who], self.room, late=True)
        if self.seats[who].awaited:
            self._happen(events.JoinedLate())

    def _answer(self, who: int, *, right: bool) -> None:
        if self.room.together and not self._in_round(who):
            self.seats[who] = open_round(self.seats[who], self.room, late=False)
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
        self.seats[who], counted = close_round(self.seats[who], self.room)
        assert counted == person.given
        assert number not in person.marks
        if saw:
            person.marks[number] = person.given
        person.given = None
        assert close_round(self.seats[who], self.room) == (self.seats[who], None), "nothing is counted twice"

    def _catch_up(self, who: int) -> None:
        while (number := next_private_round(self.seats[who], self.room)) is not None:
            self.seats[who] = open_private_round(self.seats[who], number)
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
