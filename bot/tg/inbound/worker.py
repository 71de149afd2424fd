"""Worker: handles the updates of the inbox in batches; each batch is one transaction."""

import asyncio
import logging
from collections.abc import Callable, Sequence

from telegram import Bot

from bot.app.commands import Command
from bot.app.context import OutgoingMessage
from bot.app.dispatch.service import QuizService, StoreError, UnavailableError, UpdateFailure
from bot.tg.bot_api.json_codec import read_update
from bot.tg.inbound.router import to_command
from bot.tg.runner import HandlerRunner, rest_after_work, run_to_end

log = logging.getLogger(__name__)

BATCH = 200
# Polling interval in seconds when no wake-up arrives: another process or an operator may have left work.
LOOK_SECONDS = 1.0
# A follower leaves updates younger than this to the leader: sharing a light load costs more than it saves. Each batch
# has a cost, and a vote is often handled before its poll is recorded by the process that sent it, so it runs twice.
HELP_SECONDS = 0.5
# While a backlog is fetched, batches are small, and each is followed by a rest this many times as long: fetching has
# most of the time and never waits long. The first batch afterwards is small too, because it contains the updates that
# came last.
SMALL_BATCH = 50
GIVE_WAY_TIMES = 3
GLANCE_SECONDS = 0.01
STORE_SECONDS = 2.0
# The note on an error that was raised while an update was parsed.
UNREADABLE = "The update is not as the Bot API says."


class Worker:
    """Worker between the inbox and the handlers.

    Args:
        send: accepts the messages that handlers create.
        is_polling_first: returns whether fetching has priority now.
        is_follower: returns whether another process is the leader. A follower checks each second for updates that have
            waited for long; when it is signalled because many wait, it handles any, as long as batches are full.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - whom it works with
        self,
        bot: Bot,
        service: QuizService,
        runner: HandlerRunner,
        send: Callable[[Sequence[OutgoingMessage]], None],
        is_polling_first: Callable[[], bool] = lambda: False,
        is_follower: Callable[[], bool] = lambda: False,
    ) -> None:
        self._bot = bot
        self._service = service
        self._runner = runner
        self._send = send
        self._is_polling_first = is_polling_first
        self._is_follower = is_follower
        self._news = asyncio.Event()
        self._is_called = False
        self._rest = 0.0
        self._is_behind = False
        self._is_yielding = False
        self._store_is_down = False

    def wake(self) -> None:
        """Check for work at once; a follower leaves it to the leader."""
        if not self._is_follower():
            self._news.set()

    def wake_to_help(self) -> None:
        """Handle updates at once, even as a follower: many wait."""
        self._is_called = True
        self._news.set()

    async def run(self) -> None:
        """Handle updates until cancelled."""
        while True:
            self._news.clear()
            began = asyncio.get_running_loop().time()
            await run_to_end(self._work())
            if self._store_is_down:
                await asyncio.sleep(STORE_SECONDS)
            elif self._rest > 0:
                await self._wait_for_news(self._rest)
            elif self._is_polling_first():
                await self._yield_to_polling(began)
            elif self._is_behind:
                continue
            elif self._is_follower():
                await self._wait_for_news(LOOK_SECONDS)
            else:
                await rest_after_work(began)

    async def _yield_to_polling(self, began: float) -> None:
        """Sleep in proportion to the work since ``began``, but only while a backlog is being fetched."""
        now = asyncio.get_running_loop().time
        ends = now() + GIVE_WAY_TIMES * (now() - began)
        while self._is_polling_first() and now() < ends:  # noqa: ASYNC110 - others fetch, and this is no event of theirs
            await asyncio.sleep(GLANCE_SECONDS)

    async def _wait_for_news(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            pass

    async def _work(self) -> None:
        """Handle a batch; if anything in it fails, its updates one by one, so that only the culprit waits."""
        is_called, self._is_called = self._is_called, False
        patience = HELP_SECONDS if self._is_follower() and not is_called else 0.0
        was_giving_way, self._is_yielding = self._is_yielding, self._is_polling_first()
        most = SMALL_BATCH if was_giving_way or self._is_yielding else BATCH
        try:
            worked = await self._runner.call(self._service.process_batch, self._read, most, patience)
            self._send(worked.outgoing)
            for update_id in worked.retry_singly:
                await self._work_one(update_id)
        except StoreError as error:
            if not (self._store_is_down or isinstance(error, UnavailableError)):
                log.error("%s Cannot process updates; retrying in 2 s.", error)  # noqa: TRY400 - the sentence says all
            self._store_is_down = True
        else:
            self._store_is_down = False
            self._is_behind = worked.count >= most
            self._is_called |= is_called and self._is_behind
            self._rest = 0.0 if worked.count or worked.retry_singly else min(LOOK_SECONDS, worked.idle_seconds)

    async def _work_one(self, update_id: int) -> None:
        worked = await self._runner.call(self._service.process_one, update_id, self._read)
        self._send(worked.outgoing)
        if worked.failure:
            _tell(worked.failure)

    def _read(self, body: str) -> Command | None:
        """Return the command for an update. May raise any exception, marked as the update's fault."""
        try:
            return to_command(read_update(body), self._bot.username)
        except Exception as error:
            error.add_note(UNREADABLE)
            raise


def _tell(failure: UpdateFailure) -> None:
    """Log a failure; for an unreadable update only once, when it is set aside."""
    if UNREADABLE in getattr(failure.error, "__notes__", ()):
        if failure.is_discarded:
            log.error(
                "Update %d failed %d times and is set aside: it is not as the Bot API says (%s). "
                "`bot inbox list` lists it; a newer version of the bot may handle it after `bot inbox retry`.",
                failure.update_id,
                failure.tries,
                type(failure.error).__name__,
            )
    elif failure.is_discarded:
        log.error(
            "Update %d failed %d times and is set aside.", failure.update_id, failure.tries, exc_info=failure.error
        )
    else:
        log.warning("Update %d failed (%s); retrying.", failure.update_id, type(failure.error).__name__)
