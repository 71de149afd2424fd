"""Sender: sends the stored messages, in order within a chat and chats concurrently, until they have arrived.

Every message stays in the outbox until its delivery is recorded; the queues here only mirror it. Several processes may
send from one outbox: each sends the messages that it has claimed, and checks every second for unclaimed ones.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from telegram.error import BadRequest, Forbidden

from bot.app.context import OutgoingMessage
from bot.app.dispatch.failure_reasons import failure_reason
from bot.app.dispatch.service import Delivery, QuizService, StoreError, UnavailableError
from bot.app.messages import asks_for_text
from bot.app.messages.urgency import INDEPENDENT, Urgency, urgency_of
from bot.tg.bot_api.response import one_line
from bot.tg.outbound.caller import ApiCaller, LostError, Sent
from bot.tg.outbound.queued_message import QueuedMessage
from bot.tg.outbound.stored_flood_waits import StoredFloodWaits
from bot.tg.outbound.timing import Timing
from bot.tg.runner import HandlerRunner, rest_after_work, run_contained, run_to_end
from bot.tg.views import show

log = logging.getLogger(__name__)

# Maximum number of deliveries recorded in one transaction.
RECORDED_AT_ONCE = 500
STORE_SECONDS = 2.0
# Seconds between two checks for messages of no live process.
LOOK_SECONDS = 1.0
# While this many wait here, only urgent messages are claimed: other processes may have less to do.
ENOUGH = 2000
# Parts of Telegram's refusals when a group does not allow the bot to send something (official server, "not enough
# rights to send polls to the chat"), or to see its members.
_LACKS_RIGHTS = ("rights to send", "chat_admin_required", "member list is inaccessible")

Queue = int | str


@dataclass(eq=False, slots=True)
class _ChatQueue:
    """Messages that wait for one chat, and the task that sends them."""

    queue: deque[QueuedMessage] = field(default_factory=deque)
    task: asyncio.Task[None] | None = None


class Sender:
    """Sender of outgoing messages.

    Args:
        expect_text: called with a person to whom a message is sent that asks for a text.
        tell_settled: called when deliveries are recorded: votes may have waited for that.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - whom it works with
        self,
        caller: ApiCaller,
        service: QuizService,
        runner: HandlerRunner,
        expect_text: Callable[[int], None],
        tell_settled: Callable[[], None],
        timing: Timing,
    ) -> None:
        self._caller = caller
        self._flood_waits = StoredFloodWaits(caller, service, runner, timing)
        self._service = service
        self._runner = runner
        self._expect_text = expect_text
        self._on_recorded = tell_settled
        self._timing = timing
        self._queues: dict[Queue, _ChatQueue] = {}
        self._waiting = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._delivered: list[Delivery] = []
        self._news = asyncio.Event()
        self._look = asyncio.Event()
        self._abandoned: int | None = None
        self._is_ending = False
        self._store_is_down = self._is_blind = False
        self._singly = 0

    def send(self, messages: Sequence[OutgoingMessage]) -> None:
        """Queue messages of the outbox for sending; those of an abandoned process number are ignored."""
        for message in messages:
            if self._is_ending or message.claimed_by == self._abandoned:
                continue
            if asks_for_text(message.message):
                self._expect_text(message.chat_id)
            if message.busy_seconds:
                self._caller.note_busy(message.chat_id, message.busy_seconds)
            self._queue(message)

    def wake(self) -> None:
        """Check at once for unclaimed messages."""
        self._look.set()

    def drop_all(self) -> None:
        """Drop every message: all may belong to other processes now.

        A running request ends and is recorded; no other message of this process number is sent.
        """
        self._abandoned = self._service.process_number
        for line in self._queues.values():
            for queued in line.queue:
                queued.is_lost = True
            if line.task and not line.queue[0].is_calling:
                line.task.cancel()
        self._queues.clear()
        self._waiting = 0

    async def run(self) -> None:
        """Record deliveries, store pauses, and claim unowned messages until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._record_all())
            tasks.create_task(self._claim())
            tasks.create_task(self._flood_waits.run())

    async def finish(self, seconds: float) -> None:
        """Wait for running requests, at most this many seconds; unsent messages stay in the outbox."""
        self._is_ending = True
        for line in self._queues.values():
            while len(line.queue) > 1:
                line.queue.pop()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
        self._caller.close()
        await self._flood_waits.finish()
        while self._delivered and not self._store_is_down:
            await self._record_some()

    def _queue(self, message: OutgoingMessage) -> None:
        """Queue a message behind those of its chat, which become due no later than it."""
        due = self._timing.now() + urgency_of(message.message).patience
        name = _queue_of(message)
        line = self._queues.get(name)
        self._waiting += 1
        if line is None:
            line = self._queues[name] = _ChatQueue(deque((QueuedMessage(message, due),)))
            line.task = asyncio.create_task(self._drain(name, line))
            self._tasks.add(line.task)
            line.task.add_done_callback(self._tasks.discard)
            return
        for earlier in reversed(line.queue):
            if earlier.due <= due:
                break
            earlier.due = due
            self._caller.hasten(earlier)
        line.queue.append(QueuedMessage(message, due))

    async def load_flood_waits(self) -> None:
        """Load the stored pauses. Raises StoreError."""
        await self._flood_waits.load()

    async def _record_all(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            began = asyncio.get_running_loop().time()
            await run_to_end(self._record_some())
            await rest_after_work(began)

    async def _claim(self) -> None:
        """Claim unowned messages at start, every second and when woken."""
        while True:
            self._look.clear()
            if not await self._claim_some():
                try:
                    async with asyncio.timeout(LOOK_SECONDS):
                        await self._look.wait()
                except TimeoutError:
                    pass

    async def _claim_some(self) -> bool:
        """Claim a batch; return whether more can be claimed now."""
        if self._service.process_number == self._abandoned:
            return False
        least = Urgency.LIVE if self._waiting >= ENOUGH else Urgency.LATER
        try:
            claimed = await self._runner.call(self._service.claim_messages, least)
        except StoreError as error:
            if not (self._is_blind or isinstance(error, UnavailableError)):
                log.error("%s Could not claim unowned messages; retrying.", error)  # noqa: TRY400 - the sentence says all
            self._is_blind = True
            return False
        except Exception:
            log.exception("Claiming unowned messages failed; retrying.")
            return False
        self._is_blind = False
        await self._caller.learn(claimed.flood_waits)
        self.send(claimed.outgoing)
        return claimed.more and self._waiting < ENOUGH

    async def _record_some(self) -> None:
        """Record deliveries, retrying until the database accepts them."""
        most = 1 if self._singly else RECORDED_AT_ONCE
        delivered, self._delivered = self._delivered[:most], self._delivered[most:]
        if self._delivered:
            self._news.set()
        try:
            if delivered:
                self.send(await self._record(delivered))
                self._on_recorded()
        except StoreError as error:
            if not (self._store_is_down or isinstance(error, UnavailableError)):
                log.error("%s %d deliveries are not recorded yet; retrying.", error, len(delivered))  # noqa: TRY400
            self._delivered = delivered + self._delivered
            await asyncio.sleep(STORE_SECONDS)
            self._news.set()
            self._store_is_down = True
        else:
            self._store_is_down = False

    async def _record(self, delivered: list[Delivery]) -> Sequence[OutgoingMessage]:
        """Record deliveries together; if one fails, one by one, and discard that one's message."""
        self._singly = max(0, self._singly - 1)
        try:
            return await self._runner.call(self._service.record_deliveries, delivered)
        except StoreError:
            raise
        except Exception as error:
            if len(delivered) > 1:
                self._delivered = delivered + self._delivered
                self._singly = len(delivered)
                self._news.set()
                return ()
            one = delivered[0]
            log.exception("Handling the delivery of message %d failed; the message is set aside.", one.id)
            await self._runner.call(self._service.discard_message, one.id, failure_reason(error))
            return ()

    async def _drain(self, name: Queue, line: _ChatQueue) -> None:
        """Send the messages of one queue one after another."""
        while line.queue:
            queued = line.queue[0]
            try:
                delivery = await self._deliver(queued)
            except LostError:
                return
            self._delivered.append(delivery)  # a statement of its own: while it was sent, the list became another
            self._news.set()
            if queued.is_lost:
                return
            line.queue.popleft()
            self._waiting -= 1
        del self._queues[name]

    async def _deliver(self, queued: QueuedMessage) -> Delivery:
        """Send one message; return its delivery. Raises LostError if it was dropped."""
        outgoing = queued.outgoing
        sent = Sent(outgoing.chat_id)
        unsent, method = Delivery(outgoing.id, outgoing.claimed_by, outgoing.chat_id, outgoing.message), ""
        try:
            for call in run_contained(show, outgoing.message, outgoing.language):
                method = call.method
                sent = await self._caller.send(call, sent.chat_id, queued)
        except LostError:
            raise
        except Forbidden:
            return replace(unsent, unreachable=True)
        except BadRequest as error:
            if any(words in error.message.lower() for words in _LACKS_RIGHTS):
                return replace(unsent, forbidden=True)
            words = "Telegram refused %s (%s): message %d (%s) is set aside; bot outbox lists it."
            log.error(words, method, one_line(error.message), unsent.id, type(unsent.message).__name__)  # noqa: TRY400
            return replace(unsent, problem=failure_reason(error))
        except Exception as error:
            # A message that cannot be sent must not block those behind it.
            log.exception("Message %d (%s) cannot be sent and is set aside.", unsent.id, type(unsent.message).__name__)
            return replace(unsent, problem=failure_reason(error))
        return self._as_sent(unsent, sent)

    def _as_sent(self, unsent: Delivery, sent: Sent) -> Delivery:
        return replace(
            unsent,
            chat_id=sent.chat_id,
            message_id=sent.message_id,
            poll_id=sent.poll_id,
            people=sent.people,
            moved_from=None if sent.chat_id == unsent.chat_id else unsent.chat_id,
            busy_seconds=self._caller.busy(sent.chat_id),
        )


def _queue_of(outgoing: OutgoingMessage) -> Queue:
    """Return the queue of a message: its chat's, or one of its own for an independent message."""
    if isinstance(outgoing.message, INDEPENDENT):
        return f"apart {outgoing.id}"
    return outgoing.chat_id
