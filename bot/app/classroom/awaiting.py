"""Whether a question that was sent is still awaited, or its round or vote is over."""

from bot.app.messages import ClassQuestion, GroupPoll
from bot.core.classroom import Classroom
from bot.core.seat import Seat, takes_answer


def awaits(seat: Seat, room: Classroom, asked: ClassQuestion) -> bool:
    """Return whether a seat still waits for this question, in this vote on it."""
    return takes_answer(seat, room) and (seat.round, seat.vote) == (asked.round, asked.vote)


def is_awaited(room: Classroom, poll: GroupPoll) -> bool:
    """Return whether a quiz in a group still waits for this poll, of this vote on this question."""
    return room.takes_answers and (room.round, room.vote) == (poll.round, poll.controls.vote)
