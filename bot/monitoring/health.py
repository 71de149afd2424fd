"""Health of the bot, judged from the queues, the times of the last activity and the current time.

A long queue that moves is healthy, and so is an idle bot; a queue that stands still is a trouble. A queue in which
updates wait for long is slow: this is a warning, since a restart would not help.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.monitoring.pulse import Pulse
from bot.store.backlog import Backlog

# More than two long polls, each of which takes 40 s at most (bot/tg/inbound/polling.py).
SILENCE = timedelta(seconds=90)
# A queue may stand still for this long: longer than a usual disturbance of the network.
STANDSTILL = timedelta(seconds=60)
# Flood waits from this length on are a warning; shorter ones are usual.
PAUSE = timedelta(seconds=60)
# Updates that wait for longer than this are a warning: people begin to wonder.
SLOW = timedelta(seconds=60)
_NEVER_RAN = "The bot of this version has never run on this database: start it."
_NO_MESSAGES = (
    "No button works: Telegram sends presses without their messages, and does not let the bot change that. Set "
    "callback_query_mode to Default in @BotFather."
)
_DISCONNECTED = "This process lost its database session, and others go on without it: check the network."


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem.

    Attributes:
        name: one word for programs.
        words: a sentence for people: what is wrong and where to look.
        restart_helps: whether a restart of this process may fix it, as it cannot for problems outside of the bot.
    """

    name: str
    words: str
    restart_helps: bool


