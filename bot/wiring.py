"""Builds the bot from its settings. The only clock and the only database engine are created here."""

import asyncio
import gc
import logging
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from telegram import Bot
from telegram.request import BaseRequest

from bot import app
from bot.app.board import BoardView
from bot.app.dispatch.retention import Retention
from bot.app.dispatch.service import QuizService
from bot.bank import BankError, load
from bot.config import Settings, SettingsError
from bot.core.nicknames import BannedWords, read_banned_words
from bot.file_errors import explain
from bot.first_run import FirstRunError
from bot.monitoring.counters import Counters
from bot.monitoring.database import MonitoredDatabase
from bot.monitoring.health_monitor import HealthMonitor
from bot.monitoring.pulse import Pulse
from bot.monitoring.service import MonitoredQuizService
from bot.monitoring.systemd import Systemd
from bot.monitoring.transport import MonitoredRequest
from bot.open_file_limit import raise_limit
from bot.proxies import Proxy
from bot.store.database import StoreError, open_lasting
from bot.tg.adapter import TelegramAdapter
from bot.tg.handler_timeout import LONGEST_AT_SERVER_SECONDS, LONGEST_SECONDS, HandlerTimeout
from bot.tg.inbound.throttle import Throttle
from bot.tg.outbound.rate_limits import RateLimits
from bot.tg.runner import HandlerRunner
from bot.tg.startup import StartRefusedError, check_server

if TYPE_CHECKING:
    from bot.tg.inbound.endpoint import Endpoint

log = logging.getLogger(__name__)

# The bundled list. A school may name a changed copy in BOT_REFUSED_NICKNAMES.
_BUNDLED_LIST = Path(app.__file__).parent / "refused-nicknames.txt"


def clock() -> datetime:
    """Return the current time (UTC)."""
    return datetime.now(UTC)


async def run(settings: Settings) -> None:
    """Run the bot until SIGTERM or Ctrl+C.

    Raises:
        SettingsError, BankError, StoreError, StartRefusedError: the bot cannot start; the message says why.
    """
    # Otherwise python-telegram-bot 22 warns at every 429 that retry_after will be a timedelta; the bot accepts both.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    raise_limit()
    bank, banned_words = load(settings.bank), read_banned_nicknames(settings.refused_nicknames)
    async with AsyncExitStack() as stack:
        counters = Counters(Pulse(started_at=clock()))
        database = MonitoredDatabase(open_lasting(settings.database_url).engine, counters)
        stack.callback(database.close)
        zone = ZoneInfo(settings.time_zone)
        service = MonitoredQuizService(
            database,
            bank,
            clock,
            zone,
            boards=settings.board_origin,
            banned_words=banned_words,
            retention=retention(settings),
            handler_timeout=HandlerTimeout(LONGEST_AT_SERVER_SECONDS if database.is_remote else LONGEST_SECONDS),
            counters=counters,
            seconds=time.monotonic,
        )
        runner = HandlerRunner(in_thread=database.is_remote)
        stack.callback(runner.close)
        membership, endpoint = service.create_membership(), _endpoint(settings)
        monitor = HealthMonitor(database, counters, runner, clock, Systemd(os.environ), membership)
        await stack.enter_async_context(_serve_site(settings, ServiceBoards(service, runner), monitor, endpoint))
        receiving_method = "getWebhookInfo" if endpoint else "getUpdates"
        request = MonitoredRequest(counters, clock, receiving_method, _applied_proxy(settings))
        bot = create_bot(settings, await stack.enter_async_context(request))
        throttle = Throttle(settings.asks_per_person)
        adapter = TelegramAdapter(bot, service, _limits(settings), throttle, membership=membership, endpoint=endpoint)
        await run_until_signal(_run_adapter(bot, adapter, monitor))


def _applied_proxy(settings: Settings) -> Proxy | None:
    """Return the proxy for requests to Telegram, and log it."""
    if proxy := settings.applied_proxy:
        log.info("Telegram is reached through the proxy %s.", proxy)
    return proxy


def _limits(settings: Settings) -> RateLimits:
    return RateLimits(settings.sends_per_second, is_paid=settings.paid_broadcast)


