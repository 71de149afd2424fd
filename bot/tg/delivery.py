"""Carries out one call of the Bot API, however often that takes, within Telegram's limits."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.tg.api import Api
from bot.tg.call import Call
from bot.tg.limits import Limits

log = logging.getLogger(__name__)

# How many requests may be under way at once: fewer than the transport has connections, or its time-outs would run
# while a request waits for one.
SIDE_BY_SIDE = 200
# After a fault of the network or the server, seconds until the next try, longer each time.
PATIENCE = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
# What is expendable is worth so many tries.
FEW_TRIES = 3
# Methods that put a new message into a chat: these the limits count.
SENDING = ("sendMessage", "sendPoll", "sendPhoto")
# Methods that change a message: a chat takes those much as it takes new ones (Bots FAQ).
EDITING = ("editMessageText", "editMessageReplyMarkup")


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a call: the chat's id by now, the message and poll if it made any, the people if it gave some."""

    chat_id: int
    message_id: int = 0
    poll_id: str = ""
    people: tuple[int, ...] = ()


class Carrier:
    """Carries out calls."""

    def __init__(self, api: Api, limits: Limits) -> None:
        self._api = api
        self._limits = limits
        self._gate = asyncio.Lock()
        self._places = asyncio.Semaphore(SIDE_BY_SIDE)

    async def carry_out(self, call: Call, chat_id: int) -> Sent:
        """Carry out one call, trying again while that can help.

        A request whose answer was lost may have been carried out, and Telegram has no key to tell: it is sent again,
        since a message twice is better than none.

        Raises:
            Forbidden: the person or group does not let the bot in.
            BadRequest: Telegram will never take it. What is expendable raises neither.
        """
        tries = 0
        while True:
            try:
                return _sent(chat_id, await self._request(call, chat_id))
            except RetryAfter as error:
                await asyncio.sleep(seconds_of(error))
            except ChatMigrated as error:
                chat_id = error.new_chat_id
            except BadRequest:
                if call.expendable:
                    return Sent(chat_id)
                raise
            except Forbidden:
                raise
            except TelegramError as error:
                tries += 1
                if call.expendable and tries >= FEW_TRIES:
                    return Sent(chat_id)
                log.warning("%s waits to be sent again (%s).", call.method, error.message)
                await asyncio.sleep(PATIENCE[min(tries, len(PATIENCE)) - 1])

    async def _request(self, call: Call, chat_id: int) -> Any:  # noqa: ANN401 - JSON
        parameters = call.parameters
        if call.to_chat:
            parameters = {"chat_id": chat_id, **parameters}
        await self._wait_for_turn(call.method, chat_id)
        async with self._places:
            return await self._api.call(call.method, parameters)

    async def _wait_for_turn(self, method: str, chat_id: int) -> None:
        """Wait until the chat may have a message or a change of one, and then until the bot may send one."""
        now = asyncio.get_running_loop().time
        if method in SENDING + EDITING and (wait := self._limits.claim_chat(chat_id, now())):
            await asyncio.sleep(wait)
        if method not in SENDING:
            return
        async with self._gate:
            while wait := self._limits.take_all(now()):  # noqa: ASYNC110 - time itself is waited for
                await asyncio.sleep(wait)


def seconds_of(error: RetryAfter) -> float:
    """Give how long Telegram asks to wait, in seconds."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def _sent(chat_id: int, result: Any) -> Sent:  # noqa: ANN401 - JSON
    """Read what is worth knowing out of a Message or a list of ChatMember; most other methods answer True."""
    if isinstance(result, list):
        return Sent(chat_id, people=tuple(one["user"]["id"] for one in result if "user" in one))
    if not isinstance(result, dict):
        return Sent(chat_id)
    return Sent(chat_id, result.get("message_id", 0), result.get("poll", {}).get("id", ""))
