"""Questions that are withheld from a person because a live class in which the person has a seat asks them.

A pupil who leaves a class keeps the seat, so a class counts until it ends. Its questions are withheld from its start to
its end, asked or not. So are other questions on the same sentences of the reading, since an explanation shows them.
"""

from collections.abc import Iterable

from bot.app.context import Context
from bot.core.question import Question
from bot.store.persons import ClassIds, Person
from bot.store.sessions import SoloSession


def withheld_from(context: Context, person: Person, *, except_class: int | None = None) -> frozenset[str]:
    """Return the ids of all questions that must not be asked of a person now, except in the class ``except_class``.

    Needs no query for a person without a seat in a class, else at most one for each class and unit of work.
    """
    if person.classes is None:
        return frozenset()
    asked = withheld_by(context, person.classes.ids)
    running = tuple(session for session in person.classes.ids if session in asked)
    if running != person.classes.ids:
        person.classes = ClassIds(running) if running else None
    return frozenset().union(*(asked[session] for session in running if session != except_class))


def askable(context: Context, person: Person, questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return the questions, of these, that may be asked of a person now."""
    withheld = withheld_from(context, person)
    return tuple(question for question in questions if question.id not in withheld)


def is_withheld(context: Context, person: Person, quiz: SoloSession) -> bool:
    """Return whether the question of the open round of a quiz is withheld from the learner."""
    return quiz.state.round <= len(quiz.state.questions) and (
        quiz.state.questions[quiz.state.round - 1] in withheld_from(context, person)
    )


def withheld_by(context: Context, sessions: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return, by class, the ids of the questions that it withholds; omit classes that have ended."""
    sessions = tuple(sessions)
    unknown = [session for session in sessions if session not in context.withheld_questions]
    if unknown:
        found = context.unit.live_classes.asked_in(unknown)
        context.withheld_questions.update(dict.fromkeys(unknown))
        context.withheld_questions.update(
            {session: context.library.on_same_sentences(asked) for session, asked in found.items()}
        )
    return {session: asked for session in sessions if (asked := context.withheld_questions[session]) is not None}
