"""What simulated pupils are like: how able, quick and reliable. Plain values, drawn once for each of them."""

import math
from dataclasses import dataclass
from random import Random

from bot.core.question import Level

# In logits: the difficulty of a question, by which it is set against the ability of a person (Rasch, 1960).
_DIFFICULTY = {Level.EASY: -1.0, Level.MEDIUM: 0.0, Level.HARD: 1.0}
# How much the times of one person vary, as the sigma of a log-normal distribution; response times are shaped like it.
_SPREAD = 0.4
# To write takes longer than to tap.
_WRITING = 1.6
_QUICKEST = 1.0
_FAST_NETWORK = 0.1


@dataclass(frozen=True, slots=True)
class PupilTraits:
    """One pupil's way.

    Attributes:
        ability: in logits; at 0 half of the questions of medium difficulty are answered right.
        pace: seconds to an answer by tapping, in the median.
        network: seconds that a message takes on its way to the bot.
        joins_after: seconds between seeing the link of a class and following it.
        vanishes: chance to be gone at a question, and to come back by the link; ``blocks`` if by blocking the bot.
        repeats: chance to answer twice; ``chats``: to write something else first; ``passes``: to give no answer.
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
        """Give the chance to answer a question of this level right, 0 to 1."""
        return 1 / (1 + math.exp(_DIFFICULTY[level] - self.ability))

    def draw_answer_seconds(self, rng: Random, *, writes: bool) -> float:
        """Draw how long an answer takes this time."""
        seconds = rng.lognormvariate(math.log(self.answer_seconds), _SPREAD)
        return max(seconds * (_WRITING if writes else 1.0), _QUICKEST)

    def draw_absence_seconds(self, rng: Random) -> float:
        """Draw how long this pupil is gone: a round or two of a class that takes its time."""
        return rng.uniform(30.0, 90.0)


def draw_traits(rng: Random) -> PupilTraits:
    """Draw somebody: most are reliable, one in five comes late, one in eight vanishes now and then."""
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
    """Give this chance to one in so many people, and none to the others."""
    return chance if rng.random() < 1 / people else 0.0
