"""Lets in what people ask, unless somebody asks too much: that is answered once, then met with silence until calm.

Answers always get in: the first vote of a person in each poll, and one text for each question put in writing. Plain
values, no waiting; what is remembered of people is bounded.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any, Literal

from telegram.constants import ChatType

from bot.tg.bot_api.response import LONGEST_ID
from bot.tg.inbound.update_fields import is_whole, words

Verdict = Literal["in", "tell", "out"]
"""Whether an update is handled, only answered by a word on asking less, or neither."""

# The field that marks an update of the second sort; the Bot API has none of this name.
TOO_MUCH = "asks_too_much"
# Within so many seconds somebody may ask as much as the settings say.
WINDOW_SECONDS = 10.0
# Who was silenced is heard again with so much of that to ask: after a rest of five seconds.
CALM = 0.5
# How many people are remembered; who asked longest ago is forgotten, and then may ask as if for the first time.
MOST_PEOPLE = 10_000
# How many polls are remembered of each: more than can be open before one person.
MOST_POLLS = 16


@dataclass(slots=True)
class _Asker:
    """One person: how much they may ask now, as of which second, and which answers are expected of them."""

    left: float
    moment: float
    is_silenced: bool = False
    is_expected: bool = False
    polls: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_POLLS))


class Throttle:
    """The limit on what one person asks.

    Args:
        most: how much one person may ask within ``WINDOW_SECONDS``; 0 for no limit.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._askers: OrderedDict[int, _Asker] = OrderedDict()

    def expect(self, person_id: int, now: float) -> None:
        """Let one text of a person in, whatever else they ask: it is what the bot asks of them now."""
        if self._most:
            self._asker(person_id, now).is_expected = True

    def judge(self, update: dict[str, Any], now: float) -> Verdict:
        """Return what becomes of an update. Never raises: what cannot be judged is let in.

        Args:
            update: as JSON has it. What is not as the Bot API says, or asks for nothing, is let in: it fails where it
                is handled, and is set aside there.
            now: seconds on any clock that goes forward.
        """
        if not self._most:
            return "in"
        try:
            return self._judge(update, now)
        except Exception:  # noqa: BLE001 - a fault here would come again at every start, before the update is stored
            return "in"

    def _judge(self, update: dict[str, Any], now: float) -> Verdict:
        """Return the same. Raises anything for what is not as the Bot API says."""
        person_id, answer = _who_asks(update), _answer(update)
        if person_id is None:
            return "in"
        asker = self._asker(person_id, now)
        return "in" if answer.is_taken(asker) else self._count(asker)

    def _asker(self, person_id: int, now: float) -> _Asker:
        """Give what is remembered of a person, up to date."""
        asker = self._askers.get(person_id)
        if asker is None:
            asker = self._askers[person_id] = _Asker(self._most, now)
        self._askers.move_to_end(person_id)
        if len(self._askers) > MOST_PEOPLE:
            self._askers.popitem(last=False)
        asker.left = min(self._most, asker.left + (now - asker.moment) * self._most / WINDOW_SECONDS)
        asker.moment = now
        return asker

    def _count(self, asker: _Asker) -> Verdict:
        """Take one from what a person may ask. Asking on costs the silenced what the rest gave them."""
        was_silenced = asker.is_silenced and asker.left < self._most * CALM
        asker.is_silenced = was_silenced or asker.left < 1
        asker.left = max(0.0, asker.left - 1)
        if not asker.is_silenced:
            return "in"
        return "out" if was_silenced else "tell"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What an update may be an answer by: the poll of a vote, or the text that it brings; neither for all else."""

    poll: str | None = None
    is_text: bool = False

    def is_taken(self, asker: _Asker) -> bool:
        """Check whether it is an answer of this person, and remember that it was given."""
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
    """Return who asks; None for talk in a group and what else asks for nothing. Administrators may speak as a chat.

    Only ids are remembered: of another type they could be of any size, or could not be looked up. Raises anything.
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
    """Return what an update may be an answer by. Raises anything."""
    if "poll_answer" in update:
        return _Answer(poll=words(update["poll_answer"].get("poll_id", ""), "poll_id", LONGEST_ID))
    text = update.get("message", {}).get("text", "")
    return _Answer(is_text=bool(text) and not text.startswith("/"))
