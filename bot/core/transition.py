"""One row of the table of a state machine."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Step = TypeVar("Step")


@dataclass(frozen=True, slots=True)
class Transition(Generic[Step]):
    """A transition: the function that applies it, and every phase that it may lead to (for the diagram)."""

    apply: Callable[..., Step]
    leads_to: tuple[str, ...]
