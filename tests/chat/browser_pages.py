"""The bot, the board and the chat page over HTTP, as in ``bot play``, shown in a real browser.

The clock moves only when a test advances it. Everything sent to browsers is recorded, so that tests can search it.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from html import unescape

from axe_playwright_python.async_playwright import Axe
from bot_in_process import TOKEN, BotInProcess, ObservedService
from learner import words
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Response, expect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.app.board import BoardView
from bot.app.context import Links
from bot.board.site import create_board_app
from bot.config import read_settings
from bot.core.question import Bank
from bot.playground.page.app import create_chat_app
from bot.serving import Server, serve
from bot.tg.adapter import TelegramAdapter
from bot.tg.bot_api.transport import AiohttpRequest
from bot.tg.outbound.rate_limits import RateLimits
from bot.tg.startup import check_server
from bot.wiring import create_bot

DESKTOP, PROJECTOR, PHONE, SMALL_PHONE = (1280, 800), (1280, 720), (390, 844), (360, 740)
# Seconds between two checks of the board; half a second in production, too slow for tests.
_BOARD_POLL_SECONDS = 0.02
# Milliseconds that a browser waits for an element, enough for a busy computer.
_ELEMENT_TIMEOUT = 10_000
_ACTION_PATHS = ("/page/say", "/page/press", "/page/vote")


class BotWithPages(BotInProcess):
    """A bot in process with its board, chat page and browser windows.

    Attributes:
        sent_to_browsers: everything that was sent to browsers, pages and event streams included.
        console_errors: errors and warnings in the browsers' consoles.
    """

    def __init__(self, bank: Bank, url: str, browser: Browser) -> None:
        super().__init__(bank, url)
        self.sent_to_browsers: list[str] = []
        self.console_errors: list[str] = []
        self.windows: list[Window] = []
        self._browser = browser
        self._chat: Server | None = None
        self._board_port = 0
        self._running_parts = AsyncExitStack()

    @property
    def origin(self) -> str:
        """The origin of the chat page."""
        assert self._chat is not None
        return self._chat.origin

    async def start(self) -> None:
        """Start the bot and its board, and before them, the first time, the playground."""
        if self._chat is None:
            app = create_chat_app(self.world, TOKEN)
            app.add_middleware(_RecordingMiddleware, sent=self.sent_to_browsers)
            self._chat = await serve(app)
        board = create_board_app(_Boards(self), poll_seconds=_BOARD_POLL_SECONDS)
        board.add_middleware(_RecordingMiddleware, sent=self.sent_to_browsers)
        server = await serve(board, port=self._board_port)
        self._board_port = server.port
        self._running_parts.push_async_callback(server.stop)
        self.service = ObservedService(self.database, self.bank, self.clock, self._changed.set)
        self.service._links = Links("", server.origin)
        request = await self._running_parts.enter_async_context(AiohttpRequest())
        bot = create_bot(read_settings(token=TOKEN, api_url=self.origin, listen="", public_url=""), request)
        await check_server(bot)
        self._adapter = TelegramAdapter(bot, self.service, RateLimits(0))
        self._running = asyncio.create_task(self._adapter.run())

    async def stop(self) -> None:
        """Stop the bot and its board; the playground goes on, as Telegram would."""
        await super().stop()
        await self._running_parts.aclose()

    async def close_all(self) -> None:
        """Close the windows and stop all servers."""
        for window in self.windows:
            await window.page.context.close()
        await self.stop()
        if self._chat:
            await self._chat.stop()

    async def open_chat_page(self, name: str, language: str, size: tuple[int, int], *, dark: bool = False) -> "Window":
        """Open the chat page for a new person in a browser context of its own."""
        person = self.world.add_person(name, language_code=language)
        address = f"{self.origin}/#person={person.id}&chat={person.id}"
        window = await self.open_page(address, size, person.id, language, dark=dark)
        await expect(window.page.locator("#me-name")).to_have_text(name)
        return window

    async def open_page(
        self, address: str, size: tuple[int, int], person: int = 0, language: str = "en", *, dark: bool = False
    ) -> "Window":
        """Open a page in a browser context of its own and record what its console shows."""
        # In a shared context the page would be in the background, where Chromium redraws only once a second.
        context = await self._browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            timezone_id="UTC",
            reduced_motion="reduce",
            color_scheme="dark" if dark else "light",
        )
        page = await context.new_page()
        page.set_default_timeout(_ELEMENT_TIMEOUT)
        window = Window(self, page, person, language)
        page.on("pageerror", lambda error: self.console_errors.append(str(error)))
        page.on("console", self._record_console)
        self.windows.append(window)
        await page.goto(address)
        return window

    def _record_console(self, line: ConsoleMessage) -> None:
        # While the bot restarts, the board cannot connect; the page itself says so to the reader.
        is_restarting = "net::ERR_" in line.text and "/board/" in line.location["url"]
        if line.type in {"error", "warning"} and not is_restarting:
            self.console_errors.append(line.text)

    async def browser_text(self, since: int) -> str:
        """Return what was sent to browsers from the index ``since`` on, and all pages as they are now."""
        pages = [await window.page.content() for window in self.windows]
        return unescape("\n".join([*self.sent_to_browsers[since:], *pages]))


StartPages = Callable[[Bank], Awaitable[BotWithPages]]
"""Starts bot, board and chat page on a bank."""


class _Boards:
    """Boards of the bot's present service, which changes with each restart."""

    def __init__(self, pages: BotWithPages) -> None:
        self._pages = pages

    async def view(self, key: str) -> BoardView | None:
        return self._pages.service.board(key)

    async def etag(self, key: str) -> str | None:
        return self._pages.service.board_etag(key)


