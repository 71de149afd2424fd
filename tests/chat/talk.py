"""A conversation with the real bot: the playground in process, a SQLite file, people who act and read.

Nothing sleeps: whoever waits is woken when the world or the database changed.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TypeVar

from telegram import Bot

from bot.app.desk import Delivery, Desk, Outgoing, Received, Task, Worked
from bot.core.question import Bank
from bot.playground.api import Api
from bot.playground.request import PlaygroundRequest
from bot.playground.world import Change, Message, Person, World
from bot.store.database import Database, open_database
from bot.tg.edge import Edge
from bot.tg.greeting import greet
from bot.tg.limits import Limits

T = TypeVar("T")

TOKEN = "1:test"
PATIENCE = 20


class Clock:
    """Time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


class WatchedDesk(Desk):
    """A desk that tells when something was done at it, and whether anything is left to do."""

    def __init__(self, database: Database, bank: Bank, clock: Callable[[], datetime], done: Callable[[], None]) -> None:
        super().__init__(database, bank, clock, UTC)
        self._done = done
        self.newest_update = 0
        self.is_idle = False

    def receive(self, updates: Sequence[Received]) -> tuple[Received, ...]:
        self.is_idle = False
        self.newest_update = max(one.update_id for one in updates)
        return self._watched(super().receive(updates))

    def work(self, tasks: Sequence[Task]) -> Worked:
        return self._watched(super().work(tasks))

    def settle(self, deliveries: Sequence[Delivery]) -> None:
        self._watched(super().settle(deliveries))

    def set_aside(self, update_id: int, problem: str) -> None:
        self._watched(super().set_aside(update_id, problem))

    def tick(self) -> tuple[Outgoing, ...]:
        return self._watched(super().tick())

    def _watched(self, result: T) -> T:
        self.is_idle = not (self.waiting() or self.unsent())
        self._done()
        return result


class Talk:
    """The bot, its world and its database, with the bot started and stopped at will."""

    def __init__(self, bank: Bank, url: str) -> None:
        self.bank = bank
        self.clock = Clock()
        self.world = World(self.clock, Random(11), first_update_id=1000)
        self.api = Api(self.world, TOKEN)
        self.database = open_database(url)
        self._news = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self.world.subscribe(self._on_change)

    def person(self, name: str = "Ann", language: str = "en") -> Person:
        return self.world.add_person(name, language_code=language)

    async def start(self) -> None:
        """Start the bot, as after a fresh start of its process."""
        loop = asyncio.get_running_loop()
        desk = WatchedDesk(
            self.database, self.bank, self.clock, lambda: loop.call_soon_threadsafe(self._news.set)
        )
        bot = Bot(TOKEN, request=PlaygroundRequest(self.api), get_updates_request=PlaygroundRequest(self.api))
        await greet(bot)
        self.desk = desk
        self._running = asyncio.create_task(Edge(bot, desk, Limits(0)).run())

    async def stop(self) -> None:
        """End the bot as SIGTERM does."""
        if self._running:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
            self._running = None

    async def restart(self, bank: Bank | None = None) -> None:
        """End the bot and start it again, perhaps with another bank."""
        await self.stop()
        self.bank = bank or self.bank
        await self.start()

    def close(self) -> None:
        self.database.close()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so; look whenever anything changed."""
        async with asyncio.timeout(PATIENCE):
            while not is_so():
                self._news.clear()
                await self._news.wait()

    async def quiet(self) -> None:
        """Wait until the bot has handled everything and sent everything."""
        await self.until(lambda: self._all_is_received() and self.desk.is_idle)

    def _all_is_received(self) -> bool:
        waiting = self.world.updates.take(0, 100)
        return all(update["update_id"] <= self.desk.newest_update for update in waiting)

    async def says(self, person: Person, text: str) -> list[Message]:
        """Let a person write; give what the bot answers."""
        return await self.answers(person, lambda: self.world.say(person.id, person.id, text))

    async def presses(self, person: Person, button: str) -> list[Message]:
        """Let a person press the newest button with this text; give what the bot answers."""
        message, data = self.button(person, button)
        return await self.answers(person, lambda: self.world.press(person.id, person.id, message.id, data))

    async def votes(self, person: Person, *options: str) -> list[Message]:
        """Let a person choose options, by their texts, in the newest poll; give what the bot answers."""
        poll = self.world.polls[self.newest_poll(person)]
        texts = [option.text.text for option in poll.options]
        chosen = [texts.index(option) for option in options]
        return await self.answers(person, lambda: self.world.vote(person.id, poll.id, chosen))

    async def answers(self, person: Person, act: Callable[[], object]) -> list[Message]:
        """Let a person act; give the bot's new messages to that person when it has nothing more to say."""
        last = max((message.id for message in self.messages(person)), default=0)
        act()
        await self.quiet()
        return [one for one in self.messages(person) if one.id > last and one.sender_id == self.world.bot.id]

    def messages(self, person: Person) -> list[Message]:
        return self.world.messages(person.id, person.id)

    def newest_poll(self, person: Person) -> str:
        return [one.content.poll_id for one in self.messages(person) if one.content.poll_id][-1]

    def button(self, person: Person, text: str) -> tuple[Message, str]:
        """Find the newest button with this text."""
        for message in reversed(self.messages(person)):
            for row in message.inline_keyboard:
                for button in row:
                    if button["text"] == text:
                        return message, button["callback_data"]
        raise AssertionError(f"{person.first_name} sees no button {text!r}")

    def _on_change(self, _change: Change) -> None:
        self._news.set()


def text_of(message: Message) -> str:
    """Give what a message says."""
    return message.content.text.text if message.content.text else ""
