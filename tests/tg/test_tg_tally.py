"""How votes look in a message of a group."""

import pytest

from bot.app.messages import Tally
from bot.i18n import LANGUAGES
from bot.tg.views.tally import tally


@pytest.mark.parametrize(
    ("votes", "voters", "squares"),
    [
        *[
            ((2, 2, 1), 9, (2, 2, 1)),
            ((9, 0, 0), 9, (5, 0, 0)),
            ((8, 1, 0), 9, (4, 1, 0)),
            ((1, 0, 0), 1000, (1, 0, 0)),
        ],
        *[((3, 3, 3), 3, (5, 5, 5)), ((0, 0, 0), 0, (0, 0, 0)), ((0, 0, 0), 3, (0, 0, 0)), ((4, 2, 0), 0, (5, 3, 0))],
    ],
)
def test_the_whole_of_a_bar_stands_for_everybody(votes: tuple[int, ...], voters: int, squares: tuple[int, ...]) -> None:
    """All squares are full only for an option that all voters chose, and one is for the first vote."""
    shown = tally(
        Tally(tuple(zip(("A", "B", "C"), votes, strict=True))), None, LANGUAGES["en"], statement=False, voters=voters
    )
    assert tuple(line.count("▰") for line in shown.split("\n")) == squares
    assert all(line.count("▰") + line.count("▱") == 5 for line in shown.split("\n"))
