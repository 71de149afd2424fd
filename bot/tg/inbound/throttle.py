"""Throttle for incoming updates: limits each person's requests; one warning, then silence until they slow down.

Answers are never throttled: the first vote of a person in each poll, and one text for each question that asks for
one. Plain values, no waiting; memory is bounded.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any, Literal

from telegram.constants import ChatType

from bot.tg.bot_api.response import LONGEST_ID
from bot.tg.inbound.update_fields import is_whole, words

Verdict = Literal["in", "tell", "out"]
"""Whether an update is handled, only answered by a word on asking less, or neither."""

# The field that marks an update whose sender is warned; the Bot API has none of this name.
TOO_MUCH = "asks_too_much"
# The window in seconds of the limit in the settings.
WINDOW_SECONDS = 10.0
# A throttled person is readmitted when half of the allowance has refilled (5 s).
CALM = 0.5
# Maximum number of remembered people; the one who asked longest ago is forgotten first.
MOST_PEOPLE = 10_000
# Maximum number of remembered polls per person: more than can be open for one person.
MOST_POLLS = 16


@dataclass(slots=True)
class _Asker:
    """State of one person: the current allowance, since when, and the expected answers."""

    left: float
    updated_at: float
    is_silenced: bool = False
    is_expected: bool = False
    polls: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_POLLS))


class Throttle:
    """Limit on the requests of one person.

    Args:
        most: how many requests one person may make within ``WINDOW_SECONDS``; 0 for no limit.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._askers: OrderedDict[int, _Asker] = OrderedDict()

    def expect(self, person_id: int, now: float) -> None:
        """Exempt the next text of a person: the bot has asked for it."""
        if self._most:
            self._asker(person_id, now).is_expected = True

    def judge(self, update: dict[str, Any], now: float) -> Verdict:
        """Return the verdict on an update. Never raises: an update that cannot be judged is admitted.

        Args:
            update: the parsed JSON. A malformed one, or one that asks for nothing, is admitted: it fails when it is
                handled.
            now: seconds of a monotonic clock.
        """
        if not self._most:
            return "in"
        try:
            return self._judge(update, now)
        except Exception:  # noqa: BLE001 - a fault here would come again at every start, before the update is stored
            return "in"

    def _judge(self, update: dict[str, Any], now: float) -> Verdict:
        """Return the same; raise any exception for a malformed update."""
        person_id, answer = _who_asks(update), _answer(update)
        if person_id is None:
            return "in"
        asker = self._asker(person_id, now)
        return "in" if answer.is_taken(asker) else self._count(asker)

    def _asker(self, person_id: int, now: float) -> _Asker:
        """Return the state of a person, updated to now."""
        asker = self._askers.get(person_id)
        if asker is None:
            asker = self._askers[person_id] = _Asker(self._most, now)
        self._askers.move_to_end(person_id)
        if len(self._askers) > MOST_PEOPLE:
            self._askers.popitem(last=False)
        asker.left = min(self._most, asker.left + (now - asker.updated_at) * self._most / WINDOW_SECONDS)
        asker.updated_at = now
        return asker

    def _count(self, asker: _Asker) -> Verdict:
        """Use up one request of a person. Further requests of a silenced person use up what has refilled."""
        was_silenced = asker.is_silenced and asker.left < self._most * CALM
        asker.is_silenced = was_silenced or asker.left < 1
        asker.left = max(0.0, asker.left - 1)
        if not asker.is_silenced:
            return "in"
        return "out" if was_silenced else "tell"


@dataclass(frozen=True, slots=True)
class _Answer:
    """Answer in an update: the poll of a vote, or a text; neither for other updates."""

    poll: str | None = None
    is_text: bool = False

    def is_taken(self, asker: _Asker) -> bool:
        """Return whether it is an expected answer of this person, and record it as given."""
        if self.poll is not None:
            is_first = self.poll not in asker.polls
            if is_first:
                asker.polls.append(self.poll)
            return is_first
        if not self.is_text or not asker.is_expected:
            return False
        asker.is_expected = False
        return True


def _who_asks(update: dict[str, Any]) -> int | None:
    """Return the person who asks; None for group talk and other updates that ask for nothing.

    Only numbers are used as ids: other types could be of any size or unhashable. May raise any exception.
    """
    if "poll_answer" in update:
        return _only_id(update["poll_answer"].get("user", {}).get("id"))
    if "callback_query" in update:
        return _only_id(update["callback_query"]["from"]["id"])
    if "message" not in update:
        return None
    message = update["message"]
    if message.get("is_automatic_forward"):
        return None
    is_for_us = message["chat"]["type"] == ChatType.PRIVATE or message.get("text", "").startswith("/")
    return _only_id(message.get("sender_chat", message["from"])["id"]) if is_for_us else None


def _only_id(value: object) -> int | None:
    return value if is_whole(value) else None


def _answer(update: dict[str, Any]) -> _Answer:
    """Return the answer in an update. May raise any exception."""
    if "poll_answer" in update:
        return _Answer(poll=words(update["poll_answer"].get("poll_id", ""), "poll_id", LONGEST_ID))
    text = update.get("message", {}).get("text", "")
    return _Answer(is_text=bool(text) and not text.startswith("/"))
