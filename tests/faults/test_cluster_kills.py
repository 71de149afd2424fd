"""Tests of random kills, suspensions and disconnections while three processes on one PostgreSQL serve a school."""

import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import class_checks
import pytest
from cluster import STEP_LIMIT, Cluster, running
from postgresql import MakeUrl
from random_faults import RandomFaults
from school import School, SchoolPlan
from served_world import report, run_until_first_ends, seeded_rng, serve_world
from simulated_host import SimulatedHost

from bot.core.question import Bank

# Between Telegram's limits without and with a paid broadcast, so that sending takes as long as all the faults.
SENDS_PER_SECOND = "45"


async def check_school(bank: Bank, folder: Path, url: str, plan: SchoolPlan, more: Sequence[int]) -> None:
    """Run a school with random faults of its processes; check that no answer is lost or counted twice.

    Beside the kills, ``more`` has the number of suspensions and the number of disconnections.
    """
    rng, began = seeded_rng(), time.monotonic()
    report(str(plan))
    school = School(bank, plan, rng)
    numbers = rng.sample(range(1, plan.event_count), plan.kills + sum(more))
    kills, rest = numbers[: plan.kills], numbers[plan.kills :]
    async with serve_world(school.world) as server:
        settings = {"BOT_SENDS_PER_SECOND": SENDS_PER_SECOND}
        async with running(Cluster(folder, server.origin, url, 3, settings)) as cluster:
            leader = SimulatedHost(
                school.observed, school.pupils, plan.rounds, partial(class_checks.certain_actions, url, school.world)
            )
            faults = RandomFaults(cluster, school.crowd, school.observed, kills, rest[: more[0]], rest[more[0] :], rng)
            try:
                await run_until_first_ends(school.run(leader, cluster), faults.run())
                await faults.wait_until_recovered()
                await cluster.wait_until_complete()
            finally:
                faults.stop()
            await cluster.end()
    report(f"{dict(faults.done)}; {time.monotonic() - began:.0f} s")
    report(f"at most {faults.leaderless:.1f} s without a leader although a process could lead")
    report(f"at most {faults.silent:.1f} s without any event")
    school.check(leader, url, cluster.interruptions, several_processes=True, resumed_at=faults.resumed_at)
    assert faults.done["kill"] >= plan.kills
    # The goal of a takeover is five seconds. This limit is longer, so that a busy computer does not fail the test.
    assert max(faults.leaderless, faults.silent) < STEP_LIMIT


async def test_a_small_school_survives_faults_of_three_processes(
    bank: Bank, tmp_path: Path, make_postgresql: MakeUrl
) -> None:
    """A few learners and a small class lose no answer through three kills, a suspension and a disconnection."""
    plan = SchoolPlan(learners=10, pupils=6, kills=3, limit=60, questions=5, rounds=5)
    await check_school(bank, tmp_path, make_postgresql(""), plan, (1, 1))


@pytest.mark.long
async def test_a_school_survives_faults_of_three_processes(
    bank: Bank, tmp_path: Path, make_postgresql: MakeUrl
) -> None:
    """200 learners and a class of 100 lose no answer through 200 kills and 50 other faults."""
    plan = SchoolPlan(learners=200, pupils=100, kills=200, limit=1500)
    await check_school(bank, tmp_path, make_postgresql(""), plan, (25, 25))
