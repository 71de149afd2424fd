"""Handlers of votes, texts, and other messages and presses that could be meant as answers."""

from bot.app import commands
from bot.app.classroom import answering, expected_text, joining
from bot.app.context import Context
from bot.app.messages import AskedQuestion, ClassQuestion, DeletedMessage, GroupPoll, Notice
from bot.app.solo import send_quiz_waits
from bot.app.solo_quiz import SoloQuiz, find_current_quiz
from bot.app.withheld_questions import is_withheld
from bot.core.prompt import ChoicePrompt, NotAnAnswer, Written, WrittenPrompt, chosen_in
from bot.core.solo import Phase
from bot.store.persons import Person
from bot.store.sessions import SentPoll, SoloSession


def vote(context: Context, command: commands.Vote) -> None:
    """Handle a vote in a poll as an answer, if the poll's round is still open."""
    person = context.person(command.visitor)
    poll = context.unit.sessions.poll(command.poll_id)
    if poll is None:
        # The poll becomes known with its receipt, or never: a process died after sending it, and it was sent again.
        context.deferred = _is_question_under_way(context, person) or context.unit.outbox.holds_kind(GroupPoll.__name__)
        if context.deferred:
            return
        # The receipt may have been recorded between the two queries: for the poll, and for the outbox.
        poll = context.unit.sessions.reload_poll(command.poll_id)
    if poll is None:
        if person.is_private:
            context.send(person, Notice("vote.unknown_poll"))
        return
    if context.unit.sessions.find_class(poll.session_id):
        answering.vote(context, person, poll, command)
        return
    quiz = context.unit.sessions.find_solo(poll.session_id)
    # A vote in a forwarded poll and a retracted vote (no options) are not answers.
    if quiz and quiz.person_id == person.id and command.options:
        _vote_alone(context, person, quiz, poll, command.options)


def _vote_alone(context: Context, person: Person, quiz: SoloSession, poll: SentPoll, options: tuple[int, ...]) -> None:
    if quiz.state.phase is Phase.FINISHED or quiz.state.round != poll.round:
        context.send(person, Notice("vote.late"))
        return
    if is_withheld(context, person, quiz):
        if poll.message_id is not None:
            context.send(person, DeletedMessage(poll.message_id))
        context.send(person, Notice("vote.in_class"))
        return
    solo = SoloQuiz(context, person, quiz)
    mark = solo.question().kind.mark(chosen_in(solo.prompt(), options))
    if not isinstance(mark, NotAnAnswer):
        solo.answer(mark)


def write(context: Context, command: commands.Write) -> None:
    """Handle a text: as a text that was asked for, as a written answer, or as the code of a class."""
    person = context.person(command.visitor)
    if expected_text.handle_text(context, person, command.text) or answering.write(context, person, command):
        return
    quiz = find_current_quiz(context, person)
    is_answer = quiz is not None and _is_expected(context, person, quiz, command.text)
    if not is_answer and joining.try_as_code(context, person, command.text, in_quiz=quiz is not None):
        return
    if quiz is None:
        context.send(person, Notice("write.no_quiz"))
    else:
        _write_alone(context, person, quiz, command)


def _write_alone(context: Context, person: Person, quiz: SoloSession, command: commands.Write) -> None:
    if quiz.state.phase is Phase.PAUSED:
        send_quiz_waits(context, person, quiz)
        return
    if is_withheld(context, person, quiz):
        context.send(person, Notice("vote.in_class"))
        return
    solo = SoloQuiz(context, person, quiz)
    if not isinstance(solo.prompt(), WrittenPrompt):
        context.send(person, Notice("expected.option"))
        return
    if quiz.message_id is None:
        context.deferred = _is_question_under_way(context, person)
        if not context.deferred:
            send_quiz_waits(context, person, quiz)
        return
    # Message ids of a private chat increase in the order of sending: a smaller one was written before the question
    # arrived, for example the second of two answers to the previous question.
    if command.message_id < quiz.message_id:
        context.send(person, Notice("write.early"))
        return
    mark = solo.question().kind.mark(Written(command.text))
    if isinstance(mark, NotAnAnswer):
        context.send(person, Notice(f"expected.{mark.expected}"))
    else:
        solo.answer(mark, command.message_id)


def _is_expected(context: Context, person: Person, quiz: SoloSession, text: str) -> bool:
    """Return whether a text answers the open question: any text if the answer is written, else an option's text."""
    if quiz.state.phase is not Phase.ASKING:
        return False
    prompt = SoloQuiz(context, person, quiz).prompt()
    if isinstance(prompt, ChoicePrompt):
        return text.strip().lower() in {option.lower() for option in prompt.options}
    return isinstance(prompt, WrittenPrompt)


def send_other(context: Context, command: commands.SendOther) -> None:
    """Reply that the bot reads only texts."""
    context.send(context.person(command.visitor), Notice("write.unreadable"))


def mistype(context: Context, command: commands.Mistype) -> None:
    """Reply that the command is unknown, and where the commands are listed."""
    context.send(context.person(command.visitor), Notice("write.unknown_command"))


def press_again(context: Context, command: commands.PressAgain) -> None:
    """Ask the person to press again: Telegram sent the press in another form, which the bot is changing back."""
    context.person(command.visitor)
    context.toast = "toast.again"


def press_stale(context: Context, command: commands.PressStale) -> None:
    """Answer that the button is outdated."""
    context.person(command.visitor)
    context.toast = "toast.stale"


def _is_question_under_way(context: Context, person: Person) -> bool:
    """Return whether a question is being sent to this person, so that its message or poll id is not known yet."""
    return context.is_sending(AskedQuestion, person.id) or context.is_sending(ClassQuestion, person.id)
