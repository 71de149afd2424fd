"""Troubles to order, for tests: the next calls of a method fail the way a network or Telegram fails. Pure."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Literal

# ``flood``: 429 with retry_after. ``error``: 500. ``gateway``: 502 with a page of HTML. ``reset``: the connection
# breaks and nothing was done. ``lost``: it was done, but no answer ever comes.
FaultKind = Literal["flood", "error", "gateway", "reset", "lost"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One trouble; ``retry_after`` in seconds is for ``flood`` alone."""

    kind: FaultKind
    retry_after: int = 1


@dataclass(slots=True)
class Faults:
    """The troubles that are ordered, by method, the first ordered first."""

    _injected: defaultdict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))

    def inject(self, method: str, trouble: FaultKind, times: int = 1, retry_after: int = 1) -> None:
        """Let the next ``times`` calls of ``method`` meet a trouble."""
        self._injected[method.lower()].extend([Fault(trouble, retry_after)] * times)

    def next_fault(self, method: str) -> Fault | None:
        """Give the trouble of this call, if any, and count it as met."""
        waiting = self._injected.get(method.lower())
        return waiting.popleft() if waiting else None
