"""The output of ``bot check`` and its exit code."""

from io import StringIO
from pathlib import Path

from bot.bank.check import run_check

SAMPLES = Path(__file__).parent / "samples"
GOOD = SAMPLES / "good" / "every-kind.yaml"
BAD = SAMPLES / "bad" / "faults-everywhere.yaml"


def checked(*paths: Path) -> tuple[int, list[str]]:
    """Run the check; return its exit code and the printed lines."""
    out = StringIO()
    return run_check(paths, out), out.getvalue().splitlines()


def test_a_good_bank_gets_a_summary_in_one_line() -> None:
    """For a bank without faults, the check prints its counts and exits with 0."""
    kinds = "1 one right, 1 several right, 1 true/false, 1 typed, 1 number, 1 year"
    assert checked(GOOD) == (0, [f"{GOOD}: 6 questions ({kinds}) on 2 topics, 2 passages"])


def test_all_faults_of_a_bad_bank_are_printed() -> None:
    """For a bank with faults, the check prints all of them and their number, and exits with 1."""
    code, lines = checked(BAD)
    expected = BAD.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    assert code == 1
    assert lines == [*(f"{BAD.parent}/{line}" for line in expected), f"{BAD}: {len(expected)} faults"]


def test_every_file_is_checked_even_if_one_is_bad() -> None:
    """After a bad file the next file is still checked, and a good last file does not change the exit code."""
    code, lines = checked(BAD, GOOD)
    assert code == 1
    assert lines[-1].startswith(f"{GOOD}: 6 questions")


def test_advice_is_marked_and_does_not_fail_the_check(tmp_path: Path) -> None:
    """Advice is printed with its place and the word "advice", and the exit code stays 0."""
    path = tmp_path / "bank.yaml"
    text = GOOD.read_text(encoding="utf-8").replace("Which of these grow", "Which do NOT grow")
    path.write_text(text, encoding="utf-8")
    code, lines = checked(path)
    assert code == 0
    assert lines[0] == f"{path}:33:9: advice: The question is worded negatively. Ask for what is true instead."
    assert len(lines) == 2
