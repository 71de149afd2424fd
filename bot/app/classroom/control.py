"""The control buttons of a live class: for its host, co-hosts and, in a group, administrators."""

from bot.app import commands
from bot.app.classroom.permission import may_lead
from bot.app.classroom.rounds import ClassRounds, find_rounds
from bot.app.classroom.showing import controls_of
from bot.app.commands import Control
from bot.app.messages import ClosedButtons, ControlsChanged
from bot.app.work import Work
from bot.core import events
from bot.core.classroom import Phase
from bot.core.errors import MoveRefusedError

# Seconds that one press of "more time" adds.
MORE_SECONDS = 15

EVENTS: dict[Control, events.ClassEvent] = {
    Control.START: events.Started(),
    Control.NEXT: events.WentOn(),
    Control.PAUSE: events.Stopped(),
    Control.RESUME: events.Resumed(),
    Control.MORE: events.TimeAdded(MORE_SECONDS),
    Control.SKIP: events.LetGo(),
    Control.DISCUSS: events.DiscussionCalled(),
    Control.END: events.Ended(),
}


def control(work: Work, command: commands.ControlClass) -> None:
    """Do what a button says. One that was made for another round, or pressed twice, does nothing."""
    person = work.person(command.visitor)
    rounds = find_rounds(work, command.session)
    if rounds is None:
        work.toast = "toast.stale"
    elif not may_lead(work, rounds.room, person, command.spot):
        work.toast = "toast.not_leader"
    elif rounds.session.state.phase is Phase.FINISHED or rounds.session.state.round != command.round:
        work.toast = "toast.closed"
    elif command.control in (Control.ASK_END, Control.KEEP):
        _ask_end(rounds, command, ending=command.control is Control.ASK_END)
    else:
        _happen(work, rounds, command)


def _ask_end(rounds: ClassRounds, command: commands.ControlClass, *, ending: bool) -> None:
    """Let the end be confirmed, since it cannot be taken back; or go on where it is not meant after all."""
    if rounds.is_group and command.press:
        rounds.tell_group(ControlsChanged(command.press.message_id, controls_of(rounds.session, ending=ending)))
    else:
        rounds.show_controls(ending=ending)
        rounds.schedule()


def _happen(work: Work, rounds: ClassRounds, command: commands.ControlClass) -> None:
    before = rounds.session.state
    try:
        rounds.happen(EVENTS[command.control])
    except MoveRefusedError:
        work.toast = "toast.closed"
        return
    work.toast = f"toast.{command.control}"
    if rounds.is_group and command.press:
        _renew_buttons(rounds, command.press.message_id, before.phase)


def _renew_buttons(rounds: ClassRounds, message_id: int, before: Phase) -> None:
    """Put the right buttons under the message that was pressed, or take them off where another message has them now."""
    after = rounds.session.state.phase
    stays = before is Phase.HELD and after is Phase.ASKING and rounds.session.message_id == message_id
    if stays or after in (Phase.HELD, Phase.RESTING):
        rounds.tell_group(ControlsChanged(message_id, controls_of(rounds.session)))
    elif before in (Phase.HELD, Phase.REVEALED, Phase.RESTING, Phase.DISCUSSING):
        rounds.tell_group(ClosedButtons(message_id))
