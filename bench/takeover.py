"""Processes on one database are killed and stopped under load; measured is what learners feel of it."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

from plan import Measured, Plan, open_everywhere
from process import Process
from stage import Stage, StageError
from targets import Target

# Long enough to see the others take over; the aim is five seconds.
_WATCHED_SECONDS = 12.0
_POLL_LIMIT = 40.0


def takeover(target: Target, plan: Plan, folder: Path) -> Measured:
    """Kill the leader, stop it (SIGSTOP), and kill another, each time under the load of the paced run."""
    with Stage(target, folder, plan.habits(plan.learners)) as stage:
        stage.start_bot()
        open_everywhere(stage, plan.learners)
        stage.order("pace", plan.rate)
        time.sleep(_WATCHED_SECONDS / 2)
        killed, felt_killed = _disturb(stage, _kill)
        stopped, felt_stopped = _disturb(stage, _stop)
        felt_other = _disturb_other(stage)
        stage.drain()
        return {
            "takeover_killed": killed,
            "felt_killed": felt_killed,
            "takeover_stopped": stopped,
            "felt_stopped": felt_stopped,
            "felt_other": felt_other,
            "miscounted": stage.miscounted(),
        }


def _kill(process: Process) -> None:
    process.kill()
    process.wait()


def _stop(process: Process) -> None:
    process.send_signal(signal.SIGSTOP)


def _disturb(stage: Stage, strike: Callable[[Process], None]) -> tuple[float, float]:
    """Strike the leader; give the seconds until another polls, and the longest from a tap to the next question."""
    line = stage.leader()
    stage.order("clear_delays")
    stage.order("await_another", line)
    struck = time.monotonic()
    strike(stage.bots[line])
    taken = stage.wait("another leader", lambda now: now["first_poll_at"] is not None, _POLL_LIMIT)
    felt = _longest(stage, struck)
    if stage.bots[line].poll() is None:
        stage.bots[line].send_signal(signal.SIGCONT)
    else:
        stage.restart(line)
    time.sleep(_WATCHED_SECONDS / 2)
    return float(taken["first_poll_at"]) - struck, felt


def _disturb_other(stage: Stage) -> float:
    """Kill a process that does not poll; give the longest from a tap to the next question."""
    line = (stage.leader() + 1) % len(stage.bots)
    stage.order("clear_delays")
    struck = time.monotonic()
    stage.kill(line)
    felt = _longest(stage, struck)
    stage.restart(line)
    return felt


def _longest(stage: Stage, struck: float) -> float:
    """Watch for a while; give the longest delay, in seconds."""
    time.sleep(max(0.0, struck + _WATCHED_SECONDS - time.monotonic()))
    delays = stage.order("figures", 0, "delays")["delays"]
    if not delays:
        raise StageError(f"no answer was dealt with in {_WATCHED_SECONDS:g} s\n{stage.log()}")
    return max(float(since_tap) for since_tap, _ in delays)
