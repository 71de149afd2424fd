"""Errors of methods beyond the types of their parameters, in Telegram's words."""

import pytest
from small_world import PIXEL, Caller, Clock

from bot.playground.parameters import Upload
from bot.playground.world import Person, World

OPTIONS = [{"text": "a"}, {"text": "b"}]
QUIZ = {"question": "Q", "options": OPTIONS, "type": "quiz", "correct_option_ids": [0]}


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "  "}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "parse_mode": "Markdown"}, "unsupported parse_mode (the playground supports HTML only)"),
        ({"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "entity is out of the text"),
        ({"text": "x", "chat_id": 99}, "chat not found"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": {"message_id": 1, "quote": "stop"}}, "QUOTE_TEXT_INVALID"),
    ],
)
async def test_send_message(call: Caller, greeted: int, parameters: dict[str, object], reason: str) -> None:
    """SendMessage refuses empty and long texts, bad formatting, unknown chats and replies to nothing."""
    refusal = await call.refusal("sendMessage", **({"chat_id": greeted} | parameters))
    assert refusal == (400, f"Bad Request: {reason}")


async def test_length_counts_after_parsing(call: Caller, greeted: int) -> None:
    """A text of 4,096 characters is accepted with any length of markup, and emoji count twice."""
    text = f"<b>{'x' * 4094}😀</b>"
    sent = await call.get("sendMessage", chat_id=greeted, text=text, parse_mode="HTML")
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]
    refusal = await call.refusal("sendMessage", chat_id=greeted, text="x" * 4095 + "😀")
    assert refusal[1] == "Bad Request: message is too long"


async def test_a_quote_has_its_position(call: Caller, greeted: int) -> None:
    """A reply may quote a part of its message, and the quote has its position."""
    reply = {"message_id": 1, "quote": "art"}
    sent = await call.get("sendMessage", chat_id=greeted, text="x", reply_parameters=reply)
    assert sent["quote"] == {"text": "art", "position": 3}
    assert sent["reply_to_message"]["text"] == "/start"


async def test_a_reply_to_a_missing_message_may_be_allowed(call: Caller, greeted: int) -> None:
    """With allow_sending_without_reply a reply to a missing message is sent."""
    reply = {"message_id": 99, "allow_sending_without_reply": True}
    sent = await call.get("sendMessage", chat_id=greeted, text="x", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_effects_in_groups_and_replies_to_other_chats_are_refused(
    call: Caller, world: World, ann: Person
) -> None:
    """Message effects are for private chats only, and replies to other chats are not supported."""
    group = world.create_group("Class", [ann.id])
    effect = await call.refusal("sendMessage", chat_id=group.id, text="x", message_effect_id="5")
    assert effect[1] == "Bad Request: message effects can be used only in private chats"
    reply = {"message_id": 1, "chat_id": ann.id}
    elsewhere = await call.refusal("sendMessage", chat_id=group.id, text="x", reply_parameters=reply)
    assert elsewhere[1].startswith("Bad Request: replies to other chats")


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"question": " "}, "poll question must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have at least 1 option"),
        ({"options": [{"text": "a"}] * 13}, "poll can't have more than 12 options"),
        ({"options": [{"text": ""}]}, "poll options must be non-empty"),
        ({"options": [{"text": "x" * 101}]}, "poll options length must not exceed 100"),
        ({"correct_option_ids": None}, "quiz poll must have at least one correct option"),
        ({"correct_option_ids": [2]}, "wrong correct option ID specified"),
        (
            {"correct_option_ids": [1, 0], "allows_multiple_answers": True},
            "correct option identifiers must be strictly increasing",
        ),
        (
            {"correct_option_ids": [1, 1], "allows_multiple_answers": True},
            "correct option identifiers must be strictly increasing",
        ),
        ({"correct_option_ids": [0, 1]}, "quiz poll with several correct options must allow multiple answers"),
        ({"explanation": "x" * 201}, "explanation length must not exceed 200"),
        ({"explanation": "a\nb\nc\nd"}, "explanation can have at most 2 line feeds"),
        ({"description": "x" * 1025}, "poll description is too long"),
        ({"open_period": 60, "close_date": 1_800_000_000}, "open_period and close_date can't be used together"),
        ({"close_date": 1_700_000_000}, "close_date must be 5 to 2628000 seconds in the future"),
        (
            {"type": "regular"},
            "correct options can be specified only for quiz polls (refused by the playground)",
        ),
    ],
)
async def test_send_poll(call: Caller, greeted: int, parameters: dict[str, object], reason: str) -> None:
    """SendPoll refuses texts that are too long, too many options, and quizzes with invalid right options."""
    refusal = await call.refusal("sendPoll", chat_id=greeted, **(QUIZ | parameters))
    assert refusal == (400, f"Bad Request: {reason}")


