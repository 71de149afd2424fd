"""The transport over aiohttp, against a small server on this computer."""

import asyncio
import socket
import traceback
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.tg.bot_api.client import ApiClient as Calls
from bot.tg.bot_api.transport import MAY_LEAVE, AiohttpRequest

TOKEN = "123456:very-secret-token"  # noqa: S105 - opens nothing
ME = {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "Quiz", "username": "quiz_bot"}}


@dataclass
class Telegram:
    """A server that answers as a test requires and records the requests."""

    server: TestServer
    asked: list[dict[str, object]] = field(default_factory=list)
    peers: set[object] = field(default_factory=set)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one request as the method's name says."""
        assert request.transport is not None
        self.peers.add(request.transport.get_extra_info("peername"))
        method = request.path.rpartition("/")[2]
        if request.content_type == "multipart/form-data":
            self.asked.append({name: _read(part) for name, part in (await request.post()).items()})
        elif request.can_read_body:
            self.asked.append(await request.json())
        match method:
            case "silent":
                await self.closing.wait()
            case "breaks":
                request.transport.close()
            case "refuses":
                return web.json_response(
                    {"ok": False, "error_code": 400, "description": "Bad Request: no such chat"}, status=400
                )
        return web.json_response(ME)


def _read(part: str | bytes | bytearray | web.FileField) -> object:
    """Return a part of a form: a text, or the name, kind and content of a file."""
    return (part.filename, part.content_type, part.file.read()) if isinstance(part, web.FileField) else part


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """Start the server."""
    app = web.Application()
    running = Telegram(TestServer(app))
    app.router.add_post("/bot{token}/{method}", running.answer)
    await running.server.start_server()
    yield running
    running.closing.set()
    await running.server.close()


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    """Open the transport."""
    async with AiohttpRequest(read_timeout=5) as opened:
        yield opened


@pytest.fixture
def bot(telegram: Telegram, request_: AiohttpRequest) -> Calls:
    """A bot over the transport to the server."""
    return calls(f"{telegram.server.make_url('/')}bot", request_)


def calls(base_url: str, request: AiohttpRequest) -> Calls:
    """Create the Bot API caller for an address, over a transport."""
    return Calls(Bot(TOKEN, base_url=base_url, request=request, get_updates_request=request))


def told(error: TelegramError) -> str:
    """Return everything that a log would show of an error."""
    return f"{error!s} {error!r} {''.join(traceback.format_exception(error))}"


async def test_parameters_arrive_as_they_were(bot: Calls, telegram: Telegram) -> None:
    """Numbers, lists, booleans and texts in any script arrive unchanged, and the answer comes back."""
    wanted = {"chat_id": 7, "text": "Сұрақ 😀 & <b>", "options": [{"text": "a"}], "is_anonymous": False}
    assert await bot.call("anything", wanted) == ME["result"]
    (asked,) = telegram.asked
    assert asked == wanted


async def test_files_are_uploaded(request_: AiohttpRequest, telegram: Telegram) -> None:
    """A file goes up whole, with its name and kind, beside the other parameters."""
    document = InputFile(b"a,b\n1,2\n", filename="Есеп.csv", attach=False)
    given = [RequestParameter.from_input(name, value) for name, value in (("chat_id", 7), ("document", document))]
    await request_.post(f"{telegram.server.make_url('/')}bot{TOKEN}/sendDocument", RequestData(given))
    (asked,) = telegram.asked
    assert asked == {"chat_id": "7", "document": ("Есеп.csv", "text/csv", b"a,b\n1,2\n")}


async def test_refusals_are_those_of_the_library(bot: Calls) -> None:
    """A refusal of Telegram becomes the matching error of python-telegram-bot."""
    with pytest.raises(BadRequest, match="such chat"):
        await bot.call("refuses", {})


async def test_an_answer_that_does_not_come_in_time_is_told_apart(bot: Calls) -> None:
    """When no answer comes in time, TimedOut says so: the request may have been carried out."""
    with pytest.raises(TimedOut) as error:
        await bot.call("silent", read_timeout=0.05)
    assert "very-secret" not in told(error.value)


async def test_a_connection_that_breaks_is_a_network_error(bot: Calls) -> None:
    """A server that hangs up is a network error, and no time-out."""
    with pytest.raises(NetworkError) as error:
        await bot.call("breaks")
    assert not isinstance(error.value, TimedOut)
    assert "very-secret" not in told(error.value)


async def test_a_refused_connection_is_a_network_error(request_: AiohttpRequest) -> None:
    """Where nobody listens, a network error says so without the token, which is in the address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        free = listener.getsockname()[1]
    bot = calls(f"http://127.0.0.1:{free}/bot", request_)
    with pytest.raises(NetworkError) as error:
        await bot.call("anything")
    assert "very-secret" not in told(error.value)
    assert "Connect" in str(error.value)


@pytest.mark.parametrize("origin", ["http://", "http://nowhere.invalid", "nonsense://x"])
async def test_an_address_that_is_none_is_a_network_error(request_: AiohttpRequest, origin: str) -> None:
    """An address that leads nowhere is a network error without the token."""
    with pytest.raises(NetworkError) as error:
        await request_.post(f"{origin}/bot{TOKEN}/getMe")
    assert "very-secret" not in told(error.value)


async def test_a_request_without_permission_is_not_sent(bot: Calls, telegram: Telegram) -> None:
    """A request without permission to leave sends nothing; the next one is sent."""
    answers = [False, True]
    MAY_LEAVE.set(lambda: answers.pop(0))
    with pytest.raises(NetworkError, match="ClientConnectionError"):
        await bot.call("anything", {"text": "a"})
    assert telegram.asked == []
    await bot.call("anything", {"text": "b"})
    assert telegram.asked == [{"text": "b"}]


async def test_connections_are_kept(bot: Calls, telegram: Telegram) -> None:
    """Requests one after another use one connection."""
    for _ in range(5):
        await bot.call("anything")
    assert len(telegram.peers) == 1


async def test_requests_go_side_by_side(bot: Calls, telegram: Telegram) -> None:
    """A request that waits for its answer holds up no other."""
    waiting = asyncio.create_task(bot.call("silent"))
    await bot.call("anything")
    assert not waiting.done()
    telegram.closing.set()
    await waiting


async def test_a_transport_that_is_not_open_says_so() -> None:
    """A request after the transport was closed, twice even, is told as what it is."""
    request = AiohttpRequest()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()
    with pytest.raises(NetworkError, match="not initialized"):
        await request.post("http://127.0.0.1/bot/getMe")


async def test_a_picture_made_in_memory_is_uploaded(bot: Calls, telegram: Telegram) -> None:
    """Bytes among the parameters of a call go as a picture, the others beside it as they are."""
    await bot.call("sendPhoto", {"chat_id": 7, "photo": b"\x89PNG\r\n\x1a\n", "caption": "Сабақ"})
    picture = ("photo.png", "image/png", b"\x89PNG\r\n\x1a\n")
    assert telegram.asked == [{"chat_id": "7", "photo": picture, "caption": "Сабақ"}]
