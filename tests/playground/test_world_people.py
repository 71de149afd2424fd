"""Actions of people, and the updates that the bot gets of them."""

import pytest
from small_world import PIXEL, Caller, Clock

from bot.playground.errors import ActionRefusedError
from bot.playground.world import Person, World

KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "Site", "url": "https://x.y"}]]}


async def test_a_command_arrives_with_its_entity(call: Caller, world: World, ann: Person) -> None:
    """A person's message is an update whose chat id is the person's id, with an entity for the command."""
    world.send_text(ann.id, ann.id, " /quiz un-bodies 10 ")
    (update,) = await call.updates()
    message = update["message"]
    assert update["update_id"] == 100
    assert message["chat"] == {"id": ann.id, "type": "private", "first_name": "Ann", "username": "ann_lee"}
    assert message["from"]["language_code"] == "de"
    assert message["text"] == "/quiz un-bodies 10"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]


async def test_a_lone_surrogate_becomes_a_question_mark(call: Caller, world: World, ann: Person) -> None:
    """A lone surrogate in a person's text arrives as a question mark."""
    world.send_text(ann.id, ann.id, "a\ud83d")
    assert [update["message"]["text"] for update in await call.updates()] == ["a?"]


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4097])
def test_the_length_of_a_message_is_limited(world: World, ann: Person, text: str) -> None:
    """An empty message and one over 4,096 characters are refused."""
    said = world.send_text(ann.id, ann.id, "x" * 4096)
    with pytest.raises(ActionRefusedError, match="4096"):
        world.send_text(ann.id, ann.id, text)
    with pytest.raises(ActionRefusedError, match="4096"):
        world.edit_message(ann.id, ann.id, said.id, text)


async def test_pictures_and_stickers_arrive(call: Caller, world: World, ann: Person) -> None:
    """Photos, stickers and documents arrive as such, and the bot can download their files."""
    world.send_photo(ann.id, ann.id, PIXEL, "look")
    world.send_sticker(ann.id, ann.id, "🎉")
    world.send_document(ann.id, ann.id, "notes.txt", b"abc")
    photo, sticker, document = [update["message"] for update in await call.updates()]
    assert (photo["photo"][0]["width"], photo["caption"]) == (1, "look")
    assert sticker["sticker"]["emoji"] == "🎉"
    assert document["document"]["file_name"] == "notes.txt"
    file = await call.get("getFile", file_id=document["document"]["file_id"])
    assert call.api.file(call.api.token, file["file_path"]).body == b"abc"


def test_only_pictures_are_photos(world: World, ann: Person) -> None:
    """A file that is not a PNG or JPEG cannot be sent as a photo."""
    with pytest.raises(ActionRefusedError, match="PNG or JPEG"):
        world.send_photo(ann.id, ann.id, b"GIF89a")


async def test_an_edit_arrives(call: Caller, world: World, ann: Person, clock: Clock) -> None:
    """An edited message keeps its id and date and gets an edit_date."""
    said = world.send_text(ann.id, ann.id, "frst")
    clock.pass_seconds(3)
    world.edit_message(ann.id, ann.id, said.id, "first")
    first, second = await call.updates()
    assert second["edited_message"]["text"] == "first"
    assert second["edited_message"]["message_id"] == first["message"]["message_id"]
    assert second["edited_message"]["edit_date"] == first["message"]["date"] + 3


async def test_only_own_texts_are_edited(call: Caller, world: World, greeted: int) -> None:
    """A person cannot edit the bot's message."""
    sent = await call.get("sendMessage", chat_id=greeted, text="hello")
    with pytest.raises(ActionRefusedError, match="own text"):
        world.edit_message(greeted, greeted, sent["message_id"], "bye")


async def test_a_reply_contains_its_message(call: Caller, world: World, greeted: int) -> None:
    """A reply contains the message it replies to, but not that message's own reply_to_message."""
    sent = await call.get("sendMessage", chat_id=greeted, text="Name?")
    first = world.send_text(greeted, greeted, "Ann", reply_to=sent["message_id"])
    world.send_text(greeted, greeted, "Anna", reply_to=first.id)
    one, two = [update["message"] for update in await call.updates()]
    assert one["reply_to_message"]["text"] == "Name?"
    assert two["reply_to_message"]["text"] == "Ann"
    assert "reply_to_message" not in two["reply_to_message"]


