"""Buttons after another program made Telegram send presses without their messages (Bot API 10.5)."""

import asyncio

from bot_in_process import TIMEOUT_SECONDS, StartBot
from group_chat import GroupChat
from learner import Learner, words
from whale_bank import HEART, LARGEST, bank_in_order


async def test_the_mode_is_reset_at_the_start(start_bot: StartBot) -> None:
    """A bot that starts while the mode is Inline resets it, and presses work from then on."""
    bot = await start_bot(bank_in_order(LARGEST, HEART))
    ann = Learner(bot)
    await ann.says("/quiz 1")
    await bot.stop()
    bot.world.profile.callback_query_mode = "Inline"
    await bot.start()
    await ann.presses(words("question.skip"))
    assert ann.toasts() == [""]


async def test_a_press_without_its_message_must_be_repeated(start_bot: StartBot) -> None:
    """A press without its message resets the mode and is answered with "press again", which then works."""
    bot = await start_bot(bank_in_order(LARGEST, HEART))
    ann = Learner(bot)
    await ann.says("/quiz 1")
    bot.world.profile.callback_query_mode = "Inline"
    profile_changed = asyncio.Event()
    bot.world.subscribe(lambda change: profile_changed.set() if change.kind == "profile" else None)
    before = len(ann.messages())
    await ann.presses(words("question.skip"))
    assert ann.toasts() == [words("toast.again")]
    assert len(ann.messages()) == before
    await asyncio.wait_for(profile_changed.wait(), TIMEOUT_SECONDS)
    await ann.presses(words("question.skip"))
    assert ann.toasts()[1:] == [""]
    assert len(ann.messages()) > before


async def test_a_press_in_a_group_must_be_repeated_too(start_bot: StartBot) -> None:
    """A press in a group without its message changes nothing and is answered with "press again"."""
    bot = await start_bot(bank_in_order(LARGEST, HEART))
    group = GroupChat(bot)
    await group.says(group.teacher, "/quiz")
    bot.world.profile.callback_query_mode = "Inline"
    assert await group.presses(group.teacher, words("setup.start")) == []
    assert group.teacher.toasts() == [words("toast.again")]
