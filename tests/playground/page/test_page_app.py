"""The page's requests over HTTP: what a person sees and does."""

from io import BytesIO

import pytest
from page_world import PNG, BotMessages, PageClient

from bot.playground.world import Chat, Command, Person, Scope, World


async def test_people_are_listed_without_the_bot(client: PageClient, ann: Person, ben: Person) -> None:
    """The list has the people with their languages; the bot is separate."""
    answer = await client.get("people")
    assert [(one["id"], one["name"], one["language"]) for one in answer["people"]] == [
        (ann.id, "Ann", "de"),
        (ben.id, "Ben Okoro", "en"),
    ]
    assert answer["bot"]["username"] == "playground_quiz_bot"


async def test_an_added_person_joins_the_group(client: PageClient, group: Chat, world: World) -> None:
    """An added person has a private chat and is a member of every group."""
    added = await client.post("people", name="  Mrs. Kim ", language="ru")
    assert added["name"] == "Mrs. Kim"
    assert world.people[added["id"]].language_code == "ru"
    assert [chat["kind"] for chat in (await client.get("chats", person=added["id"]))["chats"]] == ["private", "group"]
    notice = next(reversed(group.messages.values())).content.service
    assert notice is not None
    assert "new_chat_members" in notice


@pytest.mark.parametrize(
    ("name", "language", "reason"),
    [
        (" ", "en", "A name has 1 to 64 characters."),
        ("x" * 65, "en", "A name has 1 to 64 characters."),
        ("Kim", "xx", "The language is one of en, ru, kk."),
        (7, "en", "The field name must be a string."),
    ],
)
async def test_a_person_without_name_or_language_is_refused(
    client: PageClient, name: object, language: str, reason: str
) -> None:
    """The server checks name and language again, after the page's dialog."""
    assert await client.refusal("people", name=name, language=language) == (400, reason)


async def test_unread_messages_of_others_are_counted(
    client: PageClient, bot_messages: BotMessages, group: Chat, ann: Person, world: World
) -> None:
    """A person's own messages are never unread, the read position only moves forward, and the list has the sum."""
    world.send_text(ann.id, ann.id, "/start")
    first = bot_messages.send_text(ann.id, "Hello")
    bot_messages.send_text(ann.id, "Are you there?")
    bot_messages.send_text(group.id, "Hi")
    counts = {chat["id"]: chat["unread"] for chat in (await client.get("chats", person=ann.id))["chats"]}
    assert counts[ann.id] == 2
    await client.post("read", person=ann.id, chat=ann.id, message=first.id)
    await client.post("read", person=ann.id, chat=ann.id, message=0)
    await client.post("read", person=ann.id, chat=group.id, message=group.last_message_id)
    people = (await client.get("people"))["people"]
    assert people[0]["unread"] == 1


async def test_a_chat_has_commands_in_the_persons_language(client: PageClient, ann: Person, world: World) -> None:
    """Commands are those of the narrowest scope that has any, in the person's language if it has some."""
    world.profile.set_commands(Scope(), "", (Command("help", "Help"),))
    world.profile.set_commands(Scope("all_private_chats"), "de", (Command("quiz", "Quiz beginnen"),))
    chat = (await client.get("chats", person=ann.id))["chats"][0]
    assert chat["commands"] == [{"command": "quiz", "description": "Quiz beginnen"}]


async def test_a_text_reaches_the_bot_and_the_chat(client: PageClient, ann: Person, world: World) -> None:
    """A text becomes a message with an entity for its command, and an update."""
    said = await client.post("say", person=ann.id, chat=ann.id, text="/start now")
    seen = (await client.get("messages", person=ann.id, chat=ann.id))["messages"]
    assert [message["id"] for message in seen] == [said["id"]]
    assert seen[0]["mine"]
    assert seen[0]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert len(world.updates) == 1


