"""Long polling of getUpdates."""

import pytest
from small_world import TOKEN

from bot.playground.bot_api import BotApi
from bot.playground.polling import LongPolling
from bot.playground.world import Person, World


async def test_the_time_runs_out(world: World, ann: Person) -> None:
    """Without an update the call returns an empty list after its timeout, and the next call can wait again."""
    polling = LongPolling(world)
    for _ in range(2):
        assert await polling.wait_for(list, lambda: [{"update_id": 1}], 0.001) == [{"update_id": 1}]
    world.send_text(ann.id, ann.id, "nobody waits")
    assert await polling.wait_for(list, lambda: [{"update_id": 1}], 0.001) == [{"update_id": 1}]


async def test_short_polling_does_not_wait(world: World) -> None:
    """Without a timeout the call returns at once."""
    assert await LongPolling(world).wait_for(list, lambda: pytest.fail("asked twice"), 0) == []


async def test_pending_updates_are_returned_at_once(world: World) -> None:
    """A call does not wait if updates are pending."""
    found = [{"update_id": 1}]
    assert await LongPolling(world).wait_for(lambda: found, lambda: pytest.fail("asked twice"), 1000) is found


async def test_calls_do_not_wait_after_the_close(api: BotApi) -> None:
    """Once the playground is closed, long polls return at once."""
    api.close()
    reply = await api.call(TOKEN, "getUpdates", {"timeout": 1000})
    assert reply.body == b'{"ok":true,"result":[]}'
