"""What simulated pupils are like: ability shows, and a class has all sorts."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from schoolroom import dice

from bot.core.question import Level
from bot.rehearsal.traits import draw_character

abilities = st.floats(-4, 4)


@given(abilities, abilities)
def test_the_able_know_more(one: float, other: float) -> None:
    """Whoever is at least as able answers each level right at least as often."""
    character = draw_character(dice(1))
    less, more = replace(character, ability=min(one, other)), replace(character, ability=max(one, other))
    assert all(less.chance(level) <= more.chance(level) for level in Level)


@given(abilities)
def test_hard_questions_are_harder(ability: float) -> None:
    """Nobody knows hard questions better than easy ones, and nothing is certain."""
    chances = [replace(draw_character(dice(1)), ability=ability).chance(level) for level in Level]
    assert 1 > chances[0] > chances[1] > chances[2] > 0


@given(st.integers(0, 2**32))
def test_nobody_answers_before_reading(seed: int) -> None:
    """An answer takes a second at least, and a coming back does not take a lesson."""
    drawn = dice(seed)
    character = draw_character(drawn)
    assert all(character.thinking_seconds(drawn, writes=writes) >= 1 for writes in (True, False))
    assert 0 < character.absent_seconds(drawn) < 120


def test_a_class_has_all_sorts() -> None:
    """Of a thousand most are reliable; some come late, vanish, block the bot, repeat, chat, pass or are slow."""
    characters = [draw_character(dice(seed)) for seed in range(1000)]
    reliable = [one for one in characters if not (one.vanishes or one.repeats or one.chats or one.passes)]
    assert len(reliable) > 400
    assert sum(one.joins_after >= 60 for one in characters) in range(150, 300)
    assert sum(one.vanishes > 0 for one in characters) in range(80, 180)
    assert any(one.vanishes and one.blocks for one in characters)
    assert sum(one.network >= 1 for one in characters) in range(50, 160)
    assert all(any(getattr(one, habit) for one in characters) for habit in ("repeats", "chats", "passes"))
    paces = sorted(one.pace for one in characters)
    assert paces[-100] > 2 * paces[100]
