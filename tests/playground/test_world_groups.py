"""Groups: members, privacy mode, rights, and migration to a supergroup."""

import pytest
from small_world import Caller

from bot.playground.errors import ActionRefusedError
from bot.playground.world import Chat, Person, World

POLL = {"question": "Q", "options": [{"text": "a"}]}


@pytest.fixture
async def group(call: Caller, world: World, ann: Person, ben: Person) -> Chat:
    """A group of Ann, Ben and the bot; no update is pending."""
    created = world.create_group("Class", [ann.id, ben.id])
    await call.updates()
    return created


async def test_the_bot_gets_updates_when_it_is_added(call: Caller, world: World, ann: Person) -> None:
    """The bot gets my_chat_member and a service message with itself as a new member."""
    group = world.create_group("Class", [ann.id])
    kinds = [next(iter(set(update) - {"update_id"})) for update in await call.updates()]
    assert group.id < 0
    assert kinds == ["message", "my_chat_member"]


async def test_privacy_mode_hides_other_messages(call: Caller, world: World, ann: Person, group: Chat) -> None:
    """A bot that is an ordinary member gets only commands and replies that are addressed to it."""
    sent = await call.get("sendMessage", chat_id=group.id, text="Hello class")
    world.send_text(ann.id, group.id, "hi all")
    world.send_text(ann.id, group.id, "/quiz@other_bot")
    world.send_text(ann.id, group.id, "not at start /quiz")
    world.send_text(ann.id, group.id, "/quiz")
    world.send_text(ann.id, group.id, "/quiz@Playground_Quiz_Bot")
    world.send_text(ann.id, group.id, "thanks", reply_to=sent["message_id"])
    texts = [update["message"]["text"] for update in await call.updates()]
    assert texts == ["/quiz", "/quiz@Playground_Quiz_Bot", "thanks"]


async def test_an_administrator_bot_gets_every_message(call: Caller, world: World, ann: Person, group: Chat) -> None:
    """As an administrator the bot gets all messages; promotion does not add it again."""
    world.set_member_status(group.id, world.bot.id, "administrator")
    assert [set(update) - {"update_id"} for update in await call.updates()] == [{"my_chat_member"}]
    world.send_text(ann.id, group.id, "hi all")
    assert [update["message"]["text"] for update in await call.updates()] == ["hi all"]


async def test_migration_moves_the_chat(call: Caller, world: World, ann: Person, group: Chat) -> None:
    """After migration calls with the old id fail with the new id as a parameter; the new id works."""
    new = world.migrate_group(group.id)
    old_notice, new_notice = [update["message"] for update in await call.updates()]
    assert old_notice["migrate_to_chat_id"] == new.id
    assert new_notice["migrate_from_chat_id"] == group.id
    answer = await call.ask("sendMessage", chat_id=group.id, text="hello")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new.id}
    assert (await call.get("sendMessage", chat_id=new.id, text="hello"))["chat"]["type"] == "supergroup"
    with pytest.raises(ActionRefusedError, match=str(new.id)):
        world.send_text(ann.id, group.id, "hello?")


async def test_an_old_poll_outlives_migration(call: Caller, world: World, ann: Person, group: Chat) -> None:
    """The bot still gets votes in the old chat's poll; it can neither stop the poll nor find it in the new chat."""
    sent = await call.get("sendPoll", chat_id=group.id, is_anonymous=False, **POLL)
    new = world.migrate_group(group.id)
    await call.updates()
    world.vote(ann.id, sent["poll"]["id"], [0])
    assert (await call.updates())[0]["poll_answer"]["user"]["id"] == ann.id
    answer = await call.ask("stopPoll", chat_id=group.id, message_id=sent["message_id"])
    assert answer["parameters"] == {"migrate_to_chat_id": new.id}
    assert (await call.refusal("stopPoll", chat_id=new.id, message_id=sent["message_id"]))[0] == 400


@pytest.mark.parametrize(
    ("status", "reason"),
    [("left", "bot is not a member of the group chat"), ("kicked", "bot was kicked from the group chat")],
)
async def test_a_bot_outside_is_refused(call: Caller, world: World, group: Chat, status: str, reason: str) -> None:
    """A removed bot gets an update and cannot send messages any more."""
    world.set_member_status(group.id, world.bot.id, status)
    assert (await call.updates())[-1]["my_chat_member"]["new_chat_member"]["status"] == status
    assert await call.refusal("sendMessage", chat_id=group.id, text="x") == (403, f"Forbidden: {reason}")


