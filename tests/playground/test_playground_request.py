"""python-telegram-bot connected to the playground in process."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from small_world import PIXEL, TOKEN
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputPollOption,
    Message,
    Poll,
    ReactionTypeEmoji,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.playground.bot_api import BotApi
from bot.playground.request import PlaygroundRequest
from bot.playground.world import Person, World

ALL_KINDS = [
    "message", "edited_message", "callback_query", "poll", "poll_answer", "my_chat_member", "chat_member",
    "message_reaction",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevent the library's warning at every RetryAfter that its type will change."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    """An initialized Bot of the library."""
    async with Bot(TOKEN, request=PlaygroundRequest(api), get_updates_request=PlaygroundRequest(api)) as ready:
        yield ready


async def send_quiz(bot: Bot, chat_id: int) -> Message:
    """Send a quiz poll with every parameter that the library supports."""
    return await bot.send_poll(
        chat_id,
        "Which?",
        [InputPollOption("red"), "blue", "green"],
        type=Poll.QUIZ,
        correct_option_ids=[0, 2],
        allows_multiple_answers=True,
        is_anonymous=False,
        shuffle_options=True,
        hide_results_until_closes=True,
        explanation="<b>Because</b>",
        explanation_parse_mode="HTML",
        description="A long stem",
        open_period=60,
    )


async def test_a_quiz_from_question_to_close(bot: Bot, world: World, greeted: int) -> None:
    """The library sends a quiz poll, gets the vote, and stops the poll."""
    message = await send_quiz(bot, greeted)
    assert message.poll is not None
    assert message.poll.correct_option_ids == (0, 2)
    world.vote(greeted, message.poll.id, [2, 0])
    (answer, tally) = await bot.get_updates()
    assert answer.poll_answer is not None
    assert answer.poll_answer.option_ids == (0, 2)
    assert tally.poll is not None
    assert tally.poll.total_voter_count == 1
    stopped = await bot.stop_poll(greeted, message.message_id)
    assert stopped.is_closed
    with pytest.raises(BadRequest, match="Poll has already been closed"):
        await bot.stop_poll(greeted, message.message_id)


async def test_every_update_parses(bot: Bot, world: World, ann: Person, ben: Person) -> None:
    """The library parses every kind of update that the world creates."""
    await bot.get_updates(allowed_updates=ALL_KINDS)
    said = world.send_text(ann.id, ann.id, "/start 1")
    world.edit_message(ann.id, ann.id, said.id, "/start 2")
    world.send_photo(ann.id, ann.id, PIXEL, "c")
    world.send_sticker(ann.id, ann.id, "🎉")
    world.send_document(ann.id, ann.id, "a.txt", b"a")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="b")]])
    sent = await bot.send_message(ann.id, "<b>x</b>", parse_mode="HTML", reply_markup=keyboard)
    world.press_button(ann.id, ann.id, sent.message_id, "b")
    world.react(ann.id, ann.id, sent.message_id, "👍")
    world.send_text(ann.id, ann.id, "yes", reply_to=sent.message_id)
    poll = (await send_quiz(bot, ann.id)).poll
    assert poll is not None
    world.vote(ann.id, poll.id, [1])
    world.block_bot(ann.id)
    group = world.create_group("Class", [ann.id, ben.id])
    world.set_member_status(group.id, world.bot.id, "administrator")
    world.set_member_status(group.id, ben.id, "kicked")
    world.migrate_group(group.id)
    updates = await bot.get_updates(allowed_updates=ALL_KINDS)
    numbers = [update.update_id for update in updates]
    assert numbers == list(range(100, 100 + len(updates)))
    seen = {kind for update in updates for kind in ALL_KINDS if getattr(update, kind) is not None}
    assert seen == set(ALL_KINDS)
    assert all(isinstance(update, Update) for update in updates)


async def test_the_library_reads_every_answer(bot: Bot, world: World, greeted: int) -> None:
    """The results of methods of every group become the library's objects."""
    assert (await bot.get_me()).username == world.bot.username
    assert (await bot.get_chat(greeted)).first_name == "Ann"
    assert (await bot.get_chat_member(greeted, greeted)).status == "member"
    assert (await bot.get_webhook_info()).pending_update_count == 0
    assert await bot.delete_webhook(drop_pending_updates=True)
    commands = [BotCommand("quiz", "Ask")]
    assert await bot.set_my_commands(commands, scope=BotCommandScopeChat(greeted), language_code="en")
    assert await bot.get_my_commands(scope=BotCommandScopeChat(greeted), language_code="en") == tuple(commands)
    assert await bot.set_my_name("Reader")
    assert (await bot.get_my_name()).name == "Reader"
    assert await bot.set_my_short_description("Short")
    assert (await bot.get_my_short_description()).short_description == "Short"
    assert (await bot.get_chat_menu_button(greeted)).type == "default"
    assert await bot.send_chat_action(greeted, "typing")
    sent = await bot.send_message(greeted, "x", reply_parameters=ReplyParameters(1), protect_content=True)
    assert sent.reply_to_message is not None
    assert sent.has_protected_content
    assert await bot.set_message_reaction(greeted, sent.message_id, ReactionTypeEmoji("👍"))
    assert await bot.pin_chat_message(greeted, sent.message_id)
    assert await bot.unpin_chat_message(greeted)
    edited = await bot.edit_message_text("y", greeted, sent.message_id)
    assert isinstance(edited, Message)
    assert await bot.delete_message(greeted, sent.message_id)


