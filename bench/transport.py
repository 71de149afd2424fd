"""Compare transports for python-telegram-bot, its httpx and our aiohttp, by sending polls with several in flight.

Prints Markdown: requests/s and the CPU time of this process per request.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median

from process import running
from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest
from telegram.warnings import PTBUserWarning

_FAKE = Path(__file__).with_name("fake_api.py")
_POLL = {
    "question": "Which body of the United Nations meets in Geneva?",
    "options": ["The Human Rights Council", "The Security Council", "The General Assembly", "The Trusteeship Council"],
    "type": "quiz",
    "is_anonymous": False,
    "correct_option_ids": [0],
    "explanation": "The Council has its seat in Geneva.",
}
_TIMEOUT = 60.0


def transports() -> dict[str, Callable[[], BaseRequest]]:
    """Return the factories of the transports; ours is missing in revisions before it existed."""
    makers: dict[str, Callable[[], BaseRequest]] = {
        "httpx": lambda: HTTPXRequest(pool_timeout=_TIMEOUT, read_timeout=_TIMEOUT, connect_timeout=_TIMEOUT)
    }
    with suppress(ImportError):
        from bot.tg.bot_api.transport import AiohttpRequest  # noqa: PLC0415 - may be missing

        makers["aiohttp"] = AiohttpRequest
    return makers


async def measure(origin: str, transport: BaseRequest, in_flight: int, seconds: float) -> tuple[float, float]:
    """Send polls for this many seconds; return requests/s and microseconds of CPU a request."""
    sent = 0
    async with Bot("42:loopback", base_url=f"{origin}/bot", request=transport) as bot:
        ends = time.monotonic() + seconds

        async def send() -> None:
            nonlocal sent
            while time.monotonic() < ends:
                await bot.do_api_request("sendPoll", api_kwargs={"chat_id": 1, **_POLL})
                sent += 1

        started, cpu = time.monotonic(), time.process_time()
        await asyncio.gather(*(send() for _ in range(in_flight)))
        return sent / (time.monotonic() - started), (time.process_time() - cpu) / sent * 1e6


def main() -> None:
    """Measure every transport with every number of requests in flight, interleaved, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--in-flight", type=int, nargs="+", default=[1, 30, 100], help="concurrent requests")
    parser.add_argument("--seconds", type=float, default=3.0, help="length of each measurement")
    parser.add_argument("--rounds", type=int, default=3, help="repetitions; the table shows medians")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore", PTBUserWarning)  # it recommends Bot.send_poll, whose parsing would be measured too
    makers = transports()
    if "aiohttp" not in makers:
        print("AiohttpRequest is not installed: only httpx is measured", file=sys.stderr)
    print("| transport | in flight | requests/s | CPU us a request |\n| --- | ---: | ---: | ---: |")
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        running([str(_FAKE)], {}, Path(folder), piped=True) as fake,
    ):
        assert fake.stdout is not None
        origin = f"http://127.0.0.1:{json.loads(fake.stdout.readline())['ports'][0]}"
        for in_flight in arguments.in_flight:
            counters: dict[str, list[tuple[float, float]]] = {name: [] for name in makers}
            for _ in range(arguments.rounds):
                for name, make in makers.items():
                    counters[name].append(asyncio.run(measure(origin, make(), in_flight, arguments.seconds)))
            for name, rounds in counters.items():
                rate, cost = (median(column) for column in zip(*rounds, strict=True))
                print(f"| {name} | {in_flight} | {rate:,.0f} | {cost:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
