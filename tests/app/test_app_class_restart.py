"""A class whose question was sent, and its process killed before any copy of it was noted."""

import pytest
from postgresql import MakeUrl
from process_copies import (
    ANN,
    CHOSEN,
    CLASS,
    TEACHER,
    answers,
    begin_class,
    hear,
    note,
    press,
    questions,
    two_processes,
)

from bot.app.commands import Control, ControlClass, Press, Vote
from bot.app.messages import PressAnswer
from bot.core.classroom import Phase


@pytest.mark.parametrize("control", [Control.CLOSE, Control.DISCUSS])
@pytest.mark.parametrize("is_claimed", [False, True])
def test_no_press_closes_a_class_before_a_copy_is_there(
    make_postgresql: MakeUrl, control: Control, *, is_claimed: bool
) -> None:
    """A press from before the restart asks for another one; once somebody can vote again, that one closes."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, database):
        begin_class(one)
        again = questions(other.claim_messages().outgoing) if is_claimed else []
        pressed = ControlClass(TEACHER, Press("1", 5), session=CLASS, round=1, control=control)
        told = [row.message for row in hear(other, pressed)]
        assert told[-1] == PressAnswer("1", "toast.resending")
        with database.transaction() as unit:
            session = unit.sessions.find_class(CLASS)
            assert session
            assert session.state.phase is Phase.ASKING
        note(other, again or questions(other.claim_messages().outgoing), 10, "again")
        hear(other, Vote(ANN, poll_id=f"again {ANN.id}", options=(0,)))
        press(other, Control.CLOSE)
        assert answers(database) == [(ANN.id, "true", True)]
