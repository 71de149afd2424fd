"""Questions that were sent more than once, compared with the interruptions of the bots: no other repeat is allowed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

# A busy computer may read what a killed bot had written to its socket this much later.
UNREAD_SECONDS = 1.0
# A suspended bot logs its lost session when it resumes, long after another process sent its messages.
STANDSTILL_SECONDS = 30.0


class SeenCopy(Protocol):
    """One copy of a question, as it appeared in a chat."""

    @property
    def poll_id(self) -> str:
        """The poll's id; empty for a question that is answered in writing."""

    @property
    def at(self) -> float:
        """The time when the copy appeared."""


@dataclass(frozen=True, slots=True)
class Interruptions:
    """The times at which bots were interrupted.

    Attributes:
        kills: when a bot was killed.
        lost_sessions: when a bot logged that it had lost its session: suspended, cut off, or starved of CPU time.
    """

    kills: Collection[float] = ()
    lost_sessions: Collection[float] = ()

    def excuses(self, earlier: SeenCopy, later: SeenCopy, known: Collection[str]) -> bool:
        """Return whether a question may be repeated, because no process could know of the earlier copy.

        A poll sent by a bot that was killed is not stored. A bot that was suspended stores it late.
        """
        since = earlier.at - UNREAD_SECONDS
        was_killed = earlier.poll_id not in known and any(since <= kill <= later.at for kill in self.kills)
        return was_killed or any(since <= lost <= later.at + STANDSTILL_SECONDS for lost in self.lost_sessions)


def check_repeats(
    questions: Iterable[Sequence[SeenCopy]], known: Collection[str], interruptions: Interruptions
) -> None:
    """Check that an interruption excuses each repeat; each question is a sequence of copies in order of time."""
    pairs = [pair for copies in questions for pair in pairwise(copies)]
    assert [pair for pair in pairs if not interruptions.excuses(*pair, known)] == []
