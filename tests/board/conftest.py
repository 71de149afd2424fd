"""A board to test in a browser, served over HTTP."""

from collections.abc import AsyncIterator

import pytest_asyncio
from board_site import OFTEN, Site
from board_views import KEY, LOBBY, BoardsInMemory
from complaints import complaints_of
from playwright.async_api import Page

from bot.board.site import create_board_app
from bot.serving import serve


@pytest_asyncio.fixture(loop_scope="session")
async def site(page: Page) -> AsyncIterator[Site]:
    """Serve the board; whatever the browser complains of (scripts, the content policy) fails the test."""
    boards = BoardsInMemory(**{KEY: LOBBY})
    server = await serve(create_board_app(boards, poll_seconds=OFTEN))
    complaints = complaints_of(page)
    await page.set_viewport_size({"width": 1280, "height": 720})
    opened = Site(page, boards, server)
    yield opened
    await page.close()
    await opened.server.stop()
    assert complaints == []
