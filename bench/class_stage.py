"""Environment for measuring live classes: the playground over HTTP, simulated pupils, and our bot as a process."""

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
from bot.playground.bot_api import ApiResponse, BotApi
from bot.playground.server import create_app
from bot.playground.world import Message, World, WorldEvent
from bot.rehearsal.answer_key import AnswerKey
from bot.rehearsal.message_reading import visible_text
from bot.rehearsal.rehearsal import Rehearsal
from bot.serving import serve
from bot.wiring import clock

BANK = Path(__file__).parent.parent / "questions.yaml"
TELEGRAMS_LIMIT = 30
TOKEN = "42:classes"  # noqa: S105 - opens nothing
_POLL_SECONDS = 0.05
_JOINING_SECONDS = 10.0


class StageError(Exception):
    """A condition was not reached in time; the text names it."""


@dataclass(frozen=True, slots=True)
class Called:
    """One call of the Bot API that was answered."""

    at: datetime
    method: str
    chat_id: int
    status: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One message that the bot sent to a chat; the kind is ``question``, ``explanation`` or ``other``."""

    at: datetime
    chat_id: int
    kind: str


class ClassStage:
    """Context manager: ``async with ClassStage(...) as stage:``. Everything that it started stops at its exit.

    Args:
        haste: factor by which the pupils act faster than real people.

    Attributes:
        calls, shown: the calls and messages of the bot, in order.
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
        self._reading = AnswerKey(bank)
        self._explanations = [_plain(question.why) for question in bank.questions]
        self._folder = folder
        self._limited = limited
        self._all = AsyncExitStack()
        self._make_reliable()
        self.world.subscribe(self._on_change)

    async def __aenter__(self) -> Self:
        app = create_app(self.world, TOKEN)
        api: BotApi = app.state.api
        api.flood_limits.is_on = self._limited
        api.call = self._recorded(api.call)  # type: ignore[method-assign, assignment] # sees all calls
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

    async def until(self, what: str, is_reached: Callable[[], bool], limit: float) -> None:
        """Wait until a condition is true. Raises StageError after ``limit`` seconds, or if the bot exits."""
        ends = time.monotonic() + limit
        while not is_reached():
            if self._bot.poll() is not None or time.monotonic() > ends:
                log = (self._folder / "log.txt").read_text()[-1500:]
                raise StageError(f"timed out after {limit:g} s waiting for {what}\n{log}")
            await asyncio.sleep(_POLL_SECONDS)

    def messages_in(self, chat_id: int) -> list[Message]:
        """Return the bot's messages in a chat, the latest first."""
        messages = reversed(self.world.chats[chat_id].messages.values())
        return [message for message in messages if message.sender_id == self.world.bot.id]

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a read-only query in the bot's database."""
        file = self._folder / "bot.sqlite"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30)) as database:
            return database.execute(sql).fetchall()

    def miscounted(self) -> tuple[int, int]:
        """Return the number of answers that pupils gave, and of those missing, wrong or doubled in the database."""
        given: dict[tuple[int, str], bool] = {}
        for pupil in self.pupils:
            for deed in pupil.answers:
                if deed.in_time and deed.asked.question:
                    given.setdefault((pupil.person.id, deed.asked.question.id), deed.right)
        rows = self.query("SELECT person_id, question_id, right FROM answers")
        stored = {(person, question, bool(right)) for person, question, right in rows}
        expected = {(person, question, right) for (person, question), right in given.items()}
        return len(given), len(stored ^ expected) + len(rows) - len(stored)

    def _make_reliable(self) -> None:
        """Set every pupil to join soon and to answer each question once, so that every answer must be counted."""
        rng = Random(2)  # noqa: S311 - no secrets here
        for pupil in self.pupils:
            pupil.traits = replace(
                pupil.traits,
                network_delay=0.1,
                join_delay=rng.uniform(0, _JOINING_SECONDS),
                leave_chance=0.0,
                repeat_chance=0.0,
                chatter_chance=0.0,
                skip_chance=0.0,
            )

    def _recorded(self, answer: Callable[..., Awaitable[ApiResponse]]) -> Callable[..., Awaitable[ApiResponse]]:
        async def recorded(token: str, method: str, raw: Mapping[str, object]) -> ApiResponse:
            reply = await answer(token, method, raw)
            self.calls.append(Called(clock(), method, int(str(raw.get("chat_id", 0))), reply.status))
            return reply

        return recorded

    def _on_change(self, change: WorldEvent) -> None:
        if change.kind != "sent":
            return
        message = self.world.chats[change.chat_id].messages[change.message_id]
        if message.sender_id == self.world.bot.id:
            self.shown.append(Shown(clock(), change.chat_id, self._kind(message)))

    def _kind(self, message: Message) -> str:
        text = visible_text(message)
        if message.content.poll_id or self._reading.find_written_question(text):
            return "question"
        plain = _plain(text)
        return "explanation" if any(one in plain for one in self._explanations) else "other"


def _plain(text: str) -> str:
    return " ".join(text.split())
