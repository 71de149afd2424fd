"""What the bot counts of itself: plain numbers, changed in passing. Knows no format, and nobody's id or name."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from bot.monitoring.pulse import Pulse

# Upper bounds: batches are 200 updates at the most (bot/tg/inbound/worker.py), and one takes milliseconds.
BATCH_SIZES = (1, 2, 5, 10, 20, 50, 100, 200)
BATCH_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Histogram:
    """How values are spread.

    Attributes:
        bounds: the upper bounds of the buckets, rising; one more bucket holds what is above.
        counts: how many values fell into each bucket.
        total: the sum of the values.
    """

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def add(self, value: float) -> None:
        """Count a value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


class Counters:
    """The counts of one process since its start.

    Attributes:
        updates: updates received, by kind.
        stories: commands carried out, by name; ``Nothing`` for updates that ask nothing.
        votes, answers: votes cast (those taken back are none), and answers stored.
        requests: calls of the Bot API by method and outcome.
        floods, flood_seconds: how often Telegram asked to wait, and how long in all.
        set_aside: what could not be handled or sent, by ``update`` and ``message``.
        failed_batches: batches rolled back.
        screens: who watches boards now, by the board's address.
        refused: connections refused, cut off, or answered with 503, by kind (bot/serving/refusals.py).
        is_open: whether the bot has greeted Telegram and opened its desk.
    """

    def __init__(self, pulse: Pulse) -> None:
        self.pulse = pulse
        self.updates: Counter[str] = Counter()
        self.stories: Counter[str] = Counter()
        self.votes = 0
        self.answers = 0
        self.requests: Counter[tuple[str, str]] = Counter()
        self.floods = 0
        self.flood_seconds = 0.0
        self.set_aside: Counter[str] = Counter()
        self.batch_sizes = Histogram(BATCH_SIZES)
        self.batch_seconds = Histogram(BATCH_SECONDS)
        self.failed_batches = 0
        self.screens: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.is_open = False