class _RecordingMiddleware:
    """ASGI middleware that records what is sent to browsers, but no traffic between the bot and the Bot API."""

    def __init__(self, app: ASGIApp, sent: list[str]) -> None:
        self._app = app
        self._sent = sent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def record(message: Message) -> None:
            if message["type"] == "http.response.body":
                self._sent.append(message.get("body", b"").decode(errors="replace"))
            await send(message)

        is_bot_api = scope["path"].startswith(("/bot", "/file"))
        await self._app(scope, receive, send if is_bot_api else record)


class Window:
    """One browser page and the person who uses it (0 for the board)."""

    def __init__(self, pages: BotWithPages, page: Page, person: int, language: str) -> None:
        self.pages = pages
        self.page = page
        self.person = person
        self.language = language

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log")

    @property
    def newest(self) -> Locator:
        """The newest message of the bot."""
        return self.log.locator(".theirs").last

    def text(self, key: str, **values: object) -> str:
        """Return a text of the bot in the reader's language."""
        return words(key, self.language, **values)

    async def goes_to(self, chat: str) -> None:
        """Open a chat by its title in the list of chats; on a phone, go back to the list first."""
        back = self.page.get_by_role("button", name="Back to the chats")
        if await back.is_visible():
            await back.click()
        await self.page.get_by_role("navigation").get_by_role("button", name=re.compile(f"^{re.escape(chat)}")).click()
        await expect(self.page.locator("#chat-title")).to_have_text(chat)

    async def says(self, text: str) -> None:
        """Write a message and press Enter."""
        await self.page.get_by_label("Message", exact=True).fill(text)
        await self.does(lambda: self.page.keyboard.press("Enter"))

    async def presses(self, *buttons: str) -> None:
        """Press buttons by their texts, one after the other, each time the newest with that text."""
        for text in buttons:
            await self.does(self.log.get_by_role("button", name=text, exact=True).last.click)

    async def leads(self, *controls: str) -> None:
        """Press control buttons by their names."""
        await self.presses(*(self.text(f"control.{control}") for control in controls))

    async def starts_the_bot(self) -> None:
        """Press Start in an empty chat."""
        await self.does(self.page.get_by_role("button", name="Start", exact=True).click)

    async def votes(self, *options: str) -> None:
        """Vote in the newest poll; in a poll with several answers, tick the options and press Vote."""
        ballot = self.log.locator("form.ballot").last
        chosen = [ballot.locator("label").get_by_text(option, exact=True) for option in options]
        if await ballot.get_by_role("checkbox").count():
            for option in chosen:
                await option.click()
            await self.does(ballot.get_by_role("button", name="Vote").click)
        else:
            (option,) = chosen
            await self.does(option.click)

    async def does(self, act: Callable[[], Awaitable[None]]) -> None:
        """Run an action that the page posts to the playground, and wait until the bot is idle."""
        async with self.page.expect_response(_is_action) as response:
            await act()
        assert (await response.value).ok
        await self.pages.wait_until_idle()

    async def wait_for_scene(self, name: str) -> None:
        """Wait until the board shows a scene."""
        await expect(self.page.locator("#stage")).to_have_attribute("data-scene", name)


def _is_action(response: Response) -> bool:
    return response.url.endswith(_ACTION_PATHS)


async def page_problems(*windows: Window) -> list[str]:
    """Find problems of the open pages: violations that axe-core finds, and elements wider than their container."""
    found = []
    for window in windows:
        results = await Axe().run(window.page)
        found += [f"{one['id']}: {one['nodes'][0]['html']}" for one in results.response["violations"]]
        found += [f"too wide: {one}" for one in await window.page.evaluate(_WIDE)]
    return found


_WIDE = """[...document.querySelectorAll("html, body, .sidebar, .chat, .log, .bubble, #stage")]
    .filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.className || node.tagName)"""
