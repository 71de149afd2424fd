"""Answers as they come in: votes, texts, and all that looks like an answer and is none."""

from bot.app import commands
from bot.app.classroom import answering, expected_text, joining
from bot.app.context import Work
from bot.app.messages import AskedQuestion, ClassQuestion, DeletedMessage, GroupPoll, Notice
from bot.app.solo import tell_waiting
from bot.app.solo_quiz import Rounds, quiz_of
from bot.app.withheld_questions import is_withheld
from bot.core.prompt import ChoicePrompt, NotAnAnswer, Written, WrittenPrompt, chosen_in
from bot.core.solo import Phase
from bot.store.persons import Person
from bot.store.sessions import QuizSession, SentPoll


def vote(work: Work, command: commands.Vote) -> None:
    """Take a vote in a poll for an answer to its round, if that round is still open."""
    person = work.person(command.visitor)
    poll = work.unit.sessions.poll(command.poll_id)
    if poll is None:
        # Known in a moment, or never: then it is a copy whose sending was cut off, and another was sent since.
        work.parked = _is_question_under_way(work, person) or work.unit.outbox.holds_kind(GroupPoll.__name__)
        if work.parked:
            return
        # What was under way when the poll was looked for may have arrived when the outbox was.
        poll = work.unit.sessions.look_again(command.poll_id)
    if poll is None:
        if person.is_private:
            work.tell(person, Notice("vote.unknown_poll"))
        return
    if work.unit.sessions.classroom(poll.session_id):
        answering.vote(work, person, poll, command)
        return
    quiz = work.unit.sessions.quiz(poll.session_id)
    # Somebody may vote in a poll that was forwarded to them, and a vote can be taken back: neither is an answer.
    if quiz and quiz.person_id == person.id and command.options:
        _vote_alone(work, person, quiz, poll, command.options)


def _vote_alone(work: Work, person: Person, quiz: QuizSession, poll: SentPoll, options: tuple[int, ...]) -> None:
    if quiz.state.phase is Phase.FINISHED or quiz.state.round != poll.round:
        work.tell(person, Notice("vote.late"))
        return
    if is_withheld(work, person, quiz):
        if poll.message_id is not None:
            work.tell(person, DeletedMessage(poll.message_id))
        work.tell(person, Notice("vote.in_class"))
        return
    rounds = Rounds(work, person, quiz)
    mark = rounds.question().kind.mark(chosen_in(rounds.prompt(), options))
    if not isinstance(mark, NotAnAnswer):
        rounds.answer(mark)


def write(work: Work, command: commands.Write) -> None:
    """Take a text for an answer, if a question to be answered in writing stood before the learner."""
    person = work.person(command.visitor)
    if expected_text.take(work, person, command.text) or answering.write(work, person, command):
        return
    quiz = quiz_of(work, person)
    is_answer = quiz is not None and _is_expected(work, person, quiz, command.text)
    if not is_answer and joining.hear(work, person, command.text, in_quiz=quiz is not None):
        return
    if quiz is None:
        work.tell(person, Notice("write.no_quiz"))
    else:
        _write_alone(work, person, quiz, command)


def _write_alone(work: Work, person: Person, quiz: QuizSession, command: commands.Write) -> None:
    if quiz.state.phase is Phase.PAUSED:
        tell_waiting(work, person, quiz)
        return
    if is_withheld(work, person, quiz):
        work.tell(person, Notice("vote.in_class"))
        return
    rounds = Rounds(work, person, quiz)
    if not isinstance(rounds.prompt(), WrittenPrompt):
        work.tell(person, Notice("expected.option"))
        return
    if quiz.message_id is None:
        work.parked = _is_question_under_way(work, person)
        if not work.parked:
            tell_waiting(work, person, quiz)
        return
    # A private chat numbers its messages in the order of sending: a smaller number was written before the question
    # stood there, such as the second of two answers to the question before.
    if command.message_id < quiz.message_id:
        work.tell(person, Notice("write.early"))
        return
    mark = rounds.question().kind.mark(Written(command.text))
    if isinstance(mark, NotAnAnswer):
        work.tell(person, Notice(f"expected.{mark.expected}"))
    else:
        rounds.answer(mark, command.message_id)


def _is_expected(work: Work, person: Person, quiz: QuizSession, text: str) -> bool:
    """Return whether a text answers the open question of a quiz: any does where it is written, else an option's."""
    if quiz.state.phase is not Phase.ASKING:
        return False
    prompt = Rounds(work, person, quiz).prompt()
    if isinstance(prompt, ChoicePrompt):
        return text.strip().lower() in {option.lower() for option in prompt.options}
    return isinstance(prompt, WrittenPrompt)


def send_other(work: Work, command: commands.SendOther) -> None:
    """Say what can be read."""
    work.tell(work.person(command.visitor), Notice("write.unreadable"))


def mistype(work: Work, command: commands.Mistype) -> None:
    """Say where the commands are."""
    work.tell(work.person(command.visitor), Notice("write.unknown_command"))


def press_again(work: Work, command: commands.PressAgain) -> None:
    """Ask for the press once more: the form in which Telegram sends presses is being set back."""
    work.person(command.visitor)
    work.toast = "toast.again"


def press_stale(work: Work, command: commands.PressStale) -> None:
    """Say that the button is old."""
    work.person(command.visitor)
    work.toast = "toast.stale"


def _is_question_under_way(work: Work, person: Person) -> bool:
    """Say whether Telegram may have put a question before this person and not told yet which message or poll it is."""
    return work.is_sending(AskedQuestion, person.id) or work.is_sending(ClassQuestion, person.id)
