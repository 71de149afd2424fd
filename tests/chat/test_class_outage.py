"""Votes that were given in time while the bot was down count: after a start, updates are handled before deadlines."""

from datetime import timedelta

import pytest
from bot_in_process import StartBot
from pupils import Teacher, seat_pupils
from sqlalchemy import select
from whale_bank import LARGEST, NAME, bank_in_order

from bot.store.answers import ANSWERS


@pytest.mark.usefixtures("no_retry_delays")
@pytest.mark.parametrize("failures", [0, 3])
async def test_votes_given_while_the_bot_was_down_count(start_bot: StartBot, failures: int) -> None:
    """A bot that restarts after a round's limit first handles the votes waiting at Telegram, then closes the round."""
    bot = await start_bot(bank_in_order(LARGEST, NAME))
    teacher = Teacher(bot)
    await teacher.opens()
    ann, ben, _cyd = await seat_pupils(teacher, "Ann", "Ben", "Cyd")
    await teacher.leads("start")
    await bot.stop()
    for pupil in (ann, ben):
        bot.world.vote(pupil.id, pupil.poll().id, [0])
    bot.clock.now += timedelta(minutes=5)
    bot.api.faults.inject("getUpdates", "gateway", times=failures)
    await bot.start()
    await bot.wait_until(lambda: teacher.state().phase == "revealed")
    await bot.wait_until_idle()
    assert {row.person_id for row in bot.rows(select(ANSWERS.c.person_id))} == {ann.id, ben.id}
