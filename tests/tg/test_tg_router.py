"""Every update becomes the command that its sender meant, or none."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text

from bot.app import commands
from bot.app.commands import Press, Visitor
from bot.tg.features import FEATURES
from bot.tg.router import ALLOWED_UPDATES, to_command

ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "kk"}
BOT = {"id": 1, "is_bot": True, "first_name": "Quiz", "username": "quiz_bot"}
VISITOR = Visitor(7, "Ann", "kk")
PRIVATE = {"id": 7, "type": "private", "first_name": "Ann"}
GROUP = {"id": -5, "type": "group", "title": "Class"}
SUPERGROUP = {"id": -1005, "type": "supergroup", "title": "Class"}
CHANNEL = {"id": -1006, "type": "channel", "title": "News"}
SLASH = [name for feature in FEATURES for name in feature.slash]
SERVICE: list[dict[str, Any]] = [
    {"new_chat_members": [ANN]},
    {"left_chat_member": ANN},
    {"new_chat_title": "Class 9B"},
    {"group_chat_created": True},
    {"migrate_to_chat_id": -1005},
    {"boost_added": {"boost_count": 1}},
    {"forum_topic_closed": {}},
    {"write_access_allowed": {}},
]
ATTACHED: list[dict[str, Any]] = [
    {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], "caption": "/quiz"},
    {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}},
    {"document": {"file_id": "f", "file_unique_id": "u"}},
    {"location": {"longitude": 76.9, "latitude": 43.2}},
    {"contact": {"phone_number": "1", "first_name": "Ann"}},
    {"dice": {"emoji": "🎲", "value": 3}},
]


def command(**update: Any) -> commands.Command | None:  # noqa: ANN401 - JSON
    """Give what this update asks for."""
    return to_command({"update_id": 1, **update}, "quiz_bot")


def message(
    content: Mapping[str, Any] | str, chat: Mapping[str, Any] = PRIVATE, sender: object = ANN
) -> dict[str, Any]:
    """Make a message as Telegram tells it; a text is its text."""
    told = {"text": content} if isinstance(content, str) else content
    return {"message_id": 12, "date": 1_772_000_000, "chat": chat, **({"from": sender} if sender else {}), **told}


def press(data: str, chat: Mapping[str, Any] | None = PRIVATE) -> dict[str, Any]:
    """Make a press of a button with this data."""
    carrier = {"message": message("A question", chat, BOT)} if chat else {}
    return {"id": "55", "from": ANN, "chat_instance": "1", "data": data, **carrier}


def membership(status: str, chat: Mapping[str, Any]) -> dict[str, Any]:
    """Make a change of the bot's standing in a chat."""
    gone = {"until_date": 0} if status == "kicked" else {}
    return {
        "chat": chat,
        "from": ANN,
        "date": 1_772_000_000,
        "old_chat_member": {"user": BOT, "status": "member"},
        "new_chat_member": {"user": BOT, "status": status, **gone},
    }


@pytest.mark.parametrize("name", SLASH)
@pytest.mark.parametrize("written", ["/{}", "/{}@quiz_bot", "/{}@QUIZ_Bot", "  /{}", "/{} un-bodies 5", "/{}\n5"])
def test_every_slash_command_is_known_however_it_is_written(name: str, written: str) -> None:
    """A slash command is known with the bot's name or without, in any case, with words after it."""
    plain, asked = (command(message=message(text.format(name))) for text in ("/{}", written))
    upper = command(message=message(written.format(name.upper())))
    assert asked is not None
    assert asked == upper
    assert not isinstance(asked, commands.Mistype | commands.Write)
    assert asked.visitor == VISITOR
    assert type(asked) is type(plain) or name == "quiz"


@pytest.mark.parametrize(
    ("text", "topic", "count"),
    [
        ("/quiz 5", None, 5),
        ("/quiz un-bodies 10", "un-bodies", 10),
        ("/quiz 10 UN-Bodies", "un-bodies", 10),
        ("/quiz un-bodies", "un-bodies", None),
        ("/quiz 0", None, 1),
        ("/quiz 100", None, 100),
        ("/quiz " + "9" * 4000, None, 100),
        ("/quiz ²", "²", None),
    ],
)
def test_a_quiz_may_be_told_in_words(text: str, topic: str | None, count: int | None) -> None:
    """After /quiz stand a topic, a number or both, in any order; a number too high is brought down."""
    assert command(message=message(text)) == commands.BeginQuiz(VISITOR, topic=topic, count=count, message_id=12)


@pytest.mark.parametrize("text", ["/qiuz", "/quizz 5", "/quiz@other_bot"])
def test_a_strange_command_is_no_answer(text: str) -> None:
    """What looks like a command and is none of this bot's is told to be unknown; it is never taken for an answer."""
    assert command(message=message(text)) == commands.Mistype(VISITOR)


