"""Selection of the questions of a quiz and of their order. A quiz asks each question at most once."""

from collections.abc import Mapping, Sequence
from random import Random

from bot.core.question import Level, Question
from bot.core.scoring import Progress

_MISSED_SHARE = 3
_LEVELS = tuple(Level)


def choose(
    candidates: Sequence[Question], progress: Mapping[str, Progress], count: int, seed: int | str
) -> tuple[str, ...]:
    """Choose ``count`` questions for one learner, or all if there are fewer; return their ids in the order to ask.

    About a third are questions whose latest answer was wrong, so that they return soon without dominating the quiz;
    the others are new. If there are too few new ones, more missed questions follow, then questions answered right; in
    both groups those answered longest ago come first. The quiz goes from easy to hard; the seed decides which new
    questions are chosen, and the order within a level.

    Args:
        candidates: questions with different ids.
        progress: the learner's progress by question id; it may have ids that are not candidates.
        count: the number of questions, 0 or more.
        seed: the same seed makes the same choice.
    """
    rng = Random(seed)  # noqa: S311 - a quiz is no secret
    shuffled = rng.sample(candidates, len(candidates))
    new = [question for question in shuffled if question.id not in progress]
    asked = [question for question in shuffled if question.id in progress]
    asked.sort(key=lambda question: progress[question.id].last_at)
    missed = [question for question in asked if not progress[question.id].last_right]
    known = [question for question in asked if progress[question.id].last_right]
    share = round(count / _MISSED_SHARE)
    chosen = [*missed[:share], *new, *missed[share:], *known][:count]
    return tuple(question.id for question in _from_easy_to_hard(chosen, rng))


def _from_easy_to_hard(questions: list[Question], rng: Random) -> list[Question]:
    return sorted(rng.sample(questions, len(questions)), key=lambda question: _LEVELS.index(question.level))
