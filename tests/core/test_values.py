"""A changed value differs in the fields named, and in nothing else."""

import dataclasses

import pytest
from hypothesis import given
from strategies import solos

from bot.core.solo import Phase, Solo
from bot.core.values import replace


@given(solos, solos)
def test_a_changed_value_is_what_the_standard_library_makes(state: Solo, other: Solo) -> None:
    """Any fields may change at once: the rest stays, and so does the value that was given."""
    was = dataclasses.asdict(state)
    changes = {"outcomes": other.outcomes, "phase": other.phase, "thinking": other.thinking}
    assert replace(state, **changes) == dataclasses.replace(state, **changes)
    assert replace(state) == state
    assert dataclasses.asdict(state) == was


def test_a_field_that_there_is_not_cannot_change() -> None:
    """A name that is no field is refused."""
    with pytest.raises(KeyError):
        replace(Solo(("q",), Phase.PAUSED, (), None, 0), points=1)
