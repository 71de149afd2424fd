"""Which questions a quiz asks, and in which order. Chooses from what it is given; never asks twice in one quiz."""

from collections.abc import Mapping, Sequence
from random import Random

from bot.core.question import Level, Question
from bot.core.scoring import Progress

_MISSED_SHARE = 3
_LEVELS = tuple(Level)


def choose(
    candidates: Sequence[Question], progress: Mapping[str, Progress], count: int, seed: int | str
) -> tuple[str, ...]:
    """Choose ``count`` questions for one learner, fewer where there are no more; gives their ids in the order to ask.

    About one in three is a question whose latest answer was wrong, so that these come back soon without making a wall
    of failures; the others were never asked. Where new ones run out more missed ones come, and only then those that
    were answered right; of each sort, those answered longest ago come first. The quiz goes from easy to hard; the seed
    decides among new questions, and the order within a level.

    Args:
        candidates: questions with different ids.
        progress: what the learner did so far, by question id; it may hold ids that are no candidates.
        count: how many questions are wanted, 0 or more.
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
