"""Secrecy: prevents pupils of a live class from meeting its questions or their answers elsewhere in the bot.

It cannot prevent a pupil from using two Telegram accounts, or from reading along with a quiz in one of their groups.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.app.classroom.context import ClassContext
from bot.app.classroom.live_class import find_live_class
from bot.app.classroom.permission import is_host
from bot.app.context import Context
from bot.app.messages import AskedQuestion, DeletedMessage, Notice
from bot.app.solo_quiz import SoloQuiz, find_current_quiz, pause_quiz
from bot.app.withheld_questions import is_withheld, withheld_by
from bot.core import events
from bot.core.solo import Phase, SoloState
from bot.store.persons import ClassIds, Person

# Telegram lets a bot delete a message for two days (Bot API, deleteMessage).
DELETABLE_FOR = timedelta(hours=48)


def withhold_class_questions(live: ClassContext, person: Person) -> bool:
    """Withhold the questions of a class from a person who takes a seat in it, and end their overlapping seats.

    Return False, and defer the update, if a question is being sent to that person just now.
    """
    session_id = live.session.id
    if is_host(live.row, person):
        return True
    known = _seats_of(person)
    if session_id not in known:
        if not _delete_unanswered_polls(live, person):
            return False
        person.classes = ClassIds((*known, session_id))
    if not live.is_group:
        # The solo quiz is paused without a message, or it could take a text for an answer to its next question.
        pause_quiz(live.context, person.id)
    _leave_overlapping_classes(live, person)
    return True


def _delete_unanswered_polls(live: ClassContext, person: Person) -> bool:
    """Delete the unanswered polls of a person's solo quizzes that ask a question of the class.

    Telegram shows the right answer to a person who votes in such a poll. In a group, where many people take seats at
    once, only the current quiz is checked.
    """
    context, withheld = live.context, _withheld_by(live)
    unanswered = {
        number: state
        for number, state in _quizzes_of(live, person, live.context.now - DELETABLE_FOR).items()
        if not withheld.isdisjoint(state.questions[state.round - 1 :][:1])
    }
    if unanswered and context.is_sending(AskedQuestion, person.id):
        context.deferred = True
        return False
    for number, state in unanswered.items():
        for poll in context.unit.sessions.polls_of(number, state.round):
            if poll.message_id is not None:
                context.send(person, DeletedMessage(poll.message_id))
    return True


def _quizzes_of(live: ClassContext, person: Person, since: datetime) -> dict[int, SoloState]:
    """Return a person's current quiz and, if the class is over a link, those begun since then."""
    quiz = find_current_quiz(live.context, person)
    own = {quiz.id: quiz.state} if quiz else {}
    if live.is_group:
        return own
    return live.context.unit.sessions.solo_states_since(person.id, since) | own


def has_read_answer(live: ClassContext, person: Person) -> bool:
    """Return whether a newcomer has seen the answer of the open round since the class was opened.

    A solo quiz shows answers, and so does another class to its pupils and its host.
    """
    state = live.session.state
    if not state.is_open:
        return False
    revealing = live.context.library.on_same_sentences((state.questions[state.round - 1],))
    return any(not revealing.isdisjoint(questions) for questions in _questions_read(live, person))


def _questions_read(live: ClassContext, person: Person) -> Iterator[tuple[str, ...]]:
    """Yield the questions whose answers a person has seen elsewhere since the class was opened."""
    unit, since = live.context.unit, live.session.started_at
    for quiz in _quizzes_of(live, person, since).values():
        yield quiz.questions[: quiz.round - 1]
    for led in unit.sessions.class_states_since(person.id, since).values():
        yield led.questions[: led.round]
    for number, (state, seat) in unit.pupils.attended_since(person.id, since).items():
        if number != live.session.id:
            # Over a link, a pupil who left during a round did not see its answer; in a group a vote shows it at once.
            yield state.questions[: seat.round - (seat.left == seat.round and not state.together)]


def skip_withheld_question(context: Context, person: Person) -> None:
    """Skip the open question of a running solo quiz if it is withheld now, and ask the next."""
    quiz = find_current_quiz(context, person)
    if quiz and quiz.state.phase is Phase.ASKING and is_withheld(context, person, quiz):
        quiz.version = None
        SoloQuiz(context, person, quiz).apply(events.QuestionWithdrawn(quiz.state.round))


def _leave_overlapping_classes(live: ClassContext, person: Person) -> None:
    """End a person's seats in other classes that ask some of the same questions, whose answers they would reveal.

    A host of the other class can readmit the pupil.
    """
    for session in _overlapping_classes(live, _seats_of(person)):
        other = find_live_class(live.context, session)
        pupil = live.context.unit.pupils.of_person(session, person.id)
        if other and pupil and pupil.nickname and not pupil.seat.removed:
            other.remove(pupil)
            live.context.send(person, Notice("class.moved"))


def stop_withholding(live: ClassContext, person: Person) -> None:
    """Stop withholding the questions of a class from a person who leads it from now on."""
    others = tuple(session for session in _seats_of(person) if session != live.session.id)
    person.classes = ClassIds(others) if others else None


def leads_overlapping_class(live: ClassContext, person: Person) -> bool:
    """Return whether a person leads another class under way that asks some of the same questions."""
    return bool(_overlapping_classes(live, live.context.unit.live_classes.ids_led_by(person.id)))


def sits_in_overlapping_class(live: ClassContext, person: Person) -> bool:
    """Return whether a person has a seat in another class under way that asks some of the same questions."""
    return bool(_overlapping_classes(live, _seats_of(person)))


def has_seat_in(person: Person, session_id: int) -> bool:
    """Return whether the questions of a class are withheld from a person because of a seat in it."""
    return session_id in _seats_of(person)


def _withheld_by(live: ClassContext) -> frozenset[str]:
    return live.context.library.on_same_sentences(live.session.state.questions)


def _seats_of(person: Person) -> tuple[int, ...]:
    return person.classes.ids if person.classes else ()


def _overlapping_classes(live: ClassContext, sessions: tuple[int, ...]) -> list[int]:
    """Return the running classes, of these others, that ask questions of this class or on the same sentences."""
    others = [session for session in sessions if session != live.session.id]
    asked = withheld_by(live.context, others) if others else {}
    return [session for session in asked if not asked[session].isdisjoint(live.session.state.questions)]
