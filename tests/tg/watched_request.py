"""A way to the playground that counts what is asked for."""

from collections import Counter

from telegram.request import RequestData

from bot.playground.bot_api import BotApi
from bot.playground.request import PlaygroundRequest


class Watched(PlaygroundRequest):
    """A request that counts the methods asked for."""

    def __init__(self, api: BotApi) -> None:
        super().__init__(api)
        self.asked: Counter[str] = Counter()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **more: object
    ) -> tuple[int, bytes]:
        """Count, then ask."""
        self.asked[url.rpartition("/")[2]] += 1
        return await super().do_request(url, method, request_data, **more)
