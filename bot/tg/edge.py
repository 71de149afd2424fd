"""The Telegram edge as a whole: intake, worker, sender and clock, started together and ended in order."""

import asyncio
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from telegram import Bot

from bot.app.desk import Desk, StoreError
from bot.tg import profile
from bot.tg.api import Api
from bot.tg.clock import Clock
from bot.tg.delivery import Carrier
from bot.tg.gate import Gate
from bot.tg.intake import Intake
from bot.tg.limits import Limits
from bot.tg.outgoing import Sender
from bot.tg.runner import StoryRunner
from bot.tg.webhook import SECRET, Webhook
from bot.tg.worker import Worker

if TYPE_CHECKING:
    from bot.tg.endpoint import Endpoint

log = logging.getLogger(__name__)

TIDY_SECONDS = 3600.0
# An operator who puts an update back waits for it.
TAKE_BACK_SECONDS = 30.0
# SIGTERM allows 5 s in all; what is not sent by then is sent after the next start.
FINISH_SECONDS = 2.0


class Edge:
    """Runs the bot between Telegram and the desk.

    Args:
        gate: the limit on what one person asks; by default there is none.
        endpoint: where Telegram posts updates; None where they are fetched.
    """

    def __init__(
        self, bot: Bot, desk: Desk, limits: Limits, gate: Gate | None = None, endpoint: "Endpoint | None" = None
    ) -> None:
        self._bot = bot
        self._api = Api(bot)
        self._desk = desk
        self._runner = StoryRunner(in_thread=desk.is_remote)
        gate = gate or Gate(0)
        self._sender = Sender(Carrier(self._api, limits), desk, self._runner, gate, self._call_back)
        self._worker = Worker(bot, desk, self._runner, self._sender.send)
        self._receiver = Intake(self._api, desk, self._runner, self._worker, gate)
        self._endpoint = endpoint
        self._intake: Intake | Webhook = (
            Webhook(self._api, desk, self._runner, endpoint, self._worker.worked_off) if endpoint else self._receiver
        )
        self._clock = Clock(desk, self._runner, self._sender.send, self._intake.is_current)

    async def run(self) -> None:
        """Run until cancelled; then end without losing anything. The bot must be initialized."""
        try:
            await self._runner.call(self._desk.open, self._bot.username)
            unsent = await self._runner.call(self._desk.unsent)
            await self._worker.resume()
            await self._open_endpoint()
            async with asyncio.TaskGroup() as tasks:
                for part in (
                    self._intake.run(),
                    self._worker.run(),
                    self._sender.run(),
                    self._clock.run(),
                    self._tidy(),
                    self._take_back(),
                ):
                    tasks.create_task(part)
                # After the intake, so that fetching begins at once however much there is to send; before anything new.
                self._sender.send(unsent)
                tasks.create_task(profile.register(self._api))
        finally:
            if self._endpoint:
                self._endpoint.close()
            await self._sender.finish(FINISH_SECONDS)
            self._runner.close()

    async def _open_endpoint(self) -> None:
        """Take what Telegram posts; every process does, whichever leads."""
        if self._endpoint and isinstance(self._intake, Webhook):
            secret = await self._runner.call(self._desk.secret, SECRET)
            self._endpoint.open(secret, self._receiver, self._intake.fall_behind)

    def _call_back(self, chats: Iterable[int]) -> None:
        self._worker.call_back(chats)

    async def _tidy(self) -> None:
        """Forget what is no longer needed, every hour."""
        while True:
            try:
                await self._runner.call(self._desk.tidy)
            except StoreError as error:
                log.error("%s Old updates stay for now.", error)  # noqa: TRY400 - the sentence says all
            await asyncio.sleep(TIDY_SECONDS)

    async def _take_back(self) -> None:
        """Look now and then for updates that an operator put back."""
        while True:
            await asyncio.sleep(TAKE_BACK_SECONDS)
            try:
                await self._worker.take_back()
            except StoreError as error:
                log.error("%s What was put back waits.", error)  # noqa: TRY400 - the sentence says all
