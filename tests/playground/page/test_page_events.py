"""Event streams of the page: each person gets the events of their own chats."""

import asyncio

from page_world import BotMessages, PageClient

from bot.playground.page.event_stream import EventStreams, render_event
from bot.playground.world import CallbackAnswer, Chat, Person, World, WorldEvent
from bot.serving import Server


async def test_messages_edits_and_deletions_arrive(
    client: PageClient, bot_messages: BotMessages, ann: Person, world: World
) -> None:
    """A message arrives whole when it is sent or changed; of a deleted message the id arrives."""
    world.send_text(ann.id, ann.id, "/start")
    async with client.session.get("/page/events", params={"person": str(ann.id)}) as stream:
        assert stream.content_type == "text/event-stream"
        await stream.content.readline()
        sent = bot_messages.send_text(ann.id, "Hello")
        event = await client.next_event(stream)
        assert (event["kind"], event["chat"], event["message"]["text"]) == ("message", ann.id, "Hello")
        world.edit(sent, {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]})
        event = await client.next_event(stream)
        assert event["message"]["keyboard"][0][0]["text"] == "Go"
        world.delete(world.chats[ann.id], sent.id)
        assert await client.next_event(stream) == {"kind": "deleted", "chat": ann.id, "id": sent.id}


async def test_only_the_person_who_pressed_gets_the_answer(
    bot_messages: BotMessages, group: Chat, ann: Person, ben: Person, world: World
) -> None:
    """The answer to a callback query is a toast for the person who pressed the button."""
    message = bot_messages.send_with_buttons(group.id, "Choose", "go")
    query = world.press_button(ann.id, group.id, message.id, "go")
    change = WorldEvent(group.id, message.id, "callback", query.id)
    assert render_event(world, change, ann) is None
    world.answer_callback_query(query.id, CallbackAnswer("Saved", show_alert=True))
    assert render_event(world, change, ann) == {"kind": "toast", "text": "Saved", "alert": True}
    assert render_event(world, change, ben) is None


def test_events_of_other_peoples_chats_are_hidden(
    bot_messages: BotMessages, ann: Person, ben: Person, world: World
) -> None:
    """A private message is no event for another person."""
    world.send_text(ann.id, ann.id, "/start")
    sent = bot_messages.send_text(ann.id, "For Ann")
    change = WorldEvent(ann.id, sent.id, "sent")
    assert render_event(world, change, ben) is None
    assert render_event(world, change, ann) is not None


def test_chat_actions_are_events(ann: Person, world: World) -> None:
    """A chat action of the bot is an event of its chat."""
    typing = WorldEvent(ann.id, 0, "action", "typing")
    assert render_event(world, typing, ann) == {"kind": "typing", "chat": ann.id, "action": "typing"}


async def test_events_of_other_chats_do_not_fill_the_queue(
    ann: Person, ben: Person, bot_messages: BotMessages, group: Chat, world: World
) -> None:
    """Any number of events in other chats leaves a person's queue free for their own events."""
    private = world.create_group("Staff", [ben.id])
    stream = EventStreams(world).stream(ann)
    assert (await anext(stream)).startswith("retry:")
    for number in range(2001):
        bot_messages.send_text(ben.id, str(number))
        world.send_text(ben.id, private.id, str(number))
    world.block_bot(ben.id)
    bot_messages.send_text(group.id, "Hello class")
    assert "Hello class" in await anext(stream)
    await stream.aclose()


async def test_a_removed_member_gets_an_event(ann: Person, ben: Person, group: Chat, world: World) -> None:
    """A change of members reaches present and former members only."""
    eve = world.add_person("Eve")
    world.set_member_status(group.id, ben.id, "kicked")
    change = WorldEvent(group.id, 0, "chat")
    assert [render_event(world, change, one) for one in (ann, ben, eve)] == [{"kind": "lists"}, {"kind": "lists"}, None]


async def test_a_stream_that_is_too_far_behind_ends(ann: Person, bot_messages: BotMessages, world: World) -> None:
    """The stream ends instead of growing without bound; the page reconnects and loads what it missed."""
    world.send_text(ann.id, ann.id, "/start")
    stream = EventStreams(world).stream(ann)
    assert (await anext(stream)).startswith("retry:")
    for number in range(2001):
        bot_messages.send_text(ann.id, str(number))
    assert [event async for event in stream] == []


async def test_a_closed_stream_unsubscribes(ann: Person, world: World) -> None:
    """A closed stream gets no further events from the world."""
    stream = EventStreams(world).stream(ann)
    await anext(stream)
    assert len(world._subscribers) == 1
    await stream.aclose()
    assert world._subscribers == []


async def test_the_server_stops_while_pages_listen(client: PageClient, ann: Person, server: Server) -> None:
    """An open stream ends when the server stops and does not delay it."""
    async with client.session.get("/page/events", params={"person": str(ann.id)}) as stream:
        await stream.content.readline()
        stopping = asyncio.ensure_future(server.stop())
        assert await client.next_event(stream) is None
        await stopping
