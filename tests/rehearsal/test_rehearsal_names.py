"""Names of simulated pupils: different, and allowed on a board."""

from collections import Counter
from pathlib import Path

import pytest
from schoolroom import seeded

from bot.core.nicknames import clean, fault_in, read_banned_words
from bot.i18n import LANGUAGES
from bot.rehearsal.names import MAX_NAMES, draw_names

REFUSED = Path(__file__).parents[2] / "bot" / "app" / "refused-nicknames.txt"


def test_the_bot_accepts_the_nicknames_of_the_largest_class() -> None:
    """A thousand people have a thousand different nicknames, none empty, too long or rude."""
    refused = read_banned_words(REFUSED.read_text(encoding="utf-8"))
    nicknames = [name.nickname for name in draw_names(seeded(1), MAX_NAMES)]
    assert len({nickname.casefold() for nickname in nicknames}) == MAX_NAMES
    assert {fault_in(nickname, refused, ()) for nickname in nicknames} == {""}
    assert [clean(nickname) for nickname in nicknames] == nicknames


def test_all_names_are_different() -> None:
    """A thousand people have a thousand different full names."""
    assert len({(name.first, name.last) for name in draw_names(seeded(2), MAX_NAMES)}) == MAX_NAMES


def test_nicknames_of_a_small_class_are_first_names() -> None:
    """The nicknames of thirty people are first names of each language, and the surnames differ."""
    names = draw_names(seeded(1), 30)
    assert [name.nickname for name in names] == [name.first for name in names]
    assert {name.language for name in names} == set(LANGUAGES)
    assert max(Counter(name.last for name in names).values()) < 10


def test_the_same_seed_draws_the_same_names() -> None:
    """The same seed draws the same names, another seed others."""
    assert draw_names(seeded(5), 30) == draw_names(seeded(5), 30)
    assert draw_names(seeded(5), 30) != draw_names(seeded(6), 30)


@pytest.mark.parametrize("size", [-1, MAX_NAMES + 1])
def test_too_many_names_are_refused(size: int) -> None:
    """A number of people below 0 or above MAX_NAMES raises ValueError."""
    with pytest.raises(ValueError, match="names for 0 to 1000 people"):
        draw_names(seeded(1), size)
