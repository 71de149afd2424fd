"""The fixture of a served board in a browser."""

from collections.abc import AsyncIterator

import pytest_asyncio
from board_site import POLL_SECONDS, Site
from board_views import KEY, LOBBY, BoardsInMemory
from complaints import complaints_of
from playwright.async_api import Page

from bot.board.site import create_board_app
from bot.serving import serve


@pytest_asyncio.fixture(loop_scope="session")
async def site(page: Page) -> AsyncIterator[Site]:
    """Serve a board and open a browser tab for it; errors of scripts or the content policy fail the test."""
    boards = BoardsInMemory(**{KEY: LOBBY})
    server = await serve(create_board_app(boards, poll_seconds=POLL_SECONDS))
    complaints = complaints_of(page)
    await page.set_viewport_size({"width": 1280, "height": 720})
    opened = Site(page, boards, server)
    yield opened
    await page.close()
    await opened.server.stop()
    assert complaints == []
