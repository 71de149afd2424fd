"""The deletion of old updates while the bot handles new ones."""

import pytest
from bot_in_process import BotInProcess
from learner import Learner, text_of, words
from sqlalchemy import func, insert, select

from bot.store.inbox import INBOX

# Deleting this many updates, one a transaction, takes much longer than a reply.
OLD_UPDATES = 20_000


async def test_people_are_answered_while_old_updates_are_deleted(
    bot: BotInProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person is answered between two deletions; a bot that stops interrupts them, and the next start resumes."""
    await bot.stop()
    old = {"lane": "chat 7", "body": "{}", "received_at": bot.clock(), "done_at": bot.clock()}
    with bot.database.engine.begin() as connection:
        connection.execute(insert(INBOX), [{"update_id": number, **old} for number in range(-OLD_UPDATES, 0)])
    bot.clock.now = bot.clock.now.replace(year=2027)
    with monkeypatch.context() as patch:
        patch.setattr("bot.app.dispatch.service.FORGOTTEN_AT_ONCE", 1)
        await bot.start()
        await bot.wait_until(lambda: count_old_updates(bot) < OLD_UPDATES)
        ann = Learner(bot)
        (reply,) = await ann.says("/help")
        assert text_of(reply) == words("help.text")
        assert count_old_updates(bot) > 0
        await bot.stop()
        assert count_old_updates(bot) > 0
    await bot.start()
    await bot.wait_until(lambda: not count_old_updates(bot))


def count_old_updates(bot: BotInProcess) -> int:
    """Return the number of old updates that are still stored."""
    return int(bot.rows(select(func.count()).select_from(INBOX).where(INBOX.c.update_id < 0))[0][0])
