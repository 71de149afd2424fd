"""Automatic teacher for the benchmark of live classes; leads a class, over a link or in a group, with its buttons."""

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime

from class_stage import ClassStage

from bot.playground.world import Message
from bot.rehearsal.message_reading import visible_text
from bot.wiring import clock

# Enough for 1,000 pupils to join, to be asked and to get their verdicts, with Telegram's limits or without.
STEP_LIMIT = 400.0
# The bot ignores a second press within a second as a double tap.
_BETWEEN_PRESSES = 1.2
_PUPIL = re.compile(r"^\d+\. (.+): (\d+)/(\d+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Round:
    """One round, from the press that opened it to the next."""

    began: datetime
    ended: datetime


class Teacher:
    """Leader of one class in a `ClassStage`."""

    def __init__(self, stage: ClassStage) -> None:
        self._stage = stage

    async def lead_over_link(self, rounds: int) -> list[Round]:
        """Open a class over a link, wait until every pupil has joined, ask `rounds` questions, and end it."""
        stage, chat = self._stage, self._stage.teacher
        stage.world.send_text(chat, chat, "/class")
        for choice in ("cset::5:30:0:0", "cset::5:0:0:0", "copen::5:0:0:0"):
            await self._press(chat, choice)
        await stage.until("all pupils to join", lambda: all(pupil.has_joined for pupil in stage.pupils), STEP_LIMIT)
        led = [await self._ask_each(number) for number in range(1, rounds + 1)]
        await self._press(chat, rf"ctl:end:\d+:{rounds}")
        await self._press(chat, rf"ctl:endnow:\d+:{rounds}")
        await stage.until("the summary", lambda: len(self.summary()) == len(stage.pupils), STEP_LIMIT)
        return led

    async def _ask_each(self, number: int) -> Round:
        """Send a question and wait until every pupil got the explanation; the round closes by itself."""
        began, seen = clock(), len(self._stage.shown)
        await self._press(self._stage.teacher, r"ctl:start:\d+:0" if number == 1 else rf"ctl:next:\d+:{number - 1}")

        def is_explained() -> bool:
            reached = {shown.chat_id for shown in self._stage.shown[seen:] if shown.kind == "explanation"}
            return reached >= self._stage.rehearsal.pupils.keys()

        await self._stage.until(f"the explanations of round {number}", is_explained, STEP_LIMIT)
        return Round(began, clock())

    async def lead_in_group(self, rounds: int) -> list[Round]:
        """Start a quiz in the group; in each of `rounds` rounds wait for all votes and close it; end the quiz."""
        stage, group = self._stage, self._stage.group
        stage.world.send_text(stage.teacher, group, "/quiz 5")
        await self._press(group, "gset::5:0:0")
        began = clock()
        await self._press(group, "ggo::5:0:0")
        led = []
        for number in range(1, rounds + 1):
            await self._close_in_group(number)
            led.append(Round(began, clock()))
            began = clock()
            await self._press(group, rf"ctl:{'end' if number == rounds else 'next'}:\d+:{number}")
        await self._press(group, rf"ctl:endnow:\d+:{rounds}")
        await stage.until("all answers", lambda: stage.miscounted() == (rounds * len(stage.pupils), 0), STEP_LIMIT)
        return led

    async def _close_in_group(self, number: int) -> None:
        """Wait for every pupil's vote, close the round, and wait for the explanation."""
        stage = self._stage
        await stage.until(f"the votes of round {number}", lambda: self._votes(number) == len(stage.pupils), STEP_LIMIT)
        await self._press(stage.group, rf"ctl:close:\d+:{number}")
        await stage.until(f"the end of round {number}", lambda: self._is_revealed(number), STEP_LIMIT)

    def summary(self) -> dict[str, tuple[int, int]]:
        """Return (right, seen) by nickname, as the teacher's summary shows them."""
        texts = map(visible_text, self._stage.messages_in(self._stage.teacher))
        return {name: (int(right), int(seen)) for text in texts for name, right, seen in _PUPIL.findall(text)}

    def _votes(self, number: int) -> int:
        polls = [message.content.poll_id for message in self._stage.messages_in(self._stage.group)]
        asked = [self._stage.world.polls[poll_id] for poll_id in reversed(polls) if poll_id]
        return len(asked[number - 1].votes) if len(asked) >= number else 0

    def _is_revealed(self, number: int) -> bool:
        return sum(shown.kind == "explanation" for shown in self._stage.shown) >= number

    async def _press(self, chat: int, pattern: str) -> None:
        """Wait for a button whose data match the pattern, and press the latest."""
        await asyncio.sleep(_BETWEEN_PRESSES)
        found: list[tuple[Message, str]] = []

        def is_there() -> bool:
            found[:] = [
                (message, button["callback_data"])
                for message in self._stage.messages_in(chat)
                for row in message.inline_keyboard
                for button in row
                if re.fullmatch(pattern, button.get("callback_data", ""))
            ]
            return bool(found)

        await self._stage.until(f"a button {pattern}", is_there, STEP_LIMIT)
        message, data = found[0]
        self._stage.world.press_button(self._stage.teacher, chat, message.id, data)
