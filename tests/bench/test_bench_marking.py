"""Tests that the benchmark of marking works. They assert no speed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "bench" / "marking.py"


def counters(part: str) -> dict[str, str]:
    """Run one part of the benchmark and return its figures."""
    command = [sys.executable, str(SCRIPT), "--part", part]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)  # noqa: S603 - ours
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_every_row_is_counted_under_its_subject() -> None:
    """The counts of the table's subjects and of the bundled bank add up to the row of all subjects."""
    counts = {
        name.rpartition(": ")[2]: [int(number) for number in count.split(" of ")]
        for name, count in counters("verdicts").items()
        if ": " in name
    }
    whole = counts.pop("all subjects")
    assert "bundled bank" in counts
    assert [sum(numbers) for numbers in zip(*counts.values(), strict=True)] == whole


@pytest.mark.parametrize(("language", "name"), [("en", "English"), ("ru", "Russian"), ("kk", "Kazakh")])
def test_each_language_has_its_times_and_memory(language: str, name: str) -> None:
    """The figures of a language include its answers, their median time, the memory and the loaded packages."""
    found = counters(language)
    assert int(found[f"{name}: answers"]) >= 100
    assert {"answers", "us of CPU an answer, median", "MB after the last", "loaded"} <= {
        row.removeprefix(f"{name}: ") for row in found
    }
