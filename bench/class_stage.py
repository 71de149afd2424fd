"""A world served over HTTP, simulated pupils in it, and our bot in a process of its own. Knows no scenario."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any, Self

from process import running

from bot.bank import load
from bot.playground.bot_api import Api, Reply
from bot.playground.server import create_app
from bot.playground.world import Change, Message, World
from bot.rehearsal.answer_key import Reading
from bot.rehearsal.message_reading import words_of
from bot.rehearsal.rehearsal import Rehearsal
from bot.serving import serve
from bot.wiring import clock

BANK = Path(__file__).parent.parent / "questions.yaml"
TELEGRAMS_LIMIT = 30
TOKEN = "42:classes"  # noqa: S105 - opens nothing
_LOOK_SECONDS = 0.05
_JOINING_SECONDS = 10.0


class StageError(Exception):
    """A measurement that cannot go on; says what was waited for."""


@dataclass(frozen=True, slots=True)
class Called:
    """One call of the Bot API that was answered."""

    at: datetime
    method: str
    chat_id: int
    status: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One message of the bot's that came into a chat: a ``question``, an ``explanation`` or something else."""

    at: datetime
    chat_id: int
    kind: str


class ClassStage:
    """Used as ``async with ClassStage(...) as stage:``; all it started ends with the block.

    Args:
        haste: how many times as fast as in life the pupils' time passes.

    Attributes:
        calls, shown: all that the bot did, in order.
    """

    def __init__(self, size: int, folder: Path, *, limited: bool, haste: float) -> None:
        self.world = World(clock, Random(1), first_update_id=1)  # noqa: S311 - no secrets here
        self.teacher = self.world.add_person("Mrs Kim").id
        bank = load(BANK)
        self.rehearsal = Rehearsal(self.world, bank, size, 1, lambda seconds: asyncio.sleep(seconds / haste))
        self.pupils = [*self.rehearsal.pupils.values()]
        self.group = self.world.create_group("Class 9A", [self.teacher, *self.rehearsal.pupils]).id
        self.calls: list[Called] = []
        self.shown: list[Shown] = []
        self._reading = Reading(bank)
        self._explanations = [_plain(question.why) for question in bank.questions]
        self._folder = folder
        self._limited = limited
        self._all = AsyncExitStack()
        self._make_reliable()
        self.world.subscribe(self._on_change)

    async def __aenter__(self) -> Self:
        app = create_app(self.world, TOKEN)
        api: Api = app.state.api
        api.flood.is_on = self._limited
        api.answer = self._counted(api.answer)  # type: ignore[method-assign, assignment] # sees all calls
        server = await serve(app)
        self._all.push_async_callback(server.stop)
        environment = {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": server.origin,
            "BOT_BANK": str(BANK),
            "BOT_DATABASE_URL": f"sqlite:///{self._folder / 'bot.sqlite'}",
            "BOT_SENDS_PER_SECOND": str(TELEGRAMS_LIMIT if self._limited else 0),
            "BOT_ASKS_PER_PERSON": "0",
            "BOT_LOG_LEVEL": "WARNING",
        }
        self._bot = self._all.enter_context(running(("-m", "bot", "run"), environment, self._folder))
        lives = asyncio.create_task(self.rehearsal.run())
        self._all.callback(lives.cancel)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._all.aclose()

    async def until(self, what: str, is_so: Callable[[], bool], limit: float) -> None:
        """Wait until something is so. Raises StageError after ``limit`` seconds, or if the bot ends."""
        ends = time.monotonic() + limit
        while not is_so():
            if self._bot.poll() is not None or time.monotonic() > ends:
                log = (self._folder / "log.txt").read_text()[-1500:]
                raise StageError(f"{limit:g} s were not enough for {what}\n{log}")
            await asyncio.sleep(_LOOK_SECONDS)

    def said_to(self, chat_id: int) -> list[Message]:
        """Give what the bot said in a chat, the latest first."""
        messages = reversed(self.world.chats[chat_id].messages.values())
        return [message for message in messages if message.sender_id == self.world.bot.id]

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the bot's database, reading only."""
        file = self._folder / "bot.sqlite"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30)) as database:
            return database.execute(sql).fetchall()

    def miscounted(self) -> tuple[int, int]:
        """Give how many answers pupils gave, and how many of them the database has not, or not so, or besides."""
        given: dict[tuple[int, str], bool] = {}
        for pupil in self.pupils:
            for deed in pupil.deeds:
                if deed.taken and deed.asked.question:
                    given.setdefault((pupil.person.id, deed.asked.question.id), deed.right)
        rows = self.query("SELECT person_id, question_id, right FROM answers")
        kept = {(person, question, bool(right)) for person, question, right in rows}
        done = {(person, question, right) for (person, question), right in given.items()}
        return len(given), len(kept ^ done) + len(rows) - len(kept)

    def _make_reliable(self) -> None:
        """Let everybody come soon and answer each question once: then every answer must be counted."""
        dice = Random(2)  # noqa: S311 - no secrets here
        for pupil in self.pupils:
            pupil.character = replace(
                pupil.character,
                network=0.1,
                joins_after=dice.uniform(0, _JOINING_SECONDS),
                vanishes=0.0,
                repeats=0.0,
                chats=0.0,
                passes=0.0,
            )

    def _counted(self, answer: Callable[..., Awaitable[Reply]]) -> Callable[..., Awaitable[Reply]]:
        async def counted(token: str, method: str, raw: Mapping[str, object]) -> Reply:
            reply = await answer(token, method, raw)
            self.calls.append(Called(clock(), method, int(str(raw.get("chat_id", 0))), reply.status))
            return reply

        return counted

    def _on_change(self, change: Change) -> None:
        if change.what != "sent":
            return
        message = self.world.chats[change.chat_id].messages[change.message_id]
        if message.sender_id == self.world.bot.id:
            self.shown.append(Shown(clock(), change.chat_id, self._kind(message)))

    def _kind(self, message: Message) -> str:
        text = words_of(message)
        if message.content.poll_id or self._reading.written_in(text):
            return "question"
        plain = _plain(text)
        return "explanation" if any(one in plain for one in self._explanations) else "other"


def _plain(text: str) -> str:
    return " ".join(text.split())
