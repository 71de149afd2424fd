"""Checks whether a button may close a vote: not before anybody could vote, and not under a lost copy of the poll.

A process that is killed right after it sent a question has not recorded the delivery, so the question is sent again and
people who voted in the first copy must vote again. A button pressed under the first copy, or before the second copy
arrived, must not end the round meanwhile.
"""

from typing import Literal

from bot.app.classroom.context import ClassContext
from bot.app.commands import Control, ControlClass, Press
from bot.store.sessions import SentPoll

Obstacle = Literal["", "toast.newest", "toast.resending"]
"""The reason, as the name of a text, why a vote must not be closed; empty if it may be closed."""


def register_unknown_copy(live: ClassContext, press: Press) -> bool:
    """Return whether a button is under a copy of the open poll that was unknown; its votes count from now on.

    In a second vote it may be a copy of the first vote's poll, so its votes do not count.
    """
    state, sessions = live.session.state, live.context.unit.sessions
    if not (press.poll_id and state.takes_answers) or sessions.reload_poll(press.poll_id):
        return False
    if state.vote == 1:
        sessions.add_polls([SentPoll(press.poll_id, live.session.id, state.round, state.vote)])
    return True


def closing_obstacle(live: ClassContext, command: ControlClass, *, is_lost_copy: bool) -> Obstacle:
    """Return why a button must not close the open vote; empty if it may."""
    state, press = live.session.state, command.press
    if command.control not in (Control.CLOSE, Control.DISCUSS) or not state.takes_answers:
        return ""
    if state.arrived_at is None and state.coming:
        # If this process sent the question, there is only one copy and its receipt is about to arrive.
        is_first = live.context.questions_sent.contains(live.session.id, state.round, state.vote)
        return "" if is_first else "toast.resending"
    return "toast.newest" if is_lost_copy or (press and live.is_group and _is_older(live, press)) else ""


def _is_older(live: ClassContext, press: Press) -> bool:
    """Return whether a button is above the newest copy of the open poll: under a lost copy or the first vote's poll."""
    return live.session.message_id is not None and press.message_id < live.session.message_id
