"""The progress line shows share, rate and remaining time; only on a terminal is it overwritten."""

from io import StringIO
from itertools import count

from bot.progress import ProgressLine


class Terminal(StringIO):
    """Output that claims to be a terminal."""

    def isatty(self) -> bool:
        """Return that this is a terminal."""
        return True


def test_on_a_terminal_one_line_is_overwritten() -> None:
    """Each update starts at the beginning of the line and clears its rest; later output begins on a new line."""
    out, moments = Terminal(), count(step=2)
    with ProgressLine(out, lambda: float(next(moments))) as line:
        line.show("moving answers", 1_000, 150_000)
        line.show("moving answers", 21_000, 150_000)
    first, second = out.getvalue().split("\r")[1:]
    assert first == "moving answers    1%  1,000 of 150,000 rows\x1b[K"
    assert second == "moving answers   14%  21,000 of 150,000 rows  10,000 rows/s  0:13 left\x1b[K\n"


def test_a_new_count_restarts_the_clock() -> None:
    """When counting restarts, the rate counts only the rows since then."""
    out, moments = Terminal(), iter([0.0, 100.0, 100.0, 101.0])
    with ProgressLine(out, lambda: next(moments)) as line:
        line.show("moving", 10, 1_000)
        line.show("moving", 1_000, 1_000)
        line.show("comparing", 10, 2_000)
        line.show("comparing", 20, 2_000)
    assert out.getvalue().split("\r")[-1] == "comparing    1%  20 of 2,000 rows  10 rows/s  3:18 left\x1b[K\n"


def test_elsewhere_each_stage_is_a_line() -> None:
    """In a file or a log there is a line for each stage, without control characters."""
    out = StringIO()
    with ProgressLine(out, lambda: 0.0) as line:
        for done in (1, 2, 3):
            line.show("moving persons", done, 4)
        line.show("moving answers", 4, 4)
    assert out.getvalue() == "moving persons   25%  1 of 4 rows\nmoving answers  100%  4 of 4 rows\n"


def test_no_work_prints_nothing() -> None:
    """A command without work prints nothing, not even an empty line."""
    out = Terminal()
    with ProgressLine(out, lambda: 0.0):
        pass
    assert out.getvalue() == ""
