"""The playground over HTTP, with an ordinary client."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from small_world import TOKEN

from bot.playground.bot_api import BotApi
from bot.playground.server import create_app
from bot.playground.world import Person, World
from bot.serving import Server, serve


@pytest.fixture
async def server(world: World) -> AsyncIterator[Server]:
    """The playground's server on a free port."""
    running = await serve(create_app(world, TOKEN))
    yield running
    await running.stop()


@pytest.fixture
async def client(server: Server) -> AsyncIterator[aiohttp.ClientSession]:
    """An HTTP client with the server as its base URL."""
    async with aiohttp.ClientSession(server.origin) as session:
        yield session


@pytest.fixture
def served(server: Server) -> BotApi:
    """The BotApi of the server."""
    api: BotApi = server.app.state.api
    return api


async def post(client: aiohttp.ClientSession, method: str, **body: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401 - arguments of the client
    """Return status and body of a call."""
    async with client.post(f"/bot{TOKEN}/{method}", **body) as answer:
        return answer.status, await answer.json()


async def test_all_ways_of_passing_parameters(client: aiohttp.ClientSession, world: World, ann: Person) -> None:
    """Query string, form, JSON and multipart pass the same parameters."""
    world.send_text(ann.id, ann.id, "/start")
    fields = {"chat_id": str(ann.id), "text": "Zoë & <co> 😀"}
    async with client.get(f"/bot{TOKEN}/sendMessage", params=fields) as answer:
        assert answer.status == 200
    form = aiohttp.FormData(fields, default_to_multipart=True)
    for body in ({"data": fields}, {"json": fields}, {"json": {**fields, "chat_id": ann.id}}, {"data": form}):
        assert (await post(client, "sendMessage", **body))[0] == 200
    texts = [message.content.text.text for message in world.messages(ann.id, ann.id) if message.content.text]
    assert texts == ["/start"] + ["Zoë & <co> 😀"] * 5


async def test_lists_in_a_form_are_json(client: aiohttp.ClientSession, world: World, ann: Person) -> None:
    """A list inside a form is passed as JSON."""
    world.send_text(ann.id, ann.id, "/start")
    fields = {"chat_id": str(ann.id), "question": "Q", "options": '[{"text": "a"}]', "is_anonymous": "False"}
    status, answer = await post(client, "sendPoll", data=fields)
    assert status == 200
    assert answer["result"]["poll"]["is_anonymous"] is False


@pytest.mark.parametrize("attached", [True, False])
async def test_files_are_uploaded_and_downloaded(
    client: aiohttp.ClientSession, world: World, ann: Person, *, attached: bool
) -> None:
    """A file is uploaded as a parameter or by attach://, and downloaded by its path."""
    world.send_text(ann.id, ann.id, "/start")
    form = aiohttp.FormData({"chat_id": str(ann.id)}, default_to_multipart=True)
    if attached:
        form.add_field("document", "attach://part")
    form.add_field("part" if attached else "document", b"\x00\xffabc", filename="a.bin")
    status, answer = await post(client, "sendDocument", data=form)
    assert (status, answer["result"]["document"]["file_name"]) == (200, "a.bin")
    file = (await post(client, "getFile", json={"file_id": answer["result"]["document"]["file_id"]}))[1]["result"]
    async with client.get(f"/file/bot{TOKEN}/{file['file_path']}") as fetched:
        assert await fetched.read() == b"\x00\xffabc"
    async with client.get(f"/file/bot{TOKEN}/documents/none") as missing:
        assert missing.status == 404
    async with client.get(f"/file/bot1:x/{file['file_path']}") as stranger:
        assert stranger.status == 401


async def test_errors_look_like_telegrams(client: aiohttp.ClientSession) -> None:
    """Wrong tokens and unknown methods are answered with JSON and the right status."""
    async with client.get("/bot1:x/getMe") as answer:
        assert answer.status == 401
        assert await answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert await post(client, "sendTelepathy") == (404, {"ok": False, "error_code": 404, "description": "Not Found"})


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        ("application/json", b"{", "can't parse request body JSON object"),
        ("application/json", b"[]", "can't parse request body JSON object"),
        ("application/json", b'{"a":"\xff"}', "can't parse request body JSON object"),
        ("application/x-www-form-urlencoded", b"a=\xff", "strings must be encoded in UTF-8"),
    ],
)
async def test_broken_bodies_are_refused(client: aiohttp.ClientSession, kind: str, body: bytes, reason: str) -> None:
    """A malformed body is answered with 400."""
    status, answer = await post(client, "getMe", data=body, headers={"content-type": kind})
    assert (status, answer["description"]) == (400, f"Bad Request: {reason}")


