"""Buttons where another program had Telegram send presses without their messages (Bot API 10.5)."""

import asyncio

from bot_in_process import TIMEOUT_SECONDS, StartBot
from group_chat import GroupChat
from learner import Learner, words
from whale_bank import HEART, LARGEST, bank_in_order


async def test_buttons_work_though_the_mode_was_set_elsewhere(start_bot: StartBot) -> None:
    """A bot that starts while the mode is Inline sets it back, and from then on presses work."""
    bot = await start_bot(bank_in_order(LARGEST, HEART))
    ann = Learner(bot)
    await ann.says("/quiz 1")
    await bot.stop()
    bot.world.profile.callback_query_mode = "Inline"
    await bot.start()
    await ann.presses(words("question.skip"))
    assert ann.toasts() == [""]


async def test_a_press_without_its_message_asks_for_another(start_bot: StartBot) -> None:
    """Where the mode changes under a running bot, the press that shows it asks for another, which works."""
    bot = await start_bot(bank_in_order(LARGEST, HEART))
    ann = Learner(bot)
    await ann.says("/quiz 1")
    bot.world.profile.callback_query_mode = "Inline"
    news = asyncio.Event()
    bot.world.subscribe(lambda change: news.set() if change.kind == "profile" else None)
    before = len(ann.messages())
    await ann.presses(words("question.skip"))
    assert ann.toasts() == [words("toast.again")]
    assert len(ann.messages()) == before
    await asyncio.wait_for(news.wait(), TIMEOUT_SECONDS)
    await ann.presses(words("question.skip"))
    assert ann.toasts()[1:] == [""]
    assert len(ann.messages()) > before


async def test_a_group_hears_the_same(start_bot: StartBot) -> None:
    """A press in a group that names no message moves nothing, and its presser hears that it is to be repeated."""
    bot = await start_bot(bank_in_order(LARGEST, HEART))
    group = GroupChat(bot)
    await group.says(group.teacher, "/quiz")
    bot.world.profile.callback_query_mode = "Inline"
    assert await group.presses(group.teacher, words("setup.start")) == []
    assert group.teacher.toasts() == [words("toast.again")]
