"""The bot, the board and the chat page over HTTP, as ``bot play`` puts them together, looked at in a real browser.

Time stands still until a test moves it. All that the servers tell browsers is kept, to be searched for leaks.
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
from bot.tg.adapter import Edge
from bot.tg.bot_api.transport import AiohttpRequest
from bot.tg.outbound.rate_limits import Limits
from bot.tg.startup import greet
from bot.wiring import make_bot

DESKTOP, PROJECTOR, PHONE, SMALL_PHONE = (1280, 800), (1280, 720), (390, 844), (360, 740)
# A test does not wait half a second for each picture, as a class does.
_OFTEN = 0.02
# Milliseconds that a browser waits for something to press, on a busy computer.
_PATIENCE = 10_000
_ACTS = ("/page/say", "/page/press", "/page/vote")


class BotWithPages(BotInProcess):
    """The world, and what serves it.

    Attributes:
        told: all that browsers were sent, streams and pages among it.
        complaints: what browsers wrote to their consoles; nothing, if all is well.
    """

    def __init__(self, bank: Bank, url: str, browser: Browser) -> None:
        super().__init__(bank, url)
        self.told: list[str] = []
        self.complaints: list[str] = []
        self.windows: list[Window] = []
        self._browser = browser
        self._chat: Server | None = None
        self._board_port = 0
        self._running_parts = AsyncExitStack()

    @property
    def origin(self) -> str:
        """Where the chat page is."""
        assert self._chat is not None
        return self._chat.origin

    async def start(self) -> None:
        """Start the bot and its board; the first time, the playground before them."""
        if self._chat is None:
            app = create_chat_app(self.world, TOKEN)
            app.add_middleware(_Overheard, told=self.told)
            self._chat = await serve(app)
        board = create_board_app(_Boards(self), poll_seconds=_OFTEN)
        board.add_middleware(_Overheard, told=self.told)
        server = await serve(board, port=self._board_port)
        self._board_port = server.port
        self._running_parts.push_async_callback(server.stop)
        self.service = ObservedService(self.database, self.bank, self.clock, self._news.set)
        self.service._links = Links("", server.origin)
        request = await self._running_parts.enter_async_context(AiohttpRequest())
        bot = make_bot(read_settings(token=TOKEN, api_url=self.origin, listen="", public_url=""), request)
        await greet(bot)
        self._edge = Edge(bot, self.service, Limits(0))
        self._running = asyncio.create_task(self._edge.run())

    async def stop(self) -> None:
        """End the bot and its board; the playground stays, as Telegram does."""
        await super().stop()
        await self._running_parts.aclose()

    async def shut(self) -> None:
        """End everything."""
        for window in self.windows:
            await window.page.context.close()
        await self.stop()
        if self._chat:
            await self._chat.stop()

    async def enters(self, name: str, language: str, size: tuple[int, int], *, dark: bool = False) -> "Window":
        """Let somebody new open the chat page in a browser of the own."""
        person = self.world.add_person(name, language_code=language)
        address = f"{self.origin}/#person={person.id}&chat={person.id}"
        window = await self.opens(address, size, person.id, language, dark=dark)
        await expect(window.page.locator("#me-name")).to_have_text(name)
        return window

    async def opens(
        self, address: str, size: tuple[int, int], person: int = 0, language: str = "en", *, dark: bool = False
    ) -> "Window":
        """Open a page in a browser of its own; whatever that complains of is kept."""
        # In one with others it would lie in the background, and be drawn once a second.
        context = await self._browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            timezone_id="UTC",
            reduced_motion="reduce",
            color_scheme="dark" if dark else "light",
        )
        page = await context.new_page()
        page.set_default_timeout(_PATIENCE)
        window = Window(self, page, person, language)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._note)
        self.windows.append(window)
        await page.goto(address)
        return window

    def _note(self, line: ConsoleMessage) -> None:
        # While the bot starts anew there is no line to the board, which says so to the reader itself.
        is_away = "net::ERR_" in line.text and "/board/" in line.location["url"]
        if line.type in {"error", "warning"} and not is_away:
            self.complaints.append(line.text)

    async def known(self, since: int) -> str:
        """Give all that browsers were sent since so many pieces, and what all pages hold now."""
        return unescape("\n".join([*self.told[since:], *[await window.page.content() for window in self.windows]]))


StartPages = Callable[[Bank], Awaitable[BotWithPages]]
"""A way to start all of it on a bank."""


class _Boards:
    """The boards, as the desk of the day knows them."""

    def __init__(self, school: BotWithPages) -> None:
        self._school = school

    async def view(self, key: str) -> BoardView | None:
        return self._school.service.board(key)

    async def stamp(self, key: str) -> str | None:
        return self._school.service.board_stamp(key)


class _Overheard:
    """ASGI middleware: keeps what is sent to browsers, and nothing that the bot and the Bot API tell one another."""

    def __init__(self, app: ASGIApp, told: list[str]) -> None:
        self._app = app
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def overhear(message: Message) -> None:
            if message["type"] == "http.response.body":
                self._told.append(message.get("body", b"").decode(errors="replace"))
            await send(message)

        to_the_bot = scope["path"].startswith(("/bot", "/file"))
        await self._app(scope, receive, send if to_the_bot else overhear)


class Window:
    """One page in a browser, and who looks at it: 0 for the board, which nobody owns."""

    def __init__(self, school: BotWithPages, page: Page, person: int, language: str) -> None:
        self.school = school
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

    def word(self, key: str, **values: object) -> str:
        """Give a text of the bot in the reader's language."""
        return words(key, self.language, **values)

    async def goes_to(self, chat: str) -> None:
        """Open a chat by its title in the list of chats, which a phone shows instead of the open one."""
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
        """Press buttons by their texts, the newest of each, one after the other."""
        for text in buttons:
            await self.does(self.log.get_by_role("button", name=text, exact=True).last.click)

    async def leads(self, *controls: str) -> None:
        """Press control buttons by their names."""
        await self.presses(*(self.word(f"control.{control}") for control in controls))

    async def starts_the_bot(self) -> None:
        """Press the button of an empty chat."""
        await self.does(self.page.get_by_role("button", name="Start", exact=True).click)

    async def votes(self, *options: str) -> None:
        """Choose in the newest poll; several are ticked and sent."""
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
        """Do something that the world hears of, and wait until the bot has nothing more to say to it."""
        async with self.page.expect_response(_is_act) as heard:
            await act()
        assert (await heard.value).ok
        await self.school.wait_until_idle()

    async def scene(self, name: str) -> None:
        """Wait until the board shows a scene."""
        await expect(self.page.locator("#stage")).to_have_attribute("data-scene", name)


def _is_act(response: Response) -> bool:
    return response.url.endswith(_ACTS)


async def page_faults(*windows: Window) -> list[str]:
    """Give what is wrong with pages as they are now: what axe-core finds, and what is wider than its place."""
    found = []
    for window in windows:
        results = await Axe().run(window.page)
        found += [f"{one['id']}: {one['nodes'][0]['html']}" for one in results.response["violations"]]
        found += [f"too wide: {one}" for one in await window.page.evaluate(_WIDE)]
    return found


_WIDE = """[...document.querySelectorAll("html, body, .sidebar, .chat, .log, .bubble, #stage")]
    .filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.className || node.tagName)"""
