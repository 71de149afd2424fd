"""The Telegram edge as a whole: intake, worker, sender and clock, started together and ended in order."""

import asyncio
import logging

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
from bot.tg.receiving import Receiver
from bot.tg.runner import StoryRunner
from bot.tg.worker import Worker

log = logging.getLogger(__name__)

TIDY_SECONDS = 3600.0
# SIGTERM allows 5 s in all; what is not sent by then is sent after the next start.
FINISH_SECONDS = 2.0


class Edge:
    """Runs the bot between Telegram and the desk.

    Args:
        gate: the limit on what one person asks; by default there is none.
    """

    def __init__(self, bot: Bot, desk: Desk, limits: Limits, gate: Gate | None = None) -> None:
        self._bot = bot
        self._api = Api(bot)
        self._desk = desk
        self._runner = StoryRunner(in_thread=desk.is_remote)
        gate = gate or Gate(0)
        self._sender = Sender(Carrier(self._api, limits), desk, self._runner, gate, self._wake_worker)
        self._worker = Worker(bot, desk, self._runner, self._sender.send)
        receiver = Receiver(desk, self._runner, gate, self._worker.wake)
        self._intake = Intake(self._api, desk, self._runner, receiver)
        self._clock = Clock(desk, self._runner, self._sender.send, self._intake.is_current)

    async def run(self) -> None:
        """Run until cancelled; then end without losing anything. The bot must be initialized."""
        try:
            await self._runner.call(self._desk.open, self._bot.username)
            unsent = await self._runner.call(self._desk.unsent)
            async with asyncio.TaskGroup() as tasks:
                for part in (
                    self._intake.run(),
                    self._worker.run(),
                    self._sender.run(),
                    self._clock.run(),
                    self._tidy(),
                ):
                    tasks.create_task(part)
                # After the intake, so that fetching begins at once however much there is to send; before anything new.
                self._sender.send(unsent)
                tasks.create_task(profile.register(self._api))
        finally:
            await self._sender.finish(FINISH_SECONDS)
            self._runner.close()

    def _wake_worker(self) -> None:
        self._worker.wake()

    async def _tidy(self) -> None:
        """Forget what is no longer needed, every hour."""
        while True:
            try:
                await self._runner.call(self._desk.tidy)
            except StoreError as error:
                log.error("%s Old updates stay for now.", error)  # noqa: TRY400 - the sentence says all
            await asyncio.sleep(TIDY_SECONDS)
