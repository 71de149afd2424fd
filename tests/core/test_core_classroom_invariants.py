"""The invariants of a live class hold in any sequence of events."""

from hypothesis import given, settings
from hypothesis import strategies as st
from live_class_machine import LiveClassMachine
from strategies import allowances, seeded_rng

TestLiveClass = LiveClassMachine.TestCase
TestLiveClass.__doc__ = "The invariants of a live class hold after any events in any order."
TestLiveClass.settings = settings(stateful_step_count=30)


@given(
    seed=st.integers(0, 2**64),
    seconds=st.sampled_from((60, 20, 0)),
    together=st.booleans(),
    people=st.lists(allowances, min_size=2, max_size=5),
)
def test_invariants_hold_in_whole_lessons(seed: int, seconds: int, together: bool, people: list[int]) -> None:  # noqa: FBT001 - drawn
    """In whole random lessons every invariant holds after every step."""
    lesson, rng = LiveClassMachine(), seeded_rng(seed)
    lesson.gather(rounds=8, seconds=seconds, bonus=True, together=together, people=people)
    for _ in range(60):
        lesson.pass_some_time(rng)
        for invariant in lesson.invariants:
            invariant.function(lesson)
    lesson.restart()
