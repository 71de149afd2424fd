"""Measure our bot and others, interleaved, and print Markdown tables. README.md explains the rows."""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from databases import DatabaseError
from environments import MissingError, environment_of
from plan import Plan
from report import Results, render
from scenarios import SCENARIOS
from stage import StageError
from targets import TARGETS, Target

GROUPS = {
    "rivals": [target.name for target in TARGETS if not target.is_ours],
    "ours-all": [target.name for target in TARGETS if target.is_ours],
}


def main() -> int:
    """Measure and print; return 1 if a measurement failed, an answer was miscounted or our bot lost one in a crash."""
    arguments = _arguments()
    plan = Plan(
        seconds=arguments.seconds,
        learners=arguments.learners,
        people=arguments.people,
        far=arguments.latency_ms / 1000,
        rate=arguments.rate,
        busy_rate=arguments.busy_rate,
        hour_answers=arguments.hour_answers,
        wrong_share=arguments.wrong_share,
    )
    targets, versions = _available_targets(arguments.only or [])
    results: Results = {target.name: defaultdict(list) for target in targets}
    passed = True
    for turn in range(arguments.rounds):
        for name in arguments.scenario or SCENARIOS:
            for target in filter(SCENARIOS[name].suits, targets):
                passed &= _measure(name, target, plan, results)
        print(f"round {turn + 1} of {arguments.rounds} done", file=sys.stderr)
    _print(results, plan, arguments.rounds, versions)
    return 0 if passed else 1


def _available_targets(only: list[str]) -> tuple[list[Target], list[str]]:
    """Build the environments of the wanted targets; return the targets that can run, and a text on each package."""
    wanted = {name for one in only for name in GROUPS.get(one, (one,))}
    targets, versions = [], {}
    for target in TARGETS:
        if wanted and target.name not in wanted:
            continue
        try:
            _, version = environment_of(target.script, target.package)
        except MissingError as error:
            versions[target.package] = f"{target.package} is left out because it could not be installed"
            print(f"{target.name} is left out: {error}", file=sys.stderr)
        else:
            versions[target.package] = f"{target.package} {version}"
            targets.append(target)
    return targets, list(versions.values())


def _measure(scenario: str, target: Target, plan: Plan, results: Results) -> bool:
    """Measure one target in one scenario; return whether it passed. A failure is printed, not raised."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        try:
            measured = SCENARIOS[scenario].measure(target, plan, Path(folder))
        except (StageError, DatabaseError, OSError) as error:
            print(f"{scenario}, {target.name}: {error}", file=sys.stderr)
            return False
    for name, value in measured.items():
        results[target.name][name].append(value)
    print(f"{scenario}, {target.name}: {time.monotonic() - began:.0f} s, {measured}", file=sys.stderr)
    return not measured.get("miscounted") and not (target.is_ours and measured.get("lost"))


def _print(results: Results, plan: Plan, rounds: int, versions: list[str]) -> None:
    medians = {name: {key: median(values) for key, values in rows.items()} for name, rows in results.items() if rows}
    for name, rows in results.items():
        if "miscounted" in rows:
            medians[name]["miscounted"] = sum(rows["miscounted"])
    load = os.getloadavg()[1]
    print(
        f"Medians of {rounds} round(s) of {plan.seconds:g} s, {os.cpu_count()} cores, load {load:.1f} over 5 minutes."
    )
    print(f"{', '.join(versions)}. Python {platform.python_version()}.\n")
    print(render(medians, plan))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=[*GROUPS, *(one.name for one in TARGETS)], help="may be repeated"
    )
    parser.add_argument("--scenario", action="append", choices=list(SCENARIOS), help="may be repeated")
    parser.add_argument("--rounds", type=int, default=3, help="repetitions; the table shows medians")
    parser.add_argument("--seconds", type=float, default=8.0, help="length of a measured window")
    parser.add_argument("--learners", type=int, default=500, help="learners in the solo and paced scenarios")
    parser.add_argument("--people", type=int, default=10_000, help="people who all vote at once")
    parser.add_argument("--latency-ms", type=float, default=50.0, help="simulated round trip to Telegram")
    parser.add_argument("--rate", type=float, default=30.0, help="answers a second in the paced scenario")
    parser.add_argument("--busy-rate", type=float, default=500.0, help="answers a second in the busy scenario")
    parser.add_argument("--hour-answers", type=int, default=108_000, help="answers in the hour scenario: 30 a second")
    parser.add_argument("--wrong-share", type=float, default=0.0, help="share of wrong answers, 0 to 1")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
