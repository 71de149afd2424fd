"""Handlers: which function handles which command, and what to load for a batch of commands in a few queries."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.app import answers, commands, learning, solo, throttling
from bot.app.classroom import control, group, hosting, joining, naming, opening, pupils, seating
from bot.app.classroom.live_class import find_live_class
from bot.app.context import Context
from bot.app.dispatch.locking import lock_for_commands
from bot.app.dispatch.receipts import pause_person
from bot.app.messages import PressAnswer
from bot.core.join_codes import read_code

Handler = Callable[[Context, Any], None]


def _block(context: Context, command: commands.Block) -> None:
    """Pause a person who blocked the bot; a person who unblocks it resumes where they stopped."""
    if command.blocked:
        pause_person(context, command.visitor.id)


HANDLERS: dict[type[commands.Command], Handler] = {
    commands.Vote: answers.vote,
    commands.Write: answers.write,
    commands.SendOther: answers.send_other,
    commands.Mistype: answers.mistype,
    commands.PressAgain: answers.press_again,
    commands.PressStale: answers.press_stale,
    commands.SetUpQuiz: seating.unless_in_class(solo.set_up),
    commands.BeginQuiz: seating.unless_in_class(solo.begin_quiz),
    commands.PractiseMissed: seating.unless_in_class(solo.practise_missed),
    commands.ResumeQuiz: seating.unless_in_class(solo.resume),
    commands.StopQuiz: seating.unless_in_class(solo.stop, "class.stop"),
    commands.SkipQuestion: seating.unless_in_class(solo.skip),
    commands.Start: learning.start,
    commands.AskHelp: learning.ask_help,
    commands.ShowScore: learning.show_score,
    commands.ShowTopics: learning.show_topics,
    commands.Read: learning.read,
    commands.ChooseLanguage: learning.choose_language,
    commands.Block: _block,
    commands.AskTooMuch: throttling.ask_too_much,
    commands.ControlClass: control.control,
    commands.SetUpClass: opening.set_up,
    commands.OpenClass: opening.open_class,
    commands.ShowControls: opening.show_controls,
    commands.JoinClass: joining.join,
    commands.TakeNickname: naming.take_nickname,
    commands.LeaveClass: seating.leave,
    commands.ShowPupils: pupils.show_pupils,
    commands.ShowPupil: pupils.show_pupil,
    commands.SetAllowance: pupils.set_allowance,
    commands.RenamePupil: pupils.ask_to_rename,
    commands.RemovePupil: pupils.remove,
    commands.ReadmitPupil: pupils.readmit,
    commands.ShowHosts: hosting.show_hosts,
    commands.JoinAsHost: hosting.join_as_host,
    commands.HandOver: hosting.hand_over,
    commands.RemoveHost: hosting.remove_host,
    commands.RenewInvitation: hosting.renew_invitation,
    commands.SetUpGroupQuiz: group.set_up,
    commands.BeginGroupQuiz: group.begin_quiz,
    commands.PauseGroupQuiz: group.pause,
    commands.AllowLeader: group.allow,
    commands.EnterGroup: group.enter,
    commands.ChangeRole: group.change_role,
    commands.MigrateGroup: group.migrate,
    commands.CallAsChannel: group.refuse_channel,
    commands.CallInGroup: learning.call_in_group,
    commands.AskHelpInGroup: learning.ask_help_in_group,
}


def handle(context: Context, command: commands.Command) -> None:
    """Handle a command; answer its button press, if any, whatever the handler did."""
    context.toast = ""
    HANDLERS[type(command)](context, command)
    if command.press and not context.deferred:
        context.send_to_chat(
            command.visitor.id, context.person(command.visitor).language, PressAnswer(command.press.id, context.toast)
        )


def fire_deadline(context: Context, session_id: int) -> None:
    """Fire the due deadline of a session."""
    if live := find_live_class(context, session_id):
        live.fire_deadline()
    elif quiz := context.unit.sessions.find_solo(session_id):
        solo.fire_deadline(context, quiz)


def load_due_sessions(context: Context, sessions: Sequence[int]) -> None:
    """Load due sessions, and the learners of the solo quizzes among them."""
    unit = context.unit
    unit.sessions.load(sessions)
    unit.persons.load(quiz.person_id for quiz in map(unit.sessions.find_solo, sessions) if quiz)


def load(context: Context, batch: Sequence[commands.Command]) -> None:
    """Load what these commands touch: people, polls, sessions, and the learners' progress on the open questions."""
    unit = context.unit
    if unit.locks:
        lock_for_commands(unit, batch)
    unit.persons.load(command.visitor.id for command in batch)
    polls = unit.sessions.load_polls(command.poll_id for command in batch if isinstance(command, commands.Vote))
    people = [unit.persons.find(command.visitor.id) for command in batch]
    open_quizzes = {person.session_id for person in people if person and person.session_id is not None}
    classes = {person.class_id for person in people if person and person.class_id is not None}
    unit.sessions.load({poll.session_id for poll in polls} | open_quizzes | classes)
    unit.answers.load_question_progress(
        (quiz.person_id, quiz.state.questions[quiz.state.round - 1])
        for quiz in map(unit.sessions.find_solo, open_quizzes)
        if quiz and quiz.state.round <= len(quiz.state.questions)
    )
    _load_classes(context, classes, batch)


def _load_classes(context: Context, classes: set[int], batch: Sequence[commands.Command]) -> None:
    """Load these live classes and those that the commands name, with the pupils that these people are in them."""
    unit = context.unit
    polls = [unit.sessions.poll(command.poll_id) for command in batch if isinstance(command, commands.Vote)]
    classes |= {poll.session_id for poll in polls if poll and unit.sessions.find_class(poll.session_id)}
    codes = {read_code(command.code) for command in batch if isinstance(command, commands.JoinClass)}
    classes |= {row.id for row in map(unit.live_classes.by_code, filter(None, codes)) if row}
    if classes:
        unit.live_classes.load(classes)
        rows = [unit.live_classes.find(session) for session in classes]
        unit.groups.load(row.chat_id for row in rows if row and row.chat_id is not None)
        for session in classes:
            unit.pupils.load_some(session, (command.visitor.id for command in batch))
