"""Every update becomes the command that its sender meant, or none."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text

from bot.app import commands
from bot.app.commands import ClassPlan, Control, Press, Spot, Visitor
from bot.tg.features import FEATURES
from bot.tg.inbound.router import ALLOWED_UPDATES, to_command

ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "kk"}
BOT = {"id": 1, "is_bot": True, "first_name": "Quiz", "username": "quiz_bot"}
VISITOR = Visitor(7, "Ann", "kk", in_private=True)
MEMBER = Visitor(7, "Ann", "kk")
PRIVATE = {"id": 7, "type": "private", "first_name": "Ann"}
GROUP = {"id": -5, "type": "group", "title": "Class"}
SUPERGROUP = {"id": -1005, "type": "supergroup", "title": "Class"}
GROUP_ANONYMOUS_BOT = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL = {"id": -1006, "type": "channel", "title": "News"}
SLASH = [name for feature in FEATURES for name in feature.slash]
SERVICE: list[dict[str, Any]] = [
    {"new_chat_members": [ANN]},
    {"left_chat_member": ANN},
    {"new_chat_title": "Class 9B"},
    {"group_chat_created": True},
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
    """Return the command for this update."""
    return to_command({"update_id": 1, **update}, "quiz_bot")


def message(
    content: Mapping[str, Any] | str, chat: Mapping[str, Any] = PRIVATE, sender: object = ANN
) -> dict[str, Any]:
    """Build a message in Telegram's format; a string is its text."""
    told = {"text": content} if isinstance(content, str) else content
    return {"message_id": 12, "date": 1_772_000_000, "chat": chat, **({"from": sender} if sender else {}), **told}


def press(data: str, chat: Mapping[str, Any] | None = PRIVATE) -> dict[str, Any]:
    """Build a press of a button with this data."""
    message_part = {"message": message("A question", chat, BOT)} if chat else {}
    return {"id": "55", "from": ANN, "chat_instance": "1", "data": data, **message_part}


def membership(status: str, chat: Mapping[str, Any]) -> dict[str, Any]:
    """Build a change of the bot's membership in a chat."""
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
    """An unknown slash command is reported as unknown and is never taken for an answer."""
    assert command(message=message(text)) == commands.Mistype(VISITOR)


@pytest.mark.parametrize("chat", [GROUP, SUPERGROUP])
def test_groups_are_left_alone(chat: Mapping[str, Any]) -> None:
    """In a group only the bot's own commands are answered: not talk, not photos, not commands for other bots."""
    private = commands.CallInGroup(MEMBER, spot=Spot(chat["id"]))
    assert command(message=message("/score", chat)) == private
    assert command(message=message("/language@quiz_bot kk", chat)) == private
    silent: list[Mapping[str, Any] | str] = ["Geneva", "/start@other_bot", "/unknown", *ATTACHED, *SERVICE]
    assert [command(message=message(one, chat)) for one in silent] == [None] * len(silent)


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("/quiz", ClassPlan()),
        ("/quiz 5", ClassPlan(count=5)),
        ("/quiz@quiz_bot 20 UN-Bodies", ClassPlan(topic="un-bodies", count=20)),
        ("/quiz 0", ClassPlan(count=1)),
        ("/quiz " + "9" * 4000, ClassPlan(count=100)),
    ],
)
def test_a_quiz_in_a_group_is_chosen_first(text: str, plan: ClassPlan) -> None:
    """The words after /quiz preselect the plan; nothing starts without a press."""
    assert command(message=message(text, GROUP)) == commands.SetUpGroupQuiz(MEMBER, spot=Spot(-5), plan=plan)


def test_commands_of_a_group_say_where_they_stand() -> None:
    """The topic of a forum goes along; a thread of replies is no topic."""
    told = {"text": "/stop", "message_thread_id": 3}
    assert command(message=message(told, SUPERGROUP)) == commands.PauseGroupQuiz(MEMBER, spot=Spot(-1005))
    told["is_topic_message"] = True
    assert command(message=message(told, SUPERGROUP)) == commands.PauseGroupQuiz(MEMBER, spot=Spot(-1005, 3))
    assert command(message=message("/help", GROUP)) == commands.AskHelpInGroup(MEMBER, spot=Spot(-5))


