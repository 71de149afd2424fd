"""Scenario of an hour: as many answers as an hour brings, as fast as possible. Shows whether memory grows."""

import sys
import time
from pathlib import Path

from plan import SETUP_LIMIT, Measured, Plan
from stage import Stage, StageError
from targets import Target

_TENTHS = 10
_STALLED_SECONDS = 60.0
_POLL_SECONDS = 0.2


def hour(target: Target, plan: Plan, folder: Path) -> Measured:
    """Measure the resident memory at each tenth of the answers. Caches fill during the first tenth."""
    with Stage(target, folder, plan.habits(plan.learners)) as stage:
        stage.start_bot()
        started = time.monotonic()
        stage.control("start_quizzes")
        stage.wait("the first answers", lambda now: bool(now["answered"]), SETUP_LIMIT)
        sizes = [_memory_at(stage, plan.hour_answers * tenth // _TENTHS) for tenth in range(1, _TENTHS + 1)]
        passed = time.monotonic() - started
        shown = ", ".join(f"{size:.1f}" for size in sizes)
        print(f"hour, {target.name}: {shown} MB, {plan.hour_answers} answers in {passed:.0f} s", file=sys.stderr)
        stage.drain()
        return {
            "hour_second": sizes[1],
            "hour_last": sizes[-1],
            "miscounted": stage.miscounted(),
        }


def _memory_at(stage: Stage, answers: int) -> float:
    """Wait for this many answers; return the memory then, in MB."""
    before, moved = -1, time.monotonic()
    while (answered := int(stage.control("figures")["answered"])) < answers:
        if answered > before:
            before, moved = answered, time.monotonic()
        if time.monotonic() > moved + _STALLED_SECONDS:
            raise StageError(f"stalled at {answered} answers for {_STALLED_SECONDS:g} s\n{stage.log()}")
        time.sleep(_POLL_SECONDS)
    return stage.megabytes()
