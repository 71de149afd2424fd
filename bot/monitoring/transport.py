"""Transport that counts the calls of the Bot API by method and outcome."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.monitoring.counters import Counters
from bot.proxies import Proxy
from bot.tg.bot_api.callback_query_mode import mode_in, names_messages
from bot.tg.bot_api.json_codec import read_json
from bot.tg.bot_api.response import wait_in_body
from bot.tg.bot_api.transport import AiohttpRequest

_OK, _FLOOD = 200, 429
# Statuses of the Bot API, "Making requests"; others are counted by their class, such as 5xx.
_OUTCOMES = {_OK: "ok", 400: "refused", 403: "forbidden", _FLOOD: "flood"}
# Calls that receive or configure; all others send.
_INCOMING = frozenset({"getUpdates", "getMe", "getWebhookInfo", "setMySettings", "setWebhook", "deleteWebhook"})


class MonitoredRequest(AiohttpRequest):
    """Transport that counts its requests.

    Args:
        clock: returns the current time.
        proof_method: the method whose success counts as polling: getUpdates, or getWebhookInfo in webhook mode.
        proxy: the proxy for all requests.
    """

    def __init__(
        self,
        counters: Counters,
        clock: Callable[[], datetime],
        proof_method: str = "getUpdates",
        proxy: Proxy | None = None,
    ) -> None:
        super().__init__(proxy=proxy)
        self._proof_method = proof_method
        self._counters = counters
        self._clock = clock

    async def do_request(  # noqa: PLR0913, PLR0917 - the signature is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request; return the status and the body. Raises the transport's errors."""
        name = url.rpartition("/")[2]
        try:
            status, body = await super().do_request(
                url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
            )
        except NetworkError as error:
            self._record(name, "late" if isinstance(error, TimedOut) else "unreachable", 0)
            raise
        wait = wait_in_body(body) if status == _FLOOD else 0
        self._record(name, _OUTCOMES.get(status) or f"{status // 100}xx", wait)
        if name == "getWebhookInfo":
            self._counters.pulse.failed_at = _last_failure(body) or self._counters.pulse.failed_at
        if name == "getMe" and status == _OK:
            self._record_mode(body)
        return status, body

    def _record_mode(self, body: bytes) -> None:
        """Record whether Telegram sends button presses with their messages."""
        try:
            mode = mode_in(read_json(body).get("result"))
        except (AttributeError, RecursionError, ValueError):
            return
        if names_messages(mode):
            self._counters.pulse.whole_at = self._clock()
        else:
            self._counters.pulse.bare_at = self._clock()

    def _record(self, name: str, outcome: str, wait: float) -> None:
        """Count a request. During a flood wait the sender counts as active."""
        counters, pulse = self._counters, self._counters.pulse
        counters.requests[name, outcome] += 1
        moment = self._clock()
        if outcome == "flood":
            counters.floods += 1
            counters.flood_seconds += wait
            moment += timedelta(seconds=wait)
        if name not in _INCOMING:
            pulse.sent_at = max(pulse.sent_at or moment, moment)
            return
        pulse.asked_at = moment
        if name == self._proof_method and outcome == "ok":
            pulse.polled_at = moment


def _last_failure(body: bytes) -> datetime | None:
    """Return when Telegram last failed to deliver an update (Bot API, WebhookInfo.last_error_date); None for never."""
    try:
        return datetime.fromtimestamp(read_json(body)["result"]["last_error_date"], UTC)
    except (ArithmeticError, LookupError, OSError, RecursionError, TypeError, ValueError):
        return None