async def test_confirmation_over_http(client: aiohttp.ClientSession, world: World, ann: Person) -> None:
    """Updates are returned again until a larger offset confirms them."""
    for text in ("one", "two", "three"):
        world.send_text(ann.id, ann.id, text)
    ids = [[update["update_id"] for update in (await post(client, "getUpdates", json=parameters))[1]["result"]]
           for parameters in ({}, {"limit": 2}, {"offset": 102}, {}, {"offset": 103})]  # fmt: skip
    assert ids == [[100, 101, 102], [100, 101], [102], [102], []]


async def test_a_second_long_poll_over_http(
    client: aiohttp.ClientSession, served: BotApi, world: World, ann: Person
) -> None:
    """A second call ends the pending one with 409, and gets the next update."""
    first = asyncio.create_task(post(client, "getUpdates", json={"timeout": 30}))
    await poll_waits(client, served)
    second = asyncio.create_task(post(client, "getUpdates", json={"timeout": 30}))
    status, answer = await first
    assert status == 409
    assert answer["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    world.send_text(ann.id, ann.id, "hello")
    assert len((await second)[1]["result"]) == 1


async def poll_waits(client: aiohttp.ClientSession, api: BotApi) -> None:
    """Call other methods until the long poll has arrived."""
    while api.polling._pending is None:
        await post(client, "getMe")


async def test_stopping_ends_long_polls(world: World) -> None:
    """A server that stops answers the pending long poll first."""
    server = await serve(create_app(world, TOKEN))
    async with aiohttp.ClientSession(server.origin) as client:
        polling = asyncio.create_task(post(client, "getUpdates", json={"timeout": 50}))
        await poll_waits(client, server.app.state.api)
        await server.stop()
        assert await polling == (200, {"ok": True, "result": []})


async def test_a_port_in_use(server: Server, world: World) -> None:
    """A second server on the same port raises OSError."""
    with pytest.raises(OSError, match=r"[Aa]ddress already in use"):
        await serve(create_app(world, TOKEN), port=server.port)


async def test_faults_over_http(client: aiohttp.ClientSession, served: BotApi) -> None:
    """429, 500, 502 with HTML, and a broken connection can be injected into a number of calls."""
    served.faults.inject("getMe", "flood", retry_after=7)
    served.faults.inject("getMe", "error")
    served.faults.inject("getMe", "gateway")
    served.faults.inject("getMe", "reset")
    assert (await post(client, "getMe"))[1]["parameters"] == {"retry_after": 7}
    assert (await post(client, "getMe"))[0] == 500
    async with client.get(f"/bot{TOKEN}/getMe") as answer:
        assert answer.status == 502
        assert (await answer.text()).startswith("<html>")
    with pytest.raises(aiohttp.ClientError):
        await post(client, "getMe")
    assert (await post(client, "getMe"))[0] == 200


async def test_a_lost_answer_over_http(
    client: aiohttp.ClientSession, served: BotApi, world: World, ann: Person
) -> None:
    """A lost answer never arrives, although the message was sent."""
    world.send_text(ann.id, ann.id, "/start")
    served.faults.inject("sendMessage", "lost")
    sent = asyncio.Event()
    world.subscribe(lambda change: sent.set() if change.kind == "sent" else None)
    sending = asyncio.create_task(post(client, "sendMessage", json={"chat_id": ann.id, "text": "x"}))
    await sent.wait()
    await post(client, "getMe")
    assert not sending.done()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert len(world.messages(ann.id, ann.id)) == 2


async def test_stopping_ends_lost_answers(world: World, ann: Person) -> None:
    """The connection of a client that waits for a lost answer breaks when the server stops."""
    server = await serve(create_app(world, TOKEN))
    world.send_text(ann.id, ann.id, "/start")
    server.app.state.api.faults.inject("sendMessage", "lost")
    sent = asyncio.Event()
    world.subscribe(lambda change: sent.set() if change.kind == "sent" else None)
    async with aiohttp.ClientSession(server.origin) as client:
        asking = asyncio.create_task(post(client, "sendMessage", json={"chat_id": ann.id, "text": "x"}))
        await sent.wait()
        await server.stop()
        with pytest.raises(aiohttp.ClientError):
            await asking
