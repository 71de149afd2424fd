"""Handlers of a solo quiz: choose, begin, pause, resume, skip."""

from datetime import timedelta

from bot.app import commands
from bot.app.classroom.context import find_class
from bot.app.classroom.ending import missed_in
from bot.app.context import Context
from bot.app.messages import (
    ClosedButtons,
    ClosedPoll,
    DeletedMessage,
    Notice,
    QuizChosen,
    QuizSetup,
    QuizWaits,
)
from bot.app.solo_quiz import SoloQuiz, find_current_quiz
from bot.app.topics import topic_offers
from bot.app.withheld_questions import askable, is_withheld, withheld_from
from bot.core import events
from bot.core.prompt import WrittenPrompt
from bot.core.selection import choose
from bot.core.solo import Outcome, Phase, begin
from bot.store.persons import Person
from bot.store.sessions import SoloSession

DEFAULT_COUNT = 10
MAX_QUESTIONS = 100
# A press that comes this soon after the question was asked is the second of a double tap.
DOUBLE_TAP = timedelta(seconds=3)


def set_up(context: Context, command: commands.SetUpQuiz) -> None:
    """Offer topics and numbers of questions; if a quiz is under way, ask first whether to resume it."""
    person = context.person(command.visitor)
    changes = command.topic is not None
    open_quiz = find_current_quiz(context, person)
    if open_quiz and not changes and not command.afresh:
        context.send(person, _quiz_waits(open_quiz))
        return
    if open_quiz and command.afresh:
        _abandon(context, person, open_quiz)
    topic = person.topic if command.topic is None else command.topic
    message_id = command.press.message_id if command.press and (changes or command.afresh) else None
    _offer(context, person, topic, command.count, message_id)


def _offer(context: Context, person: Person, topic: str, count: int | None, message_id: int | None) -> None:
    context.send(
        person,
        QuizSetup(
            topics=topic_offers(context),
            topic=topic if context.library.pool(topic) else "",
            count=count or person.count or DEFAULT_COUNT,
            message_id=message_id,
        ),
    )


def begin_quiz(context: Context, command: commands.BeginQuiz) -> None:
    """Begin a quiz; if another is under way, ask first which of the two the learner wants."""
    person = context.person(command.visitor)
    origin = f"{person.id}:{command.message_id}"
    if _has_started_quiz(context, person, origin):
        return
    topic = person.topic if command.topic is None else command.topic
    if command.topic and not context.library.pool(topic):
        context.send(person, Notice("quiz.no_such_topic"))
        _offer(context, person, person.topic, command.count, None)
        return
    if not context.library.pool(topic):
        topic = ""
    open_quiz = find_current_quiz(context, person)
    if open_quiz and not command.afresh:
        context.send(person, _quiz_waits(open_quiz, topic, command.count))
        return
    pool = askable(context, person, context.library.pool(topic))
    if not pool:
        context.send(person, Notice("quiz.after_class"))
        return
    if open_quiz:
        _abandon(context, person, open_quiz)
    count = min(command.count or person.count or DEFAULT_COUNT, MAX_QUESTIONS)
    person.topic, person.count = topic, count
    seed = f"{origin}:{context.now.isoformat()}"
    chosen = choose(pool, context.unit.answers.progress(person.id), count, seed)
    if command.press:
        context.send(person, QuizChosen(command.press.message_id, _title(context, topic), len(chosen)))
    _start(context, person, origin, topic, chosen)


def practise_missed(context: Context, command: commands.PractiseMissed) -> None:
    """Begin a quiz of exactly the questions that were missed in a session."""
    person = context.person(command.visitor)
    origin = f"{person.id}:{command.message_id}"
    if _has_started_quiz(context, person, origin):
        return
    missed = _missed(context, person, command.session)
    if not missed:
        context.toast = "toast.stale"
        return
    open_quiz = find_current_quiz(context, person)
    if open_quiz and not command.afresh:
        context.send(person, _quiz_waits(open_quiz, missed=command.session))
        return
    missed = tuple(question for question in missed if question not in withheld_from(context, person))
    if not missed:
        context.send(person, Notice("quiz.after_class"))
        return
    if open_quiz:
        _abandon(context, person, open_quiz)
    if command.press and command.afresh:
        context.send(person, ClosedButtons(command.press.message_id))
    _start(context, person, origin, "", missed)