def test_an_administrator_may_speak_in_the_groups_name() -> None:
    """A message in the name of the group itself is an administrator's; in another chat's, or a bot's, none."""
    group = {"text": "/stop", "sender_chat": GROUP}
    visitor = Visitor(GROUP_ANONYMOUS_BOT["id"], "Group", "")
    asked = command(message=message(group, GROUP, GROUP_ANONYMOUS_BOT))
    assert asked == commands.PauseGroupQuiz(visitor, spot=Spot(-5, anonymous=True))
    channel = {"text": "/stop", "sender_chat": CHANNEL}
    assert command(message=message(channel, GROUP, {**BOT, "id": 136817688})) is None
    assert command(message=message("/stop", GROUP, BOT)) is None


def test_leaders_are_named_by_a_reply() -> None:
    """/allow means whose message it answers; a bot, or the beginning of a topic, is nobody."""
    ben = {"id": 8, "is_bot": False, "first_name": "Ben"}

    def allowed(**answered: object) -> commands.Command | None:
        return command(message=message({"text": "/allow", "reply_to_message": {"message_id": 3, **answered}}, GROUP))

    spot = Spot(-5)
    assert allowed(**{"from": ben}) == commands.AllowLeader(MEMBER, spot=spot, person=8, name="Ben")
    nobody = commands.AllowLeader(MEMBER, spot=spot)
    assert allowed(**{"from": BOT}) == nobody
    assert allowed(**{"from": ben, "forum_topic_created": {"name": "Maths"}}) == nobody
    assert command(message=message("/allow", GROUP)) == nobody


def test_a_group_that_moves_is_told_from_both_sides() -> None:
    """Both service messages, in the old chat and in the new one, tell the same move."""
    there = command(message=message({"migrate_to_chat_id": -1005}, GROUP))
    here = command(message=message({"migrate_from_chat_id": -5}, SUPERGROUP))
    assert there == here == commands.MigrateGroup(MEMBER, old=-5, new=-1005)


@pytest.mark.parametrize("content", SERVICE)
def test_service_messages_ask_for_nothing(content: dict[str, Any]) -> None:
    """Messages that Telegram makes by itself are no answers."""
    assert command(message=message(content)) is None


@pytest.mark.parametrize("content", ATTACHED)
def test_a_message_without_text_is_reported_as_unreadable(content: dict[str, Any]) -> None:
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
        {"my_chat_member": membership("restricted", GROUP)},
        {"my_chat_member": membership("left", CHANNEL)},
        {},
    ],
)
def test_an_update_that_asks_for_nothing_is_no_command(update: dict[str, Any]) -> None:
    """Messages of bots and channels, edited ones, changes in groups and updates of unknown kinds ask for nothing."""
    assert command(**update) is None


def test_groups_let_the_bot_in_and_out() -> None:
    """Coming into a group and being put out of it are told, and whether the bot administers it now."""
    spot = Spot(-5)
    assert command(my_chat_member=membership("left", GROUP)) == commands.EnterGroup(MEMBER, spot=spot, inside=False)
    entered = {**membership("member", GROUP), "old_chat_member": {"user": BOT, "status": "kicked", "until_date": 0}}
    assert command(my_chat_member=entered) == commands.EnterGroup(MEMBER, spot=spot, inside=True)
    promoted = membership("administrator", GROUP)
    assert command(my_chat_member=promoted) == commands.ChangeRole(MEMBER, spot=spot, administers=True)
    demoted = {**membership("member", GROUP), "old_chat_member": promoted["new_chat_member"]}
    assert command(my_chat_member=demoted) == commands.ChangeRole(MEMBER, spot=spot, administers=False)
    entered = {**promoted, "old_chat_member": {"user": BOT, "status": "left"}}
    assert command(my_chat_member=entered) == commands.EnterGroup(MEMBER, spot=spot, inside=True, administers=True)


def test_votes_carry_their_options() -> None:
    """A vote is handed on with its poll and options; one taken back has no options."""
    answer = {"poll_id": "9", "user": ANN, "option_ids": [2, 0], "option_persistent_ids": ["c", "a"]}
    assert command(poll_answer=answer) == commands.Vote(MEMBER, poll_id="9", options=(2, 0))
    taken_back = {**answer, "option_ids": [], "option_persistent_ids": []}
    assert command(poll_answer=taken_back) == commands.Vote(MEMBER, poll_id="9", options=())


