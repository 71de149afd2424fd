"""Anonymous administrators, who act as the group itself: what others and the bot see of them."""

import pytest
from small_world import Caller

from bot.playground.errors import ActionRefusedError
from bot.playground.world import Chat, Person, World

# Telegram's substitutes for the user: Message.from, and PollAnswer.user with voter_chat.
GROUP_ANONYMOUS_BOT = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


@pytest.fixture
async def group(call: Caller, world: World, ann: Person, ben: Person) -> Chat:
    """A group that Ann created, with Ben and the bot; no update is pending."""
    created = world.create_group("Class", [ann.id, ben.id], supergroup=True)
    await call.updates()
    return created


async def test_a_message_names_only_the_group(call: Caller, world: World, ann: Person, group: Chat) -> None:
    """The sender is a substitute user and the group, also in a reply to the message; the person is not named."""
    said = world.send_text(ann.id, group.id, "/quiz", anonymous=True)
    world.send_text(ann.id, group.id, "/score", reply_to=said.id)
    first, second = [update["message"] for update in await call.updates()]
    assert (first["from"], first["sender_chat"]) == (GROUP_ANONYMOUS_BOT, first["chat"])
    assert str(ann.id) not in str(first)
    assert second["reply_to_message"]["sender_chat"]["id"] == group.id
    assert second["from"]["id"] == ann.id
    assert "sender_chat" not in second


async def test_a_vote_names_only_the_group(call: Caller, world: World, ann: Person, group: Chat) -> None:
    """An anonymous vote and its retraction have the group as voter and a substitute user."""
    asked = await call.get(
        "sendPoll", chat_id=group.id, question="Q", options=[{"text": "a"}, {"text": "b"}], is_anonymous=False
    )
    poll_id = asked["poll"]["id"]
    world.vote(ann.id, poll_id, [1], anonymous=True)
    world.retract_vote(ann.id, poll_id)
    votes = [update["poll_answer"] for update in await call.updates() if "poll_answer" in update]
    assert [vote["option_ids"] for vote in votes] == [[1], []]
    for vote in votes:
        assert (vote["voter_chat"]["id"], vote["user"]) == (group.id, CHANNEL_BOT)
        assert str(ann.id) not in str(vote)
    world.vote(ann.id, poll_id, [0])
    (named, _) = await call.updates()
    assert named["poll_answer"]["user"]["id"] == ann.id
    assert "voter_chat" not in named["poll_answer"]


async def test_a_callback_query_names_the_person(call: Caller, world: World, ann: Person, group: Chat) -> None:
    """A callback query names the person who pressed the button, anonymous or not."""
    world.set_anonymous(group.id, ann.id)
    keyboard = {"inline_keyboard": [[{"text": "Next", "callback_data": "next"}]]}
    sent = await call.get("sendMessage", chat_id=group.id, text="x", reply_markup=keyboard)
    world.press_button(ann.id, group.id, sent["message_id"], "next")
    assert (await call.updates())[-1]["callback_query"]["from"]["id"] == ann.id


async def test_anonymity_can_last(call: Caller, world: World, ann: Person, group: Chat) -> None:
    """Once it is set, all messages and votes of an administrator are the group's; getChatMember has is_anonymous."""
    world.set_member_status(group.id, world.bot.id, "administrator")
    await call.updates()
    world.set_anonymous(group.id, ann.id)
    world.set_anonymous(group.id, ann.id)
    world.send_text(ann.id, group.id, "hello")
    await call.get("getUpdates", allowed_updates=["message"])
    member = await call.get("getChatMember", chat_id=group.id, user_id=ann.id)
    assert (member["status"], member["is_anonymous"]) == ("creator", True)
    administrators = await call.get("getChatAdministrators", chat_id=group.id)
    assert [one["is_anonymous"] for one in administrators] == [True, False]
    world.set_anonymous(group.id, ann.id, anonymous=False)
    world.send_text(ann.id, group.id, "hello again")
    said = [update["message"]["from"]["id"] for update in await call.updates() if "message" in update]
    assert said == [1087968824, ann.id]


async def test_an_administrator_bot_gets_updates_on_anonymity(
    call: Caller, world: World, ann: Person, group: Chat
) -> None:
    """An administrator bot gets one chat_member update when an administrator turns anonymous."""
    await call.get("getUpdates", allowed_updates=["chat_member"])
    world.set_member_status(group.id, world.bot.id, "administrator")
    world.set_anonymous(group.id, ann.id)
    world.set_anonymous(group.id, ann.id)
    (update,) = await call.updates()
    changed = update["chat_member"]
    assert [changed[side]["is_anonymous"] for side in ("old_chat_member", "new_chat_member")] == [False, True]


async def test_reactions_and_service_messages_name_the_group(call: Caller, world: World, ann: Person) -> None:
    """Reactions and service messages of an anonymous administrator name the group."""
    forum = world.create_group("Forum", [ann.id], forum=True)
    world.set_member_status(forum.id, world.bot.id, "administrator")
    world.set_anonymous(forum.id, ann.id)
    await call.get("getUpdates", allowed_updates=["message", "message_reaction"])
    await call.updates()
    thread = world.create_topic(forum.id, "Reading")
    world.react(ann.id, forum.id, thread, "👍")
    notice, reaction = await call.updates()
    assert notice["message"]["sender_chat"]["id"] == forum.id
    assert reaction["message_reaction"]["actor_chat"]["id"] == forum.id
    assert str(ann.id) not in str((notice, reaction))


def test_only_administrators_are_anonymous(world: World, ann: Person, ben: Person, group: Chat) -> None:
    """Other members cannot be anonymous, nor can anyone in a private chat."""
    with pytest.raises(ActionRefusedError, match="administrator"):
        world.send_text(ben.id, group.id, "x", anonymous=True)
    with pytest.raises(ActionRefusedError, match="administrator"):
        world.set_anonymous(group.id, ben.id)
    with pytest.raises(ActionRefusedError, match="administrator"):
        world.send_text(ann.id, ann.id, "x", anonymous=True)


def test_a_demoted_administrator_is_not_anonymous(world: World, ben: Person, group: Chat) -> None:
    """A demoted administrator loses the anonymity, and does not regain it with the rights."""
    world.set_member_status(group.id, ben.id, "administrator")
    world.set_anonymous(group.id, ben.id)
    world.set_member_status(group.id, ben.id, "member")
    world.set_member_status(group.id, ben.id, "administrator")
    assert not world.send_text(ben.id, group.id, "x").sent_as_chat


def test_anonymity_moves_with_the_group(world: World, ann: Person) -> None:
    """An anonymous administrator of a group stays anonymous in the supergroup that it becomes."""
    group = world.create_group("Small", [ann.id])
    world.set_anonymous(group.id, ann.id)
    new = world.migrate_group(group.id)
    assert world.send_text(ann.id, new.id, "x").sent_as_chat
