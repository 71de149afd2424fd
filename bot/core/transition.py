"""One line of a state machine's table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Step = TypeVar("Step")


@dataclass(frozen=True, slots=True)
class Transition(Generic[Step]):
    """A move: the function that makes it, and every phase it may lead to (for the diagram)."""

    move: Callable[..., Step]
    leads_to: tuple[str, ...]
