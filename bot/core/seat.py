"""The seat: one person's part in a live class, with the question, the answer and the points, as plain values.

A seat follows the class round by round. A person with more time, or who joined late, may still work on a round that
the class has closed: such a seat is open in private, and takes the rounds that it missed one after the other.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core import events
from bot.core.class_state import VOTE_GRACE, ClassState, Outcome
from bot.core.errors import TransitionRefusedError
from bot.core.extra_time import ExtraTime

# Points for a right answer, and the largest bonus for a quick one.
POINTS = 10
BONUS = 5
# Allowances in percent of a round's time; 0 is unlimited.
USUAL, HALF_MORE, DOUBLE, UNTIMED = 100, 150, 200, 0
# After this number of consecutive rounds without an answer, the class no longer waits for a seat.
MOST_SILENT_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Reply:
    """A marked answer to the open round.

    Attributes:
        right: whether it is right.
        choice: the chosen options in the author's order; empty for a written answer.
        given: the answer as text.
        note: the author's note on a chosen wrong option.
        points: the points that it earns.
        at: the time of the answer.
    """

    right: bool
    choice: tuple[int, ...]
    given: str
    note: str
    points: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's part in one class.

    Attributes:
        allowance: the person's time in percent of a round's time; 0 for unlimited time.
        granted: an allowance that was set while a question was open and applies from the next on; None for none.
        round, vote: the last round that was opened for this person, 0 before the first; and its vote.
        open: whether that round is open for this person, with or without an answer.
        awaited: whether the class waits for this person's answer.
        late, alone: whether the question was sent after the first copies, and after the class had closed the round.
        arrived_at: the arrival of the question; None before it.
        reply, earlier: the answer to the round, and the one in an earlier vote before a discussion.
        seen, right, points: the number of counted rounds that this person saw and answered right, and the points.
        silent: the number of consecutive rounds without an answer.
        rank, rank_before: the places after the last counted round and after the one before; 0 for none.
        gone, removed: whether the person is gone, and removed by the teacher: then the join link does not readmit them.
        left: the last round during which the person left, or that they missed; it is over for this seat. 0 for none.
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
        """Whether a first copy of the question has not arrived yet."""
        return self.open and not self.late and self.arrived_at is None


def open_round(seat: Seat, state: ClassState, *, late: bool) -> Seat:
    """Open the current round for a seat; in a second vote the first answer counts until it is replaced.

    An answer that was given in this vote is kept. In a group one message asks everybody, and the class waits for no
    seat. A round during which the person left is not opened again in any vote, since they may know the answer.
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
        awaited=seat.silent < MOST_SILENT_ROUNDS and not state.together,
        late=late or state.together,
        alone=False,
        arrived_at=None,
        reply=None,
        earlier=(seat.reply or seat.earlier) if again else None,
        allowance=_next_allowance(seat),
        granted=None,
    )


def has_left_round(seat: Seat, state: ClassState) -> bool:
    """Return whether the open round is over for this seat because the person left during it."""
    return state.is_open and seat.left == state.round


def open_private_round(seat: Seat, number: int) -> Seat:
    """Open a round that the class has closed, for a seat that is behind."""
    lagging = replace(seat, round=number, vote=1, open=True, awaited=False, late=True, alone=True)
    return replace(lagging, arrived_at=None, reply=None, earlier=None, allowance=_next_allowance(seat), granted=None)


def _next_allowance(seat: Seat) -> int:
    return seat.allowance if seat.granted is None else seat.granted


def set_allowance(seat: Seat, percent: int) -> Seat:
    """Set the person's allowance; an open question keeps the time that was announced with it."""
    return replace(seat, granted=percent) if seat.open else replace(seat, allowance=percent, granted=None)


def arrive(seat: Seat, now: datetime) -> Seat:
    """Start the time of this seat; a second copy of the question, or one of a closed round, changes nothing."""
    return replace(seat, arrived_at=now) if seat.open and not seat.arrived_at else seat


def is_private(seat: Seat, state: ClassState) -> bool:
    """Return whether a seat has a round open that the class has closed."""
    return seat.open and seat.round <= len(state.outcomes)


def is_ready(seat: Seat, state: ClassState) -> bool:
    """Return whether a seat of a person who is here can get the question that the class opens."""
    return not is_private(seat, state) and not has_left_round(seat, state)


def takes_answer(seat: Seat, state: ClassState) -> bool:
    """Return whether an answer of this seat counts now."""
    if not seat.open or seat.reply or seat.gone:
        return False
    return is_private(seat, state) or (seat.round == state.round and state.takes_answers)


