"""Malformed requests of many kinds: each connection ends, no error is logged, and other clients are answered."""

import logging
from random import Random

import pytest
from raw_client import GET, Served, Site
from test_serving_routes import APPS, LOCAL, addresses

from bot.serving import Refusals, TimeLimits, serve

SOON = 0.05
METHODS = (b"GET", b"HEAD", b"POST", b"OPTIONS", b"TRACE", b"CONNECT", b"PUT", b"get", b"G\x00T", b"PRI")
VERSIONS = (b"HTTP/1.1", b"HTTP/1.1", b"HTTP/1.1", b"HTTP/1.0", b"HTTP/2.0", b"X")
PATHS = (b"*", b"http://foreign.example/board", b"/%ff%fe", b"/\xff", b"x:80", b"?", b"/?" + b"a" * 3000, b"//x/../..")
HEADERS = (
    b"Host: other",
    b"Connection: upgrade\r\nUpgrade: websocket",
    b"Connection: upgrade\r\nUpgrade: h2c",
    b"Content-Length: 5",
    b"Content-Length: -1",
    b"Content-Length: 99999999999999999999",
    b"Transfer-Encoding: chunked",
    b"Transfer-Encoding: gzip",
    b"Expect: 100-continue",
    b"Range: bytes=0-0,5-9,-3",
    b"Range: bytes=" + b",".join(b"%d-%d" % (3 * i, 3 * i + 1) for i in range(900)),
    b"Range: nonsense",
    b"If-Range: \xff",
    b"If-None-Match: *",
    b"If-Modified-Since: Thu, 99 Foo 99999 99:99:99 GMT",
    b"Accept-Language: q;q=nan,ru;q=1e999,kk;q=-inf",
    b"Accept-Language: \xff\xfe",
    b"Cookie: \x00",
    b": x",
    b" folded",
    b"A" * 9000 + b": x",
    b"Content-Type: multipart/form-data; boundary=",
    b"X-Telegram-Bot-Api-Secret-Token: \xff",
)
BODIES = (
    b"",
    b"",
    b"hello",
    b"5\r\nhello\r\n0\r\n\r\n",
    b"zz\r\n",
    b'5;x="\r\nhello\r\n',
    GET,
    b"\x00\x01",
    b'{"a":1}',
)


def request(rng: Random, paths: list[bytes]) -> bytes:
    """Build a request that may be malformed in any part."""
    headers = [b"Host: " + LOCAL.encode(), b"Connection: close", *rng.sample(HEADERS, rng.randrange(3))]
    head = b"\r\n".join((b" ".join((rng.choice(METHODS), rng.choice(paths), rng.choice(VERSIONS))), *headers))
    return head + b"\r\n\r\n" + rng.choice(BODIES) + rng.choice(BODIES)


@pytest.mark.parametrize("name", APPS)
async def test_malformed_requests_do_no_harm(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """None of 150 malformed requests keeps its connection open, logs an error, or disturbs the next request."""
    rng = Random(7)  # noqa: S311 - no secrets
    app, refusals = APPS[name](), Refusals()
    paths = [*PATHS, *(path.encode() for path in addresses(app.routes) if not path.endswith("/events"))]
    limits = TimeLimits(header=SOON, body=SOON, sending=SOON)
    server = await serve(app, limits=limits, refusals=refusals)
    served = Served(Site(), server, refusals)
    for _ in range(150):
        client = await served.connect(request(rng, paths))
        await client.rest()
        client.raw.close()
    client = await served.connect(GET.replace(b"here", LOCAL.encode()))
    assert (await client.until(b"\r\n\r\n")).startswith(b"HTTP/1.1 ")
    client.raw.close()
    await server.stop()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert len(caplog.records) <= len(refusals.counts)