async def test_a_reply_contains_its_message(
    client: PageClient, bot_messages: BotMessages, group: Chat, ann: Person, world: World
) -> None:
    """A reply shows the text of its message, and in a group the bot gets an update."""
    question = bot_messages.send_text(group.id, "Which year?")
    world.updates.clear()
    await client.post("say", person=ann.id, chat=group.id, text="2021", reply_to=question.id)
    seen = (await client.get("messages", person=ann.id, chat=group.id))["messages"][-1]
    assert seen["reply_to"] == {"sender": "Quiz", "text": "Which year?"}
    assert len(world.updates) == 1


async def test_messages_go_to_the_chosen_topic(client: PageClient, ann: Person, world: World) -> None:
    """Texts, stickers and files go to the chosen topic; an unknown topic is refused."""
    forum = world.create_group("Forum", [ann.id], forum=True)
    thread = world.create_topic(forum.id, "Reading")
    where = {"person": ann.id, "chat": forum.id, "thread_id": thread}
    await client.post("say", text="Hello", **where)
    await client.post("sticker", emoji="🎉", **where)
    for kind in ("photo", "document"):
        query = {name: str(value) for name, value in where.items()} | {"as": kind, "name": "a.png"}
        async with client.session.post("/page/file", params=query, data=PNG) as sent:
            assert sent.status == 200
    await client.post("say", text="Hello", person=ann.id, chat=forum.id, thread_id=None)
    latest = (await client.get("messages", person=ann.id, chat=forum.id))["messages"][-5:]
    assert [message["topic"]["id"] for message in latest] == [thread] * 4 + [None]
    refusal = await client.refusal("say", text="Hello", **(where | {"thread_id": 99}))
    assert refusal == (409, "This chat has no topic 99.")


async def test_an_administrator_turns_anonymous(
    client: PageClient, group: Chat, ann: Person, ben: Person, world: World
) -> None:
    """The switch applies to later messages, and is for administrators only."""
    await client.post("anonymous", person=ann.id, chat=group.id, anonymous=True)
    assert world.send_text(ann.id, group.id, "x").sent_as_chat
    await client.post("anonymous", person=ann.id, chat=group.id, anonymous=False)
    assert not world.send_text(ann.id, group.id, "x").sent_as_chat
    refusal = await client.refusal("anonymous", person=ben.id, chat=group.id, anonymous=True)
    assert refusal == (409, "Only an administrator can act as the group.")
    refusal = await client.refusal("anonymous", person=ann.id, chat=group.id, anonymous=1)
    assert refusal == (400, "The field anonymous must be true or false.")


async def test_a_supergroup_refers_to_its_old_group(client: PageClient, group: Chat, ann: Person, world: World) -> None:
    """A supergroup has the id of its old group, so that the page can switch to it."""
    new = world.migrate_group(group.id)
    chats = (await client.get("chats", person=ann.id))["chats"]
    assert [(chat["id"], chat["was"]) for chat in chats] == [(ann.id, None), (new.id, group.id)]


async def test_a_press_sends_the_data_of_the_button_at_that_position(
    client: PageClient, bot_messages: BotMessages, ann: Person, world: World
) -> None:
    """The page identifies a button by position and text; its data stay on the server; no other button is pressed."""
    world.send_text(ann.id, ann.id, "/start")
    message = bot_messages.send_with_buttons(ann.id, "Choose", "left", "right")
    where = {"person": ann.id, "chat": ann.id, "message": message.id}
    query = await client.post("press", **where, row=0, column=1, text="right")
    assert world.queries[query["query"]].data == "right"
    for gone in ({"row": 1, "column": 0, "text": "right"}, {"row": 0, "column": 1, "text": "left"}):
        assert await client.refusal("press", **where, **gone) == (409, "This button does not exist any more.")
    assert len(world.queries) == 1


