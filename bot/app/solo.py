"""A quiz for one learner: choosing it, starting it, stopping and going on."""

from datetime import timedelta

from bot.app import commands
from bot.app.classroom.context import find_live
from bot.app.classroom.ending import missed_in
from bot.app.context import Work
from bot.app.messages import (
    ClosedButtons,
    ClosedPoll,
    DeletedMessage,
    Notice,
    QuizChosen,
    QuizSetup,
    QuizWaits,
)
from bot.app.solo_quiz import Rounds, quiz_of
from bot.app.topics import topic_offers
from bot.app.withheld_questions import askable, is_withheld, withheld_from
from bot.core import events
from bot.core.prompt import WrittenPrompt
from bot.core.selection import choose
from bot.core.solo import Outcome, Phase, begin
from bot.store.persons import Person
from bot.store.sessions import QuizSession

USUAL_COUNT = 10
MOST_QUESTIONS = 100
# A press that comes so soon after the question was put is the second of a double tap.
DOUBLE_TAP = timedelta(seconds=3)


def set_up(work: Work, command: commands.SetUpQuiz) -> None:
    """Offer topics and numbers; if a quiz is under way, ask first whether to go on with it."""
    person = work.person(command.visitor)
    changes = command.topic is not None
    open_quiz = quiz_of(work, person)
    if open_quiz and not changes and not command.afresh:
        work.tell(person, _waiting(open_quiz))
        return
    if open_quiz and command.afresh:
        _give_up(work, person, open_quiz)
    topic = person.topic if command.topic is None else command.topic
    message_id = command.press.message_id if command.press and (changes or command.afresh) else None
    _offer(work, person, topic, command.count, message_id)


def _offer(work: Work, person: Person, topic: str, count: int | None, message_id: int | None) -> None:
    work.tell(
        person,
        QuizSetup(
            topics=topic_offers(work),
            topic=topic if work.library.pool(topic) else "",
            count=count or person.count or USUAL_COUNT,
            message_id=message_id,
        ),
    )


def begin_quiz(work: Work, command: commands.BeginQuiz) -> None:
    """Start a quiz; if another is under way, ask first which of the two it shall be."""
    person = work.person(command.visitor)
    origin = f"{person.id}:{command.message_id}"
    if _was_used(work, person, origin):
        return
    topic = person.topic if command.topic is None else command.topic
    if command.topic and not work.library.pool(topic):
        work.tell(person, Notice("quiz.no_such_topic"))
        _offer(work, person, person.topic, command.count, None)
        return
    if not work.library.pool(topic):
        topic = ""
    open_quiz = quiz_of(work, person)
    if open_quiz and not command.afresh:
        work.tell(person, _waiting(open_quiz, topic, command.count))
        return
    pool = askable(work, person, work.library.pool(topic))
    if not pool:
        work.tell(person, Notice("quiz.after_class"))
        return
    if open_quiz:
        _give_up(work, person, open_quiz)
    count = min(command.count or person.count or USUAL_COUNT, MOST_QUESTIONS)
    person.topic, person.count = topic, count
    seed = f"{origin}:{work.now.isoformat()}"
    chosen = choose(pool, work.unit.answers.progress(person.id), count, seed)
    if command.press:
        work.tell(person, QuizChosen(command.press.message_id, _title(work, topic), len(chosen)))
    _start(work, person, origin, topic, chosen)


def practise_missed(work: Work, command: commands.PractiseMissed) -> None:
    """Start a quiz of exactly the questions that were missed in a session."""
    person = work.person(command.visitor)
    origin = f"{person.id}:{command.message_id}"
    if _was_used(work, person, origin):
        return
    missed = _missed(work, person, command.session)
    if not missed:
        work.toast = "toast.stale"
        return
    open_quiz = quiz_of(work, person)
    if open_quiz and not command.afresh:
        work.tell(person, _waiting(open_quiz, missed=command.session))
        return
    missed = tuple(question for question in missed if question not in withheld_from(work, person))
    if not missed:
        work.tell(person, Notice("quiz.after_class"))
        return
    if open_quiz:
        _give_up(work, person, open_quiz)
    if command.press and command.afresh:
        work.tell(person, ClosedButtons(command.press.message_id))
    _start(work, person, origin, "", missed)


