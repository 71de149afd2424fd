"""Tests of a deleted chat, and of a clock that jumps by an hour."""

import pytest
from bot_in_process import StartBot
from learner import Learner, buttons_of, text_of, words
from pupils import Teacher, seat_pupils
from whale_bank import LARGEST, NAME, bank_in_order

JUMPS = (3600, -3600)


async def test_a_deleted_chat_does_not_affect_others(start_bot: StartBot) -> None:
    """Messages to a deleted chat are set aside, its person's vote counts, and others are served."""
    bot = await start_bot(bank_in_order(LARGEST, NAME))
    ann, ben = Learner(bot, "Ann"), Learner(bot, "Ben")
    await ann.says("/quiz 2")
    await ben.says("/quiz 2")
    poll = ann.poll()
    bot.world.vote(ann.id, poll.id, list(poll.correct_option_ids))
    del bot.world.chats[ann.id]
    (following,) = await ben.votes("The blue whale")
    assert NAME.stem in text_of(following)
    assert ann.marks() == {"largest": True}
    assert all("not found" in problem for problem in bot.problems())


@pytest.mark.parametrize("seconds", JUMPS)
async def test_a_solo_quiz_continues_when_the_clock_jumps(start_bot: StartBot, seconds: int) -> None:
    """Each answer counts once if the clock jumps an hour forward or back before it."""
    bot = await start_bot(bank_in_order(LARGEST, NAME))
    ann = Learner(bot)
    await ann.says("/quiz 2")
    await bot.advance(seconds=seconds)
    await ann.votes("The blue whale")
    await bot.advance(seconds=-seconds)
    said = await ann.says("blue whale")
    if words("quiz.go_on") in buttons_of(said[-1]):
        # After an hour without an answer the bot asks whether to go on.
        await ann.presses(words("quiz.go_on"))
        await ann.says("blue whale")
    assert ann.marks() == {"largest": True, "name": True}
    assert bot.problems() == []


@pytest.mark.parametrize("seconds", JUMPS)
async def test_a_class_continues_when_the_clock_jumps(start_bot: StartBot, seconds: int) -> None:
    """Every answer before the jump counts in a timed round, and the teacher can lead the class to its end."""
    bot = await start_bot(bank_in_order(LARGEST, NAME))
    teacher = Teacher(bot)
    await teacher.opens()
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ann.votes("The blue whale")
    await bot.advance(seconds=seconds)
    if teacher.state().phase == "asking":
        await ben.votes("The blue whale")
    await teacher.leads("next")
    await ann.says("blue whale")
    await ben.says("blue whale")
    await teacher.leads("finish")
    assert ann.marks() == {"largest": True, "name": True}
    assert [outcome.value for outcome in teacher.state().outcomes] == ["counted", "counted"]
    assert bot.problems() == []
