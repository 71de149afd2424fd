"""Keeps the questions of a live class from those who have a seat in it, wherever else they could be asked or answered.

Nobody can be known by two Telegram accounts as one person, and what a group reads together is not hidden from one of
its members: that is what this cannot keep.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.app.classroom.context import ClassContext
from bot.app.classroom.live_class import find_live_class
from bot.app.classroom.permission import is_host
from bot.app.context import Context
from bot.app.messages import AskedQuestion, DeletedMessage, Notice
from bot.app.solo_quiz import SoloQuiz, pause_quiz, quiz_of
from bot.app.withheld_questions import is_withheld, withheld_by
from bot.core import events
from bot.core.solo import Phase, SoloState
from bot.store.persons import ClassIds, Person

# Telegram lets a bot delete a message for two days (Bot API, deleteMessage).
DELETABLE = timedelta(hours=48)


def withhold_class_questions(live: ClassContext, person: Person) -> bool:
    """Withhold the questions of a class from a person who takes a seat in it, and end the seats it cannot go with.

    Return False where that has to wait, because a question is being sent to that person this moment: the update is
    parked.
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
        # A quiz alone waits in silence; one that asked its next question meanwhile must not take a text for an answer.
        pause_quiz(live.context, person.id)
    _leave_overlapping_classes(live, person)
    return True


def _delete_unanswered_polls(live: ClassContext, person: Person) -> bool:
    """Delete the polls of a person's own quizzes that put a question of the class and have not been answered.

    Telegram shows whoever votes in such a poll what is right. In a group, where many take their seats at once, only the
    quiz under way is looked at.
    """
    context, withheld = live.context, _withheld_by(live)
    unanswered = {
        number: state
        for number, state in _quizzes_of(live, person, live.context.now - DELETABLE).items()
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
    """Return a person's quiz that is under way, and, where the class is over a link, those begun since then."""
    quiz = quiz_of(live.context, person)
    own = {quiz.id: quiz.state} if quiz else {}
    if live.is_group:
        return own
    return live.context.unit.sessions.solo_states_since(person.id, since) | own


def has_read_answer(live: ClassContext, person: Person) -> bool:
    """Return whether a newcomer was told since the class was opened what is right in its open round.

    A quiz alone tells that, and so does another class, to whoever has a seat in it or opened it.
    """
    state = live.session.state
    if not state.is_open:
        return False
    told = live.context.library.on_same_sentences((state.questions[state.round - 1],))
    return any(not told.isdisjoint(questions) for questions in _questions_read(live, person))


def _questions_read(live: ClassContext, person: Person) -> Iterator[tuple[str, ...]]:
    """Yield the questions whose answers a person was told elsewhere since the class was opened."""
    unit, since = live.context.unit, live.session.started_at
    for quiz in _quizzes_of(live, person, since).values():
        yield quiz.questions[: quiz.round - 1]
    for led in unit.sessions.class_states_since(person.id, since).values():
        yield led.questions[: led.round]
    for number, (state, seat) in unit.pupils.attended_since(person.id, since).items():
        if number != live.session.id:
            # Over a link the round that was left was not told; in a group a vote shows at once what is right.
            yield state.questions[: seat.round - (seat.left == seat.round and not state.together)]


def skip_withheld_question(context: Context, person: Person) -> None:
    """Ask the next question of a quiz alone that is under way, where the open one is withheld now."""
    quiz = quiz_of(context, person)
    if quiz and quiz.state.phase is Phase.ASKING and is_withheld(context, person, quiz):
        quiz.version = None
        SoloQuiz(context, person, quiz).apply(events.QuestionWithdrawn(quiz.state.round))


def _leave_overlapping_classes(live: ClassContext, person: Person) -> None:
    """End a person's seat in every other class that asks some of the same questions, so that neither tells the other.

    Whoever leads that class can let the pupil back in.
    """
    for session in _overlapping_classes(live, _seats_of(person)):
        other = find_live_class(live.context, session)
        pupil = live.context.unit.pupils.of_person(session, person.id)
        if other and pupil and pupil.nickname and not pupil.seat.removed:
            other.remove(pupil)
            live.context.send(person, Notice("class.moved"))


def stop_withholding(live: ClassContext, person: Person) -> None:
    """Withhold nothing any more because of a class that the person leads from now on."""
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
    """Return those of other classes under way that ask some of the questions of this one, or of the same sentences."""
    others = [session for session in sessions if session != live.session.id]
    asked = withheld_by(live.context, others) if others else {}
    return [session for session in asked if not asked[session].isdisjoint(live.session.state.questions)]
