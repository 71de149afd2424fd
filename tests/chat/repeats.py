"""Questions that came more than once, held against what befell the bots in between: nothing else excuses a repeat."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

# What a bot had written to its socket when it was killed is read a little later by a busy computer.
UNREAD_SECONDS = 1.0
# A bot that stood still says so when it goes on, long after another has sent what was its own.
STANDSTILL_SECONDS = 30.0


class Seen(Protocol):
    """A copy of a question, as it appeared."""

    @property
    def poll_id(self) -> str:
        """Its poll; empty where it wants an answer in writing."""

    @property
    def at(self) -> float:
        """When it came."""


@dataclass(frozen=True, slots=True)
class Troubles:
    """What befell the bots.

    Attributes:
        kills: when one was killed.
        losses: when one said that it had passed for dead: held up, cut off, or starved by a busy computer.
    """

    kills: Collection[float] = ()
    losses: Collection[float] = ()

    def excuse(self, earlier: Seen, later: Seen, known: Collection[str]) -> bool:
        """Return whether a question may have come again: nobody could know that the earlier copy was there.

        Had the bot that sent it been killed, its poll would not be on record. One that stood still records it late.
        """
        since = earlier.at - UNREAD_SECONDS
        was_killed = earlier.poll_id not in known and any(since <= kill <= later.at for kill in self.kills)
        return was_killed or any(since <= loss <= later.at + STANDSTILL_SECONDS for loss in self.losses)


def check_repeats(questions: Iterable[Sequence[Seen]], known: Collection[str], troubles: Troubles) -> None:
    """Check that no question came again without an excuse; each is given as its copies in their order."""
    pairs = [pair for copies in questions for pair in pairwise(copies)]
    assert [pair for pair in pairs if not troubles.excuse(*pair, known)] == []
