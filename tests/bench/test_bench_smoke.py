"""The benchmark itself works: fake server, learners, baseline, count. Asserts no figure, they are the machine's."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"
SMALL = ("--rounds", "1", "--seconds", "0.3", "--people", "20", "--learners", "20", "--latency-ms", "1")


def run(script: str, *arguments: str) -> str:
    """Run one script to its end and give what it printed; its complaints are shown where it fails."""
    command = [sys.executable, str(BENCH / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=50, check=False)  # noqa: S603 - ours
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(("scenario", "figure"), [("solo", "solo answers/s"), ("votes", "votes stored/s")])
def test_the_baseline_is_measured_and_every_answer_is_found_in_its_database(scenario: str, figure: str) -> None:
    """The baseline answers all learners, and the harness finds each answer counted exactly once."""
    table = run("run.py", "--only", "python-telegram-bot", "--scenario", scenario, *SMALL)
    rows = {row.split("|")[1].strip(): row.split("|")[2].strip() for row in table.splitlines() if row.startswith("|")}
    measured = [value for name, value in rows.items() if name.startswith(figure)]
    assert all(float(value.replace(",", "")) > 0 for value in measured)
    assert measured
    assert rows["answers not counted exactly once, all rounds"] == "0"


def test_the_transports_are_measured() -> None:
    """The transport script gives a row for httpx at the number in flight asked for."""
    assert "| httpx | 2 |" in run("transport.py", "--rounds", "1", "--seconds", "0.2", "--in-flight", "2")
