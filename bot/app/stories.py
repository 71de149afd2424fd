"""Which story carries out which command, and what it touches, so that a batch is loaded in a few queries."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.app import answers, commands, learning, solo
from bot.app.messages import PressAnswer
from bot.app.work import Work

Story = Callable[[Work, Any], None]

STORIES: dict[type[commands.Command], Story] = {
    commands.Vote: answers.vote,
    commands.Write: answers.write,
    commands.SendOther: answers.send_other,
    commands.Mistype: answers.mistype,
    commands.PressStale: answers.press_stale,
    commands.SetUpQuiz: solo.set_up,
    commands.BeginQuiz: solo.begin_quiz,
    commands.PractiseMissed: solo.practise_missed,
    commands.ResumeQuiz: solo.resume,
    commands.StopQuiz: solo.stop,
    commands.SkipQuestion: solo.skip,
    commands.Start: learning.start,
    commands.AskHelp: learning.ask_help,
    commands.ShowScore: learning.show_score,
    commands.ShowTopics: learning.show_topics,
    commands.Read: learning.read,
    commands.ChooseLanguage: learning.choose_language,
    commands.Block: solo.block,
    commands.CallInGroup: learning.call_in_group,
}


def tell_story(work: Work, command: commands.Command) -> None:
    """Carry out a command; a button press is answered whatever the story did."""
    work.toast = ""
    STORIES[type(command)](work, command)
    if command.press:
        work.post(command.visitor.id, work.person(command.visitor).language, PressAnswer(command.press.id, work.toast))


def load(work: Work, asked: Sequence[commands.Command]) -> None:
    """Load what these commands touch: people, polls, quizzes, and what is known of the open questions."""
    unit = work.unit
    unit.persons.load(command.visitor.id for command in asked)
    polls = unit.sessions.load_polls(command.poll_id for command in asked if isinstance(command, commands.Vote))
    people = [unit.persons.find(command.visitor.id) for command in asked]
    open_quizzes = {person.session_id for person in people if person and person.session_id is not None}
    unit.sessions.load(open_quizzes.union(poll.session_id for poll in polls))
    unit.answers.load_items(
        (quiz.person_id, quiz.state.questions[quiz.state.round - 1])
        for quiz in map(unit.sessions.find, open_quizzes)
        if quiz and quiz.state.round <= len(quiz.state.questions)
    )
