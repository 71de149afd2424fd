"""The table of a class's moves: complete, true to what happens, and drawn in the documentation."""

from datetime import timedelta
from pathlib import Path

import pytest
from class_states import EVENTS, NOW, REFUSED, happened, room_in
from state_diagram import state_diagram

from bot.core.classroom import QUIET_ROUNDS, TRANSITIONS, Phase, step
from bot.core.errors import MoveRefusedError

NEVER = {event for event in EVENTS if not any((phase, event) in TRANSITIONS for phase in Phase)}


def test_no_event_is_left_out_of_the_table() -> None:
    """Every event of a class has a move in some phase, and once finished, nothing has."""
    assert set() == NEVER
    assert {(Phase.FINISHED, event) for event in EVENTS} <= REFUSED


@pytest.mark.parametrize(("phase", "event"), sorted(REFUSED, key=lambda pair: (pair[0], pair[1].__name__)))
def test_what_the_table_lacks_is_refused_by_name(phase: Phase, event: type) -> None:
    """An event that has no move in a phase is refused with the names of both."""
    with pytest.raises(MoveRefusedError, match=f"{event.__name__} is refused while {phase}") as refusal:
        step(room_in(phase, closed=1), happened(event), NOW)
    assert (refusal.value.phase, refusal.value.event) == (phase, event.__name__)


@pytest.mark.parametrize(("phase", "event"), sorted(TRANSITIONS, key=lambda pair: (pair[0], pair[1].__name__)))
def test_moves_lead_where_the_table_says(phase: Phase, event: type) -> None:
    """A move leads to exactly the phases that the table names for it: no other, and to each of them from some state."""
    closed = (0,) if phase is Phase.GATHERING else (1, 2) if phase in (Phase.REVEALED, Phase.RESTING) else (0, 1)
    varied = (
        *({}, {"answered": 1, "awaited": 1}, {"answered": 1, "awaited": 0}),
        *({"together": True}, {"quiet": QUIET_ROUNDS}, {"coming": 1}),
    )
    rooms = [room_in(phase, count, **fields) for count in closed for fields in varied]
    much_later = NOW + timedelta(hours=1)
    reached = {step(room, happened(event), now)[0].phase for room in rooms for now in (NOW, much_later)}
    assert reached == set(TRANSITIONS[phase, event].leads_to)


def test_the_documentation_draws_the_table() -> None:
    """The diagram in the documentation is the one that the table of moves gives."""
    diagram = state_diagram(TRANSITIONS, Phase.GATHERING, Phase.FINISHED)
    page = Path(__file__).parents[2] / "docs" / "live-class.md"
    drawn = diagram in page.read_text(encoding="utf-8")
    assert drawn, f"Put this in place of the stateDiagram in docs/live-class.md:\n\n{diagram}\n"
