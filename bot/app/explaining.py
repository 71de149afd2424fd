"""What is taught once a question is answered: to one learner, to a pupil, to a group, and on the board."""

from bot.app.context import Context
from bot.app.messages import AnswerExplanation
from bot.core.kinds.true_false import TrueFalse
from bot.core.question import Question


def explain_answer(context: Context, question: Question) -> AnswerExplanation:
    """Say what was right, and where the text says so."""
    passage = context.library.passage(question.passage)
    before, quoted, after = context.library.sentence(question)
    return AnswerExplanation(
        statement=isinstance(question.kind, TrueFalse),
        solution=question.kind.solution(),
        why=question.why,
        passage=passage.title if passage else "",
        before=before,
        quoted=quoted,
        after=after,
    )
