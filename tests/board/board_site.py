"""The served board in a browser tab, for the tests that look at it as a room does."""

from dataclasses import dataclass

from board_views import KEY, BoardsInMemory
from playwright.async_api import Page, expect

from bot.app.board import BoardView
from bot.board.watch import frame_of
from bot.serving import Server

PROJECTOR, FULL_HD, PHONE = (1280, 720), (1920, 1080), (360, 740)
OFTEN = 0.02


@dataclass
class Site:
    """The served board in one browser tab."""

    page: Page
    boards: BoardsInMemory
    server: Server

    async def open(self, view: BoardView) -> None:
        """Look at a board that shows this."""
        self.boards.put(KEY, view)
        await self.page.goto(f"{self.server.origin}/board/{KEY}")
        await expect(self.page.locator("#stage")).to_have_attribute("data-scene", view.scene)

    async def show(self, view: BoardView) -> None:
        """Let the open page be sent this."""
        self.boards.put(KEY, view)
        frame = frame_of(await self.boards.stamp(KEY) or "", view)
        await self.page.wait_for_selector(f'body[data-picture-id="{frame.id}"]')

    async def resize(self, size: tuple[int, int]) -> None:
        """Give the window a size, and wait until the page has fitted itself to it."""
        await self.page.set_viewport_size({"width": size[0], "height": size[1]})
        await self.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    async def overflow(self) -> tuple[int, int]:
        """Give by how many pixels the page is wider and higher than the window."""
        page = "document.documentElement"
        wide, high = await self.page.evaluate(
            f"[{page}.scrollWidth - {page}.clientWidth, {page}.scrollHeight - {page}.clientHeight]"
        )
        return wide, high

    async def size_of(self, selector: str) -> float:
        """Give the size of some text in pixels."""
        return float(
            await self.page.locator(selector).first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
        )
