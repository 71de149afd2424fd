"""Which questions this process has put since it started.

Kept in memory on purpose. Whoever put a question knows that it stands in its chat at most once and that the receipt is
about to come. After a restart neither is known: the question may stand there for long, under an id that nobody has, and
is sent again.
"""

from collections import OrderedDict

# Of so many classes the question is remembered; of one that is forgotten it is as after a restart.
MOST_CLASSES = 10_000


class QuestionsSent:
    """The last question that this process put in each class: its round, and which vote on it."""

    def __init__(self) -> None:
        self._votes: OrderedDict[int, tuple[int, int]] = OrderedDict()

    def note(self, session_id: int, round_number: int, vote: int) -> None:
        """Record that a question is put."""
        self._votes[session_id] = (round_number, vote)
        self._votes.move_to_end(session_id)
        if len(self._votes) > MOST_CLASSES:
            self._votes.popitem(last=False)

    def holds(self, session_id: int, round_number: int, vote: int) -> bool:
        """Return whether this process put this question, in this vote on it."""
        return self._votes.get(session_id) == (round_number, vote)
