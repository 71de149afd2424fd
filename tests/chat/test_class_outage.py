"""What pupils did in time while the bot was down counts when it is back: updates are heard before deadlines."""

from datetime import timedelta

import pytest
from pupils import Teacher, seat
from sqlalchemy import select
from talk import TalkAbout
from whales import LARGEST, NAME, in_order

from bot.store.answers import ANSWERS


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("failures", [0, 3])
async def test_votes_given_while_the_bot_was_down_count(talk_about: TalkAbout, failures: int) -> None:
    """Back when the time of a round is out, the bot first takes the votes that wait at Telegram, then closes it."""
    talk = await talk_about(in_order(LARGEST, NAME))
    teacher = Teacher(talk)
    await teacher.opens()
    ann, ben, _cyd = await seat(teacher, "Ann", "Ben", "Cyd")
    await teacher.leads("start")
    await talk.stop()
    for pupil in (ann, ben):
        talk.world.vote(pupil.id, pupil.poll().id, [0])
    talk.clock.now += timedelta(minutes=5)
    talk.api.faults.order("getUpdates", "gateway", times=failures)
    await talk.start()
    await talk.until(lambda: teacher.state().phase == "revealed")
    await talk.quiet()
    assert {row.person_id for row in talk.rows(select(ANSWERS.c.person_id))} == {ann.id, ben.id}
