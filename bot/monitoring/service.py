"""The application service with counters for its calls; it changes nothing else."""

import json
import logging
import re
from collections.abc import Callable, Sequence
from typing import Any

from bot.app.commands import Vote
from bot.app.context import OutgoingMessage
from bot.app.dispatch.service import BatchResult, Delivery, ParsedUpdate, ParseUpdate, QuizService, Received, StoreError
from bot.logs import Pseudonyms
from bot.monitoring.counters import Counters

log = logging.getLogger(__name__)

# Telegram writes an update's id first and its content second; parsing all of it would take a hundred times as long.
_BEGINNING = re.compile(r'\{"update_id": ?\d+, ?"(\w+)":')
# The types that the bot requests (Bot API, Update). All others share one name, so that labels stay few.
_KINDS = ("message", "callback_query", "poll_answer", "my_chat_member")
OTHER = "other"
# The counter's name for updates without a command.
NOTHING = "Nothing"
SALT = "salt"


class MonitoredQuizService(QuizService):
    """Service that counts its calls.

    Args:
        seconds: a monotonic clock, for the duration of batches.
    """

    def __init__(
        self,
        *given: Any,  # noqa: ANN401 - the arguments of the service
        counters: Counters,
        seconds: Callable[[], float],
        **named: Any,  # noqa: ANN401 - the same
    ) -> None:
        super().__init__(*given, **named)
        self._counters = counters
        self._seconds = seconds
        self._pseudonyms = Pseudonyms("")

    def open(self, bot_name: str, bot_id: int = 0) -> None:
        """Open the service, and load or create the salt for pseudonyms."""
        super().open(bot_name, bot_id)
        with self._database.transaction() as unit:
            self._pseudonyms = Pseudonyms(unit.key_values.set_default(SALT, f"{self._rng.getrandbits(128):032x}"))
        self._counters.is_open = True

    def store_updates(self, updates: Sequence[Received], *, for_leader: bool = False) -> tuple[Received, ...]:
        """Store updates, and count the new ones."""
        fresh = super().store_updates(updates, for_leader=for_leader)
        self._counters.updates.update(kind_of(one.body) for one in fresh)
        self._counters.pulse.received_at = self._clock()
        return fresh

    def discard_update(self, update_id: int, lane: str, error: Exception) -> None:
        """Store the id of an update as set aside, and count it."""
        super().discard_update(update_id, lane, error)
        self._counters.set_aside["update"] += 1

    def process_batch(self, parse: ParseUpdate, limit: int, min_age: float = 0.0) -> BatchResult:
        """Handle waiting updates, and count them."""
        began = self._seconds()
        try:
            worked = super().process_batch(parse, limit, min_age)
        except StoreError:
            self._counters.failed_batches += 1
            raise
        self._counters.failed_batches += bool(worked.retry_singly)
        self._count(worked, began)
        return worked

    def process_one(self, update_id: int, parse: ParseUpdate) -> BatchResult:
        """Handle one update, and count it."""
        began = self._seconds()
        worked = super().process_one(update_id, parse)
        self._count(worked, began)
        self._counters.set_aside["update"] += bool(worked.failure and worked.failure.is_discarded)
        return worked

    def record_deliveries(self, deliveries: Sequence[Delivery]) -> tuple[OutgoingMessage, ...]:
        """Record deliveries, and count the messages that Telegram refused."""
        messages = super().record_deliveries(deliveries)
        self._counters.set_aside["message"] += sum(bool(one.problem) for one in deliveries)
        return messages

    def discard_message(self, message_id: int, problem: str) -> None:
        """Move a message to the dead letters, and count it."""
        super().discard_message(message_id, problem)
        self._counters.set_aside["message"] += 1

    def due_sessions(self) -> tuple[int, ...]:
        """Return the due sessions, and record the time."""
        sessions = super().due_sessions()
        self._counters.pulse.looked_at = self._clock()
        return sessions

    def _count(self, worked: BatchResult, began: float) -> None:
        """Count the handled updates. An empty batch is not counted as activity."""
        if worked.count:
            self._counters.batch_seconds.add(self._seconds() - began)
            self._counters.batch_sizes.add(worked.count)
            self._counters.pulse.worked_at = self._clock()
        for task in worked.done:
            command = task.command
            self._counters.stories[type(command).__name__ if command else NOTHING] += 1
            self._counters.votes += isinstance(command, Vote) and bool(command.options)
        if log.isEnabledFor(logging.DEBUG):
            self._log_commands(worked.done)

    def _log_commands(self, done: Sequence[ParsedUpdate]) -> None:
        """Log a line for each update: its command, and a pseudonym of the person."""
        for task in done:
            story = type(task.command).__name__ if task.command else NOTHING
            who = self._pseudonyms.of(task.command.visitor.id) if task.command else "nobody"
            log.debug("Update %d: %s by %s.", task.update_id, story, who)


def kind_of(body: str) -> str:
    """Return the type of an update from its JSON. Raises nothing: counting must not undo the storing."""
    if (found := _BEGINNING.match(body)) and found[1] in _KINDS:
        return found[1]
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        return OTHER
    return next((kind for kind in _KINDS if kind in fields), OTHER) if isinstance(fields, dict) else OTHER
