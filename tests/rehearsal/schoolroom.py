"""A world whose time passes only when a test lets it, and a bot that a test plays by hand."""

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

TOKEN = "1:test"  # noqa: S105 - good for nothing but this
# Everybody who can go on does so within these turns of the event loop, unless something waits for time.
_TURNS = 20


def rng(seed: int) -> Random:
    """Make rng from a seed."""
    return Random(seed)  # noqa: S311 - no secrets in tests


class Hours:
    """Time that stands still until it is let pass; who sleeps is woken in order."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self._asleep: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._numbers = count()

    def __call__(self) -> datetime:
        """Give the moment."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Wait until that much time was let pass."""
        wake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._asleep, (self.now + timedelta(seconds=seconds), next(self._numbers), wake))
        await wake

    async def let_pass(self, seconds: float) -> None:
        """Let time pass, and everybody do in it what they do."""
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
        self.hours = Hours()
        self.world = World(self.hours, rng(3))
        self.teacher = self.world.add_person("Mrs Kim").id
        self.world.send_text(self.teacher, self.teacher, "/start")
        self.rehearsal = Rehearsal(self.world, bank, size, seed, self.hours.sleep)
        self.pupils: list[SimulatedPupil] = [*self.rehearsal.pupils.values()]
        self._api = BotApi(self.world, TOKEN)

    async def call(self, method: str, chat_id: int, **parameters: object) -> dict[str, Any]:
        """Do something as the bot. The call must succeed."""
        reply = await self._api.call(TOKEN, method, json.loads(json.dumps({"chat_id": chat_id, **parameters})))
        answer = json.loads(reply.body)
        assert answer["ok"], answer
        result: dict[str, Any] = answer["result"]
        return result

    @asynccontextmanager
    async def living(self) -> AsyncIterator[None]:
        """Let the pupils live meanwhile, and nothing go wrong with them."""
        lives = asyncio.create_task(self.rehearsal.run())
        await self.hours.let_pass(0)
        yield
        assert not lives.done(), lives
        lives.cancel()
        await asyncio.wait([lives])

    async def invite(self, code: str = "CDFHJK") -> None:
        """Give the teacher the link of a class."""
        link = f"https://t.me/{self.world.bot.username}?start={code}"
        await self.call("sendMessage", self.teacher, text=f"Class code {code}, or open {link}")

    async def ask(self, chat_id: int, number: int, **more: object) -> dict[str, Any]:
        """Put the bank's question with this number, one with options, as a poll."""
        question = self.bank.questions[number]
        written = question.kind.write()
        options = [*_texts(written["answer"]), *_texts(written.get("wrong", ()))]
        asked = {"question": f"1/3. {question.stem}", "options": [{"text": option} for option in options]}
        return await self.call("sendPoll", chat_id, is_anonymous=False, type="regular", **asked, **more)

    def said(self, pupil: SimulatedPupil) -> list[str]:
        """Give what a pupil has written in private so far."""
        chat = self.world.chats[pupil.person.id]
        own = [message for message in chat.messages.values() if message.sender_id == pupil.person.id]
        return [message.content.text.text for message in own if message.content.text]


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - what a kind writes
    values = value if isinstance(value, tuple) else (value,)
    return [getattr(one, "text", one) for one in values]


def with_one_right(bank: Bank) -> list[int]:
    """Give the numbers of the bank's questions with one right option."""
    return [number for number, question in enumerate(bank.questions) if question.kind.name == "one right"]


def in_writing(bank: Bank) -> list[int]:
    """Give the numbers of the bank's questions that want a word."""
    return [number for number, question in enumerate(bank.questions) if question.kind.name == "typed"]
