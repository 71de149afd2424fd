"""A board to test in a browser, served over HTTP."""

from collections.abc import AsyncIterator

import pytest_asyncio
from board_site import OFTEN, Site
from board_views import KEY, LOBBY, BoardsInMemory
from playwright.async_api import ConsoleMessage, Page

from bot.board.site import create_board_app
from bot.serving import serve


@pytest_asyncio.fixture(loop_scope="session")
async def site(page: Page) -> AsyncIterator[Site]:
    """Serve the board; whatever the browser complains of (scripts, the content policy) fails the test."""
    boards = BoardsInMemory(**{KEY: LOBBY})
    server = await serve(create_board_app(boards, poll_seconds=OFTEN))
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if _is_complaint(line) else None)
    await page.set_viewport_size({"width": 1280, "height": 720})
    opened = Site(page, boards, server)
    yield opened
    await page.close()
    await opened.server.stop()
    assert complaints == []


def _is_complaint(line: ConsoleMessage) -> bool:
    """Tell a fault of the page from a server that is away, which the page tells the reader itself."""
    return line.type in {"error", "warning"} and "Failed to load resource" not in line.text
