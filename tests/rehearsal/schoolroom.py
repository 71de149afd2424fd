"""A world with a manual clock, simulated pupils, and a bot that the test plays."""

import asyncio
import heapq
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from bot.core.question import Bank
from bot.playground.bot_api import BotApi
from bot.playground.world import World
from bot.rehearsal.pupil import SimulatedPupil
from bot.rehearsal.rehearsal import Rehearsal

TOKEN = "1:test"  # noqa: S105 - not a secret
# Every task that does not wait for the clock gets as far as it can within this many turns of the event loop.
_TURNS = 20


def seeded(seed: int) -> Random:
    """Create a random generator from a seed."""
    return Random(seed)  # noqa: S311 - no secrets in tests


class ManualClock:
    """Clock that moves only when a test advances it; sleepers are woken in order."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self._asleep: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._numbers = count()

    def __call__(self) -> datetime:
        """Return the current time (UTC)."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock has advanced by this much."""
        wake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._asleep, (self.now + timedelta(seconds=seconds), next(self._numbers), wake))
        await wake

    async def advance(self, seconds: float) -> None:
        """Advance the clock; run everything that happens meanwhile."""
        end = self.now + timedelta(seconds=seconds)
        await self._turn()
        while self._asleep and self._asleep[0][0] <= end:
            self.now, _, wake = heapq.heappop(self._asleep)
            if not wake.done():
                wake.set_result(None)
            await self._turn()
        self.now = end

    async def _turn(self) -> None:
        for _ in range(_TURNS):
            await asyncio.sleep(0)


class Schoolroom:
    """Simulated pupils, a teacher, and the bot's side of their chats."""

    def __init__(self, bank: Bank, size: int, seed: int = 1) -> None:
        self.bank = bank
        self.clock = ManualClock()
        self.world = World(self.clock, seeded(3))
        self.teacher = self.world.add_person("Mrs Kim").id
        self.world.send_text(self.teacher, self.teacher, "/start")
        self.rehearsal = Rehearsal(self.world, bank, size, seed, self.clock.sleep)
        self.pupils: list[SimulatedPupil] = [*self.rehearsal.pupils.values()]
        self._api = BotApi(self.world, TOKEN)

    async def call(self, method: str, chat_id: int, **parameters: object) -> dict[str, Any]:
        """Call a Bot API method as the bot. The call must succeed."""
        reply = await self._api.call(TOKEN, method, json.loads(json.dumps({"chat_id": chat_id, **parameters})))
        answer = json.loads(reply.body)
        assert answer["ok"], answer
        result: dict[str, Any] = answer["result"]
        return result

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run the pupils meanwhile; fail if one of them fails."""
        task = asyncio.create_task(self.rehearsal.run())
        await self.clock.advance(0)
        yield
        assert not task.done(), task
        task.cancel()
        await asyncio.wait([task])

    async def invite(self, code: str = "CDFHJK") -> None:
        """Send the teacher the link of a class."""
        link = f"https://t.me/{self.world.bot.username}?start={code}"
        await self.call("sendMessage", self.teacher, text=f"Class code {code}, or open {link}")

    async def ask(self, chat_id: int, number: int, **more: object) -> dict[str, Any]:
        """Send the bank's question with this number as a poll; it must have options."""
        question = self.bank.questions[number]
        written = question.kind.write()
        options = [*_texts(written["answer"]), *_texts(written.get("wrong", ()))]
        asked = {"question": f"1/3. {question.stem}", "options": [{"text": option} for option in options]}
        return await self.call("sendPoll", chat_id, is_anonymous=False, type="regular", **asked, **more)

    def sent_texts(self, pupil: SimulatedPupil) -> list[str]:
        """Return the texts that a pupil has sent in the private chat so far."""
        chat = self.world.chats[pupil.person.id]
        own = [message for message in chat.messages.values() if message.sender_id == pupil.person.id]
        return [message.content.text.text for message in own if message.content.text]


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - a value of a question's YAML
    values = value if isinstance(value, tuple) else (value,)
    return [getattr(one, "text", one) for one in values]


def single_choice_numbers(bank: Bank) -> list[int]:
    """Return the numbers of the bank's questions with one right option."""
    return [number for number, question in enumerate(bank.questions) if question.kind.name == "one right"]


def written_numbers(bank: Bank) -> list[int]:
    """Return the numbers of the bank's questions that are answered with a word."""
    return [number for number, question in enumerate(bank.questions) if question.kind.name == "typed"]
