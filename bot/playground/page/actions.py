"""Routes of the chat page for a person's actions: send, press, vote, act as the group. The world has the rules."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.playground.page.request_fields import (
    field,
    find_person,
    optional_field,
    perform,
    query_integer,
    read_body,
    read_json,
)
from bot.playground.world import World


class PageActions:
    """The POST requests that change the world; each answers with JSON."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[BaseRoute]:
        """Return the routes below ``/page``; each is named after its method."""
        acts = (self.say, self.press, self.vote, self.sticker, self.file, self.anonymous)
        return [Route(f"/{act.__name__}", act, methods=["POST"]) for act in acts]

    async def say(self, request: Request) -> Response:
        """Send a text, optionally in a topic or in reply to a message."""
        body = await read_json(request)
        person, chat = find_person(self._world, field(body, "person", int)), field(body, "chat", int)
        thread, reply_to = (optional_field(body, name, int) for name in ("thread_id", "reply_to"))
        text = field(body, "text", str)
        said = perform(self._world.send_text, person.id, chat, text, thread_id=thread, reply_to=reply_to)
        return JSONResponse({"id": said.id})

    async def press(self, request: Request) -> Response:
        """Press an inline button, identified by its position and text; the bot's answer arrives as an event.

        The text is the one that the person saw: another button may have taken that position.
        """
        body = await read_json(request)
        person, chat, message = (field(body, name, int) for name in ("person", "chat", "message"))
        rows = perform(self._world.visible_message, person, chat, message).inline_keyboard
        row, column, text = field(body, "row", int), field(body, "column", int), field(body, "text", str)
        if not (0 <= row < len(rows) and 0 <= column < len(rows[row]) and rows[row][column]["text"] == text):
            raise HTTPException(409, "This button does not exist any more.")
        if "callback_data" not in rows[row][column]:
            raise HTTPException(409, "The playground cannot press this kind of button.")
        query = perform(self._world.press_button, person, chat, message, rows[row][column]["callback_data"])
        return JSONResponse({"query": query.id})

    async def vote(self, request: Request) -> Response:
        """Vote in a poll, options numbered in the order in which the bot sent them; an empty list retracts the vote."""
        body = await read_json(request)
        person, poll = find_person(self._world, field(body, "person", int)), field(body, "poll", str)
        options = body.get("options")
        if not isinstance(options, list) or any(type(option) is not int for option in options):
            raise HTTPException(400, "The field options must be a list of integers.")
        if options:
            perform(self._world.vote, person.id, poll, options)
        else:
            perform(self._world.retract_vote, person.id, poll)
        return JSONResponse({})

    async def sticker(self, request: Request) -> Response:
        """Send a sticker with an emoji, optionally in a topic."""
        body = await read_json(request)
        person, chat = find_person(self._world, field(body, "person", int)), field(body, "chat", int)
        thread = optional_field(body, "thread_id", int)
        sent = perform(self._world.send_sticker, person.id, chat, field(body, "emoji", str), thread_id=thread)
        return JSONResponse({"id": sent.id})

    async def file(self, request: Request) -> Response:
        """Send the request body as a photo, or as a document with a name, optionally in a topic."""
        person, chat = find_person(self._world, query_integer(request, "person")), query_integer(request, "chat")
        asked = request.query_params
        thread = query_integer(request, "thread_id") if "thread_id" in asked else None
        content = await read_body(request)
        if asked.get("as") == "photo":
            sent = perform(self._world.send_photo, person.id, chat, content, thread_id=thread)
        else:
            name = asked.get("name") or "file"
            sent = perform(self._world.send_document, person.id, chat, name, content, thread_id=thread)
        return JSONResponse({"id": sent.id})

    async def anonymous(self, request: Request) -> Response:
        """Set whether an administrator acts as the group itself."""
        body = await read_json(request)
        person, chat = find_person(self._world, field(body, "person", int)), field(body, "chat", int)
        perform(self._world.set_anonymous, chat, person.id, anonymous=field(body, "anonymous", bool))
        return JSONResponse({})
