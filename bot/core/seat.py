"""One person's part in a live class, as plain values: what was put before them, what they answered, what it earned.

A seat follows the room round by round. Who has more time, or came late, may still be busy with a round that the room
has closed: such a seat is open in private, and takes the rounds it lags behind one after the other.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core import events
from bot.core.class_state import GRACE, ClassState, Outcome
from bot.core.errors import MoveRefusedError
from bot.core.extra_time import ExtraTime

# What a right answer earns, and at most the bonus for a quick one.
POINTS = 10
BONUS = 5
# Allowances, in percent of a round's time; 0 is untimed.
USUAL, HALF_MORE, DOUBLE, UNTIMED = 100, 150, 200, 0
# Who let so many rounds pass in silence is no longer waited for.
SILENT_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to the open round.

    Attributes:
        right: how it was marked.
        choice: the options chosen, in the author's order; empty where it was written.
        given: what was answered, readable.
        note: why a chosen wrong option is wrong.
        points: what it earns.
    """

    right: bool
    choice: tuple[int, ...]
    given: str
    note: str
    points: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Seat:
    """One person in one class.

    Attributes:
        allowance: percent of a round's time that this person has; 0 for all the time they want. ``granted`` is what
            was granted while a question is open, and holds from the next on; None for nothing.
        round: the round put to this person last; 0 before the first. ``vote``: in which of its votes.
        open: whether that round still waits for this person, who may have answered already.
        awaited: whether the room waits for this person's answer.
        late: whether it was put outside the first copies; ``alone``: when the room had closed it already.
        arrived_at: when it arrived.
        reply: the answer to it; ``earlier`` the one of the first vote, where there was a discussion.
        seen, right, points: counted rounds that this person saw, those answered right, and what they earned.
        silent: rounds let pass, one after the other.
        rank, rank_before: the place in the standings after the last counted round and the one before; 0 for none.
        gone: left or removed; ``removed``: by the teacher, so that the join link does not give the seat back.
        left: the last round that was left, or missed, while it was open; it is over for this seat. 0 for none.
    """

    allowance: int = USUAL
    round: int = 0
    vote: int = 0
    open: bool = False
    awaited: bool = False
    late: bool = False
    alone: bool = False
    arrived_at: datetime | None = None
    reply: Reply | None = None
    earlier: Reply | None = None
    seen: int = 0
    right: int = 0
    points: int = 0
    silent: int = 0
    rank: int = 0
    rank_before: int = 0
    gone: bool = False
    granted: int | None = None
    removed: bool = False
    left: int = 0

    @property
    def coming(self) -> bool:
        """Whether a first copy of the question is still on its way."""
        return self.open and not self.late and self.arrived_at is None


def open_round(seat: Seat, state: ClassState, *, late: bool) -> Seat:
    """Put the room's open question to a seat; in a second vote the answer of the first stands until it is replaced.

    Who answered in this vote already keeps that answer. In a group one message asks everybody, and nobody is awaited.
    A round that was left is not put again, whatever vote it is in: whoever left may know the answer by now.
    """
    if has_left_round(seat, state):
        return seat
    again = seat.open and seat.round == state.round
    if again and seat.vote == state.vote and seat.reply:
        return seat
    return replace(
        seat,
        round=state.round,
        vote=state.vote,
        open=True,
        awaited=seat.silent < SILENT_ROUNDS and not state.together,
        late=late or state.together,
        alone=False,
        arrived_at=None,
        reply=None,
        earlier=(seat.reply or seat.earlier) if again else None,
        allowance=_next_allowance(seat),
        granted=None,
    )


def has_left_round(seat: Seat, state: ClassState) -> bool:
    """Return whether the open round is over for this seat, because it was left in it."""
    return state.is_open and seat.left == state.round


def open_private_round(seat: Seat, number: int) -> Seat:
    """Put a round to a seat that lags behind the room."""
    lagging = replace(seat, round=number, vote=1, open=True, awaited=False, late=True, alone=True)
    return replace(lagging, arrived_at=None, reply=None, earlier=None, allowance=_next_allowance(seat), granted=None)


def _next_allowance(seat: Seat) -> int:
    return seat.allowance if seat.granted is None else seat.granted


def set_allowance(seat: Seat, percent: int) -> Seat:
    """Grant so much of a round's time; a question that is open keeps the time that was told with it."""
    return replace(seat, granted=percent) if seat.open else replace(seat, allowance=percent, granted=None)


def arrive(seat: Seat, now: datetime) -> Seat:
    """Let this seat's time begin; a second copy of the same question changes nothing, nor one that is closed."""
    return replace(seat, arrived_at=now) if seat.open and not seat.arrived_at else seat


def is_private(seat: Seat, state: ClassState) -> bool:
    """Say whether a seat is busy with a round that the room has closed."""
    return seat.open and seat.round <= len(state.outcomes)


def is_ready(seat: Seat, state: ClassState) -> bool:
    """Return whether the question that the room opens can be put to a seat which is here."""
    return not is_private(seat, state) and not has_left_round(seat, state)


def takes_answer(seat: Seat, state: ClassState) -> bool:
    """Say whether an answer of this seat counts now."""
    if not seat.open or seat.reply or seat.gone:
        return False
    return is_private(seat, state) or (seat.round == state.round and state.takes_answers)


def time_of(seat: Seat, state: ClassState) -> timedelta | None:
    """Give how long a round lasts for this seat; None for as long as it takes."""
    if not state.seconds or not seat.allowance:
        return None
    return timedelta(seconds=state.seconds) * seat.allowance / USUAL


