"""kill -9, standstills and cut lines at random, while a school learns from three bots on one PostgreSQL database."""

import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import class_checks
import pytest
from cluster import PATIENCE, Cluster, running
from havoc import Havoc
from postgresql import MakeUrl
from school import School, Trial
from served_world import report, run_until_first_ends, seeded_rng, serve_world
from simulated_host import SimulatedHost

from bot.core.question import Bank

# Fewer than Telegram takes with a paid broadcast, more than without: all that is sent spans the faults.
SENDS_PER_SECOND = "45"


async def survive(bank: Bank, folder: Path, url: str, trial: Trial, more: Sequence[int]) -> None:
    """Let a school learn while this happens to its bots; hold that nothing is lost or counts twice.

    Beside the kills, ``more`` says how often a bot is held up, and how often its lines are cut.
    """
    rng, began = seeded_rng(), time.monotonic()
    report(str(trial))
    school = School(bank, trial, rng)
    numbers = rng.sample(range(1, trial.event_count), trial.kills + sum(more))
    kills, rest = numbers[: trial.kills], numbers[trial.kills :]
    async with serve_world(school.world) as server:
        settings = {"BOT_SENDS_PER_SECOND": SENDS_PER_SECOND}
        async with running(Cluster(folder, server.origin, url, 3, settings)) as cluster:
            leader = SimulatedHost(
                school.observed, school.pupils, trial.rounds, partial(class_checks.certain_actions, url, school.world)
            )
            havoc = Havoc(cluster, school.crowd, school.observed, kills, rest[: more[0]], rest[more[0] :], rng)
            try:
                await run_until_first_ends(school.learn(leader, cluster), havoc.run())
                await havoc.calm_down()
                await cluster.all_present()
            finally:
                havoc.stop()
            await cluster.end()
    report(f"{dict(havoc.done)}; {time.monotonic() - began:.0f} s")
    report(f"at most {havoc.leaderless:.1f} s without a leader though one could lead")
    report(f"at most {havoc.silent:.1f} s in which nothing was handled")
    school.check(leader, url, cluster.interruptions, several_processes=True, resumed_at=havoc.resumed_at)
    assert havoc.done["kill"] >= trial.kills
    # The aim is five seconds, but how busy the computer is must not decide: so this holds that somebody took over.
    assert max(havoc.leaderless, havoc.silent) < PATIENCE


async def test_a_small_school_goes_on_from_three_processes(
    bank: Bank, tmp_path: Path, make_postgresql: MakeUrl
) -> None:
    """A few learners and a small class lose nothing through kills, a standstill and a cut line."""
    trial = Trial(learners=10, pupils=6, kills=3, patience=60, questions=5, rounds=5)
    await survive(bank, tmp_path, make_postgresql(""), trial, (1, 1))


@pytest.mark.long
async def test_a_school_goes_on_from_three_processes(bank: Bank, tmp_path: Path, make_postgresql: MakeUrl) -> None:
    """What holds for a few holds for 200 learners and a class of 100, through 200 kills and 50 other faults."""
    trial = Trial(learners=200, pupils=100, kills=200, patience=1500)
    await survive(bank, tmp_path, make_postgresql(""), trial, (25, 25))
