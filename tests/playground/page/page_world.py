"""Helpers of the page's tests: messages of the bot without a bot, and a client that sends the page's requests."""

import json
from typing import Any

import aiohttp

from bot.playground.world import Content, FormattedText, Message, World
from bot.playground.world.bot_actions import SendOptions
from bot.playground.world.entities import with_detected_entities
from bot.playground.world.files import Photo
from bot.playground.world.polls import Poll, PollOption

# A picture of one pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082",
)
TOKEN = "42:playground"  # noqa: S105 - not a secret


def _options(markup: dict[str, Any] | None = None) -> SendOptions:
    return SendOptions(markup, reply_to=None, reply_required=False, quote=None, protected=False, effect_id=None)


class BotMessages:
    """Sender of the bot's messages, without a bot."""

    def __init__(self, world: World) -> None:
        self._world = world

    def send_text(self, chat_id: int, text: str | FormattedText, markup: dict[str, Any] | None = None) -> Message:
        """Send a text, optionally with a keyboard."""
        words = text if isinstance(text, FormattedText) else FormattedText(text)
        return self._world.send(
            self._world.chats[chat_id], Content(text=with_detected_entities(words)), _options(markup)
        )

    def send_with_buttons(self, chat_id: int, text: str, *labels: str) -> Message:
        """Send a text with one row of buttons, whose callback data are their labels."""
        row = [{"text": label, "callback_data": label} for label in labels]
        return self.send_text(chat_id, text, {"inline_keyboard": [row]})

    def send_photo(self, chat_id: int, picture: bytes, caption: str, *labels: str) -> Message:
        """Send a photo with a caption and a row of buttons."""
        stored = self._world.files.add(picture, "a.png", "photos", "image/png")
        row = [{"text": label, "callback_data": label} for label in labels]
        content = Content(photo=Photo(stored, 1, 1), caption=FormattedText(caption))
        return self._world.send(self._world.chats[chat_id], content, _options({"inline_keyboard": [row]}))

    def send_quiz(self, chat_id: int, question: str, options: list[str], correct: tuple[int, ...], **more: Any) -> Poll:  # noqa: ANN401 - fields of Poll
        """Send a quiz poll."""
        fields = {"type": "quiz", "correct_option_ids": correct, "allows_multiple_answers": len(correct) > 1}
        return self._send_poll(chat_id, question, options, **fields, **more)

    def send_hidden_poll(self, chat_id: int, question: str, options: list[str]) -> Poll:
        """Send a regular poll: several answers, no revoting, results hidden until it closes."""
        fields = {"allows_multiple_answers": True, "allows_revoting": False, "hide_results_until_closes": True}
        return self._send_poll(chat_id, question, options, type="regular", **fields)

    def _send_poll(self, chat_id: int, question: str, options: list[str], **fields: Any) -> Poll:  # noqa: ANN401 - fields of Poll
        shown = tuple(PollOption(f"p{number}", FormattedText(text)) for number, text in enumerate(options))
        poll = Poll(self._world.random_id(), FormattedText(question), shown, is_anonymous=False, **fields)
        self._world.send_poll(self._world.chats[chat_id], poll, _options())
        return poll


class PageClient:
    """Client that sends the requests of the page."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def get(self, path: str, **query: object) -> Any:  # noqa: ANN401 - JSON
        """Send a GET that must succeed; return the answer."""
        async with self.session.get(f"/page/{path}", params={name: str(value) for name, value in query.items()}) as got:
            assert got.status == 200, await got.text()
            return await got.json()

    async def post(self, path: str, **body: object) -> Any:  # noqa: ANN401 - JSON
        """Send a POST that must succeed; return the answer."""
        async with self.session.post(f"/page/{path}", json=body) as got:
            assert got.status < 300, await got.text()
            return await got.json()

    async def refusal(self, path: str, **body: object) -> tuple[int, str]:
        """Return status and error of a POST that must fail."""
        async with self.session.post(f"/page/{path}", json=body) as got:
            assert got.status >= 400
            return got.status, (await got.json())["error"]

    async def next_event(self, stream: aiohttp.ClientResponse) -> Any:  # noqa: ANN401 - JSON
        """Read one event from a stream."""
        async for line in stream.content:
            if line.startswith(b"data: "):
                return json.loads(line.removeprefix(b"data: "))
        return None
