"""Answers as they come in: votes, texts, and all that looks like an answer and is none."""

from bot.app import commands
from bot.app.classroom import answering, expected_text, joining
from bot.app.context import Context
from bot.app.messages import AskedQuestion, ClassQuestion, DeletedMessage, GroupPoll, Notice
from bot.app.solo import tell_waiting
from bot.app.solo_quiz import SoloQuiz, quiz_of
from bot.app.withheld_questions import is_withheld
from bot.core.prompt import ChoicePrompt, NotAnAnswer, Written, WrittenPrompt, chosen_in
from bot.core.solo import Phase
from bot.store.persons import Person
from bot.store.sessions import SentPoll, SoloSession


def vote(context: Context, command: commands.Vote) -> None:
    """Take a vote in a poll for an answer to its round, if that round is still open."""
    person = context.person(command.visitor)
    poll = context.unit.sessions.poll(command.poll_id)
    if poll is None:
        # Known in a moment, or never: then it is a copy whose sending was cut off, and another was sent since.
        context.deferred = _is_question_under_way(context, person) or context.unit.outbox.holds_kind(GroupPoll.__name__)
        if context.deferred:
            return
        # What was under way when the poll was looked for may have arrived when the outbox was.
        poll = context.unit.sessions.reload_poll(command.poll_id)
    if poll is None:
        if person.is_private:
            context.send(person, Notice("vote.unknown_poll"))
        return
    if context.unit.sessions.find_class(poll.session_id):
        answering.vote(context, person, poll, command)
        return
    quiz = context.unit.sessions.find_solo(poll.session_id)
    # Somebody may vote in a poll that was forwarded to them, and a vote can be taken back: neither is an answer.
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
    rounds = SoloQuiz(context, person, quiz)
    mark = rounds.question().kind.mark(chosen_in(rounds.prompt(), options))
    if not isinstance(mark, NotAnAnswer):
        rounds.answer(mark)


def write(context: Context, command: commands.Write) -> None:
    """Take a text for an answer, if a question to be answered in writing stood before the learner."""
    person = context.person(command.visitor)
    if expected_text.take(context, person, command.text) or answering.write(context, person, command):
        return
    quiz = quiz_of(context, person)
    is_answer = quiz is not None and _is_expected(context, person, quiz, command.text)
    if not is_answer and joining.hear(context, person, command.text, in_quiz=quiz is not None):
        return
    if quiz is None:
        context.send(person, Notice("write.no_quiz"))
    else:
        _write_alone(context, person, quiz, command)


def _write_alone(context: Context, person: Person, quiz: SoloSession, command: commands.Write) -> None:
    if quiz.state.phase is Phase.PAUSED:
        tell_waiting(context, person, quiz)
        return
    if is_withheld(context, person, quiz):
        context.send(person, Notice("vote.in_class"))
        return
    rounds = SoloQuiz(context, person, quiz)
    if not isinstance(rounds.prompt(), WrittenPrompt):
        context.send(person, Notice("expected.option"))
        return
    if quiz.message_id is None:
        context.deferred = _is_question_under_way(context, person)
        if not context.deferred:
            tell_waiting(context, person, quiz)
        return
    # A private chat numbers its messages in the order of sending: a smaller number was written before the question
    # stood there, such as the second of two answers to the question before.
    if command.message_id < quiz.message_id:
        context.send(person, Notice("write.early"))
        return
    mark = rounds.question().kind.mark(Written(command.text))
    if isinstance(mark, NotAnAnswer):
        context.send(person, Notice(f"expected.{mark.expected}"))
    else:
        rounds.answer(mark, command.message_id)


def _is_expected(context: Context, person: Person, quiz: SoloSession, text: str) -> bool:
    """Return whether a text answers the open question of a quiz: any does where it is written, else an option's."""
    if quiz.state.phase is not Phase.ASKING:
        return False
    prompt = SoloQuiz(context, person, quiz).prompt()
    if isinstance(prompt, ChoicePrompt):
        return text.strip().lower() in {option.lower() for option in prompt.options}
    return isinstance(prompt, WrittenPrompt)


def send_other(context: Context, command: commands.SendOther) -> None:
    """Say what can be read."""
    context.send(context.person(command.visitor), Notice("write.unreadable"))


def mistype(context: Context, command: commands.Mistype) -> None:
    """Say where the commands are."""
    context.send(context.person(command.visitor), Notice("write.unknown_command"))


def press_again(context: Context, command: commands.PressAgain) -> None:
    """Ask for the press once more: the form in which Telegram sends presses is being set back."""
    context.person(command.visitor)
    context.toast = "toast.again"


def press_stale(context: Context, command: commands.PressStale) -> None:
    """Say that the button is old."""
    context.person(command.visitor)
    context.toast = "toast.stale"


def _is_question_under_way(context: Context, person: Person) -> bool:
    """Say whether Telegram may have put a question before this person and not told yet which message or poll it is."""
    return context.is_sending(AskedQuestion, person.id) or context.is_sending(ClassQuestion, person.id)
