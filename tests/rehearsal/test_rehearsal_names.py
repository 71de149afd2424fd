"""Names of simulated pupils: enough of them, fit for a board."""

from collections import Counter
from pathlib import Path

import pytest
from schoolroom import rng

from bot.core.nicknames import clean, fault_in, read_banned_words
from bot.i18n import LANGUAGES
from bot.rehearsal.names import MAX_NAMES, draw_names

REFUSED = Path(__file__).parents[2] / "bot" / "app" / "refused-nicknames.txt"


def test_the_largest_class_has_nicknames_that_the_bot_takes() -> None:
    """A thousand people have a thousand nicknames, none empty, long, rude or taken."""
    refused = read_banned_words(REFUSED.read_text(encoding="utf-8"))
    nicknames = [name.nickname for name in draw_names(rng(1), MAX_NAMES)]
    assert len({nickname.casefold() for nickname in nicknames}) == MAX_NAMES
    assert {fault_in(nickname, refused, ()) for nickname in nicknames} == {""}
    assert [clean(nickname) for nickname in nicknames] == nicknames


def test_no_two_have_the_same_name() -> None:
    """A thousand people have a thousand names, surnames among them."""
    assert len({(name.first, name.last) for name in draw_names(rng(2), MAX_NAMES)}) == MAX_NAMES


def test_a_small_class_is_on_first_name_terms() -> None:
    """Thirty people are called by first names, in each language of the bot, and are not all of one family."""
    names = draw_names(rng(1), 30)
    assert [name.nickname for name in names] == [name.first for name in names]
    assert {name.language for name in names} == set(LANGUAGES)
    assert max(Counter(name.last for name in names).values()) < 10


def test_the_same_dice_draw_the_same_names() -> None:
    """A seed makes a class, another seed another."""
    assert draw_names(rng(5), 30) == draw_names(rng(5), 30)
    assert draw_names(rng(5), 30) != draw_names(rng(6), 30)


@pytest.mark.parametrize("size", [-1, MAX_NAMES + 1])
def test_there_are_no_names_for_more(size: int) -> None:
    """Whoever wants more people than there are names is refused."""
    with pytest.raises(ValueError, match="names for 0 to 1000 people"):
        draw_names(rng(1), size)
