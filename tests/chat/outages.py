"""The world that people of a class share, what happens in it, and a bot that is killed at chosen happenings.

Knows Telegram's chats only, never the bot's insides. Nothing sleeps: every move follows from a change of the world.
"""

import asyncio
import signal
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import Literal

from bot_process import BotProcess

from bot.playground.world import Change, Message, World

# Seconds in which the bot handles what has just happened.
SOON = 0.03

What = Literal[
    "naming",
    "start",
    "question",
    "deed",
    "discussing",
    "asked again",
    "paused",
    "explained",
    "revealed",
    "result",
]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happens in a round (0 for outside of all) for the so-manieth time."""

    what: What
    round: int
    count: int


class Place:
    """A world with people who look at chats, and one more who takes no part.

    Attributes:
        happenings: how much happened so far.
        at_happening: called at each, in the middle of it: a call of the bot's that caused it is not answered yet.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.happenings = 0
        self.at_happening: Callable[[Moment, int], None] = lambda _moment, _count: None
        self._counts: Counter[tuple[What, int]] = Counter()
        self._eyes: dict[int, Callable[[Message], None]] = {}
        self._bystander = world.add_person("Bystander").id
        self._heard = 0
        self._waiting: list[Callable[[], None]] = []
        self._called: list[Callable[[], None]] = []
        self._news = asyncio.Event()
        self.look_at(self._bystander, self._hear)
        world.subscribe(self._on_change)

    def look_at(self, chat_id: int, see: Callable[[Message], None]) -> None:
        """Let somebody see what the bot writes in a chat, in the middle of its call."""
        self._eyes[chat_id] = see

    def happen(self, what: What, round_number: int) -> None:
        """Count a happening and tell of it."""
        self.happenings += 1
        self._counts[what, round_number] += 1
        self.at_happening(Moment(what, round_number, self._counts[what, round_number]), self.happenings)

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so; look whenever the world changed."""
        while not is_so():
            self._news.clear()
            await self._news.wait()

    async def bystander_is_answered(self) -> None:
        """Let somebody who takes no part ask for help and get it: a round trip on which to see what else is done."""
        heard = self._heard
        self.world.say(self._bystander, self._bystander, "/help")
        await self.until(lambda: self._heard > heard)

    def after_a_while(self, act: Callable[[], None]) -> None:
        """Let somebody act once the bot has answered somebody else: it lives, and has got on with what came before."""
        self._waiting.append(act)
        self._call()

    def _call(self) -> None:
        if self._waiting and not self._called:
            self._called, self._waiting = self._waiting, []
            self.world.say(self._bystander, self._bystander, "/help")

    def _hear(self, _message: Message) -> None:
        self._heard += 1
        for act in self._called:
            asyncio.get_running_loop().call_soon(act)
        self._called = []
        asyncio.get_running_loop().call_soon(self._call)

    def _on_change(self, change: Change) -> None:
        self._news.set()
        see = self._eyes.get(change.chat_id) if change.what == "sent" else None
        if see:
            message = self.world.chats[change.chat_id].messages[change.message_id]
            if message.sender_id == self.world.bot.id:
                see(message)


class Outages:
    """Kills a bot at given moments, or soon after happenings counted from 1, and starts it again at once.

    Args:
        dice: decide how soon; without them it is killed in the middle of what happens.

    Attributes:
        left: moments that have not come yet.
        kills: how often the bot was killed.
        look: called while the bot lies there dead.
    """

    def __init__(
        self, bot: BotProcess, place: Place, moments: Iterable[Moment], numbers: Iterable[int], dice: Random | None
    ) -> None:
        self._bot = bot
        self._numbers = sorted(numbers, reverse=True)
        self.left = set(moments)
        self._dice = dice
        self._owed = 0
        self._is_doomed = False
        self.kills = 0
        self.look: Callable[[], None] = lambda: None
        place.at_happening = self._on_happening

    def _on_happening(self, moment: Moment, count: int) -> None:
        """Kill if it is time. What comes while the bot is dead is made up for as soon as it lives."""
        self._owed += moment in self.left
        self.left.discard(moment)
        while self._numbers and count >= self._numbers[-1]:
            self._numbers.pop()
            self._owed += 1
        if self._owed and self._bot.is_alive and not self._is_doomed:
            self._owed -= 1
            self._is_doomed = True
            if self._dice:
                asyncio.get_running_loop().call_later(self._dice.uniform(0, SOON), self._bot.kill)
            else:
                self._bot.kill()

    async def revive(self) -> None:
        """Start the bot again whenever it was killed, for ever."""
        while True:
            code = await self._bot.ended()
            assert code == -signal.SIGKILL, f"the bot ended by itself with {code}: {self._bot.said}"
            self.kills += 1
            self._is_doomed = False
            self.look()
            await self._bot.start()