def deadline(seat: Seat, state: ClassState) -> datetime | None:
    """Give when a seat that is open in private runs out of time; None for never."""
    time = time_of(seat, state)
    if not is_private(seat, state) or time is None or seat.arrived_at is None:
        return None
    extra = ExtraTime() if seat.alone else state.extras[seat.round - 1]
    return seat.arrived_at + time + extra.after(seat.arrived_at) + GRACE


def reply(seat: Seat, state: ClassState, answer: Reply) -> Seat:
    """Take an answer. Raises MoveRefusedError where none is taken: answered already, or closed."""
    if not takes_answer(seat, state):
        raise MoveRefusedError(state.phase, f"an answer to round {seat.round}")
    return replace(seat, reply=answer, awaited=False)


def points_for(right: bool, seat: Seat, state: ClassState, now: datetime) -> int:  # noqa: FBT001 - how it was marked
    """Give what an answer earns.

    A bonus is measured against the time the seat is allowed, pauses left out; untimed earns half of it.
    """
    if not right:
        return 0
    if not state.bonus:
        return POINTS
    time, since = time_of(seat, state), seat.arrived_at or state.arrived_at
    if time is None or since is None:
        return POINTS + BONUS // 2
    left = 1 - max(now - since - _paused(seat, state, since, now), timedelta()) / time
    return POINTS + round(BONUS * min(max(left, 0.0), 1.0))


def _paused(seat: Seat, state: ClassState, since: datetime, now: datetime) -> timedelta:
    """Give how long the seat's round was held since it arrived."""
    if seat.alone:
        return timedelta()
    extra = state.extras[seat.round - 1] if is_private(seat, state) else state.extra_until(now)
    return extra.paused_after(since)


def stays_open(seat: Seat, state: ClassState, now: datetime, *, in_time: bool) -> bool:
    """Say whether a seat goes on in private with the round that the room has just closed.

    Where time closed the round (``in_time``), nobody whose own time is not out is cut short. Where the teacher or the
    last answer did, only those go on who have more time than others.
    """
    if not seat.open or seat.reply or seat.gone or state.together or seat.arrived_at is None:
        return False
    if seat.allowance == UNTIMED:
        return True
    if not state.seconds or (seat.allowance == USUAL and not in_time):
        return False
    end = deadline(seat, state)
    return end is not None and end > now


def close_round(seat: Seat, state: ClassState) -> tuple[Seat, Reply | None]:
    """Count a seat's part in its round, which is closed; give the answer that counted, if there was one.

    In a group everybody who ever voted sees every round. Over a link, what never arrived was not seen. A round in which
    nobody at all answered is held against nobody's attention. What was counted already, or left, is not counted again.
    """
    if not seat.open and (seat.gone or not state.together or seat.round >= len(state.outcomes)):
        return seat, None
    number = len(state.outcomes) if state.together else seat.round
    counted = seat.reply or seat.earlier
    is_counted = state.outcomes[number - 1] is Outcome.COUNTED
    is_quiet = number == len(state.outcomes) and state.quiet > 0
    seen = is_counted and (state.together or seat.arrived_at is not None or counted is not None)
    settled = replace(
        seat,
        round=number,
        open=False,
        awaited=False,
        reply=None,
        earlier=None,
        seen=seat.seen + seen,
        right=seat.right + (is_counted and counted is not None and counted.right),
        points=seat.points + (counted.points if is_counted and counted else 0),
        silent=0 if counted else seat.silent + (seen and not is_quiet),
    )
    return settled, counted if is_counted else None


def annul(seat: Seat) -> Seat:
    """Drop what a seat answered to a round that was taken back."""
    return replace(seat, open=False, awaited=False, reply=None, earlier=None)


def departure(seat: Seat, state: ClassState) -> events.Left | None:
    """Give what the room must be told if this seat is left or removed now; None where the seat is nothing to it."""
    if not seat.open or seat.round != state.round or not state.takes_answers:
        return None
    return events.Left(awaited=seat.awaited, coming=seat.coming, answered=seat.reply is not None)


def leave(seat: Seat) -> Seat:
    """Return the seat as it stands empty: its marks stay, its open round is over, an answer not yet counted goes."""
    left = seat.round if seat.open else seat.left
    return replace(seat, gone=True, open=False, awaited=False, reply=None, earlier=None, left=left)


def miss(seat: Seat, state: ClassState) -> Seat:
    """End the open round for a seat that takes no part in it."""
    return replace(seat, left=state.round) if state.is_open else seat


def remove(seat: Seat) -> Seat:
    """Put somebody out, who does not get the seat back before the teacher allows it."""
    return replace(leave(seat), removed=True)


def readmit(seat: Seat) -> Seat:
    """Let somebody who was put out come back."""
    return replace(seat, removed=False)


def come_back(seat: Seat) -> Seat:
    """Take the same seat again."""
    return replace(seat, gone=False, silent=0)


def begin_at(seat: Seat, state: ClassState) -> Seat:
    """Let a seat begin with the room's present round: what was closed before it came is for afterwards."""
    return replace(seat, round=max(seat.round, len(state.outcomes)))


def next_private_round(seat: Seat, state: ClassState) -> int | None:
    """Give the closed round that a seat which lags behind takes next; None where it has caught up with the room."""
    counted = (number for number, outcome in enumerate(state.outcomes, 1) if outcome is Outcome.COUNTED)
    return next((number for number in counted if number > seat.round), None)
