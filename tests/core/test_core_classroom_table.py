"""The table of transitions of a class: complete, true, and drawn in the documentation."""

from datetime import timedelta
from pathlib import Path

import pytest
from class_states import EVENTS, NOW, REFUSED, class_in, event_of
from state_diagram import state_diagram

from bot.core.classroom import MOST_QUIET_ROUNDS, TRANSITIONS, Phase, step
from bot.core.errors import TransitionRefusedError

NEVER = {event for event in EVENTS if not any((phase, event) in TRANSITIONS for phase in Phase)}


def test_no_event_is_left_out_of_the_table() -> None:
    """Every event has a transition in some phase, and a finished class has none."""
    assert set() == NEVER
    assert {(Phase.FINISHED, event) for event in EVENTS} <= REFUSED


@pytest.mark.parametrize(("phase", "event"), sorted(REFUSED, key=lambda pair: (pair[0], pair[1].__name__)))
def test_an_event_without_a_transition_is_refused(phase: Phase, event: type) -> None:
    """The error for an event without a transition names the phase and the event."""
    with pytest.raises(TransitionRefusedError, match=f"{event.__name__} is refused while {phase}") as refusal:
        step(class_in(phase, closed=1), event_of(event), NOW)
    assert (refusal.value.phase, refusal.value.event) == (phase, event.__name__)


@pytest.mark.parametrize(("phase", "event"), sorted(TRANSITIONS, key=lambda pair: (pair[0], pair[1].__name__)))
def test_transitions_lead_to_the_phases_in_the_table(phase: Phase, event: type) -> None:
    """A transition leads to exactly the phases in its row: to each from some state, and to no other."""
    closed = (0,) if phase is Phase.GATHERING else (1, 2) if phase in (Phase.REVEALED, Phase.RESTING) else (0, 1)
    varied = (
        *({}, {"answered": 1, "awaited": 1}, {"answered": 1, "awaited": 0}),
        *({"together": True}, {"quiet": MOST_QUIET_ROUNDS}, {"coming": 1}),
    )
    states = [class_in(phase, count, **fields) for count in closed for fields in varied]
    much_later = NOW + timedelta(hours=1)
    reached = {step(state, event_of(event), now)[0].phase for state in states for now in (NOW, much_later)}
    assert reached == set(TRANSITIONS[phase, event].leads_to)


def test_the_documentation_draws_the_table() -> None:
    """The diagram in the documentation is the drawing of the table."""
    diagram = state_diagram(TRANSITIONS, Phase.GATHERING, Phase.FINISHED)
    page = Path(__file__).parents[2] / "docs" / "live-class.md"
    drawn = diagram in page.read_text(encoding="utf-8")
    assert drawn, f"Put this in place of the stateDiagram in docs/live-class.md:\n\n{diagram}\n"
