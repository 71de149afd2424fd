"""Create the picture of the chat in the README, with the real bot in the playground and a scripted learner.

It needs Debian's chromium, and fonts-noto-color-emoji for the emoji in the texts.

``uv run python scripts/pictures.py`` writes docs/pictures/chat.webp:
a phone with a mistake explained, a desktop with a result.
"""  # noqa: INP001 - a script, no package

import asyncio
import shutil
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import AsyncExitStack, closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from playwright.async_api import Browser, ViewportSize, async_playwright, expect
from telegram import Bot

from bot.app.dispatch.service import QuizService
from bot.bank import load
from bot.core.question import Bank
from bot.play import GROUP, PEOPLE, TOKEN
from bot.playground.bot_api import BotApi
from bot.playground.page.app import create_chat_app
from bot.playground.request import PlaygroundRequest
from bot.playground.world import Message, World
from bot.serving import serve
from bot.store.database import open_database
from bot.tg.adapter import TelegramAdapter
from bot.tg.outbound.rate_limits import RateLimits
from bot.tg.startup import check_server

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "pictures" / "chat.webp"
PHONE: ViewportSize = {"width": 390, "height": 930}
DESKTOP: ViewportSize = {"width": 860, "height": 930}
SHEET = """<body style="margin:0;padding:24px;display:flex;gap:24px;background:#c9cee6">{}</body>"""
IMAGE = '<img src="data:image/png;base64,{}" style="border-radius:20px;box-shadow:0 4px 18px #1b1f3a40">'


class Clock:
    """A clock that advances only when `now` is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 41, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the current time (UTC)."""
        return self.now


class Learner:
    """The playground's person Aida, who takes the right answers from the bank."""

    def __init__(self, world: World, clock: Clock, bank: Bank) -> None:
        self._world = world
        self._clock = clock
        self._bank = bank
        self._changed = asyncio.Event()
        self.id = next(person.id for person in world.people.values() if person.first_name == "Aida")
        world.subscribe(lambda _change: self._changed.set())

    async def send(self, command: str) -> None:
        """Send a command and wait for the bot's answer."""
        await self._act(lambda: self._world.send_text(self.id, self.id, command))

    async def answer(self, *, rightly: bool) -> None:
        """Answer the open question, and wait for the next one or the result."""
        asked = self._newest()
        self._clock.now += timedelta(seconds=14)
        if asked.content.poll_id:
            poll = self._world.polls[asked.content.poll_id]
            wrong = next(place for place in range(len(poll.options)) if place not in poll.correct_option_ids)
            chosen = list(poll.correct_option_ids) if rightly else [wrong]
            await self._act(lambda: self._world.vote(self.id, poll.id, chosen))
        else:
            text = asked.content.text.text if asked.content.text else ""
            question = next(question for question in self._bank.questions if question.stem in text)
            await self._act(
                lambda: self._world.send_text(self.id, self.id, question.kind.solution()[0] if rightly else "2015")
            )

    @property
    def is_asked(self) -> bool:
        """Whether a question is open."""
        return any(
            button["callback_data"].startswith("skip:") for row in self._newest().inline_keyboard for button in row
        )

    async def _act(self, act: Callable[[], object]) -> None:
        """Call a function and wait until the bot has answered; its last message has buttons."""
        last = self._newest().id if self._messages() else 0
        act()
        async with asyncio.timeout(20):
            while self._newest().id == last or not self._newest().inline_keyboard:
                self._changed.clear()
                await self._changed.wait()

    def _messages(self) -> list[Message]:
        return self._world.messages(self.id, self.id)

    def _newest(self) -> Message:
        return self._messages()[-1]


async def run_bot(world: World, url: str, bank: Bank, clock: Clock) -> None:
    """Run the bot in this playground world, with this clock."""
    request = PlaygroundRequest(BotApi(world, TOKEN))
    bot = Bot(TOKEN, request=request, get_updates_request=request)
    await check_server(bot)
    with closing(open_database(url)) as database:
        await TelegramAdapter(bot, QuizService(database, bank, clock, UTC), RateLimits(0)).run()


async def screenshot(browser: Browser, size: ViewportSize, address: str) -> str:
    """Open the chat page at its end; return its picture in base64."""
    page = await browser.new_page(viewport=size, locale="en-GB", timezone_id="UTC", reduced_motion="reduce")
    await page.goto(address)
    await expect(page.get_by_role("log").get_by_role("button").last).to_be_in_viewport()
    await expect(page.locator("[aria-current] .badge")).to_have_count(0)  # the page has reported all messages as read
    picture = await page.screenshot()
    await page.close()
    return b64encode(picture).decode()


async def combine(browser: Browser, pictures: list[str]) -> None:
    """Write one picture with the pictures side by side."""
    width = PHONE["width"] + DESKTOP["width"] + 3 * 24
    page = await browser.new_page(viewport={"width": width, "height": PHONE["height"] + 2 * 24})
    await page.set_content(SHEET.format("".join(map(IMAGE.format, pictures))))
    PICTURE.parent.mkdir(exist_ok=True)
    devtools = await page.context.new_cdp_session(page)  # Playwright itself writes no WebP, a third of the PNG's size
    shot = await devtools.send("Page.captureScreenshot", {"format": "webp", "quality": 85})
    PICTURE.write_bytes(b64decode(shot["data"]))


async def converse(browser: Browser, learner: Learner, address: str) -> list[str]:
    """Run a quiz; return the pictures after a mistake and at the end."""
    await learner.send("/start")
    await learner.send("/quiz un-bodies 5")
    await learner.answer(rightly=True)
    await learner.answer(rightly=False)
    phone = await screenshot(browser, PHONE, address)
    while learner.is_asked:
        await learner.answer(rightly=True)
    return [phone, await screenshot(browser, DESKTOP, address)]


async def main() -> None:
    """Create the picture."""
    bank, clock = load(ROOT / "questions.yaml"), Clock()
    world = World(clock, Random(7), first_update_id=1)  # noqa: S311 - no secrets here
    people = [world.add_person(name, language_code=language) for name, language in PEOPLE]
    world.create_group(GROUP, [person.id for person in people])
    learner = Learner(world, clock, bank)
    async with AsyncExitStack() as stack:
        server = await serve(create_chat_app(world, TOKEN))
        stack.push_async_callback(server.stop)
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        url = f"sqlite:///{folder}/bot.sqlite3"
        running = asyncio.create_task(run_bot(world, url, bank, clock))
        playwright = await stack.enter_async_context(async_playwright())
        chromium = shutil.which("chromium") or sys.exit("Chromium is not installed: apt-get install chromium")
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        stack.push_async_callback(browser.close)
        address = f"{server.origin}/#person={learner.id}&chat={learner.id}"
        await combine(browser, await converse(browser, learner, address))
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


if __name__ == "__main__":
    asyncio.run(main())
