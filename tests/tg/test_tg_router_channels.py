"""Messages in a group sent on behalf of a channel, or forwarded from one by Telegram."""

from collections.abc import Mapping
from typing import Any

import pytest
from test_tg_router import ANN, CHANNEL, GROUP, GROUP_ANONYMOUS_BOT, SUPERGROUP, command, message

from bot.app import commands
from bot.app.commands import Spot

CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
ORIGIN = {"type": "channel", "date": 1_772_000_000, "chat": CHANNEL, "message_id": 4}


@pytest.mark.parametrize("written", ["/quiz", "/quiz 5", "/quiz@quiz_bot", "/QUIZ@Quiz_Bot un-bodies 5"])
@pytest.mark.parametrize("chat", [GROUP, SUPERGROUP])
def test_a_quiz_asked_for_by_a_channel_is_told_apart(chat: Mapping[str, Any], written: str) -> None:
    """In a group, and among the comments on a post, /quiz in the name of a channel is a question of its own."""
    for more in ({}, {"message_thread_id": 3}, {"forward_origin": ORIGIN}):
        told = {"text": written, "sender_chat": CHANNEL, **more}
        asked = command(message=message(told, chat, CHANNEL_BOT))
        assert isinstance(asked, commands.CallAsChannel)
        assert (asked.spot, asked.message_id) == (Spot(chat["id"], anonymous=True), 12)


@pytest.mark.parametrize(
    "written", ["/stop", "/allow", "/help", "/start", "/class", "/quiz@other_bot", "hello", "quiz"]
)
def test_a_channel_asks_for_nothing_else(written: str) -> None:
    """Any other message on behalf of a channel is ignored."""
    assert command(message=message({"text": written, "sender_chat": CHANNEL}, SUPERGROUP, CHANNEL_BOT)) is None


@pytest.mark.parametrize("written", ["/quiz", "/quiz 5", "/quiz@quiz_bot", "/stop", "/help", "/class", "hello"])
@pytest.mark.parametrize("sender", [TELEGRAM, CHANNEL_BOT, GROUP_ANONYMOUS_BOT, ANN])
@pytest.mark.parametrize("speaker", [{"sender_chat": CHANNEL}, {"sender_chat": SUPERGROUP}, {}])
def test_a_post_that_telegram_forwards_asks_for_nothing(
    speaker: dict[str, Any], sender: dict[str, Any], written: str
) -> None:
    """A post of the linked channel that Telegram forwards into the group is never a command."""
    told = {"text": written, "is_automatic_forward": True, "forward_origin": ORIGIN, **speaker}
    assert command(message=message(told, SUPERGROUP, sender)) is None
