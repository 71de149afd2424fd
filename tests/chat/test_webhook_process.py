"""The bot as a process behind a webhook: ended, killed and started again; Telegram keeps what comes meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bot_process import BotProcess, free_port, killed_at_exit
from learner import text_of, words
from served_world import TOKEN, new_world, serve_world, stop_bot

from bot.playground.world import World

PATIENCE = 60


@pytest.fixture
def world() -> World:
    """Give an empty world."""
    return new_world()


@pytest.fixture
async def bot(world: World, tmp_path: Path) -> AsyncIterator[BotProcess]:
    """Give a bot that is to be posted to; it is not started."""
    place = f"127.0.0.1:{free_port()}"
    settings = {"BOT_LISTEN": place, "BOT_WEBHOOK_URL": f"http://{place}/telegram"}
    async with serve_world(world) as server:
        server.app.state.api.webhook_delivery.second_length = 0.05
        made = BotProcess(tmp_path, server.origin, TOKEN, settings)
        async with killed_at_exit(made):
            yield made


async def answered(world: World, person: int, text: str) -> None:
    """Wait until the bot has said something to a person."""
    news = asyncio.Event()
    end_it = world.subscribe(lambda _change: news.set())
    async with asyncio.timeout(PATIENCE):
        while text not in map(text_of, world.messages(person, person)):
            news.clear()
            await news.wait()
    end_it()


async def test_the_webhook_stays_and_what_comes_meanwhile_waits(world: World, bot: BotProcess) -> None:
    """After SIGTERM and after a kill the webhook is still set, nothing is lost, and it was set no second time."""
    ann = world.add_person("Ann", language_code="en").id
    world.send_text(ann, ann, "/help")
    await bot.start()
    await answered(world, ann, words("help.text"))
    webhook = world.webhook
    assert webhook
    await stop_bot(bot)
    world.send_text(ann, ann, "/stop")
    await bot.start()
    await answered(world, ann, words("quiz.none"))
    bot.kill()
    await bot.wait_until_ended()
    world.send_text(ann, ann, "/quiz")
    await bot.start()
    await answered(world, ann, words("setup.text"))
    assert world.webhook is webhook
    assert webhook.secret
    assert webhook.secret not in bot.log_text
