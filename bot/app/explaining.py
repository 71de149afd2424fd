"""What is taught once a question is answered: to one learner, to a pupil, to a group, and on the board."""

from bot.app.context import Work
from bot.app.messages import Lesson
from bot.core.kinds.true_false import TrueFalse
from bot.core.question import Question


def lesson_of(work: Work, question: Question) -> Lesson:
    """Say what was right, and where the text says so."""
    passage = work.library.passage(question.passage)
    before, quoted, after = work.library.sentence(question)
    return Lesson(
        statement=isinstance(question.kind, TrueFalse),
        solution=question.kind.solution(),
        why=question.why,
        passage=passage.title if passage else "",
        before=before,
        quoted=quoted,
        after=after,
    )