async def test_a_poll_at_its_limits(call: Caller, world: World, greeted: int) -> None:
    """A poll with maximal lengths is sent, and the result has all its fields."""
    sent = await call.get(
        "sendPoll",
        chat_id=greeted,
        question="q" * 300,
        options=[{"text": "o" * 100}] * 12,
        type="quiz",
        correct_option_ids=[0, 11],
        allows_multiple_answers=True,
        is_anonymous=False,
        shuffle_options=True,
        explanation="<b>" + "e" * 198 + "</b>\ne",
        explanation_parse_mode="HTML",
        description="d" * 1024,
        open_period=600,
    )
    poll = sent["poll"]
    assert len({option["persistent_id"] for option in poll["options"]}) == 12
    assert poll["correct_option_ids"] == [0, 11]
    assert poll["explanation_entities"][0]["type"] == "bold"
    assert (poll["open_period"], poll["close_date"]) == (600, sent["date"] + 600)
    assert (poll["allows_revoting"], poll["members_only"], poll["is_closed"]) == (False, False, False)
    assert world.polls[poll["id"]].shuffle_options


async def test_edits(call: Caller, greeted: int) -> None:
    """An edit is refused if it changes nothing, or if the message is of another type or missing."""
    sent = await call.get("sendMessage", chat_id=greeted, text="one")
    which = {"chat_id": greeted, "message_id": sent["message_id"]}
    same = await call.refusal("editMessageText", **which, text="one")
    assert same[1].startswith("Bad Request: message is not modified: specified new message content")
    caption = await call.refusal("editMessageCaption", **which, caption="x")
    assert caption[1] == "Bad Request: there is no caption in the message to edit"
    missing = await call.refusal("editMessageText", chat_id=greeted, message_id=99, text="x")
    assert missing[1] == "Bad Request: message to edit not found"
    others = await call.refusal("editMessageText", chat_id=greeted, message_id=1, text="x")
    assert others[1] == "Bad Request: message can't be edited"


async def test_an_edit_without_a_keyboard_removes_it(call: Caller, greeted: int, clock: Clock) -> None:
    """An edit without a keyboard removes it; a change of only the keyboard sets no edit_date."""
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    sent = await call.get("sendMessage", chat_id=greeted, text="one")
    which = {"chat_id": greeted, "message_id": sent["message_id"]}
    with_keyboard = await call.get("editMessageReplyMarkup", **which, reply_markup=keyboard)
    assert with_keyboard["reply_markup"] == keyboard
    assert "edit_date" not in with_keyboard
    clock.pass_seconds(2)
    edited = await call.get("editMessageText", **which, text="two")
    assert "reply_markup" not in edited
    assert edited["edit_date"] == edited["date"] + 2


async def test_a_reply_keyboard_forbids_edits(call: Caller, greeted: int) -> None:
    """A message that was sent with a reply keyboard cannot be edited."""
    sent = await call.get("sendMessage", chat_id=greeted, text="one", reply_markup={"keyboard": [["a"]]})
    refusal = await call.refusal("editMessageText", chat_id=greeted, message_id=sent["message_id"], text="two")
    assert refusal[1] == "Bad Request: message can't be edited"


async def test_deletions(call: Caller, world: World, greeted: int, clock: Clock) -> None:
    """A message cannot be deleted twice, nor after 48 hours."""
    sent = await call.get("sendMessage", chat_id=greeted, text="one")
    which = {"chat_id": greeted, "message_id": sent["message_id"]}
    assert await call.get("deleteMessage", **which)
    assert (await call.refusal("deleteMessage", **which))[1] == "Bad Request: message to delete not found"
    clock.pass_seconds(48 * 3600 + 1)
    old = await call.refusal("deleteMessage", chat_id=greeted, message_id=1)
    assert old[1] == "Bad Request: message can't be deleted for everyone"
    assert [message.id for message in world.messages(greeted, greeted)] == [1]


async def test_messages_are_deleted_together(call: Caller, world: World, ann: Person, greeted: int) -> None:
    """Missing messages are skipped; if one may not be deleted, none is."""
    sent = [(await call.get("sendMessage", chat_id=greeted, text="x"))["message_id"] for _ in range(2)]
    assert await call.get("deleteMessages", chat_id=greeted, message_ids=[*sent, 999, sent[0]])
    assert not set(sent) & set(world.chats[greeted].messages)
    group = world.create_group("Class", [ann.id])
    others = world.send_text(ann.id, group.id, "mine").id
    own = (await call.get("sendMessage", chat_id=group.id, text="x"))["message_id"]
    refusal = await call.refusal("deleteMessages", chat_id=group.id, message_ids=[own, others])
    assert refusal == (400, "Bad Request: message can't be deleted for everyone")
    assert own in group.messages
    refusal = await call.refusal("deleteMessages", chat_id=group.id, message_ids=[])
    assert refusal == (400, "Bad Request: message identifiers are not specified")


