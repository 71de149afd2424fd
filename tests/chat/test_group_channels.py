"""Channels in a group: posts that Telegram forwards into it, and people who write in the name of a channel."""

from typing import Any

import pytest
from bot_in_process import StartBot
from group_buttons import START
from group_chat import GroupChat
from learner import buttons_of, text_of, words
from whale_bank import bank_of_true_statements

from bot.i18n import LANGUAGES
from bot.playground.world import Message

CHANNEL = {"id": -1006, "type": "channel", "title": "News"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
FORWARDED = {
    "is_automatic_forward": True,
    "forward_origin": {"type": "channel", "date": 1, "chat": CHANNEL, "message_id": 4},
}


@pytest.fixture
async def group(start_bot: StartBot) -> GroupChat:
    """A class before five statements."""
    made = GroupChat(await start_bot(bank_of_true_statements(5)))
    await made.bot.wait_until_idle()
    return made


async def hears(group: GroupChat, text: str, sender: dict[str, Any], **more: object) -> list[Message]:
    """Have the bot be told of a message in the name of the channel; return what it says."""
    chat = {"id": group.id, "type": "supergroup", "title": "9B"}
    told = {
        "message_id": 900,
        "date": 1_772_000_000,
        "chat": chat,
        "from": sender,
        "sender_chat": CHANNEL,
        "text": text,
    }
    return await group.does(lambda: group.world.queue_update("message", told | more))


async def test_a_post_that_telegram_forwards_starts_nothing(group: GroupChat) -> None:
    """Posts of the linked channel are not answered, whatever command they hold."""
    for text in ("/quiz", "/quiz 5", "/stop", "/help", "/class"):
        assert await hears(group, text, TELEGRAM, **FORWARDED) == []
    assert group.sessions() == []


async def test_a_quiz_asked_for_as_a_channel_is_answered_with_what_to_do(group: GroupChat) -> None:
    """One message says how to ask as oneself; nothing starts, and the person may then start it."""
    (told,) = await hears(group, "/quiz", CHANNEL_BOT)
    assert text_of(told) == words("group.as_channel")
    assert "/quiz" in text_of(told)
    assert buttons_of(told) == []
    assert group.sessions() == []
    assert await hears(group, "/stop", CHANNEL_BOT) == []
    (setup,) = await group.says(group.teacher, "/quiz")
    assert START in buttons_of(setup)


async def test_the_answer_stands_among_the_comments(group: GroupChat) -> None:
    """It replies to the message that asked, so that it is seen where that was written."""
    asked = group.world.send_text(group.pupils[0].id, group.id, "Nice post!")
    (told,) = await hears(group, "/quiz 5", CHANNEL_BOT, message_id=asked.id, message_thread_id=3)
    assert told.reply_to == asked.id


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_channel_is_answered_in_the_language_of_the_group(group: GroupChat, language: str) -> None:
    """Nobody knows who speaks as a channel, so the language is that of the last quiz there."""
    group.teacher.switches(language)
    await group.starts_in(language)
    (told,) = await hears(group, "/quiz", CHANNEL_BOT)
    assert text_of(told) == words("group.as_channel", language)


async def test_nobody_is_remembered_by_the_name_of_a_channel(group: GroupChat) -> None:
    """The account that stands for all who speak as channels is no person."""
    await hears(group, "/quiz", CHANNEL_BOT)
    with group.bot.database.transaction() as unit:
        assert unit.persons.find(CHANNEL_BOT["id"]) is None
