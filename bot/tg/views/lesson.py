"""Explanation after an answer: the same for one learner, a pupil and a group."""

from bot.app.messages import AnswerExplanation, ClassExplanation, Explanation
from bot.core.prompt import Found
from bot.i18n import Texts
from bot.i18n.user_text import without_links
from bot.tg.views.paging import pieces
from bot.tg.views.text import paragraphs, safe, safe_parts


def explanation_paragraphs(
    lesson: AnswerExplanation, opening: str, reply: Explanation | ClassExplanation | None, texts: Texts
) -> list[str]:
    """Return the paragraphs of an explanation: the right answer, the given one, why, and the sentence of the text.

    ``opening`` is the key of the text with the right answer.
    """
    words = {"true": texts.plain("question.true"), "false": texts.plain("question.false")}
    solution = [words.get(word, word) if lesson.statement else word for word in lesson.solution]
    first, *more = pieces(without_links("; ".join(solution)))
    parts = [texts.html(opening, solution=first), *map(safe, more)]
    if reply and reply.given and not lesson.statement:
        first, *more = pieces(without_links(reply.given))
        parts += [texts.html("explanation.given", given=first), *map(safe, more)]
    if reply and reply.found:
        parts.append(_found(reply.found, texts))
    parts += [*paragraphs(reply.note if reply else ""), *paragraphs(lesson.why)]
    if lesson.passage:
        before, quoted, after = safe_parts(lesson.before, lesson.quoted, lesson.after)
        sentence = f"{before}<b><u>{quoted}</u></b>{after}"
        parts.append(f"{texts.html('explanation.passage', title=lesson.passage)}\n<blockquote>{sentence}</blockquote>")
    return parts


def spelled(spelling: str, texts: Texts) -> str:
    """Return the sentence that a misspelt answer is right, with its right form."""
    return texts.html("explanation.spelling", spelling=spelling)


def _found(found: Found, texts: Texts) -> str:
    """Return the sentence on how many of several right options were chosen, and how many wrong ones with them."""
    key = "explanation.found_and_wrong" if found.wrong else "explanation.found"
    return texts.html(key, right=found.right, of=found.of, wrong=found.wrong)
