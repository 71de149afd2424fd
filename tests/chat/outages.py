"""A world whose chats are observed, the events in it, and a bot process that is killed at chosen events.

Uses Telegram's chats only, never the bot's insides. Nothing sleeps: every step follows from a change of the world.
"""

import asyncio
import signal
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import Literal

from bot_process import BotProcess

from bot.playground.world import Message, World, WorldEvent

# Upper bound in seconds of a random delay before a kill: the bot handles an event within about this time.
KILL_WITHIN_SECONDS = 0.03

EventKind = Literal[
    "naming",
    "start",
    "question",
    "action",
    "discussing",
    "asked again",
    "paused",
    "explained",
    "revealed",
    "result",
]


@dataclass(frozen=True, slots=True)
class Event:
    """The ``count``-th event of its kind in a round; round 0 is outside all rounds."""

    kind: EventKind
    round: int
    count: int


class ObservedWorld:
    """A world with people who watch their chats, and a bystander who takes no part in a quiz.

    Attributes:
        event_count: the number of events so far.
        on_event: called during each event, before the bot's call that caused it is answered.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.event_count = 0
        self.on_event: Callable[[Event, int], None] = lambda _event, _count: None
        self._counts: Counter[tuple[EventKind, int]] = Counter()
        self._observers: dict[int, Callable[[Message], None]] = {}
        self._bystander = world.add_person("Bystander").id
        self._replies = 0
        self._waiting: list[Callable[[], None]] = []
        self._in_round_trip: list[Callable[[], None]] = []
        self._changed = asyncio.Event()
        self.observe_chat(self._bystander, self._on_reply)
        world.subscribe(self._on_change)

    def observe_chat(self, chat_id: int, callback: Callable[[Message], None]) -> None:
        """Register a callback for messages of the bot in a chat; it runs during the bot's call."""
        self._observers[chat_id] = callback

    def record(self, kind: EventKind, round_number: int) -> None:
        """Count an event and report it to ``on_event``."""
        self.event_count += 1
        self._counts[kind, round_number] += 1
        self.on_event(Event(kind, round_number, self._counts[kind, round_number]), self.event_count)

    async def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition is true; check it whenever the world changes."""
        while not condition():
            self._changed.clear()
            await self._changed.wait()

    async def bystander_round_trip(self) -> None:
        """Send /help as the bystander and wait for the reply; the bot has processed other updates meanwhile."""
        replies = self._replies
        self.world.send_text(self._bystander, self._bystander, "/help")
        await self.wait_until(lambda: self._replies > replies)

    def after_round_trip(self, act: Callable[[], None]) -> None:
        """Run an action after a round trip of the bystander: the bot is alive and has handled earlier updates."""
        self._waiting.append(act)
        self._start_round_trip()

    def _start_round_trip(self) -> None:
        if self._waiting and not self._in_round_trip:
            self._in_round_trip, self._waiting = self._waiting, []
            self.world.send_text(self._bystander, self._bystander, "/help")

    def _on_reply(self, _message: Message) -> None:
        self._replies += 1
        for act in self._in_round_trip:
            asyncio.get_running_loop().call_soon(act)
        self._in_round_trip = []
        asyncio.get_running_loop().call_soon(self._start_round_trip)

    def _on_change(self, change: WorldEvent) -> None:
        self._changed.set()
        callback = self._observers.get(change.chat_id) if change.kind == "sent" else None
        if callback:
            message = self.world.chats[change.chat_id].messages[change.message_id]
            if message.sender_id == self.world.bot.id:
                callback(message)


class Outages:
    """Kills a bot at the given events, or soon after events with the given numbers (from 1), and restarts it at once.

    Args:
        rng: draws the delay before a kill; without it the bot is killed during the event.

    Attributes:
        pending: events that have not happened yet.
        kills: the number of kills so far.
        while_dead: called while the bot is dead.
    """

    def __init__(
        self,
        bot: BotProcess,
        observed: ObservedWorld,
        events: Iterable[Event],
        numbers: Iterable[int],
        rng: Random | None,
    ) -> None:
        self._bot = bot
        self._numbers = sorted(numbers, reverse=True)
        self.pending = set(events)
        self._rng = rng
        self._kills_due = 0
        self._kill_is_scheduled = False
        self.kills = 0
        self.while_dead: Callable[[], None] = lambda: None
        observed.on_event = self._on_event

    def _on_event(self, event: Event, count: int) -> None:
        """Kill the bot if a kill is due; a kill that falls due while it is dead follows after the restart."""
        self._kills_due += event in self.pending
        self.pending.discard(event)
        while self._numbers and count >= self._numbers[-1]:
            self._numbers.pop()
            self._kills_due += 1
        if self._kills_due and self._bot.is_alive and not self._kill_is_scheduled:
            self._kills_due -= 1
            self._kill_is_scheduled = True
            if self._rng:
                asyncio.get_running_loop().call_later(self._rng.uniform(0, KILL_WITHIN_SECONDS), self._bot.kill)
            else:
                self._bot.kill()

    async def keep_restarting(self) -> None:
        """Restart the bot after every kill, until cancelled."""
        while True:
            code = await self._bot.wait_until_ended()
            assert code == -signal.SIGKILL, f"the bot ended by itself with {code}: {self._bot.log_text}"
            self.kills += 1
            self._kill_is_scheduled = False
            self.while_dead()
            await self._bot.start()
