"""Fixtures of the chat page's tests: a world with a class group, served over HTTP."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from complaints import complaints_of
from page_site import Site
from page_world import TOKEN, BotMessages, PageClient
from playwright.async_api import Page

from bot.playground.page.app import create_chat_app
from bot.playground.world import Chat, Person, World
from bot.serving import Server, serve


@pytest.fixture
def bot_messages(world: World) -> BotMessages:
    """The sender of the bot's messages."""
    return BotMessages(world)


@pytest.fixture
def group(world: World, ann: Person, ben: Person) -> Chat:
    """A group of Ann, Ben and the bot."""
    return world.create_group("Class 8B", [ann.id, ben.id])


@pytest.fixture
async def server(world: World) -> AsyncIterator[Server]:
    """A server of the page and the Bot API."""
    started = await serve(create_chat_app(world, TOKEN))
    yield started
    await started.stop()


@pytest.fixture
def origin(server: Server) -> str:
    """The origin of the page."""
    return server.origin


@pytest.fixture
async def client(origin: str) -> AsyncIterator[PageClient]:
    """A client that sends the page's requests."""
    async with aiohttp.ClientSession(origin) as session:
        yield PageClient(session)


@pytest.fixture
def started(world: World, ann: Person) -> Person:
    """Ann, with a private chat that she has started."""
    world.send_text(ann.id, ann.id, "/start")
    return ann


@pytest_asyncio.fixture(loop_scope="session")
async def site(world: World, page: Page) -> AsyncIterator[Site]:
    """The page in a browser; any error in the browser's console (scripts, content policy) fails the test."""
    server = await serve(create_chat_app(world, TOKEN))
    complaints = complaints_of(page)
    opened = Site(page, server)
    yield opened
    await page.close()
    await opened.server.stop()
    assert complaints == []
