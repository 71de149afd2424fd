"""Errors of the core. Each has a message and the data that a caller needs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in one field of a question.

    Attributes:
        field: the name of the field, e.g. ``wrong``.
        message: the fault and its remedy.
        index: the index of the item in a list field, from 0; None for the whole field.
    """

    field: str
    message: str
    index: int | None = None


class QuestionError(ValueError):
    """The fields of a question are invalid; ``faults`` has every fault, not only the first."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.message}" for fault in faults))
        self.faults = faults


class TransitionRefusedError(ValueError):
    """A state machine has no transition for an event in its phase."""

    def __init__(self, phase: str, event: str) -> None:
        super().__init__(f"{event} is refused while {phase}")
        self.phase = phase
        self.event = event
