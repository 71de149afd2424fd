"""Tests that the benchmark of live classes works, without limits and with fast pupils. They assert no speed."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "bench" / "classes.py"
QUICK = ("--sizes", "4", "--rounds", "1", "--haste", "20", "--no-limits")


@pytest.mark.parametrize("kind", ["link", "group"])
def test_a_class_is_led_and_every_answer_is_counted(kind: str) -> None:
    """The teacher leads a class with its buttons, all pupils answer its one question, and no answer is miscounted."""
    command = [sys.executable, str(SCRIPT), "--only", kind, *QUICK]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)  # noqa: S603 - ours
    assert done.returncode == 0, done.stderr
    rows = {row.split("|")[1].strip(): row.split("|")[2].strip() for row in done.stdout.splitlines() if "|" in row}
    assert rows["answers given"] == "4"
    assert rows["answers not counted exactly once (must be 0)"] == "0"
    assert rows["messages a round: questions"] == {"link": "4.0", "group": "1.0"}[kind]