async def test_a_callback_query_is_answered_once(call: Caller, world: World, greeted: int) -> None:
    """A callback query has data and message; the first answer is shown, a second is refused."""
    sent = await call.get("sendMessage", chat_id=greeted, text="Sure?", reply_markup=KEYBOARD)
    query = world.press_button(greeted, greeted, sent["message_id"], "y")
    (update,) = await call.updates()
    assert update["callback_query"]["data"] == "y"
    assert update["callback_query"]["message"]["message_id"] == sent["message_id"]
    assert query.answer is None
    assert await call.get("answerCallbackQuery", callback_query_id=query.id, text="Fine", show_alert=True)
    assert query.answer is not None
    assert (query.answer.text, query.answer.show_alert) == ("Fine", True)
    refusal = await call.refusal("answerCallbackQuery", callback_query_id=query.id)
    assert refusal[1] == "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_callback_query_expires(call: Caller, world: World, greeted: int, clock: Clock) -> None:
    """After 150 seconds a callback query is not delivered and cannot be answered."""
    sent = await call.get("sendMessage", chat_id=greeted, text="Sure?", reply_markup=KEYBOARD)
    query = world.press_button(greeted, greeted, sent["message_id"], "y")
    clock.pass_seconds(151)
    assert await call.updates() == []
    assert (await call.refusal("answerCallbackQuery", callback_query_id=query.id))[0] == 400


async def test_only_existing_buttons_are_pressed(call: Caller, world: World, greeted: int) -> None:
    """A press with the data of no button of the message is refused."""
    sent = await call.get("sendMessage", chat_id=greeted, text="Sure?", reply_markup=KEYBOARD)
    with pytest.raises(ActionRefusedError, match="no button"):
        world.press_button(greeted, greeted, sent["message_id"], "n")


async def test_blocking_closes_the_chat(call: Caller, world: World, greeted: int) -> None:
    """A blocked bot gets an update and cannot send messages until it is unblocked."""
    world.block_bot(greeted)
    (update,) = await call.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    refusal = await call.refusal("sendMessage", chat_id=greeted, text="hello")
    assert refusal == (403, "Forbidden: bot was blocked by the user")
    with pytest.raises(ActionRefusedError, match="unblock"):
        world.send_text(greeted, greeted, "hello")
    world.unblock_bot(greeted)
    (update,) = await call.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert await call.get("sendMessage", chat_id=greeted, text="hello")


async def test_a_reaction_arrives_if_it_is_an_allowed_update(call: Caller, world: World, greeted: int) -> None:
    """A person's reaction is an update only if the bot listed message_reaction in allowed_updates."""
    sent = await call.get("sendMessage", chat_id=greeted, text="Well done")
    world.react(greeted, greeted, sent["message_id"], "👍")
    assert await call.updates() == []
    await call.get("getUpdates", allowed_updates=["message_reaction"])
    world.react(greeted, greeted, sent["message_id"], "")
    (update,) = await call.updates()
    assert update["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert update["message_reaction"]["new_reaction"] == []


def test_people_do_not_share_an_id(world: World, ann: Person) -> None:
    """An id that exists is refused, and automatic ids skip existing ones."""
    with pytest.raises(ActionRefusedError, match="already"):
        world.add_person("Eve", person_id=ann.id)
    taken = world.add_person("Cy", person_id=ann.id + 2)
    others = {world.add_person(name).id for name in ("Di", "Ed", "Flo")}
    assert len(others | {ann.id, taken.id}) == 5


def test_subscribers_get_events_until_they_unsubscribe(world: World, ann: Person) -> None:
    """A subscriber gets every event at once, and none after it has unsubscribed."""
    seen = []
    leave = world.subscribe(lambda change: seen.append((change.kind, change.chat_id, change.message_id)))
    world.send_text(ann.id, ann.id, "one")
    leave()
    world.send_text(ann.id, ann.id, "two")
    assert seen == [("sent", ann.id, 1), ("update", 0, 0)]


def test_deleting_in_a_private_chat(world: World, ann: Person) -> None:
    """A person can delete any message in their private chat, but only once."""
    said = world.send_text(ann.id, ann.id, "one")
    world.delete_own_message(ann.id, ann.id, said.id)
    assert world.messages(ann.id, ann.id) == []
    assert world.send_text(ann.id, ann.id, "two").id == said.id + 1