async def test_files_are_uploaded_and_downloaded(bot: Bot, greeted: int) -> None:
    """An uploaded document or picture can be downloaded unchanged."""
    sent = await bot.send_document(greeted, b"a,b\n1,2\n", filename="report.csv", caption="Report")
    assert sent.document is not None
    assert sent.document.file_name == "report.csv"
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"a,b\n1,2\n"
    photo = await bot.send_photo(greeted, PIXEL)
    assert photo.photo[0].width == 1
    again = await bot.send_photo(greeted, photo.photo[0].file_id)
    assert again.photo[0].file_unique_id == photo.photo[0].file_unique_id


async def test_a_photo_with_caption_and_buttons_is_edited(bot: Bot, world: World, greeted: int) -> None:
    """Caption and keyboard of a photo can be edited separately, and the message can be deleted."""
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Start", callback_data="start")]])
    sent = await bot.send_photo(greeted, PIXEL, caption="Code <b>ABC</b>", parse_mode="HTML", reply_markup=keyboard)
    assert (sent.caption, sent.caption_entities[0].type) == ("Code ABC", "bold")
    edited = await bot.edit_message_caption(greeted, sent.message_id, caption="2 here", reply_markup=keyboard)
    assert isinstance(edited, Message)
    assert (edited.caption, edited.reply_markup) == ("2 here", keyboard)
    bare = await bot.edit_message_reply_markup(greeted, sent.message_id)
    assert isinstance(bare, Message)
    assert (bare.caption, bare.reply_markup) == ("2 here", None)
    assert await bot.delete_messages(greeted, [sent.message_id])
    assert sent.message_id not in world.chats[greeted].messages


async def test_the_library_reads_topics_and_anonymous_administrators(bot: Bot, world: World, ann: Person) -> None:
    """Messages and votes in topics and of anonymous administrators become the library's objects."""
    forum = world.create_group("Class", [ann.id], forum=True)
    thread = world.create_topic(forum.id, "Reading")
    sent = await bot.send_poll(forum.id, "Q?", ["a", "b"], is_anonymous=False, message_thread_id=thread)
    assert (sent.message_thread_id, sent.chat.is_forum) == (thread, True)
    assert sent.poll is not None
    world.send_text(ann.id, forum.id, "/quiz", thread_id=thread, anonymous=True)
    world.vote(ann.id, sent.poll.id, [0], anonymous=True)
    *_, said, vote, _ = await bot.get_updates()
    assert said.message is not None
    assert said.message.is_topic_message
    assert said.message.sender_chat == forum_of(said)
    assert vote.poll_answer is not None
    assert vote.poll_answer.voter_chat == forum_of(said)
    assert (await bot.get_chat_administrators(forum.id))[0].status == "creator"


