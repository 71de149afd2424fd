"""Judges whether the bot moves on. Plain values: what waits, when something last moved, and the time.

A long queue that is worked off is no fault, and a quiet bot neither; a queue that stands still is. A queue in which
people wait for long is slow: that is reported, but a restart would not help.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.monitoring.pulse import Pulse
from bot.store.backlog import Backlog

# One long poll lasts at most 40 s (bot/tg/inbound/polling.py); this is more than two of them.
SILENCE = timedelta(seconds=90)
# So long may something wait while nothing moves: longer than a fault of the network that mends itself.
STANDSTILL = timedelta(seconds=60)
# So long a pause that Telegram asked for is worth a word: shorter ones are its usual way.
PAUSE = timedelta(seconds=60)
# So long people wait for an answer without asking what is the matter.
SLOW = timedelta(seconds=60)
_NEVER_RAN = "The bot of this version has never run on this database: start it."
_NO_MESSAGES = (
    "No button works: Telegram sends presses without their messages, and does not let the bot change that. Set "
    "callback_query_mode to Default in @BotFather."
)
_COUNTED_OUT = "The database server does not hear from this process: others go on without it. Check the network."


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong.

    Attributes:
        name: one word for programs.
        words: a sentence that says what is wrong and where to look.
        restart_helps: whether a new start of this process may mend it; what is outside, it does not mend.
    """

    name: str
    words: str
    restart_helps: bool


@dataclass(frozen=True, slots=True)
class Health:
    """A judgement.

    Attributes:
        backlog: what waits; None where the database could not be read.
        troubles: what is wrong; empty when all is well.
        warnings: what is not as it should be, though the bot moves on: nobody need restart it.
        refused: connections that this process refused or cut off since its start, by kind.
    """

    now: datetime
    pulse: Pulse
    backlog: Backlog | None
    troubles: tuple[Trouble, ...]
    warnings: tuple[Trouble, ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Whether the bot moves on, be it slowly."""
        return not self.troubles

    @property
    def state(self) -> str:
        """The judgement in a word: ``well``, ``slow``, or ``unwell``."""
        if self.troubles:
            return "unwell"
        return "slow" if self.warnings else "well"

    @property
    def restart_helps(self) -> bool:
        """Whether anything is wrong that a new start may mend."""
        return any(trouble.restart_helps for trouble in self.troubles)

    def ages(self) -> dict[str, float | None]:
        """Return how old things are in seconds, by name; None where there is no such thing.

        Where the database could not be read, nothing is there of what is not known.
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
        """Return how much there is, by name; of what waits nothing where the database could not be read."""
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
    """Judge whether the bot moves on."""
    since = pulse.since
    if since is None:
        return Health(now, pulse, backlog, (Trouble("start", _NEVER_RAN, restart_helps=False),))
    ways_in = (_telegram(backlog, pulse, since, now), _webhook(pulse, since), _presses(pulse))
    troubles = tuple(filter(None, (*ways_in, *_standstills(backlog, pulse, since, now))))
    # Of updates that stand still it is said already that they wait.
    stands = any(one.name == "updates" for one in troubles)
    warnings = () if stands else tuple(_delays(backlog, now))
    return Health(now, pulse, backlog, troubles, (*warnings, *_pauses(backlog)))


def unreadable(error: Exception, pulse: Pulse, now: datetime) -> Health:
    """Judge a bot whose database cannot be used."""
    return Health(now, pulse, None, (Trouble("database", str(error), restart_helps=False),))


def counted_out(health: Health) -> Health:
    """Add that this process cannot reach the server, though others may."""
    return replace(health, troubles=(*health.troubles, Trouble("presence", _COUNTED_OUT, restart_helps=False)))


def _telegram(backlog: Backlog, pulse: Pulse, since: datetime, now: datetime) -> Trouble | None:
    """Judge the way in. While much waits and is worked off, Telegram is not asked for more, and that is right."""
    silence = now - max(pulse.polled_at or since, since)
    is_catching_up = backlog.updates and now - (pulse.worked_at or since) <= STANDSTILL
    if silence <= SILENCE or is_catching_up:
        return None
    is_asked = now - (pulse.asked_at or since) <= SILENCE
    why = "though it is asked: the log says why." if is_asked else "and is not asked: the bot hangs or does not run."
    words = f"Telegram has given no updates for {in_words(silence)}, {why}"
    return Trouble("telegram", words, restart_helps=not is_asked)


def _webhook(pulse: Pulse, since: datetime) -> Trouble | None:
    """Judge the posts of Telegram: a single one that failed comes again within seconds."""
    arrived_at = max(pulse.received_at or since, since)
    if pulse.failed_at is None or pulse.failed_at - arrived_at <= STANDSTILL:
        return None
    words = "Telegram cannot post updates to BOT_WEBHOOK_URL, and none arrives: the log has its reason."
    return Trouble("webhook", words, restart_helps=False)


def _presses(pulse: Pulse) -> Trouble | None:
    """Judge the form of presses: without its message none can be handled."""
    return Trouble("presses", _NO_MESSAGES, restart_helps=False) if pulse.lacks_messages else None


def _standstills(backlog: Backlog, pulse: Pulse, since: datetime, now: datetime) -> Iterator[Trouble]:
    """Find where something waits and nothing moves. While Telegram asks to wait, it is right that messages do."""
    oldest_message = None if backlog.pause else backlog.oldest_message
    waiting = (
        ("updates", "An update has waited", "no update is handled", backlog.oldest_update, pulse.worked_at),
        ("messages", "A message has waited", "none is sent", oldest_message, pulse.sent_at),
        ("deadlines", "A deadline has been over", "nobody looks", backlog.oldest_deadline, pulse.looked_at),
    )
    for name, what, stands, oldest, moved_at in waiting:
        stood = now - max(moved_at or since, since)
        if oldest and now - oldest > STANDSTILL and stood > STANDSTILL:
            yield Trouble(
                name, f"{what} for {in_words(now - oldest)}, and {stands}: the log says why.", restart_helps=True
            )


def _delays(backlog: Backlog, now: datetime) -> Iterator[Trouble]:
    """Find where people wait for long, though things move."""
    if backlog.oldest_ready and now - backlog.oldest_ready > SLOW:
        span = in_words(now - backlog.oldest_ready)
        words = f"The bot is slow: the oldest update that could be handled has waited for {span}."
        yield Trouble("slow", words, restart_helps=False)


def _pauses(backlog: Backlog) -> Iterator[Trouble]:
    """Find out whether Telegram wants something to wait for long."""
    if backlog.pause >= PAUSE.total_seconds():
        words = f"Waits for Telegram: {backlog.pause:.0f} s. It refuses a chat, a method or all; the log says which."
        yield Trouble("flood", words, restart_helps=False)


def in_words(span: timedelta) -> str:
    """Say how long something lasted, in the largest unit of which there are two."""
    seconds = int(span.total_seconds())
    for unit, length in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return "1 second" if seconds == 1 else f"{seconds} seconds"
