"""Supervisor of the webhook: keeps it set, and checks whether Telegram's requests arrive.

In webhook mode it replaces long polling, in the leader. The requests themselves arrive at the endpoint of any
process (bot/tg/inbound/endpoint.py).
"""

import asyncio
import hashlib
import json
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.app.dispatch.service import QuizService, StoreError, UnavailableError
from bot.tg.bot_api.client import ApiClient
from bot.tg.bot_api.response import one_line, seconds_of
from bot.tg.inbound.router import ALLOWED_UPDATES
from bot.tg.runner import HandlerRunner

if TYPE_CHECKING:
    # Imported for types only: the web server takes 0.3 s to import, and long polling does not need it.
    from bot.tg.inbound.endpoint import Endpoint

log = logging.getLogger(__name__)

# As often as a long poll returns.
LOOK_SECONDS = 30.0
CATCH_UP_SECONDS = 1.0
# Telegram repeats a failed request after at most two minutes (official server, WebhookActor.cpp).
LONGEST_REPEAT = 120.0
# Bot API, setWebhook (the default): Telegram posts the updates of one chat or poll one at a time anyway.
MOST_AT_ONCE = 40
# Keys of stored values: the secret, and a digest of what was set last, since Telegram does not return the secret.
SECRET, WAS_SET = "webhook secret", "webhook"


class Webhook:
    """Source of updates in webhook mode.

    Args:
        endpoint: of this process.
        worked_off: waits until the stored updates are handled.
        pause: seconds to wait after an error.

    Attributes:
        is_current: set while no update waits at Telegram, or every one has had time to be repeated. Cleared by an
            error here, and when Telegram reports one and nothing arrives.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - whom it works with
        self,
        api: ApiClient,
        service: QuizService,
        runner: HandlerRunner,
        endpoint: "Endpoint",
        worked_off: Callable[[], Awaitable[None]],
        pause: float = 3.0,
    ) -> None:
        self._api = api
        self._service = service
        self._runner = runner
        self._endpoint = endpoint
        self._worked_off = worked_off
        self._pause = pause
        self.is_current = asyncio.Event()
        self._news = asyncio.Event()
        self._behind_since: float | None = None
        self._failed_at = 0
        self._kept = 0
        self._trouble = ""

    async def run(self) -> None:
        """Check until cancelled; an error is logged once and retried. The webhook stays when this ends."""
        self.check_pending_soon()
        while True:
            try:
                await self._look()
                self._trouble = ""
                await self._wait(LOOK_SECONDS if self.is_current.is_set() else CATCH_UP_SECONDS)
            except RetryAfter as error:
                self.check_pending_soon()
                log.warning("Telegram asks to wait %.0f s before the next check of the webhook.", seconds_of(error))
                await asyncio.sleep(seconds_of(error))
            except (TelegramError, StoreError) as error:
                self.check_pending_soon()
                self._tell(error)
                await asyncio.sleep(self._pause)

    def check_pending_soon(self) -> None:
        """Assume that updates may wait at Telegram, and check soon how many."""
        self._behind_since = None
        self.is_current.clear()
        self._news.set()

    async def _look(self) -> None:
        """Set the webhook if it differs; check whether Telegram's requests arrive and how many wait."""
        info = await webhook_info(self._api)
        await self._set_right(info)
        self._note_failures(info)
        now = asyncio.get_running_loop().time()
        self._behind_since = now if self._behind_since is None else self._behind_since
        waited = now - self._behind_since
        if not self.is_current.is_set() and (not _waiting(info) or waited >= LONGEST_REPEAT):
            await self._worked_off()
            self.is_current.set()
            self._news.clear()

    async def _set_right(self, info: dict[str, Any]) -> None:
        """Set the webhook only if it differs, so that many processes and starts set it once."""
        wanted = {
            "url": self._endpoint.url,
            "max_connections": MOST_AT_ONCE,
            "allowed_updates": sorted(ALLOWED_UPDATES),
        }
        secret = await self._runner.call(self._service.get_or_create_secret, SECRET)
        digest = hashlib.sha256(json.dumps([wanted, secret]).encode()).hexdigest()
        is_set = {**info, "allowed_updates": _kinds(info)}.items() >= wanted.items()
        if (
            is_set
            and digest == await self._runner.call(self._service.get_value, WAS_SET)
            and not self._is_refused(info)
        ):
            return
        # Pending updates are never dropped: they must be answered.
        await self._api.call("setWebhook", {**wanted, "secret_token": secret, "drop_pending_updates": False})
        await self._runner.call(self._service.set_value, WAS_SET, digest)
        log.info("The webhook is set: Telegram posts updates to BOT_WEBHOOK_URL.")

    def _is_refused(self, info: dict[str, Any]) -> bool:
        """Return whether Telegram's requests were refused since the last check: then it has another secret."""
        return _failed_at(info) > self._failed_at and " 403 " in f"{info.get('last_error_message')} "

    def _note_failures(self, info: dict[str, Any]) -> None:
        """Log requests that failed since the last check. While none arrives, updates may wait at Telegram."""
        has_failed, arrives = _failed_at(info) > self._failed_at, self._endpoint.kept > self._kept
        self._failed_at, self._kept = max(self._failed_at, _failed_at(info)), self._endpoint.kept
        if not has_failed:
            return
        words = "Telegram could not deliver to the webhook (%s); it will retry %d updates."
        log.warning(words, one_line(info.get("last_error_message")) or "no reason given", _waiting(info))
        if not arrives:
            self.check_pending_soon()

    async def _wait(self, seconds: float) -> None:
        """Wait this long, or until an error here."""
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return
        self._news.clear()
        await asyncio.sleep(min(seconds, CATCH_UP_SECONDS))

    def _tell(self, error: Exception) -> None:
        """Log an error when it begins, not every time."""
        trouble = _describe(error)
        if trouble != self._trouble and not isinstance(error, UnavailableError):
            log.warning("%s Retrying.", trouble)
        self._trouble = trouble


