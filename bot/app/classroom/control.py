"""The control buttons of a live class: for its host, co-hosts and, in a group, administrators."""

from bot.app import commands
from bot.app.classroom.buttons import renew_pressed
from bot.app.classroom.closable import learn_copy, obstacle_to
from bot.app.classroom.live_class import ClassRounds, find_rounds
from bot.app.classroom.permission import is_bound, may_lead
from bot.app.classroom.presenter import controls_of
from bot.app.commands import Control
from bot.app.context import Work
from bot.app.messages import ControlsChanged
from bot.core import events
from bot.core.classroom import Phase
from bot.core.errors import MoveRefusedError
from bot.store.persons import Person

# Seconds that one press of "more time" adds.
MORE_SECONDS = 15
# What closes a vote. It waits while Telegram is asked whose votes count, but no more than so many times: that is twelve
# seconds, unless other messages call it sooner.
CLOSING = (Control.CLOSE, Control.DISCUSS, Control.END)
MOST_WAITS = 12

EVENTS: dict[Control, events.ClassEvent] = {
    Control.START: events.Started(),
    Control.CLOSE: events.WentOn(),
    Control.NEXT: events.WentOn(),
    Control.PAUSE: events.Stopped(),
    Control.RESUME: events.Resumed(),
    Control.MORE: events.TimeAdded(MORE_SECONDS),
    Control.SKIP: events.LetGo(),
    Control.DISCUSS: events.DiscussionCalled(),
    Control.END: events.Ended(),
}


def control(work: Work, command: commands.ControlClass) -> None:
    """Do what a button says. One made for another round or another chat, or pressed twice, does nothing."""
    person = work.person(command.visitor)
    rounds = find_rounds(work, command.session)
    if rounds is None or not is_bound(rounds.room, command.spot):
        work.toast = "toast.stale"
        return
    if not may_lead(work, rounds.room, person):
        work.toast = "toast.not_leader" if rounds.is_group else "toast.not_host"
        return
    rounds.touch()
    if command.press and not rounds.is_group:
        rounds.find_controls(person, command.press.message_id)
    if rounds.session.state.phase is Phase.FINISHED or rounds.session.state.round != command.round:
        work.toast = "toast.closed"
        return
    is_lost_copy = command.press is not None and rounds.is_group and learn_copy(rounds, command.press)
    if command.control in (Control.ASK_END, Control.KEEP):
        _ask_end(rounds, person, command, ending=command.control is Control.ASK_END)
    else:
        _happen(work, rounds, command, is_lost_copy=is_lost_copy)


def _ask_end(rounds: ClassRounds, person: Person, command: commands.ControlClass, *, ending: bool) -> None:
    """Let the end be confirmed, since it cannot be taken back; or go on where it is not meant after all."""
    if rounds.is_group and command.press:
        rounds.tell_group(ControlsChanged(command.press.message_id, controls_of(rounds.session, ending=ending)))
    else:
        rounds.ask_end(person, ending=ending)
        rounds.schedule()


def _happen(work: Work, rounds: ClassRounds, command: commands.ControlClass, *, is_lost_copy: bool) -> None:
    carrier = rounds.session.message_id
    if _comes_late(rounds, command.control):
        work.toast = "toast.closed"
        return
    if obstacle := obstacle_to(rounds, command, is_lost_copy=is_lost_copy):
        work.toast = obstacle
        return
    if command.control in CLOSING and work.waits < MOST_WAITS and rounds.session.state.takes_answers:
        work.parked = rounds.is_checking
        if work.parked:
            return
    try:
        rounds.happen(EVENTS[command.control])
    except MoveRefusedError:
        work.toast = "toast.closed"
        return
    work.toast = f"toast.{command.control}"
    if rounds.is_group and command.press:
        renew_pressed(rounds, command.press.message_id, carrier)


def _comes_late(rounds: ClassRounds, control: Control) -> bool:
    """Return whether this is the second of two taps, or a tap of the first vote that comes in the second.

    A tap that showed the answer does not ask the next question too, and a question is discussed once.
    """
    state = rounds.session.state
    if control is Control.DISCUSS:
        return state.vote > 1
    return (control is Control.CLOSE and not state.takes_answers) or (control is Control.NEXT and state.takes_answers)