async def test_polls_may_need_administrator_rights(call: Caller, world: World, group: Chat) -> None:
    """In a group whose members may not send polls, the bot must be an administrator."""
    world.forbid_polls(group.id)
    refusal = await call.refusal("sendPoll", chat_id=group.id, **POLL)
    assert refusal == (400, "Bad Request: not enough rights to send polls to the chat")
    world.set_member_status(group.id, world.bot.id, "administrator")
    assert await call.get("sendPoll", chat_id=group.id, **POLL)


async def test_chat_members_and_administrators(
    call: Caller, world: World, ann: Person, ben: Person, group: Chat
) -> None:
    """The creator is an administrator, others are members, and other users are not found."""
    administrators = await call.get("getChatAdministrators", chat_id=group.id)
    assert [(one["user"]["id"], one["status"]) for one in administrators] == [(ann.id, "creator")]
    assert (await call.get("getChatMember", chat_id=group.id, user_id=ben.id))["status"] == "member"
    eve = world.add_person("Eve")
    refusal = await call.refusal("getChatMember", chat_id=group.id, user_id=eve.id)
    assert refusal == (400, "Bad Request: member not found")


async def test_members_come_and_go(call: Caller, world: World, group: Chat, ben: Person) -> None:
    """Joining and leaving make service messages; a bot without rights gets no chat_member update."""
    world.set_member_status(group.id, ben.id, "left")
    world.set_member_status(group.id, ben.id, "member")
    left, joined = [update["message"] for update in await call.updates()]
    assert left["left_chat_member"]["id"] == ben.id
    assert joined["new_chat_members"][0]["id"] == ben.id


async def test_pinning_needs_administrator_rights_in_groups(call: Caller, world: World, group: Chat) -> None:
    """Only an administrator bot can pin and unpin in a group; getChat returns the message pinned last."""
    sent = await call.get("sendMessage", chat_id=group.id, text="Rules")
    which = {"chat_id": group.id, "message_id": sent["message_id"]}
    assert (await call.refusal("pinChatMessage", **which))[1].startswith("Bad Request: not enough rights")
    world.set_member_status(group.id, world.bot.id, "administrator")
    assert await call.get("pinChatMessage", **which)
    assert (await call.get("getChat", chat_id=group.id))["pinned_message"]["text"] == "Rules"
    assert await call.get("unpinChatMessage", chat_id=group.id)
    assert "pinned_message" not in await call.get("getChat", chat_id=group.id)
    assert (await call.refusal("unpinChatMessage", **which))[1] == "Bad Request: message to unpin not found"


async def test_leaving(call: Caller, world: World, group: Chat) -> None:
    """A bot that left a group cannot send messages there."""
    assert await call.get("leaveChat", chat_id=group.id)
    assert (await call.refusal("sendMessage", chat_id=group.id, text="x"))[0] == 403
    assert not group.has_member(world.bot.id)


async def test_the_bot_cannot_start_a_private_chat(call: Caller, ann: Person, group: Chat) -> None:
    """The bot cannot start a private chat: with a group member it is forbidden, other people are not found."""
    assert group.has_member(ann.id)
    refusal = await call.refusal("sendMessage", chat_id=ann.id, text="x")
    assert refusal == (403, "Forbidden: bot can't initiate conversation with a user")


def test_chats_of_a_person(world: World, ann: Person, ben: Person, group: Chat) -> None:
    """A person's chats are the private one and their groups, with a supergroup instead of its old group."""
    assert [chat.id for chat in world.chats_of(ann.id)] == [ann.id, group.id]
    world.set_member_status(group.id, ben.id, "left")
    assert [chat.id for chat in world.chats_of(ben.id)] == [ben.id]
    new = world.migrate_group(group.id)
    assert [chat.id for chat in world.chats_of(ann.id)] == [ann.id, new.id]
    late = world.add_person("Late")
    world.set_member_status(new.id, late.id, "member")
    assert [chat.id for chat in world.chats_of(late.id)] == [late.id, new.id]
