"""Measure the service with a million people in its database. Prints Markdown: times, growth and query plans.

Returns 1 if a statement of these calls reads a big table from end to end.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import NamedTuple

from databases import create_database
from plans import Statement, big_tables, explain, recorded_statements, scans
from population import (
    ANSWERING,
    FIRST_ID,
    PUPIL_ID,
    TEMPLATE,
    LiveClass,
    create_template,
    multiply,
    run_class,
    template_time,
    undo_joining,
)
from service_driver import ServiceDriver, answer, visitor

from bot.app.commands import Command, JoinClass, ShowScore, TakeNickname, Vote
from bot.app.context import OutgoingMessage

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Time(NamedTuple):
    """Percentiles of the duration of calls, in ms."""

    p50: float
    p99: float


class Measurement:
    """A database with many people and a class, and the calls that are timed in it.

    Attributes:
        statements: the statements of one call, by the call's name.
    """

    def __init__(self, driver: ServiceDriver, pupils: int, calls: int) -> None:
        self._driver = driver
        self._calls = calls
        self._rng = Random(1)  # noqa: S311 - who asks, no secret
        self._people = 0
        self._used: set[int] = set()
        self._undelivered: tuple[OutgoingMessage, ...] = ()
        self.statements: dict[str, list[Statement]] = {}
        driver.now = template_time(NOW)
        create_template(driver)
        self._class = run_class(driver, PUPIL_ID, range(PUPIL_ID + 1, PUPIL_ID + 1 + pupils))

    def grow(self, people: int) -> None:
        """Add people until there are this many."""
        multiply(self._driver, max(self._people, TEMPLATE), people)
        self._people = people

    def measure(self) -> dict[str, Time]:
        """Time every call."""
        self._driver.now = NOW
        joining, live_class = self._sample(), self._class
        times = {
            "/score": self._time("/score", [ShowScore(visitor(person)) for person in self._sample()]),
            "first answer of a day": self._time("first answer of a day", [self._answer(one) for one in self._sample()]),
            "joining a class": self._time(
                "joining a class", [JoinClass(visitor(one), code=live_class.code) for one in joining]
            ),
            "taking a nickname": self._time(
                "taking a nickname", [TakeNickname(visitor(one), session=live_class.id) for one in joining]
            ),
        }
        undo_joining(self._driver, live_class, joining)
        times["leaderboard of the class"] = self._time_calls("leaderboard of the class", self._boards(live_class))
        return times

    def _sample(self) -> list[int]:
        """Choose people who have an open question of a solo quiz and were not chosen before."""
        chosen: list[int] = []
        while len(chosen) < self._calls:
            person = FIRST_ID + self._rng.randrange(self._people)
            if person % TEMPLATE < ANSWERING and person not in self._used:
                self._used.add(person)
                chosen.append(person)
        return chosen

    def _answer(self, person: int) -> Command:
        """Return the answer to a person's open question; a copy's poll id is the original's with a suffix."""
        copy, place = divmod(person - FIRST_ID, TEMPLATE)
        poll_id, asked = self._driver.asked[FIRST_ID + place]
        given = answer(person, poll_id, asked)
        if copy and isinstance(given, Vote):
            return Vote(given.visitor, poll_id=f"{poll_id}_{copy}", options=given.options)
        return given

    def _boards(self, live_class: LiveClass) -> Iterator[Callable[[], object]]:
        for _ in range(self._calls):
            yield lambda: self._driver.service.board(live_class.key)

    def _time(self, name: str, commands: Sequence[Command]) -> Time:
        """Time commands, each in a transaction of its own, as under light load."""

        def calls() -> Iterator[Callable[[], object]]:
            for command in commands:
                yield partial(self._process, self._driver.store_updates([command]))

        return self._time_calls(name, calls())

    def _deliver(self) -> None:
        """Deliver the last call's messages. Not timed, since the real sender runs concurrently."""
        messages, self._undelivered = self._undelivered, ()
        self._driver.deliver(messages)

    def _process(self, count: int) -> None:
        """Process updates, and store their messages for `_deliver`."""
        self._undelivered = self._driver.process(count)

    def _time_calls(self, name: str, calls: Iterator[Callable[[], object]]) -> Time:
        taken = []
        with recorded_statements(self._driver.database.engine) as statements:
            next(calls)()
        self._deliver()
        self.statements[name] = statements
        for call in calls:
            started = time.perf_counter()
            call()
            taken.append((time.perf_counter() - started) * 1000)
            self._deliver()
        cuts = quantiles(taken, n=100, method="inclusive")
        return Time(cuts[49], cuts[98])


def main() -> int:
    """Measure on each engine; return 1 if a plan reads a whole big table."""
    arguments = _arguments()
    found: list[str] = []
    for engine in arguments.engine or ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, create_database(engine, Path(folder)) as database:
            driver = ServiceDriver(database.url, NOW)
            try:
                measurement = Measurement(driver, arguments.pupils, arguments.calls)
                times = {people: _times_at(measurement, people) for people in sorted(arguments.people)}
                print(_table(engine, times, arguments.pupils), flush=True)
                found += _show_plans(driver, measurement)
            finally:
                driver.database.close()
    for line in found:
        print(f"Reads a whole big table: {line}", file=sys.stderr)
    return 1 if found else 0


def _times_at(measurement: Measurement, people: int) -> dict[str, Time]:
    started = time.monotonic()
    measurement.grow(people)
    filled = time.monotonic()
    times = measurement.measure()
    print(f"{people:,} people: filled in {filled - started:.0f} s, {times}", file=sys.stderr)
    return times


def _table(engine: str, times: dict[int, dict[str, Time]], pupils: int) -> str:
    sizes = list(times)
    head = [f"{engine}, ms, a class of {pupils:,}"]
    head += [f"{what} at {size:,} people" for size in sizes for what in ("p50", "p99")]
    head += [f"p50 from {small:,} to {large:,}" for small, large in pairwise(sizes)]
    lines = [head, ["---", *["---:"] * (len(head) - 1)]]
    for name in times[sizes[0]]:
        medians = [times[size][name].p50 for size in sizes]
        cells = [f"{value:.2f}" for size in sizes for value in times[size][name]]
        cells += [f"x {large / small:.2f}" for small, large in pairwise(medians)]
        lines.append([name, *cells])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _show_plans(driver: ServiceDriver, measurement: Measurement) -> list[str]:
    """Print the plan of every statement once; return the lines that read a whole big table."""
    engine, found, shown = driver.database.engine, [], set()
    big = big_tables(engine)
    print("Big tables: " + ", ".join(f"{name} ({rows:,})" for name, rows in big.items()) + "\n")
    for name, statements in measurement.statements.items():
        print(f"Plans of: {name}\n\n```")
        for statement, plan in explain(engine, [one for one in statements if one[0] not in shown]):
            shown.add(statement)
            print("\n".join((" ".join(statement.split()), *(f"    {line}" for line in plan))))
            found += [f"{name}: {line}" for line in scans(plan, big)]
        print("```\n", flush=True)
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", action="append", choices=["sqlite", "postgresql"], help="may be repeated")
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], metavar="N")
    parser.add_argument("--pupils", type=int, default=1_000, help="number of pupils in the class of the leaderboard")
    parser.add_argument("--calls", type=int, default=200, help="number of times that each call is timed")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
