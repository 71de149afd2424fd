"""The chat page of a running ``bot play``, used as its scripts use it."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

PATIENCE = 60
PROGRAM = (sys.executable, "-m", "bot")


@dataclass(slots=True)
class Page:
    """The chat page of a running ``bot play``; ``output`` is what the command printed."""

    client: aiohttp.ClientSession
    output: list[str]

    async def get(self, path: str, **query: int) -> dict[str, Any]:
        """Return the response to a GET."""
        async with self.client.get(f"/page/{path}", params=query) as answer:
            assert answer.status == 200, await answer.text()
            shown: dict[str, Any] = await answer.json()
            return shown

    async def act(self, path: str, **body: object) -> None:
        """Send a POST that must succeed."""
        async with self.client.post(f"/page/{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()

    async def messages(self, person: int) -> list[dict[str, Any]]:
        """Return the messages of a private chat."""
        return list((await self.get("messages", person=person, chat=person))["messages"])

    async def until(self, person: int, is_so: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """Wait until a private chat meets the condition; check it after every change."""
        async with asyncio.timeout(PATIENCE), self.client.get("/page/events", params={"person": person}) as events:
            while not is_so(shown := await self.messages(person)):
                await events.content.readline()
            return shown

    async def people(self) -> list[dict[str, Any]]:
        """Return the people who can be played."""
        return list((await self.get("people"))["people"])


@asynccontextmanager
async def playing(folder: Path, *words: str, program: Sequence[str] = PROGRAM) -> AsyncIterator[Page]:
    """Run ``play`` of a program in its own process, which must stop cleanly on SIGTERM.

    Its output is read up to the last line of its instructions: with a class, three lines after the page's address.
    """
    process = await asyncio.create_subprocess_exec(
        *(*program, "play", "--no-open", "--port", "0", *words),
        cwd=folder,
        env={name: value for name, value in os.environ.items() if not name.startswith(("BOT_", "PYTHON"))},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        output: list[str] = []
        while not (found := re.search(r"http://[\d.:]+", output[-1] if output else "")):
            output.append((await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode())
            assert output[-1], output
        output += [(await process.stdout.readline()).decode() for _ in range(3 if "--class" in words else 0)]
        async with aiohttp.ClientSession(found[0]) as client:
            yield Page(client, output)
        process.terminate()
        _, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
        assert (process.returncode, errors.decode()) == (0, "")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
