"""Responses that no Bot API would send, in place of the playground's own."""

from collections import defaultdict, deque

import pytest

from bot.playground.request import PlaygroundRequest
from bot.tg.bot_api.transport import AiohttpRequest

PAGE = b"<html><body>Captive portal: please log in</body></html>"
# Status and body of each response.
GARBLED: dict[str, tuple[int, bytes]] = {
    "page": (200, PAGE),
    "cut off": (200, b'{"ok":true,"result":[{"update_id":7,"mess'),
    "empty": (200, b""),
    "empty object": (200, b"{}"),
    "list": (200, b"[]"),
    "null": (200, b"null"),
    "no utf-8": (200, b"\xff\xfe\x00"),
    "deep": (200, b"[" * 100_000),
    "bad request page": (400, PAGE),
    "forbidden page": (403, PAGE),
    "unauthorized page": (401, PAGE),
    "not found list": (404, b"[]"),
    "time-out page": (504, PAGE),
    "unavailable": (503, b""),
    "bare conflict": (409, b"{"),
}


class FakeResponses:
    """Queues of responses by method. When a method's queue is empty, the playground responds.

    Attributes:
        done: the methods that were called again after their last fake response, so the bot has handled all of them.
    """

    def __init__(self) -> None:
        self.queues: defaultdict[str, deque[tuple[int, bytes]]] = defaultdict(deque)
        self.done: set[str] = set()

    def add(self, method: str, *responses: tuple[int, bytes]) -> None:
        """Add responses to the next calls of a method, which do not reach the playground."""
        self.queues[method].extend(responses)
        self.done.discard(method)

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Intercept the requests of every bot that a BotInProcess starts from now on."""
        queues, done = self.queues, self.done

        class InterceptedRequest(PlaygroundRequest):
            parse_json_payload = staticmethod(AiohttpRequest.parse_json_payload)  # the product's parser

            async def do_request(self, url: str, method: str, *rest: object, **more: object) -> tuple[int, bytes]:
                name = url.rpartition("/")[2]
                if queue := queues[name]:
                    return queue.popleft()
                done.add(name)
                return await super().do_request(url, method, *rest, **more)  # type: ignore[arg-type]

        monkeypatch.setattr("bot_in_process.PlaygroundRequest", InterceptedRequest)