async def webhook_info(api: ApiClient) -> dict[str, Any]:
    """Return the state of the bot's webhook (Bot API, WebhookInfo). Raises TelegramError."""
    info = await api.call("getWebhookInfo")
    if not isinstance(info, dict):
        raise NetworkError("what came is no word on the webhook")
    return info


async def delete_webhook(api: ApiClient) -> None:
    """Remove a webhook, which would block long polling; waiting updates stay. Raises TelegramError."""
    if (await webhook_info(api)).get("url"):
        await api.call("deleteWebhook", {"drop_pending_updates": False})
        log.warning(
            "Removed the webhook that was set for this bot, because BOT_WEBHOOK_URL is not set; using long polling."
        )


def _kinds(info: dict[str, Any]) -> list[str]:
    """Return the kinds of updates that Telegram posts, in order; malformed values are ignored."""
    kinds = info.get("allowed_updates")
    return sorted(kind for kind in kinds if isinstance(kind, str)) if isinstance(kinds, list) else []


def _waiting(info: dict[str, Any]) -> int:
    """Return how many updates wait at Telegram; 1 if the value is malformed."""
    count = info.get("pending_update_count", 0)
    return count if isinstance(count, int) else 1


def _failed_at(info: dict[str, Any]) -> int:
    """Return when a request last failed, in Telegram's seconds; 0 for never."""
    moment = info.get("last_error_date")
    return moment if isinstance(moment, int) else 0


def _describe(error: Exception) -> str:
    """Return a sentence on what is wrong."""
    match error:
        case StoreError():
            return str(error)
        case BadRequest():
            return f"Telegram refuses the webhook ({error.message}): check BOT_WEBHOOK_URL."
        case NetworkError():
            return f"Telegram cannot be reached ({error.message})."
        case _:
            return f"Telegram does not answer for the webhook: {error}."
