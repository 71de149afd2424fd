"""Measures our bot beside the baseline, interleaved, and prints Markdown. README.md says how to read it."""

import argparse
import os
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from report import Results, render
from scenarios import SCENARIOS, Plan
from stage import StageError
from targets import OURS, TARGETS, Target


def main() -> int:
    """Measure, print; return 1 if a measurement failed, an answer was miscounted or our bot lost one in a crash."""
    arguments = _arguments()
    plan = Plan(
        arguments.seconds,
        arguments.learners,
        arguments.people,
        arguments.latency_ms / 1000,
        arguments.rate,
        arguments.wrong_share,
    )
    targets = [target for target in TARGETS if not arguments.only or target.name in arguments.only]
    results: Results = {target.name: defaultdict(list) for target in targets}
    sound = True
    for turn in range(arguments.rounds):
        for scenario in arguments.scenario or SCENARIOS:
            for target in targets:
                sound &= _measure(scenario, target, plan, results)
        print(f"round {turn + 1} of {arguments.rounds} done", file=sys.stderr)
    _print(results, plan, arguments.rounds)
    return 0 if sound else 1


def _measure(scenario: str, target: Target, plan: Plan, results: Results) -> bool:
    """Measure one target in one scenario; a failure is told and the run goes on."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        try:
            measured = SCENARIOS[scenario](target, plan, Path(folder))
        except (StageError, OSError, sqlite3.Error) as error:
            print(f"{scenario}, {target.name}: {error}", file=sys.stderr)
            return False
    for name, value in measured.items():
        results[target.name][name].append(value)
    print(f"{scenario}, {target.name}: {time.monotonic() - began:.0f} s, {measured}", file=sys.stderr)
    return not measured.get("miscounted") and not (target is OURS and measured.get("lost"))


def _print(results: Results, plan: Plan, rounds: int) -> None:
    medians = {name: {key: median(values) for key, values in rows.items()} for name, rows in results.items()}
    for name, rows in results.items():
        if "miscounted" in rows:
            medians[name]["miscounted"] = sum(rows["miscounted"])
    load = os.getloadavg()[1]
    print(
        f"Medians of {rounds} round(s) of {plan.seconds:g} s, {os.cpu_count()} cores, load {load:.1f} over 5 minutes.\n"
    )
    print(render(medians, plan))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", choices=[target.name for target in TARGETS], help="may be repeated")
    parser.add_argument("--scenario", action="append", choices=list(SCENARIOS), help="may be repeated")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8.0, help="length of a measured window")
    parser.add_argument("--learners", type=int, default=500, help="people in the solo loop and the paced run")
    parser.add_argument("--people", type=int, default=10_000, help="people whose votes pour in at once")
    parser.add_argument("--latency-ms", type=float, default=50.0, help="round trip to Telegram when it is far")
    parser.add_argument("--rate", type=float, default=30.0, help="answers a second in the paced run")
    parser.add_argument("--wrong-share", type=float, default=0.0, help="how often learners answer wrong, 0 to 1")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
