"""Buttons where another program had Telegram send presses without their messages (Bot API 10.5)."""

import asyncio

from classmates import Classmates
from learner import Learner, words
from talk import PATIENCE, TalkAbout
from whales import HEART, LARGEST, in_order


async def test_buttons_work_though_the_mode_was_set_elsewhere(talk_about: TalkAbout) -> None:
    """A bot that starts while the mode is Inline sets it back, and from then on presses work."""
    talk = await talk_about(in_order(LARGEST, HEART))
    ann = Learner(talk)
    await ann.says("/quiz 1")
    await talk.stop()
    talk.world.profile.callback_query_mode = "Inline"
    await talk.start()
    await ann.presses(words("question.skip"))
    assert ann.toasts() == [""]


async def test_a_press_without_its_message_asks_for_another(talk_about: TalkAbout) -> None:
    """Where the mode changes under a running bot, the press that shows it asks for another, which works."""
    talk = await talk_about(in_order(LARGEST, HEART))
    ann = Learner(talk)
    await ann.says("/quiz 1")
    talk.world.profile.callback_query_mode = "Inline"
    news = asyncio.Event()
    talk.world.subscribe(lambda change: news.set() if change.what == "profile" else None)
    before = len(ann.messages())
    await ann.presses(words("question.skip"))
    assert ann.toasts() == [words("toast.again")]
    assert len(ann.messages()) == before
    await asyncio.wait_for(news.wait(), PATIENCE)
    await ann.presses(words("question.skip"))
    assert ann.toasts()[1:] == [""]
    assert len(ann.messages()) > before


async def test_a_group_hears_the_same(talk_about: TalkAbout) -> None:
    """A press in a group that names no message moves nothing, and its presser hears that it is to be repeated."""
    talk = await talk_about(in_order(LARGEST, HEART))
    group = Classmates(talk)
    await group.says(group.teacher, "/quiz")
    talk.world.profile.callback_query_mode = "Inline"
    assert await group.presses(group.teacher, words("setup.start")) == []
    assert group.teacher.toasts() == [words("toast.again")]
