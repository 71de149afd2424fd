"""What ``bot check`` prints, and its exit code."""

from io import StringIO
from pathlib import Path

from bot.bank.check import run_check

SAMPLES = Path(__file__).parent / "samples"
GOOD = SAMPLES / "good" / "every-kind.yaml"
BAD = SAMPLES / "bad" / "faults-everywhere.yaml"


def checked(*paths: Path) -> tuple[int, list[str]]:
    """Run the check and give its exit code and its lines."""
    out = StringIO()
    return run_check(paths, out), out.getvalue().splitlines()


def test_a_good_bank_is_summed_up_in_a_line() -> None:
    """A bank without faults gets its counts, and 0."""
    kinds = "1 one right, 1 several right, 1 true/false, 1 typed, 1 number, 1 year"
    assert checked(GOOD) == (0, [f"{GOOD}: 6 questions ({kinds}) on 2 topics, 2 passages"])


def test_a_bad_bank_is_told_all_its_faults() -> None:
    """A bank with faults gets them all, their number, and 1."""
    code, lines = checked(BAD)
    expected = BAD.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    assert code == 1
    assert lines == [*(f"{BAD.parent}/{line}" for line in expected), f"{BAD}: {len(expected)} faults"]


def test_every_file_is_checked_although_one_is_bad() -> None:
    """A fault in the first file hides nothing of the second, nor a good second file the fault."""
    code, lines = checked(BAD, GOOD)
    assert code == 1
    assert lines[-1].startswith(f"{GOOD}: 6 questions")


def test_advice_is_marked_and_forgiven(tmp_path: Path) -> None:
    """Advice is printed as such at its place, and the exit code stays 0."""
    path = tmp_path / "bank.yaml"
    text = GOOD.read_text(encoding="utf-8").replace("Which of these grow", "Which do NOT grow")
    path.write_text(text, encoding="utf-8")
    code, lines = checked(path)
    assert code == 0
    assert lines[0] == f"{path}:33:9: advice: The question is worded negatively. Ask for what is so."
    assert len(lines) == 2