def resume(work: Work, command: commands.ResumeQuiz) -> None:
    """Put the open question again."""
    person = work.person(command.visitor)
    quiz = quiz_of(work, person)
    if quiz is None:
        work.tell(person, Notice("quiz.none"))
        return
    if command.press:
        work.tell(person, ClosedButtons(command.press.message_id))
        if quiz.state.asked_at and work.now - quiz.state.asked_at < DOUBLE_TAP:
            work.toast = "toast.begun"
            return
    _go_on(work, person, quiz)


def _go_on(work: Work, person: Person, quiz: QuizSession) -> None:
    """Ask the open question again; where a live class withholds all that is left, let the quiz wait for its end."""
    if withheld_from(work, person).issuperset(quiz.state.questions[quiz.state.round - 1 :]):
        work.tell(person, Notice("quiz.after_class"))
    else:
        Rounds(work, person, quiz).happen(events.Resumed())


def stop(work: Work, command: commands.StopQuiz) -> None:
    """Put the quiz aside."""
    person = work.person(command.visitor)
    quiz = quiz_of(work, person)
    if quiz is None:
        work.tell(person, Notice("quiz.none"))
    elif quiz.state.phase is Phase.PAUSED:
        work.tell(person, _waiting(quiz))
    else:
        Rounds(work, person, quiz).happen(events.Stopped())


def skip(work: Work, command: commands.SkipQuestion) -> None:
    """Let the open question go and show what would have been right."""
    person = work.person(command.visitor)
    quiz = quiz_of(work, person)
    if quiz is None or quiz.id != command.session or quiz.state.round != command.round:
        work.toast = "toast.closed"
        return
    if is_withheld(work, person, quiz):
        if command.press:
            work.tell(person, DeletedMessage(command.press.message_id))
        _go_on(work, person, quiz)
        return
    rounds = Rounds(work, person, quiz)
    if command.press:
        written = isinstance(rounds.prompt(), WrittenPrompt)
        close = ClosedButtons if written else ClosedPoll
        work.tell(person, close(command.press.message_id))
    rounds.happen(events.Skipped(command.round))


def wake(work: Work, quiz: QuizSession) -> None:
    """Look at a quiz whose deadline has come."""
    if quiz.state.deadline is None or quiz.state.deadline > work.now:
        return
    person = work.unit.persons.find(quiz.person_id)
    if person:
        Rounds(work, person, quiz).happen(events.TimeRanOut())


def tell_waiting(work: Work, person: Person, quiz: QuizSession) -> None:
    """Say that a quiz is under way, with the choice to go on or to begin anew."""
    work.tell(person, _waiting(quiz))


def _give_up(work: Work, person: Person, quiz: QuizSession) -> None:
    """Close a quiz before its end; its answers count all the same."""
    Rounds(work, person, quiz).happen(events.Abandoned())
    person.session_id = None


def _waiting(
    quiz: QuizSession, topic: str | None = None, count: int | None = None, missed: int | None = None
) -> QuizWaits:
    return QuizWaits(quiz.state.round, len(quiz.state.questions), topic, count, missed)


def _was_used(work: Work, person: Person, origin: str) -> bool:
    """Say whether this message has started a quiz already; if so, the press is answered with what became of it."""
    session = work.unit.sessions.started_by(origin)
    if session:
        work.toast = "toast.begun" if session == person.session_id else "toast.stale"
    return session is not None


def _start(work: Work, person: Person, origin: str, topic: str, questions: tuple[str, ...]) -> None:
    state, todo = begin(questions, work.now)
    quiz = work.unit.sessions.add(person.id, origin, topic, state, work.now)
    person.session_id = quiz.id
    Rounds(work, person, quiz).carry_out(todo)


def _title(work: Work, topic_id: str) -> str:
    topic = work.library.topic(topic_id)
    return topic.title if topic else ""


def _missed(work: Work, person: Person, session: int) -> tuple[str, ...]:
    """Give the questions that a person missed in a quiz or a class and that are still in the bank."""
    quiz, live = work.unit.sessions.quiz(session), find_live(work, session)
    if live and work.unit.pupils.of_person(session, person.id):
        missed = missed_in(live, person)
    elif quiz and quiz.person_id == person.id:
        rounds = zip(quiz.state.questions, quiz.state.outcomes, strict=False)
        missed = tuple(question for question, outcome in rounds if outcome in (Outcome.WRONG, Outcome.SKIPPED))
    else:
        missed = ()
    return tuple(question for question in missed if question in work.library.questions)
