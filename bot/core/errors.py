"""Errors of the core. Each says what is wrong in words and carries the data a caller needs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one field of a question as its author wrote it.

    Attributes:
        field: the name of the field at fault, e.g. ``wrong``.
        message: what is wrong and how to mend it, in plain words.
        index: which item of a list field is at fault, from 0; None for the field as a whole.
    """

    field: str
    message: str
    index: int | None = None


class QuestionError(ValueError):
    """A question's fields make no question. Carries every fault found, not the first alone."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.message}" for fault in faults))
        self.faults = faults


class MoveRefusedError(ValueError):
    """A state machine met an event that its table refuses in this phase."""

    def __init__(self, phase: str, event: str) -> None:
        super().__init__(f"{event} is refused while {phase}")
        self.phase = phase
        self.event = event
