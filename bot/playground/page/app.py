"""Routes of the chat page: its static files and the requests that read the world. For this computer only."""

import mimetypes
from collections.abc import Container
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground.page.actions import PageActions
from bot.playground.page.event_stream import EventStreams
from bot.playground.page.guard import PageGuard
from bot.playground.page.request_fields import field, find_person, perform, query_integer, read_json
from bot.playground.page.views import Json, chat_view, full_name, message_view, unread
from bot.playground.server import create_app
from bot.playground.world import Person, World

_FOLDER = Path(__file__).parent / "static"
# The languages that the page's dialog offers.
_LANGUAGES = ("en", "ru", "kk")
# The limit of Telegram clients for a first name.
_LONGEST_NAME = 64
# The browser shows only these; it downloads all other files.
_PICTURES = ("image/png", "image/jpeg")


def create_chat_app(world: World, token: str, hidden: Container[int] = frozenset()) -> Starlette:
    """Create the web application of one bot in one world with the chat page at ``/``.

    ``hidden`` has the ids of people that the page does not offer to play.
    """
    page = ChatPage(world, hidden)
    app = create_app(world, token, page.routes())
    app.state.closers.append(page.close)
    return app


def _error_response(_: Request, error: Exception) -> Response:
    """Answer an HTTPException with its text as JSON."""
    status, reason = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, "")
    return JSONResponse({"error": reason}, status_code=status, headers=getattr(error, "headers", None))


class ChatPage:
    """The requests that read. Stores how far each person has read each chat, which Telegram does not tell bots."""

    def __init__(self, world: World, hidden: Container[int]) -> None:
        # Windows may map .js to text/plain, and browsers do not run such scripts.
        mimetypes.add_type("text/javascript", ".js")
        self._world = world
        self._hidden = hidden
        self._streams = EventStreams(world)
        self._read: dict[tuple[int, int], int] = {}

    def routes(self) -> list[BaseRoute]:
        """Return the routes of the page: ``/`` and everything below ``/page``."""
        guard = [Middleware(PageGuard)]
        inner = [*self._read_routes(), *PageActions(self._world).routes(), Mount("/", StaticFiles(directory=_FOLDER))]
        under = Starlette(routes=inner, middleware=guard, exception_handlers={HTTPException: _error_response})
        under.router.redirect_slashes = False  # A redirect would use the Host header.
        return [Route("/", self.index, middleware=guard), Mount("/page", under)]

    def close(self) -> None:
        """End the event streams, so that the server can stop."""
        self._streams.close()

    def _read_routes(self) -> list[BaseRoute]:
        return [
            Route("/people", self.people),
            Route("/people", self.add_person, methods=["POST"]),
            Route("/chats", self.chats),
            Route("/messages", self.messages),
            Route("/events", self.events),
            Route("/read", self.mark_read, methods=["POST"]),
            Route("/files/{path:path}", self.file),
        ]

    async def index(self, _: Request) -> Response:
        """Serve the page itself."""
        return FileResponse(_FOLDER / "index.html")

    async def people(self, _: Request) -> Response:
        """List the bot and the people who can be played."""
        bot = self._world.bot
        shown = [one for one in self._world.people.values() if not one.is_bot and one.id not in self._hidden]
        people = [self._person_view(person) for person in shown]
        return JSONResponse({"bot": {"id": bot.id, "username": bot.username}, "people": people})

    async def add_person(self, request: Request) -> Response:
        """Create a person and add them to every group."""
        body = await read_json(request)
        name, language = field(body, "name", str).strip(), field(body, "language", str)
        if not 1 <= len(name) <= _LONGEST_NAME:
            raise HTTPException(400, f"A name has 1 to {_LONGEST_NAME} characters.")
        if language not in _LANGUAGES:
            raise HTTPException(400, f"The language is one of {', '.join(_LANGUAGES)}.")
        person = self._world.add_person(name, language_code=language)
        for group in [chat for chat in self._world.groups if chat.migrated_to is None]:
            self._world.set_member_status(group.id, person.id, "member", by=person.id)
        return JSONResponse(self._person_view(person), status_code=201)

    async def chats(self, request: Request) -> Response:
        """List a person's chats, the private one first."""
        viewer = find_person(self._world, query_integer(request, "person"))
        chats = sorted(self._world.chats_of(viewer.id), key=lambda chat: chat.type != "private")
        shown = [chat_view(self._world, chat, viewer, self._read.get((viewer.id, chat.id), 0)) for chat in chats]
        return JSONResponse({"chats": shown})

    async def messages(self, request: Request) -> Response:
        """List the messages of a chat, oldest first."""
        viewer = find_person(self._world, query_integer(request, "person"))
        seen = perform(self._world.messages, query_integer(request, "chat"), viewer.id)
        return JSONResponse({"messages": [message_view(self._world, message, viewer) for message in seen]})

    async def events(self, request: Request) -> Response:
        """Stream the events from now on."""
        viewer = find_person(self._world, query_integer(request, "person"))
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        return StreamingResponse(self._streams.stream(viewer), media_type="text/event-stream")

    async def mark_read(self, request: Request) -> Response:
        """Store how far a person has read a chat."""
        body = await read_json(request)
        person, chat = find_person(self._world, field(body, "person", int)), field(body, "chat", int)
        before = self._read.get((person.id, chat), 0)
        self._read[person.id, chat] = max(before, field(body, "message", int))
        return JSONResponse({})

    async def file(self, request: Request) -> Response:
        """Serve a file of a message. All but pictures are downloaded: a document must not run in the page's origin."""
        stored = self._world.files.by_path(request.path_params["path"])
        if stored is None:
            raise HTTPException(404, "There is no such file.")
        kind = mimetypes.guess_type(stored.path)[0]
        if kind in _PICTURES:
            return Response(stored.content, media_type=kind)
        saved = {"Content-Disposition": "attachment"}
        return Response(stored.content, media_type="application/octet-stream", headers=saved)

    def _person_view(self, person: Person) -> Json:
        waiting = sum(
            unread(chat, person, self._read.get((person.id, chat.id), 0)) for chat in self._world.chats_of(person.id)
        )
        return {"id": person.id, "name": full_name(person), "language": person.language_code, "unread": waiting}
