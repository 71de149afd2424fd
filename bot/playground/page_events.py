"""What happens in the world as a stream of server-sent events for one person. Changes nothing but due polls."""

import asyncio
import json
from collections.abc import AsyncIterator

from bot.playground.page_views import Json, message_view
from bot.playground.world import Change, Person, World

# How often polls whose time has run out are looked for, and every how many looks an idle line shows life.
_LOOK_SECONDS = 1.0
_LOOKS_TO_A_SIGN = 15
# A reader so far behind is cut off; it reconnects and fetches what it missed.
_LONGEST_QUEUE = 2000


async def event_stream(world: World, viewer: Person) -> AsyncIterator[str]:
    """Yield server-sent events (WHATWG HTML, 9.2) until the reader goes away or falls too far behind."""
    waiting: asyncio.Queue[Change] = asyncio.Queue(_LONGEST_QUEUE)
    overrun = asyncio.Event()

    def watch(change: Change) -> None:
        if change.what == "update":
            return
        try:
            waiting.put_nowait(change)
        except asyncio.QueueFull:
            overrun.set()

    unsubscribe = world.subscribe(watch)
    looks = 0
    try:
        yield ": hello\n\n"
        while not overrun.is_set():
            try:
                change = await asyncio.wait_for(waiting.get(), _LOOK_SECONDS)
            except TimeoutError:
                world.close_due_polls()
                looks += 1
                if looks % _LOOKS_TO_A_SIGN == 0:
                    yield ": still here\n\n"
                continue
            event = event_of(world, change, viewer)
            if event is not None:
                yield f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
    finally:
        unsubscribe()


def event_of(world: World, change: Change, viewer: Person) -> Json | None:
    """Say what a change is to a person; None where they see nothing of it.

    The kinds: ``message`` (new or changed, whole), ``deleted``, ``typing``, ``toast`` (``alert`` for one to close),
    ``open`` (an address), ``lists`` (people or chats are to be fetched again).
    """
    if change.what == "callback":
        return _press_answer(world, change.reference, viewer)
    if change.what in ("person", "profile", "chat"):
        return {"kind": "lists"}
    chat = world.chats.get(change.chat_id)
    if chat is None or not chat.has(viewer.id):
        return None
    if change.what == "action":
        return {"kind": "typing", "chat": chat.id, "action": change.reference}
    message = chat.messages.get(change.message_id)
    if message is None:
        return {"kind": "deleted", "chat": chat.id, "id": change.message_id}
    return {"kind": "message", "chat": chat.id, "message": message_view(world, message, viewer)}


def _press_answer(world: World, query_id: str, viewer: Person) -> Json | None:
    query = world.queries.get(query_id)
    if query is None or query.answer is None or query.person_id != viewer.id:
        return None
    if query.answer.url:
        return {"kind": "open", "url": query.answer.url}
    shown: Json = {"kind": "toast", "text": query.answer.text, "alert": query.answer.show_alert}
    return shown if query.answer.text else None
