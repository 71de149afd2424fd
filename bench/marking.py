"""Measure the marking of typed answers: verdicts compared with the tests' table, time, memory, and time to start.

Run: ``uv run python bench/marking.py --before f5ef2e8`` for the figures of an older revision beside this tree's.
Each part runs in a process of its own. Both columns use this tree's table: tests/core/typed_answers.
"""

import argparse
import importlib
import io
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
BANK = ROOT / "questions.yaml"
LANGUAGES = {"en": "English", "ru": "Russian", "kk": "Kazakh"}
STARTS = 9
START = "import sys, pathlib, bot.wiring, bot.bank; bot.bank.load(pathlib.Path(sys.argv[1]))"
HEAVY = ("pymorphy3", "spellchecker")
_KAZAKH = re.compile("[әғқңөұүһі]")
_CYRILLIC = re.compile("[а-яё]")

Figures = dict[str, str]
"""Figures of one source tree, by the texts of their rows."""


class Row(NamedTuple):
    """An answer in the table: its subject and language, the expected verdict, and a function that marks it."""

    subject: str
    language: str
    right: bool
    mark: Callable[[], bool]

    def agrees(self) -> bool:
        """Return whether the code marks the answer as the table does; False if it cannot parse the question."""
        try:
            return self.mark() is self.right
        except ValueError:
            return False


def table() -> Iterator[Row]:
    """Yield every row of the tests' table, and then those of the bundled bank."""
    sys.path.insert(0, str(ROOT / "tests" / "core" / "typed_answers"))
    typed = importlib.import_module("typed_rows")
    for subject, groups in importlib.import_module("typed_table").SUBJECTS.items():
        for one in typed.rows(groups):
            language = language_of(subject, " ".join(one.asked.accepted))
            yield Row(subject, language, one.right, marking(typed.is_right, one.asked.kind, one.typed))
    kinds = {one.id: one.kind for one in importlib.import_module("bot.bank").load(BANK).questions}
    for name, answers in importlib.import_module("bundled_answers").BUNDLED.items():
        for right, texts in ((True, answers.right), (False, answers.wrong)):
            for text in texts:
                yield Row("bundled bank", "en", right, marking(typed.is_right, partial(kinds.get, name), text))


def marking(is_right: Callable[[Any, str], bool], kind: Callable[[], Any], text: str) -> Callable[[], bool]:
    """Return a function that marks a text as an answer to a question of this kind."""
    return lambda: is_right(kind(), text)


def language_of(subject: str, accepted: str) -> str:
    """Return the language of the accepted texts by their letters; English unless Russian or Kazakh."""
    if subject.startswith("Kazakh") or _KAZAKH.search(accepted.casefold()):
        return "kk"
    return "ru" if _CYRILLIC.search(accepted.casefold()) else "en"


def memory() -> float:
    """Return the resident memory of this process in megabytes (proc(5), VmRSS)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:"))


def count_verdicts() -> Figures:
    """Count by subject the answers that are marked as expected, and the wrong ones that are accepted."""
    counts: dict[str, list[int]] = {}
    passed = 0
    for row in table():
        agrees = row.agrees()
        passed += not (agrees or row.right)
        for subject in (row.subject, "all subjects"):
            found = counts.setdefault(subject, [0, 0])
            found[0] += agrees
            found[1] += 1
    shown = {f"marked as a fair teacher would: {subject}": f"{n} of {of}" for subject, (n, of) in counts.items()}
    return {**shown, "wrong answers accepted": str(passed)}


def time_language(language: str) -> Figures:
    """Measure one language: the time of answers that are not cached, and the memory before and after."""
    rows = [row for row in table() if row.language == language]
    name = LANGUAGES[language]
    before, times = memory(), []
    for row in rows:
        began = time.process_time()
        row.agrees()
        times.append((time.process_time() - began) * 1e6)
    heavy = [module for module in HEAVY if module in sys.modules]
    return {
        f"{name}: answers": str(len(rows)),
        f"{name}: us of CPU an answer, median": f"{statistics.median(times):.0f}",
        f"{name}: us of CPU an answer, p99": f"{statistics.quantiles(times, n=100)[-1]:.0f}",
        f"{name}: ms of CPU, the slowest (it loads a dictionary)": f"{max(times) / 1e3:.0f}",
        f"{name}: MB before the first answer": f"{before:.0f}",
        f"{name}: MB after the last": f"{memory():.0f}",
        f"{name}: loaded": ", ".join(heavy) or "-",
    }


def time_start() -> Figures:
    """Measure the CPU time and memory of a process that imports the bot and loads the bundled bank."""
    times = []
    for _ in range(STARTS):
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", START, str(BANK)], check=True)  # noqa: S603 - ours
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append((after.ru_utime + after.ru_stime) - (used.ru_utime + used.ru_stime))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"start: CPU s, median": f"{statistics.median(times):.2f}", "start: MB at most": f"{most:.0f}"}


PARTS: dict[str, Callable[[], Figures]] = {
    "verdicts": count_verdicts,
    **{language: partial(time_language, language) for language in LANGUAGES},
    "start": time_start,
}


def measure(tree: Path) -> Figures:
    """Measure the bot of a source tree, each part in a process of its own."""
    figures: Figures = {}
    for part in PARTS:
        print(f"{tree.name}: {part}", file=sys.stderr)
        command = [sys.executable, __file__, "--part", part]
        done = subprocess.run(  # noqa: S603 - ours
            command, env={**os.environ, "PYTHONPATH": str(tree)}, check=True, capture_output=True, text=True
        )
        figures |= json.loads(done.stdout)
    return figures


def unpack(revision: str, folder: Path) -> Path:
    """Extract the code of a revision into a folder; return the folder."""
    archive = ["git", "-C", str(ROOT), "archive", "--format=tar", revision, "bot"]
    packed = subprocess.run(archive, check=True, capture_output=True).stdout  # noqa: S603 - ours
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        tar.extractall(folder, filter="data")
    return folder


def main() -> None:
    """Measure this source tree, and an older revision if one is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", help="an older revision to compare with")
    parser.add_argument("--part", choices=PARTS, help="measure only this part and print JSON")
    arguments = parser.parse_args()
    if arguments.part:
        print(json.dumps(PARTS[arguments.part]()))
        return
    columns = {"now": measure(ROOT)}
    if arguments.before:
        with tempfile.TemporaryDirectory(prefix="marking-") as folder:
            columns = {arguments.before: measure(unpack(arguments.before, Path(folder))), **columns}
    print(f"| | {' | '.join(columns)} |\n|---|{'---:|' * len(columns)}")
    for name in columns["now"]:
        print(f"| {name} | {' | '.join(figures.get(name, '-') for figures in columns.values())} |")


if __name__ == "__main__":
    main()