async def test_photos(call: Caller, greeted: int) -> None:
    """A photo must be a picture within the allowed ratio; it can be sent again by its id; URLs are not supported."""
    photo = Upload("p.png", PIXEL, "image/png")
    sent = await call.get("sendPhoto", chat_id=greeted, photo=photo, caption="<i>c</i>", parse_mode="HTML")
    assert sent["caption_entities"] == [{"type": "italic", "offset": 0, "length": 1}]
    again = await call.get("sendPhoto", chat_id=greeted, photo=sent["photo"][0]["file_id"])
    assert again["photo"] == sent["photo"]
    steep = Upload("s.png", PIXEL[:16] + b"\x00\x00\x00\x15" + PIXEL[20:], "image/png")
    for bad, reason in (
        (Upload("p.png", b"no picture", "image/png"), "IMAGE_PROCESS_FAILED"),
        (steep, "PHOTO_INVALID_DIMENSIONS"),
        ("https://x.y/p.png", "wrong file identifier/HTTP URL specified"),
    ):
        assert await call.refusal("sendPhoto", chat_id=greeted, photo=bad) == (400, f"Bad Request: {reason}")
    long = await call.refusal("sendPhoto", chat_id=greeted, photo=photo, caption="x" * 1025)
    assert long[1] == "Bad Request: message caption is too long"


async def test_a_caption_is_edited(call: Caller, greeted: int) -> None:
    """The caption of a document can be changed and removed."""
    document = Upload("d.txt", b"abc", "text/plain")
    sent = await call.get("sendDocument", chat_id=greeted, document=document, caption="one")
    which = {"chat_id": greeted, "message_id": sent["message_id"]}
    assert (await call.get("editMessageCaption", **which, caption="two"))["caption"] == "two"
    assert "caption" not in await call.get("editMessageCaption", **which)
    assert sent["document"]["mime_type"] == "text/plain"


async def test_stickers(call: Caller, greeted: int) -> None:
    """An uploaded sticker is sent with its emoji."""
    sticker = Upload("s.webp", b"RIFF", "image/webp")
    sent = await call.get("sendSticker", chat_id=greeted, sticker=sticker, emoji="🎉")
    assert (sent["sticker"]["emoji"], sent["sticker"]["type"]) == ("🎉", "regular")


async def test_reactions(call: Caller, world: World, greeted: int) -> None:
    """The bot can set and remove a reaction; a missing message is refused."""
    reaction = [{"type": "emoji", "emoji": "👏"}]
    assert await call.get("setMessageReaction", chat_id=greeted, message_id=1, reaction=reaction)
    (message,) = world.messages(greeted, greeted)
    assert message.reactions == {world.bot.id: ("👏",)}
    assert await call.get("setMessageReaction", chat_id=greeted, message_id=1)
    assert message.reactions == {world.bot.id: ()}
    missing = await call.refusal("setMessageReaction", chat_id=greeted, message_id=9, reaction=reaction)
    assert missing[1] == "Bad Request: message to react not found"


async def test_chat_actions_are_published(call: Caller, world: World, greeted: int) -> None:
    """A chat action is published to subscribers."""
    seen = []
    world.subscribe(lambda change: seen.append((change.kind, change.chat_id, change.reference)))
    assert await call.get("sendChatAction", chat_id=greeted, action="typing")
    assert seen == [("action", greeted, "typing")]


async def test_pending_updates_can_be_dropped(call: Caller, world: World, greeted: int) -> None:
    """DeleteWebhook drops pending updates with drop_pending_updates."""
    world.send_text(greeted, greeted, "one")
    assert (await call.get("getWebhookInfo"))["pending_update_count"] == 1
    await call.get("deleteWebhook", drop_pending_updates=True)
    assert await call.updates() == []


async def test_unknown_methods_and_tokens(call: Caller) -> None:
    """An unknown method gets 404, a wrong token 401; method names are case-insensitive."""
    assert await call.refusal("sendTelepathy") == (404, "Not Found")
    assert (await call.api.call("1:wrong", "getMe", {})).status == 401
    assert (await call.get("GETME"))["is_bot"]


async def test_a_keyboard_at_its_limits(call: Caller, greeted: int) -> None:
    """A hundred buttons, eight in a row, and data of 64 bytes are accepted."""
    button = {"text": "a", "callback_data": "é" * 32}
    keyboard = {"inline_keyboard": [[button] * 8] * 12 + [[button] * 4]}
    sent = await call.get("sendMessage", chat_id=greeted, text="x", reply_markup=keyboard)
    assert sent["reply_markup"] == keyboard
    keyboard["inline_keyboard"][-1].append(button)
    refusal = await call.refusal("sendMessage", chat_id=greeted, text="x", reply_markup=keyboard)
    assert refusal[1] == "Bad Request: reply markup is too long"


async def test_get_me(call: Caller) -> None:
    """GetMe describes a bot in privacy mode that can join groups and cannot manage other bots."""
    me = await call.get("getMe")
    assert me["can_join_groups"]
    assert not any(me[right] for right in ("can_read_all_group_messages", "can_manage_bots", "supports_inline_queries"))
