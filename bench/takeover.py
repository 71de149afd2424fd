"""Scenario of a takeover: processes on one database are killed or suspended under load; measures learners' delays."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

from plan import Measured, Plan, open_everywhere
from process import Process
from stage import Stage, StageError
from targets import Target

# Long enough for the others to take over; the goal is five seconds.
_OBSERVED_SECONDS = 12.0
_POLL_LIMIT = 40.0


def takeover(target: Target, plan: Plan, folder: Path) -> Measured:
    """Kill the leader, then suspend it (SIGSTOP), then kill a follower, all under the load of the paced scenario."""
    with Stage(target, folder, plan.habits(plan.learners)) as stage:
        stage.start_bot()
        open_everywhere(stage, plan.learners)
        stage.control("set_rate", plan.rate)
        time.sleep(_OBSERVED_SECONDS / 2)
        killed, delay_killed = _disturb_leader(stage, _kill)
        suspended, delay_suspended = _disturb_leader(stage, _suspend)
        delay_follower = _kill_follower(stage)
        stage.drain()
        return {
            "takeover_killed": killed,
            "delay_killed": delay_killed,
            "takeover_suspended": suspended,
            "delay_suspended": delay_suspended,
            "delay_follower": delay_follower,
            "miscounted": stage.miscounted(),
        }


def _kill(process: Process) -> None:
    process.kill()
    process.wait()


def _suspend(process: Process) -> None:
    process.send_signal(signal.SIGSTOP)


def _disturb_leader(stage: Stage, disturb: Callable[[Process], None]) -> tuple[float, float]:
    """Disturb the leader; return the seconds until another polls, and the longest delay from tap to next question."""
    index = stage.leader()
    stage.control("clear_delays")
    stage.control("await_another", index)
    began = time.monotonic()
    disturb(stage.bots[index])
    counters = stage.wait("another leader", lambda now: now["first_poll_at"] is not None, _POLL_LIMIT)
    delay = _longest_delay(stage, began)
    if stage.bots[index].poll() is None:
        stage.bots[index].send_signal(signal.SIGCONT)
    else:
        stage.restart(index)
    time.sleep(_OBSERVED_SECONDS / 2)
    return float(counters["first_poll_at"]) - began, delay


def _kill_follower(stage: Stage) -> float:
    """Kill a process that does not poll; return the longest delay from tap to next question, in seconds."""
    index = (stage.leader() + 1) % len(stage.bots)
    stage.control("clear_delays")
    began = time.monotonic()
    stage.kill(index)
    delay = _longest_delay(stage, began)
    stage.restart(index)
    return delay


def _longest_delay(stage: Stage, began: float) -> float:
    """Wait until the observed time is over; return the longest delay, in seconds."""
    time.sleep(max(0.0, began + _OBSERVED_SECONDS - time.monotonic()))
    delays = stage.control("figures", 0, "delays")["delays"]
    if not delays:
        raise StageError(f"the bot handled no answer in {_OBSERVED_SECONDS:g} s\n{stage.log()}")
    return max(float(since_tap) for since_tap, _ in delays)
