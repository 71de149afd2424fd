"""The benchmark of marking works. Asserts no figure of speed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "bench" / "marking.py"


def figures(part: str) -> dict[str, str]:
    """Return the figures of one part of the benchmark."""
    command = [sys.executable, str(SCRIPT), "--part", part]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)  # noqa: S603 - ours
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_every_row_is_counted_under_its_subject() -> None:
    """The subjects of the table and the bundled bank add up to all subjects."""
    counts = {
        name.rpartition(": ")[2]: [int(number) for number in count.split(" of ")]
        for name, count in figures("verdicts").items()
        if ": " in name
    }
    whole = counts.pop("all subjects")
    assert "bundled bank" in counts
    assert [sum(numbers) for numbers in zip(*counts.values(), strict=True)] == whole


@pytest.mark.parametrize(("language", "name"), [("en", "English"), ("ru", "Russian"), ("kk", "Kazakh")])
def test_each_language_has_its_times_and_memory(language: str, name: str) -> None:
    """A language's answers are all timed in a process of their own, which says what it loaded."""
    found = figures(language)
    assert int(found[f"{name}: answers"]) >= 100
    assert {"answers", "us of CPU an answer, median", "MB after the last", "loaded"} <= {
        row.removeprefix(f"{name}: ") for row in found
    }
