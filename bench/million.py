"""How the desk fares with a million people in its database. Prints Markdown: times, growth, and the query plans.

Returns 1 where a statement of these calls reads a big table from end to end.
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

from databases import kept_in
from office import Office, answer, visitor
from people import (
    ANSWERING,
    FIRST_ID,
    PUPIL_ID,
    TEMPLATE,
    LiveClass,
    began,
    forget_joined,
    hold_class,
    multiply,
    take_part,
)
from plans import Statement, big_tables, explain, listening, scans

from bot.app.commands import Command as Asked
from bot.app.commands import JoinClass, ShowScore, TakeNickname, Vote
from bot.app.work import Outgoing

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Time(NamedTuple):
    """How long calls took, in ms."""

    p50: float
    p99: float


class Town:
    """A database with people in it, and a class of some of them.

    Attributes:
        statements: by the name of a call, the statements that one such call made last.
    """

    def __init__(self, office: Office, pupils: int, calls: int) -> None:
        self._office = office
        self._calls = calls
        self._dice = Random(1)  # noqa: S311 - who asks, no secret
        self._people = 0
        self._asked_before: set[int] = set()
        self._unsettled: tuple[Outgoing, ...] = ()
        self.statements: dict[str, list[Statement]] = {}
        office.now = began(NOW)
        take_part(office)
        self._class = hold_class(office, PUPIL_ID, range(PUPIL_ID + 1, PUPIL_ID + 1 + pupils))

    def grow(self, people: int) -> None:
        """Let it have so many people."""
        multiply(self._office, max(self._people, TEMPLATE), people)
        self._people = people

    def measure(self) -> dict[str, Time]:
        """Time every call."""
        self._office.now = NOW
        joining, room = self._sample(), self._class
        times = {
            "/score": self._time("/score", [ShowScore(visitor(person)) for person in self._sample()]),
            "first answer of a day": self._time("first answer of a day", [self._answer(one) for one in self._sample()]),
            "joining a class": self._time(
                "joining a class", [JoinClass(visitor(one), code=room.code) for one in joining]
            ),
            "taking a nickname": self._time(
                "taking a nickname", [TakeNickname(visitor(one), session=room.id) for one in joining]
            ),
        }
        forget_joined(self._office, room, joining)
        times["leaderboard of the class"] = self._time_calls("leaderboard of the class", self._boards(room))
        return times

    def _sample(self) -> list[int]:
        """Choose people who were not asked before and have a question of their own open."""
        chosen: list[int] = []
        while len(chosen) < self._calls:
            person = FIRST_ID + self._dice.randrange(self._people)
            if person % TEMPLATE < ANSWERING and person not in self._asked_before:
                self._asked_before.add(person)
                chosen.append(person)
        return chosen

    def _answer(self, person: int) -> Asked:
        """Give the answer to the question that stands open; a copy's poll is named after that of who took part."""
        copy, place = divmod(person - FIRST_ID, TEMPLATE)
        poll_id, asked = self._office.asked[FIRST_ID + place]
        given = answer(person, poll_id, asked)
        if copy and isinstance(given, Vote):
            return Vote(given.visitor, poll_id=f"{poll_id}_{copy}", options=given.options)
        return given

    def _boards(self, room: LiveClass) -> Iterator[Callable[[], object]]:
        for _ in range(self._calls):
            yield lambda: self._office.desk.board(room.key)

    def _time(self, name: str, commands: Sequence[Asked]) -> Time:
        """Time commands, each a transaction of its own, as they come when little goes on."""

        def calls() -> Iterator[Callable[[], object]]:
            for command in commands:
                yield partial(self._work, self._office.hand_in([command]))

        return self._time_calls(name, calls())

    def _settle(self) -> None:
        """Let Telegram take what the last call said: the sender does that beside the work."""
        unsettled, self._unsettled = self._unsettled, ()
        self._office.settle(unsettled)

    def _work(self, count: int) -> None:
        """Work, and leave what came of it for afterwards."""
        self._unsettled = self._office.work(count)

    def _time_calls(self, name: str, calls: Iterator[Callable[[], object]]) -> Time:
        taken = []
        with listening(self._office.database.engine) as statements:
            next(calls)()
        self._settle()
        self.statements[name] = statements
        for call in calls:
            started = time.perf_counter()
            call()
            taken.append((time.perf_counter() - started) * 1000)
            self._settle()
        cuts = quantiles(taken, n=100, method="inclusive")
        return Time(cuts[49], cuts[98])


def main() -> int:
    """Measure on each engine; return 1 where a plan reads a big table whole."""
    arguments = _arguments()
    found: list[str] = []
    for engine in arguments.engine or ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, kept_in(engine, Path(folder)) as kept:
            office = Office(kept.url, NOW)
            try:
                town = Town(office, arguments.pupils, arguments.calls)
                times = {people: _grown(town, people) for people in sorted(arguments.people)}
                print(_table(engine, times, arguments.pupils), flush=True)
                found += _show_plans(office, town)
            finally:
                office.database.close()
    for line in found:
        print(f"A big table is read whole: {line}", file=sys.stderr)
    return 1 if found else 0


def _grown(town: Town, people: int) -> dict[str, Time]:
    started = time.monotonic()
    town.grow(people)
    filled = time.monotonic()
    times = town.measure()
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


def _show_plans(office: Office, town: Town) -> list[str]:
    """Print the plan of every statement, each once; give the lines that read a big table whole."""
    engine, found, shown = office.database.engine, [], set()
    big = big_tables(engine)
    print("Big tables: " + ", ".join(f"{name} ({rows:,})" for name, rows in big.items()) + "\n")
    for name, statements in town.statements.items():
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
    parser.add_argument("--pupils", type=int, default=1_000, help="how many are in the class whose board is drawn")
    parser.add_argument("--calls", type=int, default=200, help="how often each call is timed")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
