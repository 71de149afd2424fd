"""Processes that create and send messages over one outbox, for tests of the ownership and order of messages."""

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
# The share of steps in which a failure of a process is possible.
FAILURE_CHANCE = 0.6


class Process:
    """A service with a process number, which counts as alive as long as its database session holds the lock."""

    def __init__(self, url: str, number: int) -> None:
        self.database = open_database(url)
        self.service = QuizService(self.database, BANK, lambda: NOW, UTC)
        self.service.open("quiz_bot")
        self._url = url
        self.use_number(number)

    def use_number(self, number: int) -> None:
        """Use a process number, and hold the lock that shows that its process lives."""
        self.service.set_process_number(number)
        self._session = psycopg.connect(self._url, autocommit=True) if self.service.is_remote else None
        if self._session:
            self._session.execute("SELECT pg_advisory_lock(%s, %s)", (LOCKS, number))

    def send_to_chat(self, chat_id: int, *names: str) -> list[OutgoingMessage]:
        """Create messages to a chat in one transaction; return those that this process is to send."""
        with self.database.transaction() as unit:
            context = self.service._context(unit)
            for name in names:
                context.send_to_chat(chat_id, "en", NicknameChanged(name) if name else PressAnswer("1"))
            return list(context.flush())

    def record_sent(self, *sent: OutgoingMessage) -> list[OutgoingMessage]:
        """Record messages as sent; return those to send next."""
        deliveries = [Delivery(one.id, one.claimed_by, one.chat_id, one.message, busy_seconds=3000.0) for one in sent]
        return list(self.service.record_deliveries(deliveries))

    def lose_session(self) -> None:
        """Lose the database session, so that the process counts as dead."""
        if self._session:
            # The server may notice the closed connection only a moment later.
            self._session.execute("SELECT pg_advisory_unlock_all()")
            self._session.close()
            self._session = None

    def die(self) -> None:
        """Stop like a killed process."""
        self.lose_session()
        self.database.close()


def names(messages: list[OutgoingMessage] | ClaimedMessages) -> list[str]:
    """Return the nicknames in these messages."""
    outgoing = messages.outgoing if isinstance(messages, ClaimedMessages) else messages
    return [one.message.nickname for one in outgoing if isinstance(one.message, NicknameChanged)]


class RandomCluster:
    """Four processes that create and send messages, die, lose their session and return, at random."""

    def __init__(self, join: Callable[[], Process], rng: Random) -> None:
        self._join = join
        self._rng = rng
        self._queues: dict[Process, dict[int, list[OutgoingMessage]]] = {join(): defaultdict(list) for _ in range(4)}
        self._steps = 0
        self._stalled: dict[Process, list[OutgoingMessage]] = {}
        self.created: dict[int, list[str]] = defaultdict(list)
        self.sent: dict[int, list[str]] = defaultdict(list)

    def step(self) -> None:
        """Run a random action of a random process."""
        process = self._rng.choice(list(self._queues))
        acts = [self.create_message] * 2 + [self.send_first] * 3 + [self.claim_messages] * 2
        rarely = [self.die, self.stall, self.revive] if self._rng.random() < FAILURE_CHANCE else []
        self._rng.choice(acts + rarely)(process)

    def create_message(self, process: Process) -> None:
        """Create a message in a random chat."""
        self._steps += 1
        chat = self._rng.randrange(1, 9)
        self.created[chat].append(str(self._steps))
        self._enqueue(process, process.send_to_chat(chat, str(self._steps)))

    def send_first(self, process: Process) -> None:
        """Send the first message of up to two chats of a process."""
        waiting = [chat for chat, queue in self._queues[process].items() if queue]
        for chat in self._rng.sample(waiting, min(len(waiting), 2)):
            one = self._queues[process][chat].pop(0)
            self.sent[chat] += names([one])
            self._enqueue(process, process.record_sent(one))

    def claim_messages(self, process: Process) -> None:
        """Claim messages without a live owner."""
        self._enqueue(process, list(process.service.claim_messages().outgoing))

    def die(self, process: Process) -> None:
        """Kill a process and start another."""
        process.die()
        del self._queues[process]
        self._queues[self._join()] = defaultdict(list)

    def stall(self, process: Process) -> None:
        """End a process's session after it has sent messages, before it records their deliveries."""
        sent = [queue[0] for queue in self._queues[process].values() if queue]
        if sent and len(self._queues) > 1:
            process.lose_session()
            del self._queues[process]
            self._stalled[process] = sent
            for one in sent:
                self.sent[one.chat_id] += names([one])

    def revive(self, _process: Process) -> None:
        """Revive a process that lost its session, under a new number; it records what it sent before."""
        if self._stalled:
            process, sent = self._stalled.popitem()
            self._steps += 1
            process.use_number(1000 + self._steps)
            self._queues[process] = defaultdict(list)
            self._enqueue(process, process.record_sent(*sent))

    def finish(self) -> None:
        """Send everything that is left."""
        while self._stalled:
            self.revive(next(iter(self._queues)))
        while {chat: [name for name, _ in groupby(sent)] for chat, sent in self.sent.items()} != self.created:
            before = sum(map(len, self.sent.values()))
            for process in self._queues:
                self.claim_messages(process)
                self.send_first(process)
            assert sum(map(len, self.sent.values())) > before

    def _enqueue(self, process: Process, messages: list[OutgoingMessage]) -> None:
        for one in messages:
            self._queues[process][one.chat_id].append(one)
