"""The real application service on a real database, driven by direct calls in Telegram's place."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bot.app.commands import Command, Visitor, Vote, Write
from bot.app.context import OutgoingMessage
from bot.app.dispatch.service import Delivery, QuizService, Received
from bot.app.messages import AskedQuestion, ClassQuestion
from bot.bank import load
from bot.core.prompt import ChoicePrompt, TrueFalsePrompt
from bot.store.database import open_database

_BANK = Path(__file__).parent.parent / "questions.yaml"
_AT_ONCE = 100
# A real update has some 400 characters, most of them about its sender.
_PADDING = "-" * 350


class ServiceDriver:
    """Driver of the service: stores updates, processes them, and delivers the messages.

    Attributes:
        now: the current time for the service; set it to let time pass.
        asked: each person's open question with the id of its poll; the id of a typed question is empty.
    """

    def __init__(self, url: str, now: datetime) -> None:
        self.database = open_database(url)
        self.now = now
        self.service = QuizService(self.database, load(_BANK), lambda: self.now, UTC)
        self.service.open("bench_bot")
        self.asked: dict[int, tuple[str, AskedQuestion | ClassQuestion]] = {}
        self._commands: dict[str, Command] = {}
        self._updates = count(1)
        self._messages = count(1)

    def store_updates(self, commands: Sequence[Command]) -> int:
        """Store an update for each command in the inbox; return their number. Not part of the measured time."""
        updates = []
        for command in commands:
            number = next(self._updates)
            body = json.dumps({"update_id": number, "message": _PADDING})
            self._commands[body] = command
            updates.append(Received(number, f"chat {command.visitor.id}", body))
        self.service.store_updates(updates)
        return len(updates)

    def process(self, count: int) -> tuple[OutgoingMessage, ...]:
        """Process the stored updates in one transaction; return the messages to send."""
        worked = self.service.process_batch(self._commands.pop, count)
        assert worked.count == count, f"of {count} updates {worked.count} were processed"
        return worked.outgoing

    def deliver(self, outgoing: Sequence[OutgoingMessage]) -> None:
        """Record all messages as delivered, and those that follow from these deliveries."""
        while outgoing:
            outgoing = self.service.record_deliveries([self._delivery(one) for one in outgoing])

    def run(self, commands: Sequence[Command]) -> tuple[OutgoingMessage, ...]:
        """Process the commands in batches and deliver the messages; return the messages that the commands caused."""
        sent: list[OutgoingMessage] = []
        for start in range(0, len(commands), _AT_ONCE):
            messages = self.process(self.store_updates(commands[start : start + _AT_ONCE]))
            sent += messages
            self.deliver(messages)
        return tuple(sent)

    def _delivery(self, one: OutgoingMessage) -> Delivery:
        number, poll_id = next(self._messages), ""
        if isinstance(one.message, AskedQuestion | ClassQuestion):
            if isinstance(one.message.prompt, ChoicePrompt | TrueFalsePrompt):
                poll_id = f"poll{number}"
            self.asked[one.chat_id] = (poll_id, one.message)
        return Delivery(one.id, one.claimed_by, one.chat_id, one.message, message_id=number, poll_id=poll_id)


def visitor(person: int) -> Visitor:
    """Return the visitor for a person in their private chat."""
    return Visitor(person, f"Learner {person}", "en", in_private=True)


def answer(person: int, poll_id: str, asked: AskedQuestion | ClassQuestion) -> Command:
    """Return a person's answer to a question: right for a choice question, mostly wrong for a typed one."""
    match asked.prompt:
        case ChoicePrompt(correct=correct):
            return Vote(visitor(person), poll_id=poll_id, options=tuple(correct))
        case TrueFalsePrompt(correct=correct):
            return Vote(visitor(person), poll_id=poll_id, options=(0 if correct else 1,))
        case _:
            return Write(visitor(person), text="2000", message_id=10**9)
