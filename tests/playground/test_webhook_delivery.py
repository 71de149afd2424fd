"""Delivery of updates to a webhook over HTTP, as Telegram does it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from small_world import Caller

from bot.playground.bot_api import BotApi
from bot.playground.world import Person, World


@dataclass
class Program:
    """A webhook receiver that answers as the test wants and stores the requests."""

    server: TestServer
    statuses: list[int] = field(default_factory=list)
    got: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    under_way: int = 0
    most_at_once: int = 0
    free: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """The URL of the receiver."""
        return str(self.server.make_url("/posts"))

    def texts(self) -> list[str]:
        """Return the texts of the messages that arrived."""
        return [update["message"]["text"] for update in self.got]

    async def answer(self, request: web.Request) -> web.Response:
        """Handle one request."""
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        await self.free.wait()
        self.under_way -= 1
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200, headers={"Retry-After": "1"})


@pytest.fixture
async def program(api: BotApi) -> AsyncIterator[Program]:
    """A running receiver; pauses between repetitions take no time."""
    api.webhook_delivery.second_length = 0.0
    app = web.Application()
    running = Program(TestServer(app))
    running.free.set()
    app.router.add_post("/posts", running.answer)
    await running.server.start_server()
    yield running
    api.close()
    await running.server.close()


async def all_taken(call: Caller) -> dict[str, Any]:
    """Wait until no update is pending; return the result of getWebhookInfo."""
    async with asyncio.timeout(10):
        while (info := await call.get("getWebhookInfo"))["pending_update_count"]:  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0)
    return dict(info)


async def test_pending_and_new_updates_are_delivered(call: Caller, world: World, ann: Person, program: Program) -> None:
    """Updates arrive one by one with the secret, pending ones first; an accepted update is not pending any more."""
    world.send_text(ann.id, ann.id, "before")
    await call.get("setWebhook", url=program.url, secret_token="s-1_A")  # noqa: S106 - opens nothing
    world.send_text(ann.id, ann.id, "after")
    info = await all_taken(call)
    assert program.texts() == ["before", "after"]
    assert program.secrets == ["s-1_A"] * 2
    assert (info["url"], info["max_connections"]) == (program.url, 40)
    assert "last_error_message" not in info


async def test_an_update_that_is_not_accepted_is_sent_again(
    call: Caller, world: World, ann: Person, program: Program
) -> None:
    """Without a 2xx answer the update is sent again before the next one of its chat; getWebhookInfo has the error."""
    program.statuses = [503, 302, 204]
    await call.get("setWebhook", url=program.url)
    world.send_text(ann.id, ann.id, "one")
    world.send_text(ann.id, ann.id, "two")
    info = await all_taken(call)
    assert program.texts() == ["one"] * 3 + ["two"]
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"
    assert info["last_error_date"] == int(world.now().timestamp())


async def test_an_unreachable_webhook(call: Caller, world: World, ann: Person, program: Program) -> None:
    """While the URL is unreachable, updates stay pending; getWebhookInfo has the error."""
    url = program.url
    await program.server.close()
    await call.get("setWebhook", url=url)
    world.send_text(ann.id, ann.id, "one")
    async with asyncio.timeout(10):
        while "last_error_message" not in (info := await call.get("getWebhookInfo")):  # noqa: ASYNC110 - the same
            await asyncio.sleep(0)
    assert (info["last_error_message"], info["pending_update_count"]) == ("Webhook connection closed", 1)


async def test_updates_of_a_chat_are_sent_one_at_a_time(
    call: Caller, world: World, ann: Person, ben: Person, program: Program
) -> None:
    """One update per chat is sent at a time; those of several chats in parallel, up to ``max_connections``."""
    program.free.clear()
    await call.get("setWebhook", url=program.url, max_connections=2)
    people = [ann, ben, world.add_person("Cem")]
    for one in people:
        world.send_text(one.id, one.id, "first")
        world.send_text(one.id, one.id, "second")
    async with asyncio.timeout(10):
        while program.under_way < 2:  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0)
    assert program.texts() == ["first", "first"]
    program.free.set()
    await all_taken(call)
    assert program.most_at_once == 2
    assert sorted(program.texts()) == ["first"] * 3 + ["second"] * 3


async def test_get_updates_and_a_webhook_exclude_each_other(
    call: Caller, world: World, ann: Person, program: Program
) -> None:
    """With a webhook, getUpdates and a pending long poll fail; without it, getUpdates returns pending updates."""
    waiting = asyncio.create_task(call.refusal("getUpdates", timeout=50))
    await asyncio.sleep(0)
    program.statuses = [500] * 1000
    await call.get("setWebhook", url=program.url)
    assert (await waiting)[0] == 409
    code, words = await call.refusal("getUpdates")
    assert (code, "webhook is active" in words) == (409, True)
    world.send_text(ann.id, ann.id, "one")
    await call.get("deleteWebhook")
    assert [update["message"]["text"] for update in await call.updates()] == ["one"]


async def test_the_same_webhook_again_changes_nothing(
    call: Caller, program: Program, world: World, ann: Person
) -> None:
    """Setting the same webhook again keeps its last error; another secret resets it."""
    program.statuses = [500]
    await call.get("setWebhook", url=program.url)
    world.send_text(ann.id, ann.id, "one")
    await all_taken(call)
    await call.get("setWebhook", url=program.url)
    assert "last_error_message" in await call.get("getWebhookInfo")
    await call.get("setWebhook", url=program.url, secret_token="other")  # noqa: S106 - opens nothing
    assert "last_error_message" not in await call.get("getWebhookInfo")


@pytest.mark.parametrize("wrong", [{"url": "example.org"}, {"url": "ftp://x.y/z"}, {"secret_token": "no spaces"}])
async def test_a_wrong_webhook_is_refused(call: Caller, wrong: dict[str, str]) -> None:
    """An invalid URL or a secret with other characters is refused, and no webhook is set."""
    assert (await call.refusal("setWebhook", **{"url": "https://x.y/z", **wrong}))[0] == 400
    assert (await call.get("getWebhookInfo"))["url"] == ""


async def test_an_empty_url_deletes_the_webhook(call: Caller, program: Program) -> None:
    """An empty URL deletes the webhook."""
    await call.get("setWebhook", url=program.url)
    await call.get("setWebhook", url="")
    assert (await call.get("getWebhookInfo"))["url"] == ""
