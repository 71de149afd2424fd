"""Forum topics: where messages stand, and what the bot is told of it."""

import pytest
from small_world import PIXEL, Caller

from bot.playground.errors import ActionRefusedError
from bot.playground.parameters import Upload
from bot.playground.world import Chat, Person, World

POLL = {"question": "Q", "options": [{"text": "a"}]}


@pytest.fixture
async def forum(call: Caller, world: World, ann: Person, ben: Person) -> Chat:
    """A forum of Ann, Ben and the bot; no update waits."""
    created = world.create_group("Class", [ann.id, ben.id], forum=True)
    await call.updates()
    return created


async def test_a_topic_begins_with_a_notice(call: Caller, world: World, forum: Chat) -> None:
    """A forum is a supergroup, and a topic's thread id is the id of the message that announces it."""
    thread = world.create_topic(forum.id, "Reading")
    (notice,) = [update["message"] for update in await call.updates()]
    assert notice["chat"] == {"id": forum.id, "type": "supergroup", "title": "Class", "is_forum": True}
    assert notice["message_id"] == notice["message_thread_id"] == thread
    assert notice["forum_topic_created"]["name"] == "Reading"
    assert "reply_to_message" not in notice


async def test_what_is_said_in_a_topic_names_it(call: Caller, world: World, ann: Person, forum: Chat) -> None:
    """A message in a topic carries its thread and the topic's notice as what it answers; General has neither."""
    thread = world.create_topic(forum.id, "Reading")
    await call.updates()
    world.send_text(ann.id, forum.id, "/quiz", thread_id=thread)
    world.send_text(ann.id, forum.id, "/score")
    inside, outside = [update["message"] for update in await call.updates()]
    assert (inside["message_thread_id"], inside["is_topic_message"]) == (thread, True)
    assert inside["reply_to_message"]["forum_topic_created"]["name"] == "Reading"
    assert {"message_thread_id", "is_topic_message", "reply_to_message"}.isdisjoint(outside)


async def test_a_reply_stands_where_its_question_stands(call: Caller, world: World, ann: Person, forum: Chat) -> None:
    """Without a thread of its own a reply goes into the topic of the message it answers, a person's and the bot's."""
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
    """With a thread a message lands in the topic, without one in General, and an unknown thread is refused."""
    thread = world.create_topic(forum.id, "Reading")
    sent = await call.get(method, chat_id=forum.id, message_thread_id=thread, **what)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    assert "message_thread_id" not in await call.get(method, chat_id=forum.id, **what)
    refusal = await call.refusal(method, chat_id=forum.id, message_thread_id=thread + 1, **what)
    assert refusal == (400, "Bad Request: message thread not found")


async def test_a_refused_poll_leaves_nothing_behind(call: Caller, world: World, forum: Chat) -> None:
    """A poll for a topic that is not there is not opened."""
    await call.refusal("sendPoll", chat_id=forum.id, message_thread_id=99, **POLL)
    assert world.polls == {}


async def test_only_forums_have_threads(call: Caller, world: World, greeted: int) -> None:
    """Elsewhere a thread is refused, for typing as well, and no topic can be opened."""
    for method, what in (("sendMessage", {"text": "x"}), ("sendChatAction", {"action": "typing"})):
        refusal = await call.refusal(method, chat_id=greeted, message_thread_id=1, **what)
        assert refusal == (400, "Bad Request: message thread not found")
    with pytest.raises(ActionRefusedError, match="no topic 1"):
        world.send_text(greeted, greeted, "x", thread_id=1)
    group = world.create_group("Class", [greeted], supergroup=True)
    with pytest.raises(ActionRefusedError, match="only a forum"):
        world.create_topic(group.id, "Reading")


def test_titles_of_topics_have_a_length(world: World, forum: Chat) -> None:
    """A title has 1 to 128 characters."""
    for title in ("", "x" * 129):
        with pytest.raises(ActionRefusedError, match="1 to 128"):
            world.create_topic(forum.id, title)
    assert world.create_topic(forum.id, "x" * 128)


async def test_notices_of_creation_stay(call: Caller, world: World, forum: Chat) -> None:
    """What announces a forum or a topic cannot be deleted, not even by an administrator."""
    thread = world.create_topic(forum.id, "Reading")
    world.set_member_status(forum.id, world.bot.id, "administrator")
    for message_id in (1, thread):
        refusal = await call.refusal("deleteMessage", chat_id=forum.id, message_id=message_id)
        assert refusal == (400, "Bad Request: message can't be deleted for everyone")
