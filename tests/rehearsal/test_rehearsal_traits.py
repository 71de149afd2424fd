"""What simulated pupils are like: ability shows, and a class has all sorts."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from schoolroom import rng

from bot.core.question import Level
from bot.rehearsal.traits import draw_traits

abilities = st.floats(-4, 4)


@given(abilities, abilities)
def test_the_able_know_more(one: float, other: float) -> None:
    """Whoever is at least as able answers each level right at least as often."""
    character = draw_traits(rng(1))
    less, more = replace(character, ability=min(one, other)), replace(character, ability=max(one, other))
    assert all(less.success_chance(level) <= more.success_chance(level) for level in Level)


@given(abilities)
def test_hard_questions_are_harder(ability: float) -> None:
    """Nobody knows hard questions better than easy ones, and nothing is certain."""
    chances = [replace(draw_traits(rng(1)), ability=ability).success_chance(level) for level in Level]
    assert 1 > chances[0] > chances[1] > chances[2] > 0


@given(st.integers(0, 2**32))
def test_nobody_answers_before_reading(seed: int) -> None:
    """An answer takes a second at least, and a coming back does not take a lesson."""
    drawn = rng(seed)
    character = draw_traits(drawn)
    assert all(character.draw_answer_seconds(drawn, writes=writes) >= 1 for writes in (True, False))
    assert 0 < character.draw_absence_seconds(drawn) < 120


def test_a_class_has_all_sorts() -> None:
    """Of a thousand most are reliable; some come late, vanish, block the bot, repeat, chat, pass or are slow."""
    characters = [draw_traits(rng(seed)) for seed in range(1000)]
    reliable = [
        one
        for one in characters
        if not (one.leave_chance or one.repeat_chance or one.chatter_chance or one.skip_chance)
    ]
    assert len(reliable) > 400
    assert sum(one.join_delay >= 60 for one in characters) in range(150, 300)
    assert sum(one.leave_chance > 0 for one in characters) in range(80, 180)
    assert any(one.leave_chance and one.blocks_bot for one in characters)
    assert sum(one.network_delay >= 1 for one in characters) in range(50, 160)
    assert all(
        any(getattr(one, habit) for one in characters) for habit in ("repeat_chance", "chatter_chance", "skip_chance")
    )
    paces = sorted(one.answer_seconds for one in characters)
    assert paces[-100] > 2 * paces[100]