def retention(settings: Settings) -> Retention:
    """Return how long updates and dead letters are kept."""
    return Retention(timedelta(hours=settings.keep_updates_hours), timedelta(days=settings.keep_set_aside_days))


def read_banned_nicknames(file: str) -> BannedWords:
    """Read the words that are banned in nicknames from this file or the bundled list. Raises SettingsError."""
    try:
        return read_banned_words((Path(file) if file else _BUNDLED_LIST).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        why = (error.strerror or "") if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SettingsError((f"BOT_REFUSED_NICKNAMES names {file}, which cannot be read: {why}.",)) from error


class ServiceBoards:
    """Source of boards for the projector page, which reads them from the service."""

    def __init__(self, service: QuizService, runner: HandlerRunner) -> None:
        self._service = service
        self._runner = runner

    async def view(self, key: str) -> BoardView | None:
        """Return the view of a board."""
        return await self._runner.call(self._service.board, key)

    async def etag(self, key: str) -> str | None:
        """Return a text that changes with the view."""
        return await self._runner.call(self._service.board_etag, key)


def _endpoint(settings: Settings) -> "Endpoint | None":
    """Create the endpoint of the webhook, if the settings name one."""
    if not settings.webhook_url:
        return None
    from bot.tg.inbound.endpoint import Endpoint  # noqa: PLC0415 - for the same reason as below

    return Endpoint(settings.webhook_url)


@asynccontextmanager
async def _serve_site(
    settings: Settings, boards: ServiceBoards, monitor: HealthMonitor, endpoint: "Endpoint | None"
) -> AsyncIterator[None]:
    """Serve boards, the bot's health and the webhook at BOT_LISTEN, if it is set.

    Raises:
        StartRefusedError: the address cannot be used.
    """
    address = settings.listen_address
    if address is None:
        yield
        return
    # Importing a server takes a third of a second, which a bot that serves nothing need not spend.
    from bot.board.site import create_board_app  # noqa: PLC0415
    from bot.monitoring.site import create_site  # noqa: PLC0415
    from bot.serving import Refusals, serve  # noqa: PLC0415

    routes = [endpoint.route()] if endpoint else []
    refusals = Refusals(monitor.counters.refused)
    site = create_site(monitor, create_board_app(boards, on_refusal=refusals.record), routes)
    try:
        server = await serve(site, *address, refusals=refusals)
    except OSError as error:
        why = f"{settings.listen} cannot be used ({error.strerror or error})."
        raise StartRefusedError(f"{why} Choose another address in BOT_LISTEN.") from error
    try:
        yield
    finally:
        await server.stop()


def create_bot(settings: Settings, request: BaseRequest) -> Bot:
    """Create python-telegram-bot's Bot, which sends its requests through this transport."""
    return Bot(
        settings.token.get_secret_value(),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=request,
        get_updates_request=request,
    )


async def _run_adapter(bot: Bot, adapter: TelegramAdapter, monitor: HealthMonitor) -> None:
    monitoring = asyncio.create_task(monitor.run(adapter.beat))
    try:
        await check_server(bot)
        # Objects created at start live until the end, so the garbage collector need not check them again.
        gc.freeze()
        gc.set_threshold(10_000, 20, 20)
        await adapter.run()
    finally:
        monitoring.cancel()
        await asyncio.wait({monitoring})


async def run_until_signal(work: object) -> None:
    """Run a coroutine until it ends, or until SIGTERM or SIGINT cancels it."""
    task = asyncio.ensure_future(work)  # type: ignore[call-overload]
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        log.info("Stopped. No data was lost.")


def error_lines(error: Exception) -> tuple[str, ...]:
    """Return lines that say what is wrong and how to fix it; none for an error that the operator cannot fix."""
    match error:
        case SettingsError():
            return error.faults
        case BankError():
            return (*map(str, error.problems), "The bot does not use the bank until these errors are fixed.")
        case StoreError() | StartRefusedError() | FirstRunError():
            return (str(error),)
        case OSError():
            return (explain(error),)
        case _:
            return ()
