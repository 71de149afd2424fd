"""Carries out one call of the Bot API, however often that takes, within Telegram's limits."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.tg.api import Api
from bot.tg.call import Call
from bot.tg.errand import Errand
from bot.tg.floods import Floods
from bot.tg.limits import Limits
from bot.tg.timing import Timing
from bot.tg.transport import MAY_LEAVE
from bot.tg.turns import Turns

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
# Methods that put a new message into a chat: these the limits count.
SENDING = ("sendMessage", "sendPoll", "sendPhoto")
# Methods that ask who somebody is: that of a whole class may be asked at once. They take places of their own, so that
# nothing that is sent waits behind them.
ASKING = ("getChatMember",)
ASKED_SIDE_BY_SIDE = 8
# Methods that change a message: a chat takes those much as it takes new ones (Bots FAQ).
EDITING = ("editMessageText", "editMessageReplyMarkup")


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a call: the chat's id by now, the message and poll if it made any, the people whom it found."""

    chat_id: int
    message_id: int = 0
    poll_id: str = ""
    people: tuple[int, ...] = ()


class LostError(Exception):
    """The message may be another process' by now, and is not sent by this one."""


class Carrier:
    """Carries out calls.

    Args:
        may_send: says whether what this process has claimed is certainly its own at this moment.
    """

    def __init__(
        self, api: Api, limits: Limits, turns: Turns, timing: Timing, may_send: Callable[[], bool] = lambda: True
    ) -> None:
        self._api = api
        self._may_send = may_send
        self._limits = limits
        self._turns = turns
        self._timing = timing
        self._floods = Floods()
        self._places = asyncio.Semaphore(SIDE_BY_SIDE)
        self._asking = asyncio.Semaphore(ASKED_SIDE_BY_SIDE)

    async def carry_out(self, call: Call, chat_id: int, errand: Errand) -> Sent:
        """Carry out one call, trying again while that can help.

        A request whose answer was lost may have been carried out, and Telegram has no key to tell: it is sent again,
        since a message twice is better than none.

        Raises:
            Forbidden: the person or group does not let the bot in.
            BadRequest: Telegram will never take it. What is expendable raises neither.
            LostError: it is not this process' any more.
        """
        tries = 0
        while True:
            try:
                return _sent(chat_id, await self._request(call, chat_id, errand))
            except RetryAfter as error:
                await self._rest(chat_id if call.to_chat else None, seconds_of(error))
            except ChatMigrated as error:
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

    def busy(self, chat_id: int) -> float:
        """Give for how many seconds yet a chat is not free of what was sent to it."""
        return self._limits.busy(chat_id, self._timing.now())

    def note_busy(self, chat_id: int, seconds: float) -> None:
        """Take into account that other processes sent to a chat, which is not free for so many seconds."""
        now = self._timing.now()
        self._limits.note_busy(chat_id, now + seconds, now)

    def hasten(self, errand: Errand) -> None:
        """Take note that a message is due earlier than it was."""
        self._turns.hasten(errand)

    def close(self) -> None:
        """End: nobody waits for a turn any more."""
        self._turns.close()

    async def _rest(self, chat_id: int | None, seconds: float) -> None:
        """Wait as Telegram asks; where it seems to ask everybody, let all wait."""
        if pause := self._floods.note(chat_id, seconds, self._timing.now()):
            log.warning("Telegram refuses several chats at once: nothing is sent for %.0f s.", pause)
            await self._turns.pause(pause)
        await self._timing.sleep(seconds)

    async def _request(self, call: Call, chat_id: int, errand: Errand) -> Any:  # noqa: ANN401 - JSON
        parameters = call.parameters
        if call.to_chat:
            parameters = {"chat_id": chat_id, **parameters}
        if self._limits.is_paid and call.method in SENDING:
            parameters = {**parameters, "allow_paid_broadcast": True}
        await self._wait_for_turn(call.method, chat_id, errand)
        async with self._asking if call.method in ASKING else self._places:
            # Who went on after a standstill learns within a moment whether others have taken over.
            while not self._may_send():
                await self._timing.sleep(DOUBT_SECONDS)
            if errand.is_lost:
                raise LostError
            errand.is_calling = True
            asked = MAY_LEAVE.set(lambda: self._may_send() and not errand.is_lost)
            try:
                return await self._api.call(call.method, parameters)
            finally:
                MAY_LEAVE.reset(asked)
                errand.is_calling = False

    async def _wait_for_turn(self, method: str, chat_id: int, errand: Errand) -> None:
        """Wait until the chat may have a message or a change of one, and then until the bot may send one."""
        now = self._timing.now()
        if method in SENDING + EDITING and (wait := self._limits.claim_chat(chat_id, now)):
            await self._timing.sleep(wait)
        if method in ASKING and (wait := self._limits.claim_question(now)):
            await self._timing.sleep(wait)
        if method in SENDING:
            await self._turns.wait(errand)
        await self._turns.opened()


def seconds_of(error: RetryAfter) -> float:
    """Give how long Telegram asks to wait, in seconds."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def _is_there(member: dict[str, Any]) -> bool:
    """Say whether a ChatMember is in the chat; whom it restricts may have left it (ChatMemberRestricted.is_member)."""
    if member["status"] == ChatMemberStatus.RESTRICTED:
        return bool(member.get("is_member"))
    return member["status"] not in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


def _sent(chat_id: int, result: Any) -> Sent:  # noqa: ANN401 - JSON
    """Read what is worth knowing out of a Message, a ChatMember or a list of those; most other methods answer True."""
    if isinstance(result, list):
        return Sent(chat_id, people=tuple(one["user"]["id"] for one in result if "user" in one))
    if not isinstance(result, dict):
        return Sent(chat_id)
    if "status" in result and "user" in result:
        return Sent(chat_id, people=(result["user"]["id"],) if _is_there(result) else ())
    return Sent(chat_id, result.get("message_id", 0), result.get("poll", {}).get("id", ""))
