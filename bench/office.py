"""The real desk on a real database, with Telegram's part played by plain calls. Knows nobody and measures nothing."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bot.app.commands import Command, Visitor, Vote, Write
from bot.app.desk import Delivery, Desk, Received
from bot.app.messages import AskedQuestion, ClassQuestion
from bot.app.work import Outgoing
from bot.bank import load
from bot.core.prompt import ChoicePrompt, TrueFalsePrompt
from bot.store.database import open_database

_BANK = Path(__file__).parent.parent / "questions.yaml"
_AT_ONCE = 100
# A real update has some 400 signs, most of them about who sent it.
_USUAL = "-" * 350


class Office:
    """A desk.

    Args:
        now: the moment, for all that happens until it is changed.

    Attributes:
        asked: the question that stands open before each person, with the id of its poll; empty where it is written.
    """

    def __init__(self, url: str, now: datetime) -> None:
        self.database = open_database(url)
        self.now = now
        self.desk = Desk(self.database, load(_BANK), lambda: self.now, UTC)
        self.desk.open("bench_bot")
        self.asked: dict[int, tuple[str, AskedQuestion | ClassQuestion]] = {}
        self._commands: dict[str, Command] = {}
        self._updates = count(1)
        self._messages = count(1)

    def hand_in(self, commands: Sequence[Command]) -> int:
        """Keep updates in the inbox; give how many are to be worked. Who measures the work measures from here on."""
        updates = []
        for command in commands:
            number = next(self._updates)
            body = json.dumps({"update_id": number, "message": _USUAL})
            self._commands[body] = command
            updates.append(Received(number, f"chat {command.visitor.id}", body))
        self.desk.receive(updates)
        return len(updates)

    def work(self, count: int) -> tuple[Outgoing, ...]:
        """Carry out what was handed in: one transaction. The one place that knows how the desk takes its work."""
        worked = self.desk.work(self._commands.pop, count)
        assert worked.count == count, f"of {count} updates {worked.count} were worked"
        return worked.outgoing

    def settle(self, outgoing: Sequence[Outgoing]) -> None:
        """Let Telegram take all messages, and those that follow from that."""
        while outgoing:
            outgoing = self.desk.settle([self._delivery(one) for one in outgoing])

    def live(self, commands: Sequence[Command]) -> tuple[Outgoing, ...]:
        """Let people do this, many at once, and let Telegram take what the bot says; give that."""
        said: list[Outgoing] = []
        for start in range(0, len(commands), _AT_ONCE):
            told = self.work(self.hand_in(commands[start : start + _AT_ONCE]))
            said += told
            self.settle(told)
        return tuple(said)

    def _delivery(self, one: Outgoing) -> Delivery:
        number, poll_id = next(self._messages), ""
        if isinstance(one.message, AskedQuestion | ClassQuestion):
            if isinstance(one.message.prompt, ChoicePrompt | TrueFalsePrompt):
                poll_id = f"poll{number}"
            self.asked[one.chat_id] = (poll_id, one.message)
        return Delivery(one.id, one.claimed_by, one.chat_id, one.message, message_id=number, poll_id=poll_id)


def visitor(person: int) -> Visitor:
    """Give a person as they come in their private chat."""
    return Visitor(person, f"Learner {person}", "en", in_private=True)


def answer(person: int, poll_id: str, asked: AskedQuestion | ClassQuestion) -> Command:
    """Give a person's answer to a question; mostly right where it is chosen, mostly wrong where it is written."""
    match asked.prompt:
        case ChoicePrompt(correct=correct):
            return Vote(visitor(person), poll_id=poll_id, options=tuple(correct))
        case TrueFalsePrompt(correct=correct):
            return Vote(visitor(person), poll_id=poll_id, options=(0 if correct else 1,))
        case _:
            return Write(visitor(person), text="2000", message_id=10**9)
