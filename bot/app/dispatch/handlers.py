"""Which story carries out which command, and what it touches, so that a batch is loaded in a few queries."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.app import answers, commands, learning, solo, throttling
from bot.app.classroom import control, group, hosting, joining, naming, opening, pupils, seating
from bot.app.classroom.live_class import find_rounds
from bot.app.context import Work
from bot.app.dispatch.locking import lock_asked
from bot.app.dispatch.receipts import lose_person
from bot.app.messages import PressAnswer
from bot.core.join_codes import read_code

Story = Callable[[Work, Any], None]


def _block(work: Work, command: commands.Block) -> None:
    """Go on without somebody who blocked the bot; who lets the bot in again finds everything where it was."""
    if command.blocked:
        lose_person(work, command.visitor.id)


STORIES: dict[type[commands.Command], Story] = {
    commands.Vote: answers.vote,
    commands.Write: answers.write,
    commands.SendOther: answers.send_other,
    commands.Mistype: answers.mistype,
    commands.PressAgain: answers.press_again,
    commands.PressStale: answers.press_stale,
    commands.SetUpQuiz: seating.outside_class(solo.set_up),
    commands.BeginQuiz: seating.outside_class(solo.begin_quiz),
    commands.PractiseMissed: seating.outside_class(solo.practise_missed),
    commands.ResumeQuiz: seating.outside_class(solo.resume),
    commands.StopQuiz: seating.outside_class(solo.stop, "class.stop"),
    commands.SkipQuestion: seating.outside_class(solo.skip),
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


def tell_story(work: Work, command: commands.Command) -> None:
    """Carry out a command; a button press is answered whatever the story did."""
    work.toast = ""
    STORIES[type(command)](work, command)
    if command.press and not work.parked:
        work.post(command.visitor.id, work.person(command.visitor).language, PressAnswer(command.press.id, work.toast))


def wake(work: Work, session_id: int) -> None:
    """Let happen in a session what is due."""
    if rounds := find_rounds(work, session_id):
        rounds.wake()
    elif quiz := work.unit.sessions.quiz(session_id):
        solo.wake(work, quiz)


def load_due(work: Work, sessions: Sequence[int]) -> None:
    """Load sessions whose time has come, and whose quizzes they are."""
    unit = work.unit
    unit.sessions.load(sessions)
    unit.persons.load(quiz.person_id for quiz in map(unit.sessions.quiz, sessions) if quiz)


def load(work: Work, asked: Sequence[commands.Command]) -> None:
    """Load what these commands touch: people, polls, quizzes, and what is known of the open questions."""
    unit = work.unit
    if unit.locks:
        lock_asked(unit, asked)
    unit.persons.load(command.visitor.id for command in asked)
    polls = unit.sessions.load_polls(command.poll_id for command in asked if isinstance(command, commands.Vote))
    people = [unit.persons.find(command.visitor.id) for command in asked]
    open_quizzes = {person.session_id for person in people if person and person.session_id is not None}
    classes = {person.class_id for person in people if person and person.class_id is not None}
    unit.sessions.load({poll.session_id for poll in polls} | open_quizzes | classes)
    unit.answers.load_items(
        (quiz.person_id, quiz.state.questions[quiz.state.round - 1])
        for quiz in map(unit.sessions.quiz, open_quizzes)
        if quiz and quiz.state.round <= len(quiz.state.questions)
    )
    _load_classes(work, classes, asked)


def _load_classes(work: Work, classes: set[int], asked: Sequence[commands.Command]) -> None:
    """Load the live classes, and who of these people is in them."""
    unit = work.unit
    polls = [unit.sessions.poll(command.poll_id) for command in asked if isinstance(command, commands.Vote)]
    classes |= {poll.session_id for poll in polls if poll and unit.sessions.classroom(poll.session_id)}
    codes = {read_code(command.code) for command in asked if isinstance(command, commands.JoinClass)}
    classes |= {room.id for room in map(unit.rooms.by_code, filter(None, codes)) if room}
    if classes:
        unit.rooms.load(classes)
        rooms = [unit.rooms.find(session) for session in classes]
        unit.groups.load(room.chat_id for room in rooms if room and room.chat_id is not None)
        for session in classes:
            unit.pupils.load_some(session, (command.visitor.id for command in asked))
