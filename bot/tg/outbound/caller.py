"""Carries out one call of the Bot API, however often that takes, within Telegram's limits."""

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

# How many requests may be under way at once: fewer than the transport has connections, or its time-outs would run
# while a request waits for one.
SIDE_BY_SIDE = 200
# After a fault of the network or the server, seconds until the next try, longer each time.
PATIENCE = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
# Seconds between two looks at whether this process still counts as alive, where that is not certain.
DOUBT_SECONDS = 0.05
# What is expendable is worth so many tries.
FEW_TRIES = 3
# A group becomes a supergroup once; who says more often that it has moved is no Telegram.
MOST_MOVES = 3
# A button that was pressed stops waiting by itself long before this.
SOON_SECONDS = 60.0
# A chat that must wait for so long is worth a line in the log.
LONG_SECONDS = 60.0
# Methods that put a new message into a chat: these the limits count.
SENDING = ("sendMessage", "sendPoll", "sendPhoto")
# Methods that ask who somebody is: that of a whole class may be asked at once. They take places of their own, so that
# nothing that is sent waits behind them.
ASKING = ("getChatMember",)
ASKED_SIDE_BY_SIDE = 8
# Methods that change a message: a chat takes those much as it takes new ones (Bots FAQ).
EDITING = ("editMessageText", "editMessageReplyMarkup")
# Closes a poll, that of each pupil of a class at once: it changes a message, and is counted among the messages of all.
CLOSING = ("stopPoll",)


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a call: the chat's id by now, the message and poll if it made any, the people whom it found."""

    chat_id: int
    message_id: int = 0
    poll_id: str = ""
    people: tuple[int, ...] = ()


class LostError(Exception):
    """The message may be another process' by now, and is not sent by this one."""


class ApiCaller:
    """Carries out calls.

    Args:
        may_send: says whether what this process has claimed is certainly its own at this moment.

    Attributes:
        pauses: what Telegram wants to pause.
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
        """Carry out one call, trying again while that can help.

        A request whose answer was lost may have been carried out, and Telegram has no key to tell: it is sent again,
        since a message twice is better than none.

        Raises:
            Forbidden: the person or group does not let the bot in.
            BadRequest: Telegram will never take it. What is expendable raises neither.
            LostError: it is not this process' any more.
        """
        tries, moves = 0, 0
        while not self._is_worthless(call):
            try:
                return _sent(chat_id, await self._request(call, chat_id, queued))
            except RetryAfter as error:
                await self._rest(call, chat_id, seconds_of(error))
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
                log.warning("%s waits to be sent again (%s).", call.method, error.message)
                await self._timing.sleep(PATIENCE[min(tries, len(PATIENCE)) - 1])
        return Sent(chat_id)

    async def learn(self, pauses: Mapping[str, float]) -> None:
        """Keep to pauses that the database has, by their names in seconds."""
        now = self._timing.now()
        for name, seconds in pauses.items():
            self.flood_waits.begin(name, seconds, now, is_stored=True)
        if ALL in pauses:
            await self._send_queue.pause(pauses[ALL])

    def busy(self, chat_id: int) -> float:
        """Give for how many seconds yet a chat is not free of what was sent to it."""
        return self._limits.busy(chat_id, self._timing.now())

    def note_busy(self, chat_id: int, seconds: float) -> None:
        """Take into account that other processes sent to a chat, which is not free for so many seconds."""
        now = self._timing.now()
        self._limits.note_busy(chat_id, now + seconds, now)

    def hasten(self, queued: QueuedMessage) -> None:
        """Take note that a message is due earlier than it was."""
        self._send_queue.hasten(queued)

    def close(self) -> None:
        """End: nobody waits for a turn any more."""
        self._send_queue.close()

    def _is_worthless(self, call: ApiCall) -> bool:
        """Return whether a call that must be carried out soon or never would have to wait for too long."""
        if call.to_chat or not call.expendable:
            return False
        now = self._timing.now()
        return max(self.flood_waits.left(name, now) for name in (ALL, name_of(call.method, None))) > SOON_SECONDS

    async def _rest(self, call: ApiCall, chat_id: int, seconds: float) -> None:
        """Wait as Telegram asks: the chat, or the method where there is none; and all where several chats must."""
        now, chat = self._timing.now(), _paused_chat(call, chat_id)
        if self.flood_waits.begin(name_of(call.method, chat), seconds, now):
            _log_pause(call, seconds)
        if everybody := self._flood_detector.note(chat, seconds, now):
            if self.flood_waits.begin(ALL, everybody, now):
                log.warning("Telegram refuses several chats at once: nothing is sent for %.0f s.", everybody)
            await self._send_queue.pause(everybody)
        if not self._is_worthless(call):
            await self._timing.sleep(seconds)

    async def _request(self, call: ApiCall, chat_id: int, queued: QueuedMessage) -> Any:  # noqa: ANN401 - JSON
        parameters = call.parameters
        if call.to_chat:
            parameters = {"chat_id": chat_id, **parameters}
        if self._limits.is_paid and call.method in SENDING:
            parameters = {**parameters, "allow_paid_broadcast": True}
        await self._wait_for_turn(call, chat_id, queued)
        async with self._asking if call.method in ASKING else self._places:
            # Who went on after a standstill learns within a moment whether others have taken over.
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

    async def _wait_for_turn(self, call: ApiCall, chat_id: int, queued: QueuedMessage) -> None:
        """Wait until the chat may have a message or a change of one, and then until the bot may send one."""
        pause = name_of(call.method, _paused_chat(call, chat_id))
        await self._pass(pause)
        now = self._timing.now()
        if call.method in SENDING + EDITING + CLOSING and (wait := self._limits.claim_chat(chat_id, now)):
            await self._timing.sleep(wait)
        if call.method in ASKING and (wait := self._limits.claim_question(now)):
            await self._timing.sleep(wait)
        if call.method in CLOSING and (wait := self._limits.claim_closing(now)):
            await self._timing.sleep(wait)
        if call.method in SENDING + CLOSING:
            await self._send_queue.wait(queued)
        await self._send_queue.wait_until_open()
        # It may have begun meanwhile.
        await self._pass(pause)

    async def _pass(self, pause: str) -> None:
        """Wait until a pause is over."""
        while left := self.flood_waits.left(pause, self._timing.now()):
            await self._timing.sleep(left)


def _paused_chat(call: ApiCall, chat_id: int) -> int | None:
    """Return the chat that must pause where Telegram refuses a call; None for the method: to ask is not to send."""
    return chat_id if call.to_chat and call.method not in ASKING else None


def _log_pause(call: ApiCall, seconds: float) -> None:
    """Log a pause that is worth a line: of a method always, of a chat when it is long."""
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
    """Read what is worth knowing out of a Message, a ChatMember or a list of those; most other methods answer True.

    What is not as the Bot API says counts as not there: the call was carried out all the same.
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
    """Return the id of a poll; empty where there is none, or none that every database can keep as a key."""
    poll_id = poll.get("id") if isinstance(poll, dict) else None
    if not isinstance(poll_id, str) or len(poll_id) > LONGEST_ID or "\0" in poll_id:
        return ""
    return poll_id


def _id_in(value: Any, name: str) -> int:  # noqa: ANN401 - JSON
    """Return the id in an object; 0 where there is none."""
    number = value.get(name) if isinstance(value, dict) else None
    if isinstance(number, bool) or not isinstance(number, int) or not 0 < number <= HIGHEST_ID:
        return 0
    return number
