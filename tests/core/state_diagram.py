"""Draws a table of moves as a Mermaid state diagram, as the documentation has it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Protocol


class Move(Protocol):
    """What a table of moves holds for a phase and an event."""

    @property
    def leads_to(self) -> tuple[StrEnum, ...]:
        """The phases in which it may end."""


def state_diagram(transitions: Mapping[tuple[StrEnum, type], Move], first: StrEnum, last: StrEnum) -> str:
    """Draw the moves from the first phase to the last, phase by phase."""
    arrows = _arrows(transitions, type(first))
    lines = (f"    [*] --> {first}", *arrows, f"    {last} --> [*]")
    return "\n".join(("```mermaid", "stateDiagram-v2", *lines, "```"))


def _arrows(transitions: Mapping[tuple[StrEnum, type], Move], phases: type[StrEnum]) -> Iterator[str]:
    for phase in phases:
        for target in phases:
            names = [
                event.__name__
                for (start, event), move in transitions.items()
                if start is phase and target in move.leads_to
            ]
            if names:
                yield f"    {phase} --> {target}: {', '.join(names)}"