@pytest.mark.parametrize("chat", [GROUP, SUPERGROUP])
def test_groups_are_left_alone(chat: Mapping[str, Any]) -> None:
    """In a group only the bot's own commands are answered: not talk, not photos, not commands for other bots."""
    assert command(message=message("/quiz 5", chat)) == commands.CallInGroup(VISITOR, chat_id=chat["id"])
    assert command(message=message("/start@quiz_bot", chat)) == commands.CallInGroup(VISITOR, chat_id=chat["id"])
    silent: list[Mapping[str, Any] | str] = ["Geneva", "/start@other_bot", "/unknown", *ATTACHED, *SERVICE]
    assert [command(message=message(one, chat)) for one in silent] == [None] * len(silent)


@pytest.mark.parametrize("content", SERVICE)
def test_service_messages_ask_for_nothing(content: dict[str, Any]) -> None:
    """Messages that Telegram makes by itself are no answers."""
    assert command(message=message(content)) is None


@pytest.mark.parametrize("content", ATTACHED)
def test_what_is_no_text_is_told_to_be_unreadable(content: dict[str, Any]) -> None:
    """A photo (its caption too), a voice, a place: none is an answer, and each is reacted to."""
    assert command(message=message(content)) == commands.SendOther(VISITOR)


def test_a_text_is_an_answer_as_it_was_written() -> None:
    """A text that is no command is handed on whole, with the number of its message."""
    assert command(message=message(" Geneva /start ")) == commands.Write(VISITOR, text=" Geneva /start ", message_id=12)


@pytest.mark.parametrize(
    "update",
    [
        {"message": message("/quiz", sender=BOT)},
        {"message": message("/quiz", GROUP, None)},
        {"channel_post": message("/quiz", CHANNEL, None)},
        {"edited_message": {**message("Geneva"), "edit_date": 1_772_000_001}},
        {"my_chat_member": membership("member", GROUP)},
        {},
    ],
)
def test_what_nobody_asked_is_nothing(update: dict[str, Any]) -> None:
    """Messages of bots and channels, edited ones, changes in groups and updates of unknown kinds ask for nothing."""
    assert command(**update) is None


def test_votes_carry_their_options() -> None:
    """A vote is handed on with its poll and options; one taken back has no options."""
    answer = {"poll_id": "9", "user": ANN, "option_ids": [2, 0], "option_persistent_ids": ["c", "a"]}
    assert command(poll_answer=answer) == commands.Vote(VISITOR, poll_id="9", options=(2, 0))
    taken_back = {**answer, "option_ids": [], "option_persistent_ids": []}
    assert command(poll_answer=taken_back) == commands.Vote(VISITOR, poll_id="9", options=())


def test_a_vote_in_the_name_of_a_chat_is_nobodys() -> None:
    """A vote with a voter_chat is no person's, whoever stands in for the user (Bot API, PollAnswer)."""
    answer = {"poll_id": "9", "voter_chat": GROUP, "option_ids": [1], "option_persistent_ids": ["b"]}
    assert command(poll_answer=answer) is None
    assert command(poll_answer={**answer, "user": {**ANN, "id": 136817688}}) is None


def test_blocking_and_coming_back_are_noticed() -> None:
    """Blocking the bot and letting it in again are told."""
    assert command(my_chat_member=membership("kicked", PRIVATE)) == commands.Block(VISITOR, blocked=True)
    assert command(my_chat_member=membership("member", PRIVATE)) == commands.Block(VISITOR, blocked=False)


def test_buttons_outside_a_private_chat_are_stale() -> None:
    """A button in a group, or on a message that Telegram no longer tells, means nothing any more."""
    stale = commands.PressStale(VISITOR, Press("55", 12))
    assert command(callback_query=press("on", GROUP)) == stale
    assert command(callback_query=press("on", None)) == commands.PressStale(VISITOR, Press("55", 0))
    assert command(callback_query=press("on")) == commands.ResumeQuiz(VISITOR, Press("55", 12))


_NAMES = st.sampled_from([name for feature in FEATURES for name in feature.buttons])
_WORDS = st.one_of(any_text, st.integers(-(10**20), 10**20).map(str), st.just("0"))


@given(
    st.one_of(any_text, st.tuples(_NAMES, st.lists(_WORDS, max_size=3)).map(lambda told: ":".join((told[0], *told[1]))))
)
def test_no_button_data_breaks_the_router(data: str) -> None:
    """Whatever stands in callback data, it becomes a command for that press whose numbers a database can hold."""
    asked = command(callback_query=press(data))
    assert asked is not None
    assert asked.press == Press("55", 12)
    numbers = [getattr(asked, name, None) for name in ("session", "round", "count", "message_id")]
    assert all(number is None or 0 <= number < 2**63 for number in numbers)


@given(any_text)
def test_no_text_breaks_the_router(text: str) -> None:
    """Whatever somebody writes, with a slash or without, in private or in a group, the router takes it."""
    for written in (text, f"/{text}", f"/quiz {text}", f"/language {text}", f"/read {text}"):
        for chat in (PRIVATE, GROUP):
            command(message=message(written, chat))


def test_the_kinds_of_updates_asked_for_are_those_the_router_knows() -> None:
    """Telegram is asked for exactly the kinds of updates that the tests above feed the router with."""
    assert set(ALLOWED_UPDATES) == {"message", "callback_query", "poll_answer", "my_chat_member"}
