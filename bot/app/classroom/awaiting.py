"""Checks whether a question that was sent is still awaited, or its round or vote is over."""

from bot.app.messages import ClassQuestion, GroupPoll
from bot.core.classroom import ClassState
from bot.core.seat import Seat, takes_answer


def awaits(seat: Seat, state: ClassState, asked: ClassQuestion) -> bool:
    """Return whether a seat still waits for this question in this vote."""
    return takes_answer(seat, state) and (seat.round, seat.vote) == (asked.round, asked.vote)


def is_awaited(state: ClassState, poll: GroupPoll) -> bool:
    """Return whether a quiz in a group still waits for this poll in this vote."""
    return state.takes_answers and (state.round, state.vote) == (poll.round, poll.controls.vote)
