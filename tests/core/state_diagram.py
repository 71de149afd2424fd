"""Drawing of a table of transitions as a Mermaid state diagram for the documentation."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Protocol


class TransitionRow(Protocol):
    """One transition of the table."""

    @property
    def leads_to(self) -> tuple[StrEnum, ...]:
        """The phases that it may lead to."""


def state_diagram(transitions: Mapping[tuple[StrEnum, type], TransitionRow], first: StrEnum, last: StrEnum) -> str:
    """Draw the transitions from the first phase to the last, phase by phase."""
    arrows = _arrows(transitions, type(first))
    lines = (f"    [*] --> {first}", *arrows, f"    {last} --> [*]")
    return "\n".join(("```mermaid", "stateDiagram-v2", *lines, "```"))


def _arrows(transitions: Mapping[tuple[StrEnum, type], TransitionRow], phases: type[StrEnum]) -> Iterator[str]:
    for phase in phases:
        for target in phases:
            names = [
                event.__name__
                for (start, event), move in transitions.items()
                if start is phase and target in move.leads_to
            ]
            if names:
                yield f"    {phase} --> {target}: {', '.join(names)}"