def test_a_vote_in_the_name_of_a_chat_is_nobodys() -> None:
    """A vote with a voter_chat belongs to no person (Bot API, PollAnswer)."""
    answer = {"poll_id": "9", "voter_chat": GROUP, "option_ids": [1], "option_persistent_ids": ["b"]}
    assert command(poll_answer=answer) is None
    assert command(poll_answer={**answer, "user": {**ANN, "id": 136817688}}) is None


def test_blocking_and_coming_back_are_noticed() -> None:
    """Blocking the bot and letting it in again are told."""
    assert command(my_chat_member=membership("kicked", PRIVATE)) == commands.Block(VISITOR, blocked=True)
    assert command(my_chat_member=membership("member", PRIVATE)) == commands.Block(VISITOR, blocked=False)


def test_buttons_belong_to_their_place() -> None:
    """A private chat's button in a group, or on a message that Telegram no longer tells, means nothing any more."""
    assert command(callback_query=press("on", GROUP)) == commands.PressStale(MEMBER, Press("55", 12))
    assert command(callback_query=press("on", None)) == commands.PressStale(MEMBER, Press("55", 0))
    assert command(callback_query=press("on")) == commands.ResumeQuiz(VISITOR, Press("55", 12))
    assert command(callback_query=press("on", None) | {"inline_message_id": "x"}) == commands.PressAgain(
        MEMBER, Press("55", 0)
    )
    assert command(callback_query=press("gset::5:30:0")) == commands.PressStale(VISITOR, Press("55", 12))


def test_buttons_of_a_group_carry_the_choice_and_the_place() -> None:
    """A choice goes along whole; Start names its message; a control names its class, round and what it does."""
    plan, spot, pressed = ClassPlan(topic="un-bodies", count=5, seconds=0, bonus=True), Spot(-5), Press("55", 12)
    asked = command(callback_query=press("gset:un-bodies:5:0:1", GROUP))
    assert asked == commands.SetUpGroupQuiz(MEMBER, pressed, spot=spot, plan=plan)
    asked = command(callback_query=press("ggo:un-bodies:5:0:1", GROUP))
    assert asked == commands.BeginGroupQuiz(MEMBER, pressed, spot=spot, plan=plan, message_id=12)
    asked = command(callback_query=press("ctl:endnow:4:3", GROUP))
    assert asked == commands.ControlClass(MEMBER, pressed, session=4, round=3, control=Control.END, spot=spot)


_NAMES = st.sampled_from([name for feature in FEATURES for name in (*feature.buttons, *feature.group_buttons)])
_NUMBERS = ("session", "round", "count", "seconds", "message_id", "pupil", "person", "allowance", "page")
_WORDS = st.one_of(any_text, st.integers(-(10**20), 10**20).map(str), st.just("0"))


@given(
    st.one_of(any_text, st.tuples(_NAMES, st.lists(_WORDS, max_size=4)).map(lambda told: ":".join((told[0], *told[1]))))
)
def test_no_button_data_breaks_the_router(data: str) -> None:
    """Any callback data becomes a command for that press, with numbers that fit into the database."""
    for chat in (PRIVATE, GROUP):
        asked = command(callback_query=press(data, chat))
        assert asked is not None
        assert asked.press == Press("55", 12)
        values = [getattr(part, name, None) for part in (asked, getattr(asked, "plan", None)) for name in _NUMBERS]
        assert all(number is None or 0 <= number < 2**63 for number in values)


@given(any_text)
def test_no_text_breaks_the_router(text: str) -> None:
    """The router accepts any text, with or without a slash, in private chats and in groups."""
    for written in (text, f"/{text}", f"/quiz {text}", f"/allow {text}", f"/language {text}", f"/read {text}"):
        for chat in (PRIVATE, GROUP):
            command(message=message(written, chat))


def test_the_kinds_of_updates_asked_for_are_those_the_router_knows() -> None:
    """Telegram is asked for exactly the kinds of updates that the tests above feed the router with."""
    assert set(ALLOWED_UPDATES) == {"message", "callback_query", "poll_answer", "my_chat_member"}
