"""Old updates are deleted while the bot is at work, and nobody waits for that."""

import pytest
from bot_in_process import BotInProcess
from learner import Learner, text_of, words
from sqlalchemy import func, insert, select

from bot.store.inbox import INBOX

# Enough to be at it, a row at a time, for much longer than an answer takes.
MANY = 20_000


async def test_what_comes_while_old_updates_are_deleted_is_answered(
    bot: BotInProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person is answered between two transactions that delete; a bot that ends stops there, and the next goes on."""
    await bot.stop()
    old = {"lane": "chat 7", "body": "{}", "received_at": bot.clock(), "done_at": bot.clock()}
    with bot.database.engine.begin() as connection:
        connection.execute(insert(INBOX), [{"update_id": number, **old} for number in range(-MANY, 0)])
    bot.clock.now = bot.clock.now.replace(year=2027)
    with monkeypatch.context() as patch:
        patch.setattr("bot.app.dispatch.service.FORGOTTEN_AT_ONCE", 1)
        await bot.start()
        await bot.wait_until(lambda: left(bot) < MANY)
        ann = Learner(bot)
        (said,) = await ann.says("/help")
        assert text_of(said) == words("help.text")
        assert left(bot) > 0
        await bot.stop()
        assert left(bot) > 0
    await bot.start()
    await bot.wait_until(lambda: not left(bot))


def left(bot: BotInProcess) -> int:
    """Count the old updates."""
    return int(bot.rows(select(func.count()).select_from(INBOX).where(INBOX.c.update_id < 0))[0][0])
