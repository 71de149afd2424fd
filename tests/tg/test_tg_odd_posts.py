"""Posts of Telegram's that are not as they should be: each is answered so that it does not come for ever."""

from typing import Any

import pytest
from starlette.requests import Request
from strict_service import StrictService, receiver_at, stored

from bot.app.dispatch.service import StoreError
from bot.store.database import Database
from bot.tg.inbound.endpoint import Endpoint
from bot.tg.inbound.receiver import Receiver


@pytest.fixture
def service(database: Database) -> StrictService:
    """A service on each engine."""
    return StrictService(database)


async def posted(receiver: Receiver, body: bytes, *headers: tuple[bytes, bytes]) -> int:
    """Post a body to the webhook's address; return the status of the answer."""
    endpoint = Endpoint("https://bot.example.org/telegram")
    endpoint.open("secret", receiver, lambda: None)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    given = [(b"x-telegram-bot-api-secret-token", b"secret"), *headers]
    answer = await endpoint.post(Request({"type": "http", "method": "POST", "headers": given}, receive))
    return answer.status_code


POSTS = (
    *(b'{"update_id":5,"message":' + b"[" * levels + b"]" * levels + b"}" for levels in (201, 900, 100_000)),
    *(
        b'{"update_id":5,"message":%s}' % odd
        for odd in (b"NaN", b"9" * 5_000, b'"\\ud800"', b'"\\u0000"', b'"\x00\xff"')
    ),
    b'{"update_id":4,"update_id":5}',
)


@pytest.mark.parametrize("body", POSTS, ids=lambda body: str(body[:40]))
async def test_an_odd_post_is_stored_and_taken(service: StrictService, database: Database, body: bytes) -> None:
    """An update with an id is stored and then answered with 200, so Telegram does not repeat it."""
    assert await posted(receiver_at(service), body) == 200
    assert stored(database).keys() == {5}


async def test_a_post_that_cannot_be_stored_is_not_repeated_for_ever(
    service: StrictService, database: Database
) -> None:
    """Its id is set aside, and Telegram hears 200; while the database is down it hears 503 and comes again."""
    service.refused = {5: ValueError("x"), 6: StoreError("down")}
    assert await posted(receiver_at(service), b'{"update_id":5}') == 200
    assert await posted(receiver_at(service), b'{"update_id":6}') == 503
    assert stored(database).keys() == {5}


@pytest.mark.parametrize("length", [b"9" * 5_000, b"-1", b"1e3", "١".encode(), b""], ids=lambda length: str(length[:9]))
async def test_a_length_that_is_none_is_refused(service: StrictService, length: bytes) -> None:
    """A Content-Length that is no number, or has more digits than Python reads, is too large, and no fault."""
    assert await posted(receiver_at(service), b'{"update_id":5}', (b"content-length", length)) == 413
