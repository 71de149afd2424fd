"""Processes that tell and send over one outbox, for tests of who sends what."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import groupby
from random import Random

import psycopg
from small_bank import BANK

from bot.app.dispatch.service import ClaimedMessages, Delivery, OutgoingMessage, QuizService
from bot.app.messages import NicknameChanged, PressAnswer
from bot.store.database import open_database
from bot.store.signals import LOCKS

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
# How likely a step may be a death or a standstill.
RARELY = 0.6


class Process:
    """A desk with a number, which lives as long as its session."""

    def __init__(self, url: str, number: int) -> None:
        self.database = open_database(url)
        self.service = QuizService(self.database, BANK, lambda: NOW, UTC)
        self.service.open("quiz_bot")
        self._url = url
        self.join(number)

    def join(self, number: int) -> None:
        """Live under a number."""
        self.service.set_process_number(number)
        self._session = psycopg.connect(self._url, autocommit=True) if self.service.is_remote else None
        if self._session:
            self._session.execute("SELECT pg_advisory_lock(%s, %s)", (LOCKS, number))

    def tell(self, chat_id: int, *names: str) -> list[OutgoingMessage]:
        """Tell a chat something, in one story; give what is this process' to send."""
        with self.database.transaction() as unit:
            work = self.service._context(unit)
            for name in names:
                work.send_to_chat(chat_id, "en", NicknameChanged(name) if name else PressAnswer("1"))
            return list(work.flush())

    def settle(self, *sent: OutgoingMessage) -> list[OutgoingMessage]:
        """Let messages be sent; give what is to be sent after them."""
        deliveries = [Delivery(one.id, one.claimed_by, one.chat_id, one.message, busy_seconds=3000.0) for one in sent]
        return list(self.service.record_deliveries(deliveries))

    def lose(self) -> None:
        """Pass for dead, as a process does whose session was ended."""
        if self._session:
            # Not by the close alone, which the server may come to know a moment later.
            self._session.execute("SELECT pg_advisory_unlock_all()")
            self._session.close()
            self._session = None

    def die(self) -> None:
        """End as a killed process does."""
        self.lose()
        self.database.close()


def names(messages: list[OutgoingMessage] | ClaimedMessages) -> list[str]:
    """Give what messages say."""
    its = messages.outgoing if isinstance(messages, ClaimedMessages) else messages
    return [one.message.nickname for one in its if isinstance(one.message, NicknameChanged)]


class PostOffice:
    """Processes that tell, send, die, and pass for dead at random."""

    def __init__(self, join: Callable[[], Process], rng: Random) -> None:
        self._join = join
        self._rng = rng
        self._queues: dict[Process, dict[int, list[OutgoingMessage]]] = {join(): defaultdict(list) for _ in range(4)}
        self._steps = 0
        self._stalled: dict[Process, list[OutgoingMessage]] = {}
        self.told: dict[int, list[str]] = defaultdict(list)
        self.sent: dict[int, list[str]] = defaultdict(list)

    def step(self) -> None:
        """Let one process do something."""
        process = self._rng.choice(list(self._queues))
        acts = [self.tell] * 2 + [self.send] * 3 + [self.claim] * 2
        rarely = [self.die, self.stall, self.go_on] if self._rng.random() < RARELY else []
        self._rng.choice(acts + rarely)(process)

    def tell(self, process: Process) -> None:
        """Let a process tell a chat something."""
        self._steps += 1
        chat = self._rng.randrange(1, 9)
        self.told[chat].append(str(self._steps))
        self._take(process, process.tell(chat, str(self._steps)))

    def send(self, process: Process) -> None:
        """Let a process send the first message to some of its chats."""
        waiting = [chat for chat, queue in self._queues[process].items() if queue]
        for chat in self._rng.sample(waiting, min(len(waiting), 2)):
            one = self._queues[process][chat].pop(0)
            self.sent[chat] += names([one])
            self._take(process, process.settle(one))

    def claim(self, process: Process) -> None:
        """Let a process look for what nobody sends."""
        self._take(process, list(process.service.claim_messages().outgoing))

    def die(self, process: Process) -> None:
        """Let a process die, and another come."""
        process.die()
        del self._queues[process]
        self._queues[self._join()] = defaultdict(list)

    def stall(self, process: Process) -> None:
        """Let a process pass for dead when it has sent something and not noted it yet."""
        sent = [queue[0] for queue in self._queues[process].values() if queue]
        if sent and len(self._queues) > 1:
            process.lose()
            del self._queues[process]
            self._stalled[process] = sent
            for one in sent:
                self.sent[one.chat_id] += names([one])

    def go_on(self, _process: Process) -> None:
        """Let a process that passed for dead live under another number, and note what it sent."""
        if self._stalled:
            process, sent = self._stalled.popitem()
            self._steps += 1
            process.join(1000 + self._steps)
            self._queues[process] = defaultdict(list)
            self._take(process, process.settle(*sent))

    def finish(self) -> None:
        """Let everything be sent."""
        while self._stalled:
            self.go_on(next(iter(self._queues)))
        while {chat: [name for name, _ in groupby(sent)] for chat, sent in self.sent.items()} != self.told:
            before = sum(map(len, self.sent.values()))
            for process in self._queues:
                self.claim(process)
                self.send(process)
            assert sum(map(len, self.sent.values())) > before

    def _take(self, process: Process, messages: list[OutgoingMessage]) -> None:
        for one in messages:
            self._queues[process][one.chat_id].append(one)
