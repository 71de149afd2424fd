"""Caller of the Bot API: sends one call, with as many retries as necessary, within Telegram's limits."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.tg.bot_api.call import ApiCall
from bot.tg.bot_api.client import ApiClient
from bot.tg.bot_api.response import HIGHEST_ID, LONGEST_ID, seconds_of
from bot.tg.bot_api.transport import MAY_LEAVE
from bot.tg.outbound.flood_detector import FloodDetector
from bot.tg.outbound.flood_waits import ALL, FloodWaits, name_of
from bot.tg.outbound.queued_message import QueuedMessage
from bot.tg.outbound.rate_limits import RateLimits
from bot.tg.outbound.send_queue import SendQueue
from bot.tg.outbound.timing import Timing

log = logging.getLogger(__name__)

# Maximum number of concurrent requests: fewer than the transport has connections, or its time-outs would run while a
# request waits for one.
SIDE_BY_SIDE = 200
# Seconds until the next try after a network or server error, longer each time.
PATIENCE = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
# Seconds between two checks whether this process still holds its session, while that is uncertain.
DOUBT_SECONDS = 0.05
# Number of tries of an expendable call.
FEW_TRIES = 3
# A group becomes a supergroup once; more migrations are no response of Telegram.
MOST_MOVES = 3
# A pressed button stops waiting by itself long before this.
SOON_SECONDS = 60.0
# A pause of a chat is logged from this length on.
LONG_SECONDS = 60.0
# Methods that send a new message: the limits count these.
SENDING = ("sendMessage", "sendPoll", "sendPhoto")
# Methods that look up a person; a whole class may be looked up at once. They have a semaphore of their own, so that no
# message waits behind them.
ASKING = ("getChatMember",)
ASKED_SIDE_BY_SIDE = 8
# Methods that edit a message: they count towards a chat's limit like new ones (Bots FAQ).
EDITING = ("editMessageText", "editMessageReplyMarkup")
# Closes a poll, of each pupil of a class at once: it edits a message, and counts towards the limit of all.
CLOSING = ("stopPoll",)


@dataclass(frozen=True, slots=True)
class Sent:
    """Result of a call: the current id of the chat, the new message and poll if any, the people it returned."""

    chat_id: int
    message_id: int = 0
    poll_id: str = ""
    people: tuple[int, ...] = ()


class LostError(Exception):
    """The message may belong to another process now, so this one must not send it."""


class ApiCaller:
    """Caller with limits and retries.

    Args:
        may_send: returns whether this process certainly still owns its claimed messages.

    Attributes:
        flood_waits: the pauses that Telegram asked for.
    """

    def __init__(
        self,
        api: ApiClient,
        limits: RateLimits,
        send_queue: SendQueue,
        timing: Timing,
        may_send: Callable[[], bool] = lambda: True,
    ) -> None:
        self._api = api
        self._may_send = may_send
        self._limits = limits
        self._send_queue = send_queue
        self._timing = timing
        self._flood_detector = FloodDetector()
        self.flood_waits = FloodWaits()
        self._places = asyncio.Semaphore(SIDE_BY_SIDE)
        self._asking = asyncio.Semaphore(ASKED_SIDE_BY_SIDE)

    async def send(self, call: ApiCall, chat_id: int, queued: QueuedMessage) -> Sent:
        """Send one call, with retries while they can help.

        A request whose response was lost may have been executed, and Telegram has no idempotency key: it is sent again,
        since a message twice is better than none.

        Raises:
            Forbidden: the person or group has blocked the bot.
            BadRequest: Telegram will never accept it. An expendable call raises neither.
            LostError: this process does not own the message any more.
        """
        tries, moves = 0, 0
        while not self._is_worthless(call):
            try:
                return _sent(chat_id, await self._request(call, chat_id, queued))
            except RetryAfter as error:
                await self._pause(call, chat_id, seconds_of(error))
            except ChatMigrated as error:
                moves += 1
                if moves > MOST_MOVES:
                    raise BadRequest("the group moves on and on") from None
                chat_id = error.new_chat_id
            except BadRequest as error:
                if call.expendable or any(words in error.message.lower() for words in call.nobody):
                    return Sent(chat_id)
                raise
            except Forbidden:
                raise
            except TelegramError as error:
                tries += 1
                if call.expendable and tries >= FEW_TRIES:
                    return Sent(chat_id)
                log.warning("%s failed (%s); retrying.", call.method, error.message)
                await self._timing.sleep(PATIENCE[min(tries, len(PATIENCE)) - 1])
        return Sent(chat_id)

    async def learn(self, pauses: Mapping[str, float]) -> None:
        """Apply stored pauses: seconds by name."""
        now = self._timing.now()
        for name, seconds in pauses.items():
            self.flood_waits.begin(name, seconds, now, is_stored=True)
        if ALL in pauses:
            await self._send_queue.pause(pauses[ALL])

    def busy(self, chat_id: int) -> float:
        """Return for how many more seconds a chat is at its limit."""
        return self._limits.busy(chat_id, self._timing.now())

    def note_busy(self, chat_id: int, seconds: float) -> None:
        """Record that a chat is at its limit for this many seconds because of other processes."""
        now = self._timing.now()
        self._limits.note_busy(chat_id, now + seconds, now)

    def hasten(self, queued: QueuedMessage) -> None:
        """Move a message forward in the queue after it became due earlier."""
        self._send_queue.hasten(queued)

    def close(self) -> None:
        """Close the send queue."""
        self._send_queue.close()

    def _is_worthless(self, call: ApiCall) -> bool:
        """Return whether an expendable call would have to wait for too long."""
        if call.to_chat or not call.expendable:
            return False
        now = self._timing.now()
        return max(self.flood_waits.left(name, now) for name in (ALL, name_of(call.method, None))) > SOON_SECONDS

    async def _pause(self, call: ApiCall, chat_id: int, seconds: float) -> None:
        """Pause as Telegram asks: the chat, or the method if there is none; everything if several chats must."""
        now, chat = self._timing.now(), _paused_chat(call, chat_id)
        if self.flood_waits.begin(name_of(call.method, chat), seconds, now):
            _log_pause(call, seconds)
        if everybody := self._flood_detector.note(chat, seconds, now):
            if self.flood_waits.begin(ALL, everybody, now):
                log.warning("Telegram asked to wait in several chats at once: sending is paused for %.0f s.", everybody)
            await self._send_queue.pause(everybody)
        if not self._is_worthless(call):
            await self._timing.sleep(seconds)

    async def _request(self, call: ApiCall, chat_id: int, queued: QueuedMessage) -> Any:  # noqa: ANN401 - JSON
        parameters = call.parameters
        if call.to_chat:
            parameters = {"chat_id": chat_id, **parameters}
        if self._limits.is_paid and call.method in SENDING:
            parameters = {**parameters, "allow_paid_broadcast": True}
        await self._wait_for_slot(call, chat_id, queued)
        async with self._asking if call.method in ASKING else self._places:
            # A process that was suspended learns within a moment whether others have taken over.
            while not self._may_send():
                await self._timing.sleep(DOUBT_SECONDS)
            if queued.is_lost:
                raise LostError
            queued.is_calling = True
            asked = MAY_LEAVE.set(lambda: self._may_send() and not queued.is_lost)
            try:
                return await self._api.call(call.method, parameters)
            finally:
                MAY_LEAVE.reset(asked)
                queued.is_calling = False

    async def _wait_for_slot(self, call: ApiCall, chat_id: int, queued: QueuedMessage) -> None:
        """Wait for the chat's limit, then for a slot of the bot's limit."""
        pause = name_of(call.method, _paused_chat(call, chat_id))
        await self._wait_out(pause)
        now = self._timing.now()
        if call.method in SENDING + EDITING + CLOSING and (wait := self._limits.claim_chat(chat_id, now)):
            await self._timing.sleep(wait)
        if call.method in ASKING and (wait := self._limits.claim_lookup(now)):
            await self._timing.sleep(wait)
        if call.method in CLOSING and (wait := self._limits.claim_closing(now)):
            await self._timing.sleep(wait)
        if call.method in SENDING + CLOSING:
            await self._send_queue.wait(queued)
        await self._send_queue.wait_until_open()
        # A pause may have begun meanwhile.
        await self._wait_out(pause)

    async def _wait_out(self, pause: str) -> None:
        """Wait until a pause has ended."""
        while left := self.flood_waits.left(pause, self._timing.now()):
            await self._timing.sleep(left)


def _paused_chat(call: ApiCall, chat_id: int) -> int | None:
    """Return the chat that must pause when Telegram refuses a call; None for the method, if the call only asks."""
    return chat_id if call.to_chat and call.method not in ASKING else None


def _log_pause(call: ApiCall, seconds: float) -> None:
    """Log a pause: of a method always, of a chat if it is long."""
    if not call.to_chat or call.method in ASKING:
        log.warning("Telegram refuses %s for %.0f s: it alone waits.", call.method, seconds)
    elif seconds >= LONG_SECONDS:
        log.warning("Telegram refuses %s to one chat for %.0f s: that chat alone waits.", call.method, seconds)


def _is_there(member: dict[str, Any]) -> bool:
    """Return whether a ChatMember is in the chat; a restricted one may have left (ChatMemberRestricted.is_member)."""
    if member["status"] == ChatMemberStatus.RESTRICTED:
        return bool(member.get("is_member"))
    return member["status"] not in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


def _sent(chat_id: int, result: Any) -> Sent:  # noqa: ANN401 - JSON
    """Return the useful parts of a Message, a ChatMember or a list of those; most other methods return True.

    A malformed part counts as missing: the call was executed all the same.
    """
    if isinstance(result, list):
        users = [one.get("user") for one in result if isinstance(one, dict)]
        return Sent(chat_id, people=tuple(_id_in(user, "id") for user in users if _id_in(user, "id")))
    if isinstance(result, dict) and "status" in result:
        user = _id_in(result.get("user"), "id")
        return Sent(chat_id, people=(user,) if user and _is_there(result) else ())
    poll = result.get("poll") if isinstance(result, dict) else None
    return Sent(chat_id, _id_in(result, "message_id"), _poll_id_in(poll))


def _poll_id_in(poll: Any) -> str:  # noqa: ANN401 - JSON
    """Return the id of a poll; empty if there is none that every database can store as a key."""
    poll_id = poll.get("id") if isinstance(poll, dict) else None
    if not isinstance(poll_id, str) or len(poll_id) > LONGEST_ID or "\0" in poll_id:
        return ""
    return poll_id


def _id_in(value: Any, name: str) -> int:  # noqa: ANN401 - JSON
    """Return the id in an object; 0 if there is none."""
    number = value.get(name) if isinstance(value, dict) else None
    if isinstance(number, bool) or not isinstance(number, int) or not 0 < number <= HIGHEST_ID:
        return 0
    return number
