"""Simulated host who leads a live class by the buttons of the control message, pressing only what it shows."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from outages import ObservedWorld
from simulated_pupils import Action, SimulatedPupils

from bot.playground.world import Message
from bot.rehearsal.message_reading import join_code, visible_text

_LINE = re.compile(r"^\d+\. (.+): (\d+)/(\d+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Scene:
    """Content of the control message: phase and round of the class, and the callback data of each button."""

    phase: str
    round: int
    buttons: dict[str, str]


class SimulatedHost:
    """The host. Of every five rounds the 2nd has a discussion, the 3rd a pause, the 4th is closed before all answered.

    Args:
        certain: selects the answers that must count, whatever happens later.

    Attributes:
        closed: for each round that was closed early, the pupils whose answers must count.
        summaries: every summary that the bot showed, as (right, seen) by nickname.
    """

    def __init__(
        self,
        observed: ObservedWorld,
        pupils: SimulatedPupils,
        rounds: int,
        certain: Callable[[Iterable[Action]], list[Action]],
    ) -> None:
        self._observed = observed
        self._world = observed.world
        self._pupils = pupils
        self._certain = certain
        self.rounds = rounds
        self.person = self._world.add_person("Mrs Kim").id
        self.closed: dict[int, set[int]] = {}
        self.summaries: list[dict[str, tuple[int, int]]] = []
        observed.observe_chat(self.person, self._see)

    def _see(self, message: Message) -> None:
        lines = _LINE.findall(visible_text(message))
        if lines:
            self.summaries.append({name: (int(right), int(seen)) for name, right, seen in lines})

    async def lead(self) -> None:
        """Lead a class from its opening to the summary."""
        await self._open()
        self._press("start")
        self._observed.record("start", 0)
        for number in range(1, self.rounds + 1):
            match number % 5:
                case 2:
                    await self._discuss(number)
                case 3:
                    await self._pause(number)
                case 4:
                    await self._close(number)
            await self._wait_for_phase("revealed", number)
            self._observed.record("revealed", number)
            self._press("next")
        await self._observed.wait_until(lambda: bool(self.summaries))

    async def _open(self) -> None:
        self._pupils.held_back |= {(number, 1) for number in range(1, self.rounds + 1) if number % 5 in (2, 3, 4)}
        self._world.send_text(self.person, self.person, "/class")
        for choice in (f"cset::{self.rounds}:30:0:0", f"cset::{self.rounds}:0:0:0", f"copen::{self.rounds}:0:0:0"):
            await self._observed.wait_until(lambda choice=choice: self._button(choice) is not None)
            if message := self._button(choice):
                self._world.press_button(self.person, self.person, message.id, choice)
        await self._observed.wait_until(lambda: self._code() is not None)
        self._pupils.join(self._code() or "")
        await self._observed.wait_until(lambda: all(pupil.seated for pupil in self._pupils))
        await self._wait_for_phase("gathering", 0)

    async def _discuss(self, number: int) -> None:
        await self._wait_for_answers(number)
        self._press("discuss")
        await self._wait_for_phase("discussing", number)
        self._press("next")

    async def _pause(self, number: int) -> None:
        await self._wait_for_answers(number)
        self._press("pause")
        await self._wait_for_phase("held", number)
        self._observed.record("paused", number)
        self._pupils.release(number, 1)
        self._press("resume")

    async def _close(self, number: int) -> None:
        await self._wait_for_answers(number)
        certain = self._certain([action for pupil in self._pupils for action in pupil.actions_in(number)])
        self.closed[number] = {action.person_id for action in certain}
        self._press("close")

    async def _wait_for_answers(self, number: int) -> None:
        """Wait until all pupils who do not wait have answered; only rounds in which the host waits stay open."""
        await self._wait_for_phase("asking", number)
        await self._observed.wait_until(lambda: self._pupils.have_answered(number))

    async def _wait_for_phase(self, phase: str, number: int) -> None:
        await self._observed.wait_until(lambda: (self.scene().phase, self.scene().round) == (phase, number))

    def _press(self, button: str) -> None:
        scene = self.scene()
        assert button in scene.buttons, (button, scene)
        message = self._button(scene.buttons[button])
        assert message is not None
        self._world.press_button(self.person, self.person, message.id, scene.buttons[button])

    def scene(self) -> Scene:
        """Read the newest control message."""
        for message in reversed(self._world.chats[self.person].messages.values()):
            data = [button["callback_data"] for row in message.inline_keyboard for button in row]
            controls = {one.split(":")[1]: one for one in data if one.startswith("ctl:")}
            if controls:
                return Scene(_phase(controls), int(next(iter(controls.values())).rpartition(":")[2]), controls)
        return Scene("", 0, {})

    def _button(self, data: str) -> Message | None:
        """Find the newest message with this button."""
        for message in reversed(self._world.chats[self.person].messages.values()):
            if any(button["callback_data"] == data for row in message.inline_keyboard for button in row):
                return message
        return None

    def _code(self) -> str | None:
        messages = self._world.chats[self.person].messages.values()
        return next(filter(None, (join_code(self._world, message) for message in messages)), None)


def _phase(controls: Iterable[str]) -> str:
    """Return the phase, recognized by a button that only this phase has."""
    for button, phase in (("start", "gathering"), ("pause", "asking"), ("resume", "held"), ("skip", "discussing")):
        if button in controls:
            return phase
    return "revealed"
