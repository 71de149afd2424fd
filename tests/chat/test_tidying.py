"""Old updates are deleted while the bot is at work, and nobody waits for that."""

import pytest
from learner import Learner, text_of, words
from sqlalchemy import func, insert, select
from talk import Talk

from bot.store.inbox import INBOX

# Enough to be at it, a row at a time, for much longer than an answer takes.
MANY = 20_000


async def test_what_comes_while_old_updates_are_deleted_is_answered(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person is answered between two transactions that delete; a bot that ends stops there, and the next goes on."""
    await talk.stop()
    old = {"lane": "chat 7", "body": "{}", "received_at": talk.clock(), "done_at": talk.clock()}
    with talk.database.engine.begin() as connection:
        connection.execute(insert(INBOX), [{"update_id": number, **old} for number in range(-MANY, 0)])
    talk.clock.now = talk.clock.now.replace(year=2027)
    with monkeypatch.context() as patch:
        patch.setattr("bot.app.desk.FORGOTTEN_AT_ONCE", 1)
        await talk.start()
        await talk.until(lambda: left(talk) < MANY)
        ann = Learner(talk)
        (said,) = await ann.says("/help")
        assert text_of(said) == words("help.text")
        assert left(talk) > 0
        await talk.stop()
        assert left(talk) > 0
    await talk.start()
    await talk.until(lambda: not left(talk))


def left(talk: Talk) -> int:
    """Count the old updates."""
    return int(talk.rows(select(func.count()).select_from(INBOX).where(INBOX.c.update_id < 0))[0][0])
