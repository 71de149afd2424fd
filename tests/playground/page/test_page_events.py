"""What happens in the world arrives as events, each person's own."""

import asyncio

from page_world import BotHand, PageClient

from bot.playground.page.event_stream import EventStreams, render_event
from bot.playground.world import CallbackAnswer, Chat, Person, World, WorldEvent
from bot.serving import Server


async def test_messages_edits_and_deletions_arrive(
    client: PageClient, bot_hand: BotHand, ann: Person, world: World
) -> None:
    """A message arrives whole when it is sent and when it changes, and its id when it goes."""
    world.send_text(ann.id, ann.id, "/start")
    async with client.session.get("/page/events", params={"person": str(ann.id)}) as stream:
        assert stream.content_type == "text/event-stream"
        await stream.content.readline()
        sent = bot_hand.say(ann.id, "Hello")
        event = await client.next_event(stream)
        assert (event["kind"], event["chat"], event["message"]["text"]) == ("message", ann.id, "Hello")
        world.edit(sent, {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]})
        event = await client.next_event(stream)
        assert event["message"]["keyboard"][0][0]["text"] == "Go"
        world.delete(world.chats[ann.id], sent.id)
        assert await client.next_event(stream) == {"kind": "deleted", "chat": ann.id, "id": sent.id}


async def test_the_answer_to_a_press_reaches_the_presser_only(
    bot_hand: BotHand, group: Chat, ann: Person, ben: Person, world: World
) -> None:
    """A toast is for the one who pressed."""
    message = bot_hand.say_with_buttons(group.id, "Choose", "go")
    query = world.press_button(ann.id, group.id, message.id, "go")
    change = WorldEvent(group.id, message.id, "callback", query.id)
    assert render_event(world, change, ann) is None
    world.answer_callback_query(query.id, CallbackAnswer("Saved", show_alert=True))
    assert render_event(world, change, ann) == {"kind": "toast", "text": "Saved", "alert": True}
    assert render_event(world, change, ben) is None


def test_nobody_sees_what_happens_in_the_chats_of_others(
    bot_hand: BotHand, ann: Person, ben: Person, world: World
) -> None:
    """A private message makes no event for another person."""
    world.send_text(ann.id, ann.id, "/start")
    sent = bot_hand.say(ann.id, "For Ann")
    change = WorldEvent(ann.id, sent.id, "sent")
    assert render_event(world, change, ben) is None
    assert render_event(world, change, ann) is not None


def test_typing_is_told(ann: Person, world: World) -> None:
    """What the bot is doing shows in its chat."""
    typing = WorldEvent(ann.id, 0, "action", "typing")
    assert render_event(world, typing, ann) == {"kind": "typing", "chat": ann.id, "action": "typing"}


async def test_what_others_do_costs_a_reader_nothing(
    ann: Person, ben: Person, bot_hand: BotHand, group: Chat, world: World
) -> None:
    """However much happens in chats that a person is not in, their stream carries only their own."""
    private = world.create_group("Staff", [ben.id])
    stream = EventStreams(world).stream(ann)
    assert (await anext(stream)).startswith("retry:")
    for number in range(2001):
        bot_hand.say(ben.id, str(number))
        world.send_text(ben.id, private.id, str(number))
    world.block_bot(ben.id)
    bot_hand.say(group.id, "Hello class")
    assert "Hello class" in await anext(stream)
    await stream.aclose()


async def test_who_is_removed_hears_of_it(ann: Person, ben: Person, group: Chat, world: World) -> None:
    """A change of members reaches those who are or were there, and nobody else."""
    eve = world.add_person("Eve")
    world.set_member_status(group.id, ben.id, "kicked")
    change = WorldEvent(group.id, 0, "chat")
    assert [render_event(world, change, one) for one in (ann, ben, eve)] == [{"kind": "lists"}, {"kind": "lists"}, None]


async def test_a_reader_too_far_behind_is_cut_off(ann: Person, bot_hand: BotHand, world: World) -> None:
    """The stream ends instead of growing without bound; the page reconnects and fetches what it missed."""
    world.send_text(ann.id, ann.id, "/start")
    stream = EventStreams(world).stream(ann)
    assert (await anext(stream)).startswith("retry:")
    for number in range(2001):
        bot_hand.say(ann.id, str(number))
    assert [event async for event in stream] == []


async def test_a_reader_that_goes_leaves_nothing_behind(ann: Person, world: World) -> None:
    """The world no longer tells a closed stream."""
    stream = EventStreams(world).stream(ann)
    await anext(stream)
    assert len(world._subscribers) == 1
    await stream.aclose()
    assert world._subscribers == []


async def test_the_server_stops_while_pages_listen(client: PageClient, ann: Person, server: Server) -> None:
    """An open stream ends when the server stops, and does not hold it up."""
    async with client.session.get("/page/events", params={"person": str(ann.id)}) as stream:
        await stream.content.readline()
        stopping = asyncio.ensure_future(server.stop())
        assert await client.next_event(stream) is None
        await stopping