def forum_of(update: Update) -> object:
    """Return ``is_forum`` of the update's chat."""
    assert update.message is not None
    return update.message.chat


async def test_refusals_become_the_librarys_errors(
    bot: Bot, world: World, api: BotApi, greeted: int, ben: Person
) -> None:
    """Each error becomes the library's exception for it."""
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(greeted, "")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(ben.id, "x")
    world.block_bot(greeted)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(greeted, "x")
    group = world.create_group("Class", [ben.id])
    new = world.migrate_group(group.id)
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(group.id, "x")
    assert migrated.value.new_chat_id == new.id
    stranger = Bot("1:x", request=PlaygroundRequest(api), get_updates_request=PlaygroundRequest(api))
    with pytest.raises(InvalidToken):
        await stranger.get_me()


async def test_a_long_poll_ends_with_an_update(bot: Bot, world: World, greeted: int) -> None:
    """A long poll returns an update as soon as there is one."""
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0)
    assert not polling.done()
    world.send_text(greeted, greeted, "hello")
    (update,) = await polling
    assert update.message is not None
    assert update.message.text == "hello"


async def test_a_second_poller_ends_the_first(bot: Bot, world: World, greeted: int) -> None:
    """A second getUpdates ends the pending one with 409 and takes its place."""
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0)
    second = asyncio.create_task(bot.get_updates(timeout=30))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    world.send_text(greeted, greeted, "hello")
    assert len(await second) == 1


async def test_a_long_poll_can_be_cancelled(bot: Bot, world: World, greeted: int) -> None:
    """The next long poll works after one was cancelled."""
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0)
    polling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await polling
    world.send_text(greeted, greeted, "hello")
    assert len(await bot.get_updates(timeout=30)) == 1


async def test_closing_ends_a_long_poll(bot: Bot, api: BotApi) -> None:
    """When the playground closes, the pending call returns an empty list."""
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0)
    api.close()
    assert await polling == ()


async def test_an_offset_confirms_only_pending_updates(bot: Bot, world: World, greeted: int) -> None:
    """A high offset does not confirm updates that arrive while the call waits."""
    polling = asyncio.create_task(bot.get_updates(offset=10**9, timeout=30))
    await asyncio.sleep(0)
    world.send_text(greeted, greeted, "hello")
    assert len(await polling) == 1


@pytest.mark.parametrize(
    ("trouble", "error"),
    [("flood", RetryAfter), ("error", NetworkError), ("gateway", NetworkError), ("reset", NetworkError)],
)
async def test_injected_faults_prevent_the_call(  # noqa: PLR0913, PLR0917 - fixtures and two parameters
    bot: Bot, api: BotApi, world: World, greeted: int, trouble: str, error: type[Exception]
) -> None:
    """A call with one of these faults raises and does not run; the next call runs."""
    api.faults.inject("sendMessage", trouble, times=2)
    for _ in range(2):
        with pytest.raises(error):
            await bot.send_message(greeted, "x")
    assert len(world.messages(greeted, greeted)) == 1
    await bot.send_message(greeted, "x")
    assert len(world.messages(greeted, greeted)) == 2


async def test_a_call_with_a_lost_answer_has_run(bot: Bot, api: BotApi, world: World, greeted: int) -> None:
    """A call whose answer is lost raises TimedOut although the message was sent."""
    api.faults.inject("sendMessage", "lost")
    with pytest.raises(TimedOut):
        await bot.send_message(greeted, "x")
    assert len(world.messages(greeted, greeted)) == 2
    await bot.get_me()