def time_allowed(seat: Seat, state: ClassState) -> timedelta | None:
    """Return the time of a round for this seat; None for unlimited time."""
    if not state.seconds or not seat.allowance:
        return None
    return timedelta(seconds=state.seconds) * seat.allowance / USUAL


def deadline(seat: Seat, state: ClassState) -> datetime | None:
    """Return the time at which a privately open seat runs out of time; None for never."""
    time = time_allowed(seat, state)
    if not is_private(seat, state) or time is None or seat.arrived_at is None:
        return None
    extra = ExtraTime() if seat.alone else state.extras[seat.round - 1]
    return seat.arrived_at + time + extra.after(seat.arrived_at) + VOTE_GRACE


def reply(seat: Seat, state: ClassState, answer: Reply) -> Seat:
    """Record an answer. Raises TransitionRefusedError if the seat has answered or its round is closed."""
    if not takes_answer(seat, state):
        raise TransitionRefusedError(state.phase, f"an answer to round {seat.round}")
    return replace(seat, reply=answer, awaited=False)


def points_for(right: bool, seat: Seat, state: ClassState, now: datetime) -> int:  # noqa: FBT001 - how it was marked
    """Return the points for an answer.

    The bonus depends on the share of the seat's own time that is left, without pauses; unlimited time earns half.
    """
    if not right:
        return 0
    if not state.bonus:
        return POINTS
    time, since = time_allowed(seat, state), seat.arrived_at or state.arrived_at
    if time is None or since is None:
        return POINTS + BONUS // 2
    left = 1 - max(now - since - _paused(seat, state, since, now), timedelta()) / time
    return POINTS + round(BONUS * min(max(left, 0.0), 1.0))


def _paused(seat: Seat, state: ClassState, since: datetime, now: datetime) -> timedelta:
    """Return the time for which the seat's round was paused since the question arrived."""
    if seat.alone:
        return timedelta()
    extra = state.extras[seat.round - 1] if is_private(seat, state) else state.extra_until(now)
    return extra.paused_after(since)


def stays_open_in_private(seat: Seat, state: ClassState, now: datetime, *, in_time: bool) -> bool:
    """Return whether a seat stays open in private after the class has closed its round.

    If the deadline closed the round (``in_time``), every seat whose own time is not over stays open. If the teacher or
    the last answer closed it, only seats with more time than others do.
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
    """Close a round for a seat and count it; return the seat and the answer that counted, if there is one.

    In a group, everybody who ever voted sees every round. Over a link, a question that never arrived was not seen. A
    round without any answer in the whole class does not count as the seat's silence. A round that was counted before,
    or during which the person left, is not counted again.
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
    """Drop the seat's answer to a withdrawn round."""
    return replace(seat, open=False, awaited=False, reply=None, earlier=None)


def leaving_event(seat: Seat, state: ClassState) -> events.Left | None:
    """Return the event for the class if this person leaves now; None if the seat is not in the open round."""
    if not seat.open or seat.round != state.round or not state.takes_answers:
        return None
    return events.Left(awaited=seat.awaited, coming=seat.coming, answered=seat.reply is not None)


def leave(seat: Seat) -> Seat:
    """Return the seat without its person: it keeps its marks; its open round is over, and its answer is dropped."""
    left = seat.round if seat.open else seat.left
    return replace(seat, gone=True, open=False, awaited=False, reply=None, earlier=None, left=left)


def skip_round(seat: Seat, state: ClassState) -> Seat:
    """Mark the open round as over for a seat that takes no part in it."""
    return replace(seat, left=state.round) if state.is_open else seat


def remove(seat: Seat) -> Seat:
    """Remove a person, who may return only after the teacher readmits them."""
    return replace(leave(seat), removed=True)


def readmit(seat: Seat) -> Seat:
    """Allow a removed person to return."""
    return replace(seat, removed=False)


def rejoin(seat: Seat) -> Seat:
    """Return the seat with its person present again."""
    return replace(seat, gone=False, silent=0)


def start_at_current_round(seat: Seat, state: ClassState) -> Seat:
    """Start a seat at the current round; rounds that were closed before are taken afterwards."""
    return replace(seat, round=max(seat.round, len(state.outcomes)))


def next_private_round(seat: Seat, state: ClassState) -> int | None:
    """Return the next closed round for a seat that is behind; None if it has caught up with the class."""
    counted = (number for number, outcome in enumerate(state.outcomes, 1) if outcome is Outcome.COUNTED)
    return next((number for number in counted if number > seat.round), None)
