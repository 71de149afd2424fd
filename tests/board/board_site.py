"""The served board in a browser tab, for tests of what people see."""

from dataclasses import dataclass

from board_views import KEY, BoardsInMemory
from playwright.async_api import Page, expect

from bot.app.board import BoardView
from bot.board.board_poller import board_event
from bot.serving import Server

PROJECTOR, FULL_HD, PHONE = (1280, 720), (1920, 1080), (360, 740)
POLL_SECONDS = 0.02


@dataclass
class Site:
    """The served board in one browser tab."""

    page: Page
    boards: BoardsInMemory
    server: Server

    async def open_board(self, view: BoardView) -> None:
        """Open a board that shows this view."""
        self.boards.set_view(KEY, view)
        await self.page.goto(f"{self.server.origin}/board/{KEY}")
        await expect(self.page.locator("#stage")).to_have_attribute("data-scene", view.scene)

    async def show_view(self, view: BoardView) -> None:
        """Change the board to this view, and wait until the open page has received it."""
        self.boards.set_view(KEY, view)
        frame = board_event(await self.boards.etag(KEY) or "", view)
        await self.page.wait_for_selector(f'body[data-snapshot-id="{frame.id}"]')

    async def resize(self, size: tuple[int, int]) -> None:
        """Set the window's size, and wait until the page has adapted to it."""
        await self.page.set_viewport_size({"width": size[0], "height": size[1]})
        await self.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    async def overflow(self) -> tuple[int, int]:
        """Return by how many pixels the page is wider and higher than the window."""
        page = "document.documentElement"
        wide, high = await self.page.evaluate(
            f"[{page}.scrollWidth - {page}.clientWidth, {page}.scrollHeight - {page}.clientHeight]"
        )
        return wide, high

    async def font_size(self, selector: str) -> float:
        """Return the font size of the first matching element in pixels."""
        return float(
            await self.page.locator(selector).first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
        )
