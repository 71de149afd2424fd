"""Tests of the benchmark of a full database, with few people, and of its detection of full table scans."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"
CALLS = ("/score", "first answer of a day", "joining a class", "taking a nickname", "leaderboard of the class")


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_every_call_is_timed_and_its_plans_are_shown(engine: str) -> None:
    """For a few hundred people, the benchmark prints each call's times, growth and query plans."""
    small = ("--people", "200", "400", "--pupils", "3", "--calls", "3", "--engine", engine)
    command = [sys.executable, str(BENCH / "million.py"), *small]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)  # noqa: S603 - ours
    assert done.returncode == 0, done.stderr
    for call in CALLS:
        assert re.search(rf"^\| {call} \|( [\d.]+ \|){{4}} x [\d.]+ \|$", done.stdout, re.MULTILINE)
        assert f"Plans of: {call}\n" in done.stdout
    assert {"sqlite": "SEARCH question_progress USING", "postgresql": "actual time"}[engine] in done.stdout


BIG = {"answers": 9_000, "inbox": 9_000}
PLANS = {
    "SCAN answers": 1,
    "SCAN answers USING COVERING INDEX ix_answers_person_id_at": 1,
    "SEARCH answers USING INDEX ix_answers_person_id_at (person_id=?)": 0,
    "SCAN inbox USING INDEX ix_inbox_waiting": 0,
    "SCAN groups": 0,
    "Limit  (cost=0.1..2)\n  ->  Seq Scan on answers  (cost=0.00..1 rows=1)": 1,
    "Index Scan using pk_answers on answers  (cost=1)\n  Filter: (at > 1)": 1,
    "Index Scan using pk_answers on answers  (cost=1)\n  Index Cond: (session_id = 1)": 0,
}


@pytest.mark.parametrize(("plan", "found"), PLANS.items())
def test_a_plan_that_reads_a_big_table_whole_is_found(monkeypatch: pytest.MonkeyPatch, plan: str, found: int) -> None:
    """Scans of big tables are found in both engines' plans; searches, small tables and partial indexes are not."""
    monkeypatch.syspath_prepend(BENCH)
    scans = importlib.import_module("plans").scans
    assert len(scans(plan.splitlines(), BIG)) == found
