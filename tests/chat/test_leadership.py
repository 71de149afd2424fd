"""Changes of leadership during conversations: each answer counts once and each message is sent once."""

import asyncio
from collections.abc import Callable
from random import Random

import pytest
from bot_in_process import BotInProcess, StartBot
from learner import Learner, text_of, words
from sqlalchemy import text
from whale_bank import HEART, LARGEST, NAME, bank_in_order

from bot.store.membership import SingleProcess, new_number
from bot.store.signals import LOCKS

_END_SESSIONS = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = :locks"


def lose_and_regain_leadership(bot: BotInProcess) -> None:
    """End the bot's cluster session; it rejoins with another process number, on a server by itself."""
    adapter = bot._adapter
    if bot.database.is_remote:
        with bot.database.engine.begin() as connection:
            assert connection.scalars(text(_END_SESSIONS), {"locks": LOCKS}).all() == [True]
        return
    adapter._membership.leading.clear()
    adapter.on_session_lost()
    adapter._membership.number = new_number(Random())  # noqa: S311 - no secrets here
    adapter.on_joined(adapter._membership.number)
    adapter._membership.leading.set()


@pytest.mark.parametrize("is_late", [False, True], ids=["before", "after"])
async def test_a_quiz_continues_through_changes_of_leadership(start_bot: StartBot, *, is_late: bool) -> None:
    """Leadership lost right before or after an action: each answer counts once and each message is sent once."""
    bot = await start_bot(bank_in_order(LARGEST, NAME, HEART))
    ann = Learner(bot)
    await ann.says("/quiz 3")
    numbers = {bot.service.process_number}

    async def act_while_leadership_changes(act: Callable[[], object]) -> int:
        steps = [act, lambda: lose_and_regain_leadership(bot)]
        replies = await ann.does(lambda: [step() for step in (steps if is_late else reversed(steps))])
        await bot.wait_until(
            lambda: bot.service.process_number not in numbers and bot._adapter._membership.leading.is_set()
        )
        numbers.add(bot.service.process_number)
        return len(replies)

    elephant = [one.text.text for one in ann.poll().options].index("The elephant")
    assert await act_while_leadership_changes(lambda: ann.world.vote(ann.id, ann.poll().id, [elephant])) == 2
    assert await act_while_leadership_changes(lambda: ann.world.send_text(ann.id, ann.id, "blue whale")) == 1
    assert await act_while_leadership_changes(lambda: ann.world.send_text(ann.id, ann.id, "180")) == 1
    assert words("result.title", right=2, of=3) in text_of(ann.messages()[-1])
    assert ann.marks() == {"largest": False, "name": True, "heart": True}
    assert len(numbers) == 4


async def test_a_process_that_does_not_lead_fetches_nothing(
    start_bot: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Updates that arrive while no process leads wait at Telegram, and are handled once after that."""
    monkeypatch.setattr("bot.app.dispatch.service.create_membership", lambda _engine, rng: SingleProcess(rng))
    bot = await start_bot(bank_in_order(NAME, HEART))
    ann = Learner(bot)
    await ann.says("/quiz 2")
    adapter = bot._adapter
    adapter._membership.leading.clear()
    adapter.on_session_lost()
    assert adapter._term is not None
    await asyncio.wait({adapter._term})
    newest = bot.service.newest_update
    ann.world.send_text(ann.id, ann.id, "blue whale")
    assert [update["update_id"] > newest for update in ann.world.updates.fetch(0, 100)][-1]
    await adapter._runner.beat()
    assert bot.service.newest_update == newest
    adapter.on_joined(new_number(Random()))  # noqa: S311 - no secrets here
    adapter._membership.leading.set()
    await bot.wait_until_idle()
    assert ann.marks() == {"name": True}
