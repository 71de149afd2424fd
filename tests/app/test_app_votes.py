"""Two votes on one question: whatever belongs to the first is known by it, and changes nothing in the second."""

import pytest
from postgresql import MakeUrl
from process_copies import (
    ANN,
    BEN,
    CHOSEN,
    CLASS,
    GROUP,
    TEACHER,
    WRITTEN,
    answered,
    answers,
    begin_class,
    begin_group_quiz,
    group_vote,
    hear,
    hear_again,
    in_outbox,
    note,
    notices,
    of_shape,
    press,
    questions,
    two_processes,
)

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
    """Return a press of a control button in the group."""
    return ControlClass(TEACHER, session=CLASS, round=1, control=control, spot=GROUP)


@pytest.mark.parametrize("is_over", [True, False], ids=["in the second vote", "in the discussion"])
def test_a_vote_of_the_first_vote_never_counts_in_the_second(make_postgresql: MakeUrl, *, is_over: bool) -> None:
    """A vote that waits for its poll is late once its vote is over; then the same pupil's second vote counts."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, database):
        first = begin_class(one)
        vote = Vote(ANN, poll_id=f"first {ANN.id}", options=(1,))
        assert hear(other, vote) == []
        press(one, Control.DISCUSS)
        if is_over:
            press(one, Control.NEXT)
        claimed = other.claim_messages().outgoing
        waiting = questions(claimed)
        note(other, [row for row in claimed if row not in waiting], 6)
        assert [row.message.vote for row in waiting if isinstance(row.message, ClassQuestion)] == [2, 2] * is_over
        late = note(one, first, 11, "first")
        assert in_outbox(database, DeletedMessage) == dict.fromkeys((ANN.id, BEN.id), DeletedMessage(11))
        note(one, late, 6)
        hear_again(other, vote)
        assert in_outbox(database, Notice)[ANN.id] == Notice("class.late")
        second = waiting or press(other, Control.NEXT)
        note(other, second, 20, "second")
        hear(other, Vote(BEN, poll_id=f"first {BEN.id}", options=(1,)))
        assert in_outbox(database, Notice)[BEN.id] == Notice("class.late")
        for pupil in (ANN, BEN):
            assert notices(hear(other, Vote(pupil, poll_id=f"second {pupil.id}", options=(0,)))) == []
        press(other, Control.CLOSE)
        assert answers(database) == [(ANN.id, "true", True), (BEN.id, "true", True)]


def test_what_is_written_counts_in_the_vote_whose_copy_it_stands_below(make_postgresql: MakeUrl) -> None:
    """A copy of the first vote that is noted in the second changes nothing of which texts answer the second."""
    with two_processes(make_postgresql(""), WRITTEN) as (one, other, database):
        first = begin_class(one)
        note(other, questions(other.claim_messages().outgoing), 10)
        note(other, hear(other, Write(ANN, text="Paris", message_id=11)), 6)
        press(other, Control.DISCUSS)
        note(other, press(other, Control.NEXT), 20)
        note(one, note(one, first, 25), 6)
        assert answered(other, ANN, "Rome", 15) == "write.early"
        assert answered(other, ANN, "Geneva", 22) == "TakenSign"
        press(other, Control.CLOSE)
        assert answers(database) == [(ANN.id, "Geneva", True)]


def test_a_copy_of_the_first_vote_that_is_refused_takes_nobody_out_of_the_second(make_postgresql: MakeUrl) -> None:
    """What Telegram refuses of the first vote is nothing to the second, whose copies are on their way."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, database):
        first = begin_class(one)
        note(other, questions(other.claim_messages().outgoing), 10, "again")
        press(other, Control.DISCUSS)
        second = press(other, Control.NEXT)
        one.record_deliveries(
            [Delivery(row.id, row.claimed_by, row.chat_id, row.message, problem="Bad Request") for row in first]
        )
        note(other, second, 20, "second")
        assert notices(hear(other, Vote(ANN, poll_id=f"second {ANN.id}", options=(0,)))) == []
        press(other, Control.CLOSE)
        assert answers(database) == [(ANN.id, "true", True)]


@pytest.mark.parametrize("spot", [None, GROUP], ids=["class", "group"])
def test_a_question_is_discussed_once(make_postgresql: MakeUrl, spot: object) -> None:
    """A tap on the button of the first vote that comes in the second opens no other discussion."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, _, database):
        first = begin_group_quiz(one, database) if spot else begin_class(one)
        note(one, first, 10, "first")
        press(one, Control.DISCUSS, GROUP if spot else None)
        note(one, press(one, Control.NEXT, GROUP if spot else None), 20, "second")
        press(one, Control.DISCUSS, GROUP if spot else None)
        hear(one, group_vote(ANN, "second", 0) if spot else Vote(ANN, poll_id=f"second {ANN.id}", options=(0,)))
        press(one, Control.CLOSE, GROUP if spot else None)
        assert answers(database) == [(ANN.id, "true", True)]


def test_a_groups_poll_of_the_first_vote_changes_nothing_in_the_second(make_postgresql: MakeUrl) -> None:
    """One that is noted only then is taken away and starts no time; one that was not sent yet never is."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, database):
        first = begin_group_quiz(one, database)
        hear(one, *(group_press(control) for control in (Control.DISCUSS, Control.NEXT)))
        claimed = other.claim_messages().outgoing
        assert [
            row.message.controls.vote for row in of_shape(claimed, GroupPoll) if isinstance(row.message, GroupPoll)
        ] == [2]
        note(one, first, 11, "first")
        assert in_outbox(database, DeletedMessage) == {GROUP.chat_id: DeletedMessage(11)}
        with database.transaction() as unit:
            session = unit.sessions.find_class(CLASS)
            assert session
            assert (session.message_id, session.state.arrived_at) == (None, None)


def test_a_discussion_that_is_noted_after_the_round_carries_no_buttons(make_postgresql: MakeUrl) -> None:
    """The newest message of a group has the buttons; what is noted late loses them."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, database):
        note(one, begin_group_quiz(one, database), 10, "first")

        discussion = of_shape(hear(one, group_press(Control.DISCUSS)), GroupDiscussion)
        note(other, other.claim_messages().outgoing, 12)
        note(other, questions(hear(other, group_press(Control.NEXT))), 20, "second")
        note(other, of_shape(hear(other, group_press(Control.CLOSE)), GroupReveal), 30)
        note(one, discussion, 11)
        assert in_outbox(database, ClosedButtons) == {GROUP.chat_id: ClosedButtons(11)}
