"""Metrics in Prometheus' text format. No label has a person's id or name."""

from collections.abc import Iterable, Iterator, Mapping

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.monitoring.counters import Counters, Histogram
from bot.monitoring.health import Health

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_AGES = {
    "last_poll": ("bot_last_poll_age_seconds", "Since the last successful getUpdates (webhook mode: getWebhookInfo)."),
    "oldest_update": ("bot_oldest_update_age_seconds", "Since the oldest waiting update came; 0 if none waits."),
    "oldest_ready": ("bot_oldest_ready_update_age_seconds", "Since the oldest ready update came; 0 if none is ready."),
    "oldest_message": ("bot_oldest_message_age_seconds", "Since the oldest unsent message was stored; 0 if none."),
    "oldest_deadline": ("bot_oldest_deadline_age_seconds", "Since the oldest overdue deadline; 0 if none."),
}
_COUNTS = {
    "updates_waiting": ("bot_updates_waiting", "Waiting updates."),
    "messages_unsent": ("bot_messages_unsent", "Unsent messages."),
    "deadlines_overdue": ("bot_deadlines_overdue", "Overdue deadlines."),
    "classes_open": ("bot_classes_open", "Open live classes."),
}


def render_metrics(counters: Counters, health: Health, *, leads: bool) -> bytes:
    """Return all metrics in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(_Snapshot(counters, health, leads=leads))
    return generate_latest(registry)


class _Snapshot(Collector):
    """The metrics at one moment."""

    def __init__(self, counters: Counters, health: Health, *, leads: bool) -> None:
        self._counters = counters
        self._leads = leads
        self._health = health

    def collect(self) -> Iterable[Metric]:
        """Yield every metric."""
        yield from _gauges(self._counters, self._health)
        yield GaugeMetricFamily("bot_leader", "1 in the leader, else 0.", value=self._leads)
        yield from _counters(self._counters)
        yield _histogram("bot_batch_updates", "Updates handled in one transaction.", self._counters.batch_sizes)
        yield _histogram("bot_batch_seconds", "Duration of a batch.", self._counters.batch_seconds)


def _gauges(counters: Counters, health: Health) -> Iterator[Metric]:
    yield GaugeMetricFamily("bot_healthy", "1 if the bot is healthy, else 0.", value=float(health.is_good))
    ages, counts = health.ages(), health.counts()
    if ages.get("last_poll") is None:
        ages.pop("last_poll", None)  # 0 would mean that Telegram answered just now
    for key, age in ages.items():
        yield GaugeMetricFamily(*_AGES[key], value=age or 0.0)
    for key, words in _COUNTS.items():
        if key in counts:
            yield GaugeMetricFamily(*words, value=counts[key])
    # Without a count (SQLite, or a database that cannot be read) only this process is known.
    yield GaugeMetricFamily("bot_processes", "Live processes.", value=counts.get("processes", 1))
    screens = counters.screens
    yield GaugeMetricFamily("bot_boards_watched", "Boards with at least one viewer.", value=len(screens))
    yield GaugeMetricFamily("bot_board_screens", "Viewers of boards.", value=screens.total())


def _counters(counters: Counters) -> Iterator[Metric]:
    yield _labelled("bot_updates", "Received updates, by type.", "kind", counters.updates)
    yield _labelled("bot_stories", "Handled updates, by command.", "story", counters.stories)
    yield CounterMetricFamily("bot_votes", "Votes cast in polls.", value=counters.votes)
    yield CounterMetricFamily("bot_answers", "Answers stored.", value=counters.answers)
    requests = CounterMetricFamily(
        "bot_requests", "Calls of the Bot API, by method and outcome.", labels=["method", "outcome"]
    )
    for labels, count in counters.requests.copy().items():
        requests.add_metric(labels, count)
    yield requests
    yield CounterMetricFamily("bot_floods", "Flood waits (429).", value=counters.floods)
    yield CounterMetricFamily("bot_flood_seconds", "Seconds of flood waits.", value=counters.flood_seconds)
    yield _labelled("bot_set_aside", "Updates and messages set aside.", "what", counters.set_aside)
    yield _labelled("bot_refused_connections", "Connections refused or closed, by kind.", "kind", counters.refused)
    yield CounterMetricFamily("bot_failed_batches", "Batches rolled back.", value=counters.failed_batches)


def _labelled(name: str, words: str, label: str, counts: Mapping[str, int]) -> CounterMetricFamily:
    family = CounterMetricFamily(name, words, labels=[label])
    # A copy, because another thread may add a key meanwhile.
    for value, count in dict(counts).items():
        family.add_metric([value], count)
    return family


def _histogram(name: str, words: str, histogram: Histogram) -> HistogramMetricFamily:
    below, buckets = 0, []
    for bound, count in zip((*map(str, histogram.bounds), "+Inf"), histogram.counts, strict=True):
        below += count
        buckets.append((bound, below))
    return HistogramMetricFamily(name, words, buckets=buckets, sum_value=histogram.total)
