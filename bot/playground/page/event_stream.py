"""World events as a stream of server-sent events for one person. Also closes polls whose time has run out."""

import asyncio
import json
from collections.abc import AsyncIterator

from bot.playground.page.views import Json, message_view
from bot.playground.world import Person, World, WorldEvent

# Seconds between checks for polls whose time has run out; an idle stream sends a comment after every 15 checks.
_CHECK_SECONDS = 1.0
_CHECKS_PER_COMMENT = 15
# How long the browser waits before it reconnects.
_RETRY_MILLISECONDS = 500
# A stream with more unread events is ended; the page reconnects and reloads.
_LONGEST_QUEUE = 2000
_Queue = asyncio.Queue[WorldEvent | None]


class EventStreams:
    """The open streams. Each has its own queue of events; None in it ends the stream."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._queues: set[_Queue] = set()
        self._closed = False

    async def stream(self, viewer: Person) -> AsyncIterator[str]:
        """Yield server-sent events (WHATWG HTML, 9.2) until the client leaves or falls behind, or the server stops."""
        if self._closed:
            return
        queue: _Queue = asyncio.Queue(_LONGEST_QUEUE)
        self._queues.add(queue)
        unsubscribe = self._world.subscribe(lambda change: self._put(queue, change, viewer))
        try:
            yield f"retry: {_RETRY_MILLISECONDS}\n\n"
            async for change in self._changes(queue):
                event = render_event(self._world, change, viewer) if change is not None else None
                if event is not None:
                    yield f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
                elif change is None:
                    yield ": still here\n\n"
        finally:
            unsubscribe()
            self._queues.discard(queue)

    def close(self) -> None:
        """End every stream, because the server stops."""
        self._closed = True
        for queue in self._queues:
            _end(queue)

    def _put(self, queue: _Queue, change: WorldEvent, viewer: Person) -> None:
        if not _is_visible_to(self._world, change, viewer):
            return
        if queue.full():
            _end(queue)
        else:
            queue.put_nowait(change)

    async def _changes(self, queue: _Queue) -> AsyncIterator[WorldEvent | None]:
        """Yield events, and None after a while without any; meanwhile close polls whose time has run out."""
        idle = 0
        while True:
            try:
                change = await asyncio.wait_for(queue.get(), _CHECK_SECONDS)
            except TimeoutError:
                self._world.close_due_polls()
                idle += 1
                if idle % _CHECKS_PER_COMMENT == 0:
                    yield None
                continue
            if change is None:
                return
            yield change


def _is_visible_to(world: World, change: WorldEvent, viewer: Person) -> bool:
    """Return whether an event concerns a person; events in other people's chats do not fill their queue."""
    if change.kind in {"update", "person", "profile"}:
        return change.kind != "update"
    chat = world.chats.get(change.chat_id)
    if change.kind == "chat":
        # A member who was just removed must get this event, too.
        return chat is not None and viewer.id in chat.members
    return chat is not None and chat.has_member(viewer.id)


def _end(queue: _Queue) -> None:
    while not queue.empty():
        queue.get_nowait()
    queue.put_nowait(None)


def render_event(world: World, change: WorldEvent, viewer: Person) -> Json | None:
    """Render an event for a person; None if they see nothing of it.

    The kinds: ``message`` (new or changed, complete), ``deleted``, ``typing``, ``toast`` (``alert``: needs closing),
    ``open`` (a URL), ``lists`` (the lists of people and chats must be reloaded).
    """
    if not _is_visible_to(world, change, viewer):
        return None
    if change.kind == "callback":
        return _render_callback_answer(world, change.reference, viewer)
    if change.kind in ("person", "profile", "chat"):
        return {"kind": "lists"}
    chat = world.chats[change.chat_id]
    if change.kind == "action":
        return {"kind": "typing", "chat": chat.id, "action": change.reference}
    message = chat.messages.get(change.message_id)
    if message is None:
        return {"kind": "deleted", "chat": chat.id, "id": change.message_id}
    return {"kind": "message", "chat": chat.id, "message": message_view(world, message, viewer)}


def _render_callback_answer(world: World, query_id: str, viewer: Person) -> Json | None:
    query = world.queries.get(query_id)
    if query is None or query.answer is None or query.person_id != viewer.id:
        return None
    if query.answer.url:
        return {"kind": "open", "url": query.answer.url}
    shown: Json = {"kind": "toast", "text": query.answer.text, "alert": query.answer.show_alert}
    return shown if query.answer.text else None
