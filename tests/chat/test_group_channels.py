"""Channels in a group: posts that Telegram forwards into it, and people who write as a channel."""

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
    """A group and a bank of five statements."""
    chat = GroupChat(await start_bot(bank_of_true_statements(5)))
    await chat.bot.wait_until_idle()
    return chat


async def send_as_channel(group: GroupChat, text: str, sender: dict[str, Any], **more: object) -> list[Message]:
    """Send the bot an update with a message of the channel; return its replies."""
    chat = {"id": group.id, "type": "supergroup", "title": "9B"}
    message = {
        "message_id": 900,
        "date": 1_772_000_000,
        "chat": chat,
        "from": sender,
        "sender_chat": CHANNEL,
        "text": text,
    }
    return await group.does(lambda: group.world.queue_update("message", message | more))


async def test_an_automatic_forward_starts_nothing(group: GroupChat) -> None:
    """A post of the linked channel is not answered, even if it is a command."""
    for text in ("/quiz", "/quiz 5", "/stop", "/help", "/class"):
        assert await send_as_channel(group, text, TELEGRAM, **FORWARDED) == []
    assert group.sessions() == []


async def test_quiz_sent_as_a_channel_is_answered_with_what_to_do(group: GroupChat) -> None:
    """``/quiz`` sent as a channel starts nothing and is answered with how to send it as a person."""
    (reply,) = await send_as_channel(group, "/quiz", CHANNEL_BOT)
    assert text_of(reply) == words("group.as_channel")
    assert "/quiz" in text_of(reply)
    assert buttons_of(reply) == []
    assert group.sessions() == []
    assert await send_as_channel(group, "/stop", CHANNEL_BOT) == []
    (setup,) = await group.says(group.teacher, "/quiz")
    assert START in buttons_of(setup)


async def test_the_reply_is_among_the_comments(group: GroupChat) -> None:
    """The bot replies to the message with the command, so that its answer appears in the same comment thread."""
    asked = group.world.send_text(group.pupils[0].id, group.id, "Nice post!")
    (reply,) = await send_as_channel(group, "/quiz 5", CHANNEL_BOT, message_id=asked.id, message_thread_id=3)
    assert reply.reply_to == asked.id


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_channel_is_answered_in_the_language_of_the_group(group: GroupChat, language: str) -> None:
    """A message sent as a channel, whose author is unknown, is answered in the language of the group's last quiz."""
    group.teacher.switches(language)
    await group.starts_in(language)
    (reply,) = await send_as_channel(group, "/quiz", CHANNEL_BOT)
    assert text_of(reply) == words("group.as_channel", language)


async def test_the_channel_account_is_not_stored_as_a_person(group: GroupChat) -> None:
    """Telegram's account for everybody who writes as a channel is not stored as a person."""
    await send_as_channel(group, "/quiz", CHANNEL_BOT)
    with group.bot.database.transaction() as unit:
        assert unit.persons.find(CHANNEL_BOT["id"]) is None
