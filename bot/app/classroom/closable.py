"""Whether a button may close a vote: never before anybody could vote, and not from under a copy that got lost.

A process that is killed right after it sent a question has not noted that it is there: the question is sent again, and
whoever voted in the first copy must vote once more. What was pressed under that copy, or before the second one came,
must not end the round meanwhile.
"""

from typing import Literal

from bot.app.classroom.context import ClassContext
from bot.app.commands import Control, ControlClass, Press
from bot.store.sessions import SentPoll

Obstacle = Literal["", "toast.newest", "toast.resending"]
"""Why a vote is not to be closed: the button stands under a lost copy, or the question is on its way once more."""


def register_unknown_copy(live: ClassContext, press: Press) -> bool:
    """Return whether a button stands under a copy of the open poll that was not known; its votes count from now on.

    In a second vote it may be a copy of the first one just as well, so its votes do not count.
    """
    state, sessions = live.session.state, live.context.unit.sessions
    if not (press.poll_id and state.takes_answers) or sessions.reload_poll(press.poll_id):
        return False
    if state.vote == 1:
        sessions.add_polls([SentPoll(press.poll_id, live.session.id, state.round, state.vote)])
    return True


def closing_obstacle(live: ClassContext, command: ControlClass, *, is_lost_copy: bool) -> Obstacle:
    """Return the text that says what keeps a button from closing the open vote; empty where nothing does."""
    state, press = live.session.state, command.press
    if command.control not in (Control.CLOSE, Control.DISCUSS) or not state.takes_answers:
        return ""
    if state.arrived_at is None and state.coming:
        # Where this very process put the question, its one copy is there, and about to be known.
        is_first = live.context.questions_sent.contains(live.session.id, state.round, state.vote)
        return "" if is_first else "toast.resending"
    return "toast.newest" if is_lost_copy or (press and live.is_group and _is_older(live, press)) else ""


def _is_older(live: ClassContext, press: Press) -> bool:
    """Return whether a button stands above the newest copy of the open poll: under a lost one, or an earlier vote's."""
    return live.session.message_id is not None and press.message_id < live.session.message_id