@dataclass(frozen=True, slots=True)
class Health:
    """The result of a health check.

    Attributes:
        backlog: the queues; None if the database could not be read.
        troubles: problems that make the bot unhealthy.
        warnings: problems that do not: no restart is needed.
        refused: connections that this process refused or closed since its start, by kind.
    """

    now: datetime
    pulse: Pulse
    backlog: Backlog | None
    troubles: tuple[Trouble, ...]
    warnings: tuple[Trouble, ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Whether the bot is healthy, with or without warnings."""
        return not self.troubles

    @property
    def state(self) -> str:
        """The result in a word: ``well``, ``slow``, or ``unwell``."""
        if self.troubles:
            return "unwell"
        return "slow" if self.warnings else "well"

    @property
    def restart_helps(self) -> bool:
        """Whether there is a trouble that a restart may fix."""
        return any(trouble.restart_helps for trouble in self.troubles)

    def ages(self) -> dict[str, float | None]:
        """Return the ages in seconds, by name; None if there is no such entry.

        If the database could not be read, unknown ages are left out.
        """
        moments = {"last_poll": self.pulse.polled_at} if self.backlog or self.pulse.polled_at else {}
        if backlog := self.backlog:
            moments["oldest_update"] = backlog.oldest_update
            moments["oldest_ready"] = backlog.oldest_ready
            moments["oldest_message"] = backlog.oldest_message
            moments["oldest_deadline"] = backlog.oldest_deadline
        return {
            name: max(0.0, (self.now - moment).total_seconds()) if moment else None for name, moment in moments.items()
        }

    def counts(self) -> dict[str, int]:
        """Return the counts, by name; those of the queues are left out if the database could not be read."""
        refused = {"connections_refused": sum(self.refused.values())} if self.refused else {}
        if self.backlog is None:
            return refused
        counts = {
            "updates_waiting": self.backlog.updates,
            "messages_unsent": self.backlog.messages,
            "deadlines_overdue": self.backlog.overdue,
            "classes_open": self.backlog.classes,
            "processes": self.backlog.processes,
            "leaders": self.backlog.leaders,
        }
        return {name: count for name, count in counts.items() if count is not None} | refused


def judge(backlog: Backlog, pulse: Pulse, now: datetime) -> Health:
    """Check the health of the bot."""
    since = pulse.since
    if since is None:
        return Health(now, pulse, backlog, (Trouble("start", _NEVER_RAN, restart_helps=False),))
    ways_in = (_check_polling(backlog, pulse, since, now), _check_webhook(pulse, since), _check_presses(pulse))
    troubles = tuple(filter(None, (*ways_in, *_standstills(backlog, pulse, since, now))))
    # If updates stand still, a warning that they wait would repeat the trouble.
    stands = any(one.name == "updates" for one in troubles)
    warnings = () if stands else tuple(_delays(backlog, now))
    return Health(now, pulse, backlog, troubles, (*warnings, *_pauses(backlog)))


def unreadable(error: Exception, pulse: Pulse, now: datetime) -> Health:
    """Return the health of a bot whose database cannot be used."""
    return Health(now, pulse, None, (Trouble("database", str(error), restart_helps=False),))


def with_lost_session(health: Health) -> Health:
    """Add the trouble that this process lost its database session."""
    return replace(health, troubles=(*health.troubles, Trouble("presence", _DISCONNECTED, restart_helps=False)))


def _check_polling(backlog: Backlog, pulse: Pulse, since: datetime, now: datetime) -> Trouble | None:
    """Check the polling. While the bot works through a backlog, it rightly fetches no more updates."""
    silence = now - max(pulse.polled_at or since, since)
    is_catching_up = backlog.updates and now - (pulse.worked_at or since) <= STANDSTILL
    if silence <= SILENCE or is_catching_up:
        return None
    is_asked = now - (pulse.asked_at or since) <= SILENCE
    why = (
        "though updates were requested: see the log."
        if is_asked
        else "and no updates were requested: the bot hangs or is not running."
    )
    words = f"No answer from Telegram for {format_span(silence)}, {why}"
    return Trouble("telegram", words, restart_helps=not is_asked)


def _check_webhook(pulse: Pulse, since: datetime) -> Trouble | None:
    """Check the webhook. Telegram repeats a failed request within seconds, so a single failure is no trouble."""
    arrived_at = max(pulse.received_at or since, since)
    if pulse.failed_at is None or pulse.failed_at - arrived_at <= STANDSTILL:
        return None
    words = "Telegram cannot deliver updates to BOT_WEBHOOK_URL, and none arrives: the log has its reason."
    return Trouble("webhook", words, restart_helps=False)


def _check_presses(pulse: Pulse) -> Trouble | None:
    """Check that button presses come with their messages: without these they cannot be handled."""
    return Trouble("presses", _NO_MESSAGES, restart_helps=False) if pulse.lacks_messages else None


def _standstills(backlog: Backlog, pulse: Pulse, since: datetime, now: datetime) -> Iterator[Trouble]:
    """Find the queues that stand still. Messages may wait during a flood wait."""
    oldest_message = None if backlog.pause else backlog.oldest_message
    waiting = (
        ("updates", "update has waited", "processed", backlog.oldest_update, pulse.worked_at),
        ("messages", "message has waited", "sent", oldest_message, pulse.sent_at),
        ("deadlines", "deadline has been overdue", "handled", backlog.oldest_deadline, pulse.looked_at),
    )
    for name, what, participle, oldest, moved_at in waiting:
        stood = now - max(moved_at or since, since)
        if oldest and now - oldest > STANDSTILL and stood > STANDSTILL:
            words = f"The oldest {what} for {format_span(now - oldest)} and none is being {participle}: see the log."
            yield Trouble(name, words, restart_helps=True)


def _delays(backlog: Backlog, now: datetime) -> Iterator[Trouble]:
    """Find updates that wait for long although the queue moves."""
    if backlog.oldest_ready and now - backlog.oldest_ready > SLOW:
        span = format_span(now - backlog.oldest_ready)
        words = f"The bot is slow: the oldest update that could be handled has waited for {span}."
        yield Trouble("slow", words, restart_helps=False)


def _pauses(backlog: Backlog) -> Iterator[Trouble]:
    """Find a long flood wait."""
    if backlog.pause >= PAUSE.total_seconds():
        words = f"Telegram asked to wait for {backlog.pause:.0f} s, in a chat, for a method or for all: see the log."
        yield Trouble("flood", words, restart_helps=False)


def format_span(span: timedelta) -> str:
    """Format a duration in the largest unit of which there are at least two."""
    seconds = int(span.total_seconds())
    for unit, length in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return "1 second" if seconds == 1 else f"{seconds} seconds"
