"""Sends what the stories told: in order per chat, chats side by side, until it is there.

Every message stands in the outbox until its delivery is settled; the queues here only mirror it.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence

from telegram.error import BadRequest, Forbidden

from bot.app.desk import Delivery, Desk, StoreError
from bot.app.messages import PressAnswer, asks_for_text
from bot.app.work import Outgoing
from bot.tg.delivery import Carrier, Sent
from bot.tg.gate import Gate
from bot.tg.runner import StoryRunner, contained, finished
from bot.tg.views import show

log = logging.getLogger(__name__)

# How many deliveries are noted in one transaction.
SETTLED_AT_ONCE = 500
STORE_SECONDS = 2.0
# How Telegram words it where a group does not let the bot send something (official server, "not enough rights to send
# polls to the chat").
_LACKS_RIGHTS = "rights to send"

Queue = int | str


class Sender:
    """The way out.

    Args:
        gate: hears to whom a message goes that asks for a text.
        tell_settled: called when deliveries are noted: votes may have waited for that.
    """

    def __init__(
        self,
        carrier: Carrier,
        desk: Desk,
        runner: StoryRunner,
        gate: Gate,
        tell_settled: Callable[[], None],
    ) -> None:
        self._carrier = carrier
        self._desk = desk
        self._runner = runner
        self._gate = gate
        self._tell_settled = tell_settled
        self._queues: dict[Queue, deque[Outgoing]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._delivered: list[Delivery] = []
        self._news = asyncio.Event()
        self._store_is_down = False
        self._singly = 0

    def send(self, messages: Sequence[Outgoing]) -> None:
        """Take messages that stand in the outbox, to send them as soon as may be."""
        for message in messages:
            if asks_for_text(message.message):
                self._gate.expect(message.chat_id, asyncio.get_running_loop().time())
            name = _queue_of(message)
            if name in self._queues:
                self._queues[name].append(message)
                continue
            self._queues[name] = deque((message,))
            task = asyncio.create_task(self._drain(name))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def wake(self) -> None:
        """Look at once for messages that nobody has claimed."""
        self._news.set()

    def abandon(self) -> None:
        """Let go of every message: all may be other processes' now."""

    async def run(self) -> None:
        """Settle deliveries until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            await finished(self._settle_some())

    async def finish(self, seconds: float) -> None:
        """Let what is under way end, for at most so long; what is not sent by then stays in the outbox."""
        for queue in self._queues.values():
            while len(queue) > 1:
                queue.pop()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
        while self._delivered and not self._store_is_down:
            await self._settle_some()

    async def _settle_some(self) -> None:
        """Note what became of messages. If the database cannot, it is tried again until it can."""
        most = 1 if self._singly else SETTLED_AT_ONCE
        delivered, self._delivered = self._delivered[:most], self._delivered[most:]
        if self._delivered:
            self._news.set()
        try:
            if delivered:
                self.send(await self._note(delivered))
                self._tell_settled()
        except StoreError as error:
            log.error("%s %d deliveries wait to be noted; trying again.", error, len(delivered))  # noqa: TRY400
            self._delivered = delivered + self._delivered
            await asyncio.sleep(STORE_SECONDS)
            self._news.set()
            self._store_is_down = True
        else:
            self._store_is_down = False

    async def _note(self, delivered: list[Delivery]) -> Sequence[Outgoing]:
        """Note deliveries together; if what follows from one fails, one by one, and that one is set aside."""
        self._singly = max(0, self._singly - 1)
        try:
            return await self._runner.call(self._desk.settle, delivered)
        except StoreError:
            raise
        except Exception as error:
            if len(delivered) > 1:
                self._delivered = delivered + self._delivered
                self._singly = len(delivered)
                self._news.set()
                return ()
            one = delivered[0]
            log.exception("What follows from message %d fails; it is set aside.", one.id)
            await self._runner.call(self._desk.refuse, one.id, _problem(error))
            return ()

    async def _drain(self, name: Queue) -> None:
        """Send what waits in one queue, one message after the other."""
        queue = self._queues[name]
        while queue:
            delivery = await self._deliver(queue[0])
            self._delivered.append(delivery)  # a statement of its own: while it was sent, the list became another
            self._news.set()
            queue.popleft()
        del self._queues[name]

    async def _deliver(self, outgoing: Outgoing) -> Delivery:
        """Send one message; give what became of it."""
        sent, message = Sent(outgoing.chat_id), outgoing.message
        try:
            for call in contained(show, message, outgoing.language):
                sent = await self._carrier.carry_out(call, sent.chat_id)
        except Forbidden:
            return Delivery(outgoing.id, outgoing.chat_id, message, unreachable=True)
        except BadRequest as error:
            if _LACKS_RIGHTS in error.message:
                return Delivery(outgoing.id, outgoing.chat_id, message, forbidden=True)
            return _set_aside(outgoing, error)
        except Exception as error:  # noqa: BLE001 - one message that cannot be sent must not hold up those behind it
            return _set_aside(outgoing, error)
        moved_from = None if sent.chat_id == outgoing.chat_id else outgoing.chat_id
        return Delivery(
            outgoing.id, sent.chat_id, message, sent.message_id, sent.poll_id, sent.people, moved_from=moved_from
        )


def _set_aside(outgoing: Outgoing, error: Exception) -> Delivery:
    log.error("Message %d (%s) is set aside.", outgoing.id, type(outgoing.message).__name__, exc_info=error)
    return Delivery(outgoing.id, outgoing.chat_id, outgoing.message, problem=_problem(error))


def _problem(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def _queue_of(outgoing: Outgoing) -> Queue:
    """Say behind what a message must wait: its chat's others; a press is answered at once, whatever else waits."""
    if isinstance(outgoing.message, PressAnswer):
        return f"press {outgoing.message.press_id}"
    return outgoing.chat_id
