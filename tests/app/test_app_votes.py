"""Two votes on one question: late deliveries, votes and presses of the first vote change nothing in the second."""

import pytest
from duplicate_questions import (
    ANN,
    BEN,
    CHOSEN,
    CLASS,
    GROUP,
    TEACHER,
    WRITTEN,
    answers,
    begin_class,
    begin_group_quiz,
    deliver,
    group_vote,
    handle_commands,
    handle_stored,
    in_outbox,
    notices,
    of_type,
    press,
    questions,
    two_processes,
    write_answer,
)
from postgresql import MakeUrl

from bot.app.commands import Control, ControlClass, Vote, Write
from bot.app.dispatch.service import Delivery
from bot.app.messages import (
    ClassQuestion,
    ClosedButtons,
    DeletedMessage,
    GroupDiscussion,
    GroupPoll,
    GroupReveal,
    Notice,
)


def group_press(control: Control) -> ControlClass:
    """Create a press of a control button in the group."""
    return ControlClass(TEACHER, session=CLASS, round=1, control=control, spot=GROUP)


@pytest.mark.parametrize("is_over", [True, False], ids=["in the second vote", "in the discussion"])
def test_a_vote_of_the_first_vote_never_counts_in_the_second(make_postgresql: MakeUrl, *, is_over: bool) -> None:
    """A deferred vote of the first vote is late in the second, and the pupil's second vote counts."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, database):
        first = begin_class(one)
        vote = Vote(ANN, poll_id=f"first {ANN.id}", options=(1,))
        assert handle_commands(other, vote) == []
        press(one, Control.DISCUSS)
        if is_over:
            press(one, Control.NEXT)
        claimed = other.claim_messages().outgoing
        waiting = questions(claimed)
        deliver(other, [row for row in claimed if row not in waiting], 6)
        assert [row.message.vote for row in waiting if isinstance(row.message, ClassQuestion)] == [2, 2] * is_over
        late = deliver(one, first, 11, "first")
        assert in_outbox(database, DeletedMessage) == dict.fromkeys((ANN.id, BEN.id), DeletedMessage(11))
        deliver(one, late, 6)
        handle_stored(other, vote)
        assert in_outbox(database, Notice)[ANN.id] == Notice("class.late")
        second = waiting or press(other, Control.NEXT)
        deliver(other, second, 20, "second")
        handle_commands(other, Vote(BEN, poll_id=f"first {BEN.id}", options=(1,)))
        assert in_outbox(database, Notice)[BEN.id] == Notice("class.late")
        for pupil in (ANN, BEN):
            assert notices(handle_commands(other, Vote(pupil, poll_id=f"second {pupil.id}", options=(0,)))) == []
        press(other, Control.CLOSE)
        assert answers(database) == [(ANN.id, "true", True), (BEN.id, "true", True)]


def test_a_text_counts_in_the_vote_whose_question_it_follows(make_postgresql: MakeUrl) -> None:
    """A copy of the first vote's question that is recorded late does not change which texts answer the second."""
    with two_processes(make_postgresql(""), WRITTEN) as (one, other, database):
        first = begin_class(one)
        deliver(other, questions(other.claim_messages().outgoing), 10)
        deliver(other, handle_commands(other, Write(ANN, text="Paris", message_id=11)), 6)
        press(other, Control.DISCUSS)
        deliver(other, press(other, Control.NEXT), 20)
        deliver(one, deliver(one, first, 25), 6)
        assert write_answer(other, ANN, "Rome", 15) == "write.early"
        assert write_answer(other, ANN, "Geneva", 22) == "TakenSign"
        press(other, Control.CLOSE)
        assert answers(database) == [(ANN.id, "Geneva", True)]


def test_a_refused_copy_of_the_first_vote_removes_nobody_from_the_second(make_postgresql: MakeUrl) -> None:
    """A refused copy of the first vote's question removes nobody from the second vote."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, database):
        first = begin_class(one)
        deliver(other, questions(other.claim_messages().outgoing), 10, "again")
        press(other, Control.DISCUSS)
        second = press(other, Control.NEXT)
        one.record_deliveries(
            [Delivery(row.id, row.claimed_by, row.chat_id, row.message, problem="Bad Request") for row in first]
        )
        deliver(other, second, 20, "second")
        assert notices(handle_commands(other, Vote(ANN, poll_id=f"second {ANN.id}", options=(0,)))) == []
        press(other, Control.CLOSE)
        assert answers(database) == [(ANN.id, "true", True)]


@pytest.mark.parametrize("spot", [None, GROUP], ids=["class", "group"])
def test_a_question_is_discussed_once(make_postgresql: MakeUrl, spot: object) -> None:
    """A late press of the discussion button in the second vote does not start another discussion."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, _, database):
        first = begin_group_quiz(one, database) if spot else begin_class(one)
        deliver(one, first, 10, "first")
        press(one, Control.DISCUSS, GROUP if spot else None)
        deliver(one, press(one, Control.NEXT, GROUP if spot else None), 20, "second")
        press(one, Control.DISCUSS, GROUP if spot else None)
        handle_commands(
            one, group_vote(ANN, "second", 0) if spot else Vote(ANN, poll_id=f"second {ANN.id}", options=(0,))
        )
        press(one, Control.CLOSE, GROUP if spot else None)
        assert answers(database) == [(ANN.id, "true", True)]


def test_a_late_group_poll_of_the_first_vote_is_deleted(make_postgresql: MakeUrl) -> None:
    """A first vote's poll recorded in the second vote is deleted and starts no time; an unsent one is never sent."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, database):
        first = begin_group_quiz(one, database)
        handle_commands(one, *(group_press(control) for control in (Control.DISCUSS, Control.NEXT)))
        claimed = other.claim_messages().outgoing
        assert [
            row.message.controls.vote for row in of_type(claimed, GroupPoll) if isinstance(row.message, GroupPoll)
        ] == [2]
        deliver(one, first, 11, "first")
        assert in_outbox(database, DeletedMessage) == {GROUP.chat_id: DeletedMessage(11)}
        with database.transaction() as unit:
            session = unit.sessions.find_class(CLASS)
            assert session
            assert (session.message_id, session.state.arrived_at) == (None, None)


def test_a_discussion_recorded_after_the_round_loses_its_buttons(make_postgresql: MakeUrl) -> None:
    """A discussion message that is recorded after the round loses its buttons to the newest message."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, database):
        deliver(one, begin_group_quiz(one, database), 10, "first")

        discussion = of_type(handle_commands(one, group_press(Control.DISCUSS)), GroupDiscussion)
        deliver(other, other.claim_messages().outgoing, 12)
        deliver(other, questions(handle_commands(other, group_press(Control.NEXT))), 20, "second")
        deliver(other, of_type(handle_commands(other, group_press(Control.CLOSE)), GroupReveal), 30)
        deliver(one, discussion, 11)
        assert in_outbox(database, ClosedButtons) == {GROUP.chat_id: ClosedButtons(11)}