async def test_a_poll_keeps_its_secret_until_the_vote(
    client: PageClient, bot_messages: BotMessages, ann: Person, world: World
) -> None:
    """The page gets the right options only after the vote, and a second vote is refused."""
    world.send_text(ann.id, ann.id, "/start")
    poll = bot_messages.send_quiz(ann.id, "Which body?", ["Council", "Court"], (0,))

    async def shown() -> dict[str, object]:
        message = (await client.get("messages", person=ann.id, chat=ann.id))["messages"][-1]
        found: dict[str, object] = message["poll"]
        return found

    before = await shown()
    assert "right': True" not in str(before)
    assert before["total"] is None
    await client.post("vote", person=ann.id, poll=poll.id, options=[1])
    after = await shown()
    assert after["right"] is False
    assert [(option["chosen"], option["right"], option["votes"]) for option in after["options"]] == [  # type: ignore[attr-defined]
        (False, True, 0),
        (True, False, 1),
    ]
    status, reason = await client.refusal("vote", person=ann.id, poll=poll.id, options=[0])
    assert status == 409
    assert "does not allow changing" in reason


async def test_a_photo_is_shown_and_a_document_is_downloaded(client: PageClient, ann: Person) -> None:
    """A picture is served as a picture; a web page sent as a document is served as a download."""
    for kind, name, content in (("photo", "a.png", PNG), ("document", "evil.html", b"<script>alert(1)</script>")):
        query = {"person": str(ann.id), "chat": str(ann.id), "as": kind, "name": name}
        async with client.session.post("/page/file", params=query, data=content) as sent:
            assert sent.status == 200
    photo, document = (await client.get("messages", person=ann.id, chat=ann.id))["messages"]
    async with client.session.get(photo["photo"]["url"]) as got:
        assert got.content_type.startswith("image/")
        assert await got.read() == PNG
    assert document["document"]["name"] == "evil.html"
    async with client.session.get(document["document"]["url"]) as got:
        assert got.content_type == "application/octet-stream"
        assert got.headers["Content-Disposition"] == "attachment"


async def test_a_sticker_is_sent(client: PageClient, ann: Person) -> None:
    """A sticker is shown as its emoji."""
    await client.post("sticker", person=ann.id, chat=ann.id, emoji="🎉")
    assert (await client.get("messages", person=ann.id, chat=ann.id))["messages"][0]["sticker"] == {"emoji": "🎉"}


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("say", {"person": 1, "chat": 1, "text": "x"}, (404, "There is no person with the id 1.")),
        ("say", {"person": "1", "chat": 1, "text": "x"}, (400, "The field person must be an integer.")),
        ("say", {"person": 5000000001, "chat": -1, "text": "x"}, (409, "5000000001 is not in the chat -1.")),
        (
            "say",
            {"person": 5000000001, "chat": 5000000001, "text": "x" * 4097},
            (409, "A message has 1 to 4096 characters."),
        ),
        (
            "vote",
            {"person": 5000000001, "poll": "1", "options": [True]},
            (400, "The field options must be a list of integers."),
        ),
        ("vote", {"person": 5000000001, "poll": "1", "options": [0]}, (409, "There is no poll 1.")),
    ],
)
async def test_errors_have_a_status_and_a_sentence(
    client: PageClient, ann: Person, path: str, body: dict[str, object], expected: tuple[int, str]
) -> None:
    """Malformed requests get 400, unknown people 404, actions that the world refuses 409, each with a sentence."""
    assert ann.id == 5000000001
    assert await client.refusal(path, **body) == expected


@pytest.mark.parametrize(
    ("content", "reason"), [(b"{", "The body must be JSON."), (b"[]", "The body must be a JSON object.")]
)
async def test_a_body_that_is_no_object_is_refused(client: PageClient, content: bytes, reason: str) -> None:
    """A body that is not a JSON object gets 400 with a sentence."""
    async with client.session.post("/page/say", data=content) as got:
        assert got.status == 400
        assert (await got.json())["error"] == reason


async def test_too_large_a_file_is_refused(client: PageClient, ann: Person) -> None:
    """A file that is too large for bots to download is refused."""
    query = {"person": str(ann.id), "chat": str(ann.id), "as": "document", "name": "big"}
    async with client.session.post("/page/file", params=query, data=BytesIO(bytes(20 * 1024 * 1024 + 1))) as got:
        assert got.status == 413
        assert (await got.json())["error"] == "A file may have at most 20 MB."
