"""A small world to test in: Ann, Ben, a bot, and a clock that moves when told."""

from random import Random

import pytest
from small_world import TOKEN, Caller, Clock

from bot.playground.bot_api import BotApi
from bot.playground.world import Person, World


@pytest.fixture
def clock() -> Clock:
    """Give a clock that stands."""
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    """Give an empty world whose first update has the id 100."""
    return World(clock, Random(7), first_update_id=100)  # noqa: S311 - a fixed seed is the point


@pytest.fixture
def ann(world: World) -> Person:
    """Give a person with a username and German."""
    return world.add_person("Ann", username="ann_lee", language_code="de")


@pytest.fixture
def ben(world: World) -> Person:
    """Give a person with a last name and no username."""
    return world.add_person("Ben", last_name="Okoro")


@pytest.fixture
def api(world: World) -> BotApi:
    """Give the Bot API of the world."""
    return BotApi(world, TOKEN)


@pytest.fixture
def call(api: BotApi) -> Caller:
    """Give a client of the Api."""
    return Caller(api)


@pytest.fixture
async def greeted(world: World, ann: Person, call: Caller) -> int:
    """Id of Ann's private chat, opened by her; no update waits."""
    world.send_text(ann.id, ann.id, "/start")
    await call.updates()
    return ann.id
