"""A rush: so many in so short a time that one process cannot work them off in it."""

import pytest

from bot.tg.rush import MANY, SECONDS, Rush


@pytest.mark.parametrize(
    ("came", "said"),
    [
        ([(MANY - 1, 5.0), (1, 5.0 + SECONDS)], [False, True]),
        ([(MANY - 1, 5.0), (1, 5.1 + SECONDS)], [False, False]),
        ([(MANY, 5.0), (MANY - 1, 5.5), (1, 6.0)], [True, False, True]),
    ],
)
def test_a_rush_is_many_within_a_second(came: list[tuple[int, float]], said: list[bool]) -> None:
    """While it goes on it is said of each so many anew."""
    rush = Rush()
    assert [rush.goes_on(*one) for one in came] == said
