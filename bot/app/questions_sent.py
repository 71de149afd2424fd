"""Questions that this process has sent since it started.

Kept in memory on purpose. The process that sent a question knows that it was sent at most once and that its receipt is
about to arrive. After a restart neither is known: the question may have been in the chat for long, with an unknown
message id, and is sent again.
"""

from collections import OrderedDict

# The oldest entries are dropped beyond this number; for a dropped class the effect is that of a restart.
MAX_CLASSES = 10_000


class QuestionsSent:
    """The last question that this process sent in each class, as its round and vote."""

    def __init__(self) -> None:
        self._votes: OrderedDict[int, tuple[int, int]] = OrderedDict()

    def record(self, session_id: int, round_number: int, vote: int) -> None:
        """Record that a question is sent."""
        self._votes[session_id] = (round_number, vote)
        self._votes.move_to_end(session_id)
        if len(self._votes) > MAX_CLASSES:
            self._votes.popitem(last=False)

    def contains(self, session_id: int, round_number: int, vote: int) -> bool:
        """Return whether this question, in this vote, is the last that this process sent in the class."""
        return self._votes.get(session_id) == (round_number, vote)
