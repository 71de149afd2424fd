"""Fixtures of the playground tests: a small world with Ann, Ben, a bot, and a manual clock."""

from random import Random

import pytest
from small_world import TOKEN, Caller, Clock

from bot.playground.bot_api import BotApi
from bot.playground.world import Person, World


@pytest.fixture
def clock() -> Clock:
    """A clock that only the test moves."""
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    """An empty world whose first update has the id 100."""
    return World(clock, Random(7), first_update_id=100)  # noqa: S311 - a fixed seed is the point


@pytest.fixture
def ann(world: World) -> Person:
    """A person with a username and the language German."""
    return world.add_person("Ann", username="ann_lee", language_code="de")


@pytest.fixture
def ben(world: World) -> Person:
    """A person with a last name and no username."""
    return world.add_person("Ben", last_name="Okoro")


@pytest.fixture
def api(world: World) -> BotApi:
    """The Bot API of the world."""
    return BotApi(world, TOKEN)


@pytest.fixture
def call(api: BotApi) -> Caller:
    """A client of the Bot API."""
    return Caller(api)


@pytest.fixture
async def greeted(world: World, ann: Person, call: Caller) -> int:
    """The id of Ann's private chat, which she has started; no update is pending."""
    world.send_text(ann.id, ann.id, "/start")
    await call.updates()
    return ann.id
