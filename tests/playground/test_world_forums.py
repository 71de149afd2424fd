"""Forum topics: the thread of messages and replies, and the bot's updates."""

import pytest
from small_world import PIXEL, Caller

from bot.playground.errors import ActionRefusedError
from bot.playground.parameters import Upload
from bot.playground.world import Chat, Person, World

POLL = {"question": "Q", "options": [{"text": "a"}]}


@pytest.fixture
async def forum(call: Caller, world: World, ann: Person, ben: Person) -> Chat:
    """A forum of Ann, Ben and the bot; no update is pending."""
    created = world.create_group("Class", [ann.id, ben.id], forum=True)
    await call.updates()
    return created


async def test_a_topic_begins_with_a_service_message(call: Caller, world: World, forum: Chat) -> None:
    """A forum is a supergroup, and a topic's thread id is the id of the message that announces it."""
    thread = world.create_topic(forum.id, "Reading")
    (notice,) = [update["message"] for update in await call.updates()]
    assert notice["chat"] == {"id": forum.id, "type": "supergroup", "title": "Class", "is_forum": True}
    assert notice["message_id"] == notice["message_thread_id"] == thread
    assert notice["forum_topic_created"]["name"] == "Reading"
    assert "reply_to_message" not in notice


async def test_a_message_in_a_topic_has_its_thread_id(call: Caller, world: World, ann: Person, forum: Chat) -> None:
    """A message in a topic has its thread id and replies to the topic's service message; one in General has neither."""
    thread = world.create_topic(forum.id, "Reading")
    await call.updates()
    world.send_text(ann.id, forum.id, "/quiz", thread_id=thread)
    world.send_text(ann.id, forum.id, "/score")
    inside, outside = [update["message"] for update in await call.updates()]
    assert (inside["message_thread_id"], inside["is_topic_message"]) == (thread, True)
    assert inside["reply_to_message"]["forum_topic_created"]["name"] == "Reading"
    assert {"message_thread_id", "is_topic_message", "reply_to_message"}.isdisjoint(outside)


async def test_a_reply_goes_to_the_topic_of_its_message(call: Caller, world: World, ann: Person, forum: Chat) -> None:
    """Without a thread id, a reply of a person or the bot goes to the topic of the message it replies to."""
    thread = world.create_topic(forum.id, "Reading")
    said = world.send_text(ann.id, forum.id, "/join", thread_id=thread)
    answer = world.send_text(ann.id, forum.id, "/allow", reply_to=said.id)
    assert answer.thread_id == thread
    shown = (await call.updates())[-1]["message"]
    assert shown["reply_to_message"]["text"] == "/join"
    sent = await call.get("sendMessage", chat_id=forum.id, text="x", reply_parameters={"message_id": said.id})
    assert sent["message_thread_id"] == thread


@pytest.mark.parametrize(
    ("method", "what"),
    [
        ("sendMessage", {"text": "x"}),
        ("sendPoll", POLL),
        ("sendPhoto", {"photo": Upload("a.png", PIXEL, "image/png")}),
    ],
)
async def test_the_bot_sends_into_a_topic(
    call: Caller, world: World, forum: Chat, method: str, what: dict[str, object]
) -> None:
    """With a thread id a message goes to the topic, without one to General; an unknown thread id is refused."""
    thread = world.create_topic(forum.id, "Reading")
    sent = await call.get(method, chat_id=forum.id, message_thread_id=thread, **what)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    assert "message_thread_id" not in await call.get(method, chat_id=forum.id, **what)
    refusal = await call.refusal(method, chat_id=forum.id, message_thread_id=thread + 1, **what)
    assert refusal == (400, "Bad Request: message thread not found")


async def test_a_refused_poll_leaves_nothing_behind(call: Caller, world: World, forum: Chat) -> None:
    """A poll for an unknown topic is not created."""
    await call.refusal("sendPoll", chat_id=forum.id, message_thread_id=99, **POLL)
    assert world.polls == {}


async def test_only_forums_have_threads(call: Caller, world: World, greeted: int) -> None:
    """Outside forums a thread id is refused, also for chat actions, and no topic can be created."""
    for method, what in (("sendMessage", {"text": "x"}), ("sendChatAction", {"action": "typing"})):
        refusal = await call.refusal(method, chat_id=greeted, message_thread_id=1, **what)
        assert refusal == (400, "Bad Request: message thread not found")
    with pytest.raises(ActionRefusedError, match="no topic 1"):
        world.send_text(greeted, greeted, "x", thread_id=1)
    group = world.create_group("Class", [greeted], supergroup=True)
    with pytest.raises(ActionRefusedError, match="only a forum"):
        world.create_topic(group.id, "Reading")


def test_the_length_of_a_topics_title_is_limited(world: World, forum: Chat) -> None:
    """A title has 1 to 128 characters."""
    for title in ("", "x" * 129):
        with pytest.raises(ActionRefusedError, match="1 to 128"):
            world.create_topic(forum.id, title)
    assert world.create_topic(forum.id, "x" * 128)


async def test_service_messages_of_creation_cannot_be_deleted(call: Caller, world: World, forum: Chat) -> None:
    """The service message of a new supergroup or topic cannot be deleted, not even by an administrator."""
    thread = world.create_topic(forum.id, "Reading")
    world.set_member_status(forum.id, world.bot.id, "administrator")
    for message_id in (1, thread):
        refusal = await call.refusal("deleteMessage", chat_id=forum.id, message_id=message_id)
        assert refusal == (400, "Bad Request: message can't be deleted for everyone")
