"""The bot as a process behind a webhook: stopped, killed and started again while updates wait at Telegram."""

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
    """An empty world."""
    return new_world()


@pytest.fixture
async def bot(world: World, tmp_path: Path) -> AsyncIterator[BotProcess]:
    """A bot process with a webhook that is not started yet."""
    address = f"127.0.0.1:{free_port()}"
    settings = {"BOT_LISTEN": address, "BOT_WEBHOOK_URL": f"http://{address}/telegram"}
    async with serve_world(world) as server:
        server.app.state.api.webhook_delivery.second_length = 0.05
        process = BotProcess(tmp_path, server.origin, TOKEN, settings)
        async with killed_at_exit(process):
            yield process


async def wait_for_message(world: World, person: int, text: str) -> None:
    """Wait until a person's private chat has a message with this text."""
    changed = asyncio.Event()
    unsubscribe = world.subscribe(lambda _change: changed.set())
    async with asyncio.timeout(PATIENCE):
        while text not in map(text_of, world.messages(person, person)):
            changed.clear()
            await changed.wait()
    unsubscribe()


async def test_the_webhook_stays_set_while_the_bot_is_down(world: World, bot: BotProcess) -> None:
    """After SIGTERM and after a kill the webhook is still set, no update is lost, and it is not set again."""
    ann = world.add_person("Ann", language_code="en").id
    world.send_text(ann, ann, "/help")
    await bot.start()
    await wait_for_message(world, ann, words("help.text"))
    webhook = world.webhook
    assert webhook
    await stop_bot(bot)
    world.send_text(ann, ann, "/stop")
    await bot.start()
    await wait_for_message(world, ann, words("quiz.none"))
    bot.kill()
    await bot.wait_until_ended()
    world.send_text(ann, ann, "/quiz")
    await bot.start()
    await wait_for_message(world, ann, words("setup.text"))
    assert world.webhook is webhook
    assert webhook.secret
    assert webhook.secret not in bot.log_text
