"""Control buttons in a group: one message has them, and which one depends on the phase of the quiz.

Its id is the session's ``message_id``: the poll while a round is open, then the message about the vote or the round.
"""

from bot.app.classroom.context import ClassContext
from bot.app.classroom.presenter import controls_of
from bot.app.messages import ClosedButtons, ControlsChanged
from bot.core.classroom import Phase

# Transitions after which the same message has the buttons.
_STAYING = {(Phase.ASKING, Phase.HELD), (Phase.HELD, Phase.ASKING), (Phase.REVEALED, Phase.RESTING)}
# Phases in which a message about the round or the vote has the buttons. A poll loses its buttons when it is stopped.
_ANNOUNCED = (Phase.DISCUSSING, Phase.REVEALED, Phase.RESTING)


def update_buttons(live: ClassContext, before: Phase) -> None:
    """Update the buttons of the message that has them, or remove them if another message will have them."""
    after, message_id = live.session.state.phase, live.session.message_id
    if message_id is None:
        return
    if (before, after) in _STAYING:
        live.send_to_group(ControlsChanged(message_id, controls_of(live.session)))
    elif before in _ANNOUNCED and after is not before:
        live.send_to_group(ClosedButtons(message_id))
        live.session.message_id = None


def update_pressed_message(live: ClassContext, message_id: int, before: int | None) -> None:
    """Update the buttons of a pressed message, unless it is ``before``, the message that had the valid buttons."""
    if message_id == before:
        return
    if before is not None and live.session.message_id == before and live.session.state.phase is not Phase.FINISHED:
        live.send_to_group(ControlsChanged(message_id, controls_of(live.session)))
    else:
        live.send_to_group(ClosedButtons(message_id))
