"""Explanation of an answered question, for learners, pupils, groups and the board."""

from bot.app.context import Context
from bot.app.messages import AnswerExplanation
from bot.core.kinds.true_false import TrueFalse
from bot.core.question import Question


def explain_answer(context: Context, question: Question) -> AnswerExplanation:
    """Build the explanation of a question: the right answer, and the sentence of the reading that proves it."""
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
