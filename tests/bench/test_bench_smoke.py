"""Tests that the benchmark works: fake server, learners, rivals, counts. They assert no speed."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"
SMALL = ("--rounds", "1", "--seconds", "0.3", "--people", "20", "--learners", "20", "--latency-ms", "1")


def run(script: str, *arguments: str) -> str:
    """Run one script and return its standard output; if it fails, the test shows its standard error."""
    command = [sys.executable, str(BENCH / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)  # noqa: S603 - ours
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows_of(table: str) -> dict[str, str]:
    """Return the first column of figures by the names of the rows."""
    return {row.split("|")[1].strip(): row.split("|")[2].strip() for row in table.splitlines() if row.startswith("|")}


@pytest.mark.parametrize(
    ("rival", "scenario", "figure"),
    [
        ("python-telegram-bot", "solo", "solo answers/s"),
        ("python-telegram-bot", "votes", "votes stored/s"),
        ("aiogram-tuned", "solo", "solo answers/s"),
        ("pytelegrambotapi-tuned", "solo", "solo answers/s"),
    ],
)
def test_a_rival_is_measured_and_every_answer_is_found_in_its_database(rival: str, scenario: str, figure: str) -> None:
    """Each library's bot serves all learners, and its database counts each answer exactly once."""
    table = run("run.py", "--only", rival, "--scenario", scenario, *SMALL)
    if "is left out" in table:
        pytest.skip("uv cannot install this rival's library")
    rows = rows_of(table)
    measured = [value for name, value in rows.items() if name.startswith(figure)]
    assert all(float(value.replace(",", "")) > 0 for value in measured)
    assert measured
    assert rows["answers not counted exactly once, all rounds"] == "0"


def test_a_hot_poll_is_measured_until_every_vote_is_in_the_score() -> None:
    """After a crowd's votes in a group's poll, PostgreSQL has every vote, and every answer of the closed round."""
    rows = rows_of(run("run.py", "--only", "ours-postgresql-1", "--scenario", "hot", *SMALL))
    assert float(rows["s until all of 20 votes for one poll are in the score"]) > 0
    assert rows["answers not counted exactly once, all rounds"] == "0"


def test_the_transports_are_measured() -> None:
    """The transport script prints a row for httpx with the requested number in flight."""
    assert "| httpx | 2 |" in run("transport.py", "--rounds", "1", "--seconds", "0.2", "--in-flight", "2")
