"""The control buttons in a group: one message carries them, and which it is changes with where the quiz stands.

Its number is the session's ``message_id``: the poll's while a round is open, then that of what was told of it.
"""

from bot.app.classroom.context import ClassContext
from bot.app.classroom.presenter import controls_of
from bot.app.messages import ClosedButtons, ControlsChanged
from bot.core.classroom import Phase

# Where the same message goes on carrying the buttons.
_STAYING = {(Phase.ASKING, Phase.HELD), (Phase.HELD, Phase.ASKING), (Phase.REVEALED, Phase.RESTING)}
# Where what was told of a round or a vote carries them; a poll loses them when it is stopped or taken away.
_TOLD = (Phase.DISCUSSING, Phase.REVEALED, Phase.RESTING)


def update_buttons(live: ClassContext, before: Phase) -> None:
    """Put the right buttons under the message that carries them, or take them off once another will carry them."""
    after, message_id = live.session.state.phase, live.session.message_id
    if message_id is None:
        return
    if (before, after) in _STAYING:
        live.send_to_group(ControlsChanged(message_id, controls_of(live.session)))
    elif before in _TOLD and after is not before:
        live.send_to_group(ClosedButtons(message_id))
        live.session.message_id = None


def update_pressed_message(live: ClassContext, message_id: int, before: int | None) -> None:
    """Do the same with another message whose button was pressed; ``before`` is the one that carried them until then."""
    if message_id == before:
        return
    if before is not None and live.session.message_id == before and live.session.state.phase is not Phase.FINISHED:
        live.send_to_group(ControlsChanged(message_id, controls_of(live.session)))
    else:
        live.send_to_group(ClosedButtons(message_id))
