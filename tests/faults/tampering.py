"""Tampers with what goes between the bot and the playground: answers as no Bot API would give them."""

from collections import defaultdict, deque

import pytest

from bot.playground.request import PlaygroundRequest
from bot.tg.bot_api.transport import AiohttpRequest

PAGE = b"<html><body>Captive portal: please log in</body></html>"
# What may come instead of an answer: its status and its body.
GARBAGE: dict[str, tuple[int, bytes]] = {
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


class Tampering:
    """What to answer instead, by method: the first ordered first, and then the playground's own.

    Attributes:
        over: the methods that were called once more after the last of such answers: whoever called has dealt with it.
    """

    def __init__(self) -> None:
        self.orders: defaultdict[str, deque[tuple[int, bytes]]] = defaultdict(deque)
        self.over: set[str] = set()

    def order(self, method: str, *answers: tuple[int, bytes]) -> None:
        """Give the next calls of a method these answers; nothing is carried out."""
        self.orders[method].extend(answers)
        self.over.discard(method)

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let every bot that a BotInProcess starts from now on go through here."""
        orders, over = self.orders, self.over

        class Tampered(PlaygroundRequest):
            parse_json_payload = staticmethod(AiohttpRequest.parse_json_payload)  # as the product reads

            async def do_request(self, url: str, method: str, *rest: object, **more: object) -> tuple[int, bytes]:
                name = url.rpartition("/")[2]
                if waiting := orders[name]:
                    return waiting.popleft()
                over.add(name)
                return await super().do_request(url, method, *rest, **more)  # type: ignore[arg-type]

        monkeypatch.setattr("bot_in_process.PlaygroundRequest", Tampered)