def resume(context: Context, command: commands.ResumeQuiz) -> None:
    """Resume the quiz: ask the open question again."""
    person = context.person(command.visitor)
    quiz = find_current_quiz(context, person)
    if quiz is None:
        context.send(person, Notice("quiz.none"))
        return
    if command.press:
        context.send(person, ClosedButtons(command.press.message_id))
        if quiz.state.asked_at and context.now - quiz.state.asked_at < DOUBLE_TAP:
            context.toast = "toast.begun"
            return
    _continue(context, person, quiz)


def _continue(context: Context, person: Person, quiz: SoloSession) -> None:
    """Ask the open question again; if a live class withholds all remaining questions, leave the quiz paused."""
    if withheld_from(context, person).issuperset(quiz.state.questions[quiz.state.round - 1 :]):
        context.send(person, Notice("quiz.after_class"))
    else:
        SoloQuiz(context, person, quiz).apply(events.Resumed())


def stop(context: Context, command: commands.StopQuiz) -> None:
    """Pause the quiz."""
    person = context.person(command.visitor)
    quiz = find_current_quiz(context, person)
    if quiz is None:
        context.send(person, Notice("quiz.none"))
    elif quiz.state.phase is Phase.PAUSED:
        context.send(person, _quiz_waits(quiz))
    else:
        SoloQuiz(context, person, quiz).apply(events.Paused())


def skip(context: Context, command: commands.SkipQuestion) -> None:
    """Skip the open question and show the right answer."""
    person = context.person(command.visitor)
    quiz = find_current_quiz(context, person)
    if quiz is None or quiz.id != command.session or quiz.state.round != command.round:
        context.toast = "toast.closed"
        return
    if is_withheld(context, person, quiz):
        if command.press:
            context.send(person, DeletedMessage(command.press.message_id))
        _continue(context, person, quiz)
        return
    solo = SoloQuiz(context, person, quiz)
    if command.press:
        written = isinstance(solo.prompt(), WrittenPrompt)
        close = ClosedButtons if written else ClosedPoll
        context.send(person, close(command.press.message_id))
    solo.apply(events.Skipped(command.round))


def fire_deadline(context: Context, quiz: SoloSession) -> None:
    """Apply the deadline of a quiz, if it has passed."""
    if quiz.state.deadline is None or quiz.state.deadline > context.now:
        return
    person = context.unit.persons.find(quiz.person_id)
    if person:
        SoloQuiz(context, person, quiz).apply(events.TimeExpired())


def send_quiz_waits(context: Context, person: Person, quiz: SoloSession) -> None:
    """Send the notice that a quiz is under way, with the choice to resume it or to begin another."""
    context.send(person, _quiz_waits(quiz))


def _abandon(context: Context, person: Person, quiz: SoloSession) -> None:
    """Close a quiz before its end; its answers still count."""
    SoloQuiz(context, person, quiz).apply(events.Abandoned())
    person.session_id = None


def _quiz_waits(
    quiz: SoloSession, topic: str | None = None, count: int | None = None, missed: int | None = None
) -> QuizWaits:
    return QuizWaits(quiz.state.round, len(quiz.state.questions), topic, count, missed)


def _has_started_quiz(context: Context, person: Person, origin: str) -> bool:
    """Return whether this message has started a quiz already; if so, answer the press accordingly."""
    session = context.unit.sessions.started_by(origin)
    if session:
        context.toast = "toast.begun" if session == person.session_id else "toast.stale"
    return session is not None


def _start(context: Context, person: Person, origin: str, topic: str, questions: tuple[str, ...]) -> None:
    state, todo = begin(questions, context.now)
    quiz = context.unit.sessions.add(person.id, origin, topic, state, context.now)
    person.session_id = quiz.id
    SoloQuiz(context, person, quiz).run_effects(todo)


def _title(context: Context, topic_id: str) -> str:
    topic = context.library.topic(topic_id)
    return topic.title if topic else ""


def _missed(context: Context, person: Person, session: int) -> tuple[str, ...]:
    """Return the questions that a person missed in a quiz or a class and that are still in the bank."""
    quiz, live = context.unit.sessions.find_solo(session), find_class(context, session)
    if live and context.unit.pupils.of_person(session, person.id):
        missed = missed_in(live, person)
    elif quiz and quiz.person_id == person.id:
        rounds = zip(quiz.state.questions, quiz.state.outcomes, strict=False)
        missed = tuple(question for question, outcome in rounds if outcome in (Outcome.WRONG, Outcome.SKIPPED))
    else:
        missed = ()
    return tuple(question for question in missed if question in context.library.questions)
