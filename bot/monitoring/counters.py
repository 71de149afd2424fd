"""Counters of one process: plain numbers, without any person's id or name, independent of output formats."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from bot.monitoring.pulse import Pulse

# Upper bounds: a batch has 200 updates at most (bot/tg/inbound/worker.py) and takes milliseconds.
BATCH_SIZES = (1, 2, 5, 10, 20, 50, 100, 200)
BATCH_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Histogram:
    """A histogram with fixed buckets.

    Attributes:
        bounds: the rising upper bounds of the buckets; one more bucket is for larger values.
        counts: the number of values in each bucket.
        total: the sum of the values.
    """

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def add(self, value: float) -> None:
        """Add a value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


class Counters:
    """The counters of one process since its start.

    Attributes:
        updates: received updates, by type.
        stories: handled commands, by name; ``Nothing`` for updates without a command.
        votes, answers: votes cast (retractions are not counted), and answers stored.
        requests: calls of the Bot API by method and outcome.
        floods, flood_seconds: the number of flood waits (429), and their seconds in all.
        set_aside: dead letters, by ``update`` and ``message``.
        failed_batches: batches that were rolled back.
        screens: viewers of boards now, by the board's path.
        refused: connections that were refused, closed, or answered with 503, by kind (bot/serving/refusals.py).
        is_open: whether the bot has connected to Telegram and opened its service.
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
