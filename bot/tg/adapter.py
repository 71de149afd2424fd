"""The Telegram adapter as a whole. Every process handles and sends; the leader also polls and fires deadlines."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from telegram import Bot

from bot.app.dispatch.service import EXPECT, FRESH, INBOX, OUTBOX, Membership, QuizService, StoreError, UnavailableError
from bot.tg import profile
from bot.tg.bot_api.callback_query_mode import CallbackQueryMode
from bot.tg.bot_api.client import ApiClient
from bot.tg.deadlines import DeadlineTimer
from bot.tg.inbound.polling import LongPolling
from bot.tg.inbound.receiver import Receiver
from bot.tg.inbound.throttle import Throttle
from bot.tg.inbound.webhook import SECRET, Webhook
from bot.tg.inbound.worker import Worker
from bot.tg.outbound.caller import ApiCaller
from bot.tg.outbound.rate_limits import RateLimits
from bot.tg.outbound.send_queue import SendQueue
from bot.tg.outbound.send_schedule import create_schedule
from bot.tg.outbound.sender import Sender
from bot.tg.outbound.timing import Timing
from bot.tg.runner import HandlerRunner, rest_after_work

if TYPE_CHECKING:
    from bot.tg.inbound.endpoint import Endpoint

log = logging.getLogger(__name__)

TIDY_SECONDS = 3600.0
# SIGTERM allows 5 s in all; messages that are not sent by then are sent after the next start.
FINISH_SECONDS = 2.0


class TelegramAdapter:
    """The bot between Telegram and the service.

    Args:
        throttle: the limit on what one person may ask; by default there is none.
        membership: of this process in the cluster that shares the database; by default the service creates it.
        endpoint: where Telegram posts updates; None for long polling.
    """

    def __init__(  # noqa: PLR0913 - what it is put together from
        self,
        bot: Bot,
        service: QuizService,
        limits: RateLimits,
        throttle: Throttle | None = None,
        *,
        membership: Membership | None = None,
        endpoint: "Endpoint | None" = None,
    ) -> None:
        self._bot = bot
        self._api = ApiClient(bot)
        self._service = service
        self._membership = membership or service.create_membership()
        self._runner = HandlerRunner(in_thread=service.is_remote)
        # A runner of its own: incoming updates must not wait for a batch of handlers, or polling becomes too slow.
        self._storing_runner = HandlerRunner(in_thread=service.is_remote)
        self._throttle = throttle or Throttle(0)
        timing = Timing()
        send_queue = SendQueue(create_schedule(limits, service, timing.now), timing)
        caller = ApiCaller(self._api, limits, send_queue, timing, lambda: self._membership.holds_session)
        self._sender = Sender(caller, service, self._runner, self._expect_text, self._wake_worker, timing)
        self._worker = Worker(bot, service, self._runner, self._sender.send, self._is_flooded, self._is_follower)
        self._query_mode = CallbackQueryMode(self._api)
        self._receiver = Receiver(
            service, self._storing_runner, self._throttle, self._worker.wake, self._is_follower, self._query_mode.doubt
        )
        self._endpoint = endpoint
        self._source: LongPolling | Webhook = (
            Webhook(self._api, service, self._runner, endpoint, partial(self._receiver.wait_for_few, 1))
            if endpoint
            else LongPolling(self._api, self._receiver)
        )
        self._deadlines = DeadlineTimer(service, self._runner, self._sender.send, self._source.is_current)
        self._term: asyncio.Task[None] | None = None

    async def beat(self) -> None:
        """Return once a handler could have run."""
        await self._runner.beat()

    async def run(self) -> None:
        """Run until cancelled, then stop without losing anything. The bot must be initialized."""
        try:
            await self._runner.call(self._service.open, self._bot.username, self._bot.id)
            await self._open_endpoint()
            await self._sender.load_flood_waits()
            await self._membership.join()
            async with asyncio.TaskGroup() as tasks:
                for part in (
                    self._membership.run(self),
                    self._worker.run(),
                    self._sender.run(),
                    self._query_mode.run(),
                    self._lead(),
                ):
                    tasks.create_task(part)
        finally:
            if self._endpoint:
                self._endpoint.close()
            await self._membership.resign()
            # Claimed messages stay this process's until the server ends its session.
            await self._sender.finish(FINISH_SECONDS)
            await self._membership.leave()
            self._storing_runner.close()
            self._runner.close()

    def on_joined(self, number: int) -> None:
        """Set the number of this process, and check for work that was signalled before it joined."""
        self._service.set_process_number(number)
        self._worker.wake()
        self._sender.wake()

    def on_signal(self, word: str) -> None:
        """Handle a signal from a process; one of a newer version may be unknown and is ignored."""
        name, _, people = word.partition(" ")
        wakes: dict[str, Callable[[], None]] = {
            INBOX: self._worker.wake_to_help,
            FRESH: self._worker.wake,
            OUTBOX: self._sender.wake,
        }
        if name in wakes:
            wakes[name]()
        elif name == EXPECT:
            for person in filter(str.isdecimal, people.split(",")):
                self._expect_text(int(person))

    def on_session_lost(self) -> None:
        """Step down after the database session was lost, and drop messages that other processes may send now."""
        log.warning("Lost the database session; other processes take over until this one rejoins.")
        self._sender.drop_all()
        if self._term:
            self._term.cancel()

    async def _lead(self) -> None:
        """Run the leader's tasks whenever this process is the leader."""
        while True:
            await self._membership.leading.wait()
            self._term = asyncio.create_task(self._serve_term())
            try:
                # Not awaited directly: the end of a term must not end the adapter.
                await asyncio.wait({self._term})
            finally:
                self._term.cancel()
                await asyncio.wait({self._term})
            if not self._term.cancelled():
                self._term.result()

    async def _serve_term(self) -> None:
        """Run the tasks that one process does for all."""
        log.info("This process is the leader now.")
        self._worker.wake()
        async with asyncio.TaskGroup() as tasks:
            for part in (
                self._source.run(),
                self._deadlines.run(),
                self._delete_expired(),
                profile.register(self._api),
            ):
                tasks.create_task(part)

    async def _open_endpoint(self) -> None:
        """Open the endpoint of the webhook; every process does, not only the leader."""
        if self._endpoint and isinstance(self._source, Webhook):
            secret = await self._runner.call(self._service.get_or_create_secret, SECRET)
            self._endpoint.open(secret, self._receiver, self._source.check_pending_soon)

    def _is_flooded(self) -> bool:
        return isinstance(self._source, LongPolling) and self._source.is_flooded

    def _is_follower(self) -> bool:
        return not self._membership.leading.is_set()

    def _expect_text(self, person_id: int) -> None:
        """Announce to the throttle that the bot asked this person for a text."""
        self._throttle.expect(person_id, asyncio.get_running_loop().time())

    def _wake_worker(self) -> None:
        self._worker.wake()

    async def _delete_expired(self) -> None:
        """Delete expired rows every hour."""
        while True:
            try:
                await self._delete_all_expired()
            except StoreError as error:
                if not isinstance(error, UnavailableError):
                    log.error("%s Cleanup skipped; next try in an hour.", error)  # noqa: TRY400 - the sentence says all
            await asyncio.sleep(TIDY_SECONDS)

    async def _delete_all_expired(self) -> None:
        """Delete expired rows in small batches with rests between them, so that handlers do not wait for all of it."""
        began = asyncio.get_running_loop().time()
        while await self._runner.call(self._service.delete_expired):
            await rest_after_work(began)
            began = asyncio.get_running_loop().time()
