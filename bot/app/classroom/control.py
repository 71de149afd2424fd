"""Handler of the control buttons of a live class, for hosts, co-hosts and, in a group, administrators."""

from bot.app import commands
from bot.app.classroom.buttons import update_pressed_message
from bot.app.classroom.closable import closing_obstacle, register_unknown_copy
from bot.app.classroom.live_class import LiveClass, find_live_class
from bot.app.classroom.permission import is_in_class_chat, may_lead
from bot.app.classroom.presenter import controls_of
from bot.app.commands import Control
from bot.app.context import Context
from bot.app.messages import ControlsChanged
from bot.core import events
from bot.core.classroom import Phase
from bot.core.errors import TransitionRefusedError
from bot.store.persons import Person

# Seconds that one press of "more time" adds.
MORE_SECONDS = 15
# Buttons that close a vote. They are deferred while Telegram is asked whose votes count, at most MAX_DEFERRALS times:
# twelve seconds, or less if deliveries release the update sooner.
CLOSING_CONTROLS = (Control.CLOSE, Control.DISCUSS, Control.END)
MAX_DEFERRALS = 12

EVENTS: dict[Control, events.ClassEvent] = {
    Control.START: events.Started(),
    Control.CLOSE: events.Advanced(),
    Control.NEXT: events.Advanced(),
    Control.PAUSE: events.Paused(),
    Control.RESUME: events.Resumed(),
    Control.MORE: events.TimeAdded(MORE_SECONDS),
    Control.SKIP: events.QuestionDropped(),
    Control.DISCUSS: events.DiscussionStarted(),
    Control.END: events.Ended(),
}


def control(context: Context, command: commands.ControlClass) -> None:
    """Handle a control button; ignore it if it belongs to another round or another chat, or was pressed twice."""
    person = context.person(command.visitor)
    live = find_live_class(context, command.session)
    if live is None or not is_in_class_chat(live.row, command.spot):
        context.toast = "toast.stale"
        return
    if not may_lead(context, live.row, person):
        context.toast = "toast.not_leader" if live.is_group else "toast.not_host"
        return
    live.touch()
    if command.press and not live.is_group:
        live.recover_controls_message(person, command.press.message_id)
    if live.session.state.phase is Phase.FINISHED or live.session.state.round != command.round:
        context.toast = "toast.closed"
        return
    is_lost_copy = command.press is not None and live.is_group and register_unknown_copy(live, command.press)
    if command.control in (Control.ASK_END, Control.KEEP):
        _ask_end(live, person, command, ending=command.control is Control.ASK_END)
    else:
        _apply_control(context, live, command, is_lost_copy=is_lost_copy)


def _ask_end(live: LiveClass, person: Person, command: commands.ControlClass, *, ending: bool) -> None:
    """Ask to confirm the end, which cannot be undone; or remove that question (``ending`` is False)."""
    if live.is_group and command.press:
        live.send_to_group(ControlsChanged(command.press.message_id, controls_of(live.session, ending=ending)))
    else:
        live.set_end_confirmation(person, ending=ending)
        live.schedule()


def _apply_control(context: Context, live: LiveClass, command: commands.ControlClass, *, is_lost_copy: bool) -> None:
    previous_message_id = live.session.message_id
    if _comes_late(live, command.control):
        context.toast = "toast.closed"
        return
    if obstacle := closing_obstacle(live, command, is_lost_copy=is_lost_copy):
        context.toast = obstacle
        return
    if command.control in CLOSING_CONTROLS and context.deferrals < MAX_DEFERRALS and live.session.state.takes_answers:
        context.deferred = live.awaits_member_check
        if context.deferred:
            return
    try:
        live.apply(EVENTS[command.control])
    except TransitionRefusedError:
        context.toast = "toast.closed"
        return
    context.toast = f"toast.{command.control}"
    if live.is_group and command.press:
        update_pressed_message(live, command.press.message_id, previous_message_id)


def _comes_late(live: LiveClass, control: Control) -> bool:
    """Return whether this is the second press of a double tap, or a press of the first vote during the second.

    A double tap must not both show the answer and ask the next question, and a question is discussed only once.
    """
    state = live.session.state
    if control is Control.DISCUSS:
        return state.vote > 1
    return (control is Control.CLOSE and not state.takes_answers) or (control is Control.NEXT and state.takes_answers)
