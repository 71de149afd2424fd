"""Traits of simulated pupils: ability decides, and a class has pupils of all sorts."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from schoolroom import seeded

from bot.core.question import Level
from bot.rehearsal.traits import draw_traits

abilities = st.floats(-4, 4)


@given(abilities, abilities)
def test_more_ability_means_more_right_answers(one: float, other: float) -> None:
    """A pupil who is at least as able has at least the same chance on each level."""
    traits = draw_traits(seeded(1))
    less, more = replace(traits, ability=min(one, other)), replace(traits, ability=max(one, other))
    assert all(less.success_chance(level) <= more.success_chance(level) for level in Level)


@given(abilities)
def test_hard_questions_are_harder(ability: float) -> None:
    """The chance falls with the level of the question, and is never 0 or 1."""
    chances = [replace(draw_traits(seeded(1)), ability=ability).success_chance(level) for level in Level]
    assert 1 > chances[0] > chances[1] > chances[2] > 0


@given(st.integers(0, 2**32))
def test_nobody_answers_before_reading(seed: int) -> None:
    """An answer takes at least a second, and an absence less than a lesson."""
    drawn = seeded(seed)
    traits = draw_traits(drawn)
    assert all(traits.draw_answer_seconds(drawn, writes=writes) >= 1 for writes in (True, False))
    assert 0 < traits.draw_absence_seconds(drawn) < 120


def test_a_class_has_all_sorts() -> None:
    """Most of a thousand pupils are reliable; some join late, leave, block the bot, repeat, chat, skip or are slow."""
    drawn = [draw_traits(seeded(seed)) for seed in range(1000)]
    reliable = [
        one for one in drawn if not (one.leave_chance or one.repeat_chance or one.chatter_chance or one.skip_chance)
    ]
    assert len(reliable) > 400
    assert sum(one.join_delay >= 60 for one in drawn) in range(150, 300)
    assert sum(one.leave_chance > 0 for one in drawn) in range(80, 180)
    assert any(one.leave_chance and one.blocks_bot for one in drawn)
    assert sum(one.network_delay >= 1 for one in drawn) in range(50, 160)
    assert all(
        any(getattr(one, habit) for one in drawn) for habit in ("repeat_chance", "chatter_chance", "skip_chance")
    )
    answer_seconds = sorted(one.answer_seconds for one in drawn)
    assert answer_seconds[-100] > 2 * answer_seconds[100]
