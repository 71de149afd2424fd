"""Traits of simulated pupils: how able, quick and reliable they are. Plain values, drawn once per pupil."""

import math
from dataclasses import dataclass
from random import Random

from bot.core.question import Level

# Difficulty of a question in logits, on the same scale as a person's ability (Rasch, 1960).
_DIFFICULTY = {Level.EASY: -1.0, Level.MEDIUM: 0.0, Level.HARD: 1.0}
# Variation of one person's response times: sigma of a log-normal distribution, which response times follow.
_SPREAD = 0.4
# Writing an answer takes this many times longer than tapping one.
_WRITING = 1.6
_QUICKEST = 1.0
_FAST_NETWORK = 0.1


@dataclass(frozen=True, slots=True)
class PupilTraits:
    """Traits of one pupil. Times are in seconds, chances from 0 to 1.

    Attributes:
        ability: in logits; at 0 the pupil answers half of the questions of medium difficulty right.
        answer_seconds: median time to answer by tapping.
        network_delay: time that a message takes to the bot.
        join_delay: time between seeing the link of a class and following it.
        leave_chance: chance to leave at a question, and to come back by the link later.
        blocks_bot: whether the pupil blocks the bot when leaving.
        repeat_chance: chance to answer a question twice.
        chatter_chance: chance to write something else before an answer.
        skip_chance: chance not to answer a question.
    """

    ability: float
    answer_seconds: float
    network_delay: float
    join_delay: float
    leave_chance: float
    blocks_bot: bool
    repeat_chance: float
    chatter_chance: float
    skip_chance: float

    def success_chance(self, level: Level) -> float:
        """Return the chance to answer a question of this level right."""
        return 1 / (1 + math.exp(_DIFFICULTY[level] - self.ability))

    def draw_answer_seconds(self, rng: Random, *, writes: bool) -> float:
        """Draw the seconds until the next answer; ``writes`` if it is written."""
        seconds = rng.lognormvariate(math.log(self.answer_seconds), _SPREAD)
        return max(seconds * (_WRITING if writes else 1.0), _QUICKEST)

    def draw_absence_seconds(self, rng: Random) -> float:
        """Draw the seconds of an absence: a round or two of a slow class."""
        return rng.uniform(30.0, 90.0)


def draw_traits(rng: Random) -> PupilTraits:
    """Draw a pupil: most are reliable, one in five joins late, one in eight leaves now and then."""
    is_late, is_slow = rng.random() < 0.2, rng.random() < 0.1  # noqa: PLR2004 - shares, as the docstring says
    return PupilTraits(
        ability=rng.gauss(0.8, 1.0),
        answer_seconds=rng.lognormvariate(math.log(9.0), 0.35),
        network_delay=rng.uniform(1.0, 4.0) if is_slow else _FAST_NETWORK,
        join_delay=rng.uniform(60.0, 200.0) if is_late else rng.lognormvariate(math.log(10.0), 0.6),
        leave_chance=_sometimes(rng, 8, 0.2),
        blocks_bot=rng.random() < 1 / 3,
        repeat_chance=_sometimes(rng, 10, 0.3),
        chatter_chance=_sometimes(rng, 10, 0.3),
        skip_chance=_sometimes(rng, 5, 0.1),
    )


def _sometimes(rng: Random, people: int, chance: float) -> float:
    """Return ``chance`` for one in ``people`` pupils, and 0 for the others."""
    return chance if rng.random() < 1 / people else 0.0
