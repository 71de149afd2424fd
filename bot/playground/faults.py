"""Fault injection for tests: the next calls of a method fail as they would in the network or at Telegram. Pure."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Literal

# ``flood``: 429 with retry_after. ``error``: 500. ``gateway``: 502 with an HTML page. ``reset``: the connection breaks
# and the method has not run. ``lost``: the method has run, but the answer never arrives.
FaultKind = Literal["flood", "error", "gateway", "reset", "lost"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; ``retry_after``, in seconds, is only for ``flood``."""

    kind: FaultKind
    retry_after: int = 1


@dataclass(slots=True)
class Faults:
    """The injected faults, in order, by method."""

    _injected: defaultdict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))

    def inject(self, method: str, kind: FaultKind, times: int = 1, retry_after: int = 1) -> None:
        """Inject a fault into the next ``times`` calls of ``method``."""
        self._injected[method.lower()].extend([Fault(kind, retry_after)] * times)

    def next_fault(self, method: str) -> Fault | None:
        """Remove and return the fault for the current call, if there is one."""
        waiting = self._injected.get(method.lower())
        return waiting.popleft() if waiting else None
