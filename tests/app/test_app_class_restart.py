"""A class whose process was killed after it sent a question and before it recorded any delivery."""

import pytest
from duplicate_questions import (
    ANN,
    CHOSEN,
    CLASS,
    TEACHER,
    answers,
    begin_class,
    deliver,
    handle_commands,
    press,
    questions,
    two_processes,
)
from postgresql import MakeUrl

from bot.app.commands import Control, ControlClass, Press, Vote
from bot.app.messages import PressAnswer
from bot.core.classroom import Phase


@pytest.mark.parametrize("control", [Control.CLOSE, Control.DISCUSS])
@pytest.mark.parametrize("is_claimed", [False, True])
def test_a_press_closes_no_vote_before_the_question_is_sent_again(
    make_postgresql: MakeUrl, control: Control, *, is_claimed: bool
) -> None:
    """A press from before the restart does not close the vote; a press after the question was sent again does."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, database):
        begin_class(one)
        again = questions(other.claim_messages().outgoing) if is_claimed else []
        pressed = ControlClass(TEACHER, Press("1", 5), session=CLASS, round=1, control=control)
        outgoing = [row.message for row in handle_commands(other, pressed)]
        assert outgoing[-1] == PressAnswer("1", "toast.resending")
        with database.transaction() as unit:
            session = unit.sessions.find_class(CLASS)
            assert session
            assert session.state.phase is Phase.ASKING
        deliver(other, again or questions(other.claim_messages().outgoing), 10, "again")
        handle_commands(other, Vote(ANN, poll_id=f"again {ANN.id}", options=(0,)))
        press(other, Control.CLOSE)
        assert answers(database) == [(ANN.id, "true", True)]
