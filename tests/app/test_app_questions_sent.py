"""A question that came twice, because who sent it passed for dead: an answer to either copy counts."""

import pytest
from postgresql import MakeUrl
from process_copies import (
    ANN,
    BEN,
    CHOSEN,
    GROUP,
    WRITTEN,
    answered,
    answers,
    begin_class,
    begin_group_quiz,
    closed_polls,
    group_vote,
    hear,
    note,
    notices,
    press,
    questions,
    taken_away,
    two_processes,
)

from bot.app.commands import BeginQuiz, Control, Vote


def test_the_first_answer_to_either_copy_counts(make_postgresql: MakeUrl) -> None:
    """A first copy is noted late, and a second is sent all the same; whoever answers both hears what became of each."""
    with two_processes(make_postgresql(""), WRITTEN) as (one, other, database):
        asked = begin_class(one)
        again = questions(other.claim_messages().outgoing)
        assert {row.chat_id for row in again} == {ANN.id, BEN.id}
        note(one, asked, 10)
        assert answered(other, ANN, "Paris", 11) == "TakenSign"
        note(other, again, 12)
        assert answered(other, ANN, "Geneva", 13) == "class.answered"
        assert answered(other, BEN, "Geneva", 13) == "TakenSign"
        assert answers(database) == [(ANN.id, "Paris", False), (BEN.id, "Geneva", True)]


def test_a_copy_of_the_first_vote_noted_in_the_second_is_taken_away(make_postgresql: MakeUrl) -> None:
    """Votes count in every poll of the second vote, whichever was noted last, and in none of the first."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, database):
        first = begin_class(one)
        note(other, questions(other.claim_messages().outgoing), 10, "first again")
        hear(other, Vote(ANN, poll_id=f"first again {ANN.id}", options=(1,)))
        press(other, Control.DISCUSS)
        second = press(other, Control.NEXT)
        note(other, second, 20, "second")
        late = note(one, first, 11, "first")
        assert taken_away(late) == {ANN.id: 11, BEN.id: 11}
        note(one, late, 6)
        assert notices(hear(other, Vote(ANN, poll_id=f"first {ANN.id}", options=(0,)))) == ["class.late"]
        note(one, second, 21, "second again")
        assert notices(hear(other, Vote(ANN, poll_id=f"second {ANN.id}", options=(0,)))) == []
        assert notices(hear(other, Vote(BEN, poll_id=f"second again {BEN.id}", options=(0,)))) == []
        press(other, Control.CLOSE)
        assert answers(database) == [(ANN.id, "true", True), (BEN.id, "true", True)]


def test_votes_in_either_poll_of_a_group_count(make_postgresql: MakeUrl) -> None:
    """Where a poll stands in a group twice, either takes votes; in the second vote neither takes them any more."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, database):
        first = begin_group_quiz(one, database)
        note(other, questions(other.claim_messages().outgoing), 10, "first again")
        note(one, first, 11, "first")
        hear(other, group_vote(ANN, "first", 1), group_vote(BEN, "first again", 1))
        press(other, Control.DISCUSS, GROUP)
        second = press(other, Control.NEXT, GROUP)
        note(other, second, 20, "second")
        note(one, second, 21, "second again")
        hear(other, group_vote(ANN, "second", 0), group_vote(BEN, "first", 0))
        press(other, Control.CLOSE, GROUP)
        assert answers(database) == [(ANN.id, "true", True), (BEN.id, "false", False)]


@pytest.mark.parametrize("in_class", [True, False])
@pytest.mark.parametrize("later", [True, False])
def test_what_was_written_between_two_copies_counts(make_postgresql: MakeUrl, *, in_class: bool, later: bool) -> None:
    """Whichever copy is noted last, in a class or alone, an answer below the first is no early one."""
    with two_processes(make_postgresql(""), WRITTEN) as (one, other, database):
        quiz = BeginQuiz(ANN, topic="", count=1, message_id=1)
        first = begin_class(one) if in_class else questions(hear(one, quiz))
        again = questions(other.claim_messages().outgoing)
        copies = [(one, first, 10), (other, again, 12)]
        for process, sent, message_id in copies if later else copies[::-1]:
            note(process, sent, message_id)
        assert answered(other, ANN, "Geneva", 11) in {"TakenSign", "RightSign"}
        if in_class:
            press(other, Control.CLOSE)
        assert answers(database) == [(ANN.id, "Geneva", True)]


@pytest.mark.parametrize("later", [True, False])
def test_of_two_polls_before_a_pupil_one_is_open(make_postgresql: MakeUrl, *, later: bool) -> None:
    """The older is closed, whichever is noted last; whoever answered already has no second one at all."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, _):
        first = begin_class(one)
        copies = [(one, first, 10, "first"), (other, questions(other.claim_messages().outgoing), 12, "again")]
        (process, sent, message_id, poll), last = copies if later else copies[::-1]
        note(process, sent, message_id, poll)
        hear(other, Vote(ANN, poll_id=f"{poll} {ANN.id}", options=(0,)))
        process, sent, message_id, poll = last
        told = note(process, sent, message_id, poll)
        assert closed_polls(told) == {BEN.id: 10}
        assert taken_away(told) == {ANN.id: message_id}
