"""Questions that were sent twice, because the first sender counted as dead: an answer to either copy counts."""

import pytest
from duplicate_questions import (
    ANN,
    BEN,
    CHOSEN,
    GROUP,
    WRITTEN,
    answers,
    begin_class,
    begin_group_quiz,
    closed_polls,
    deleted_messages,
    deliver,
    group_vote,
    handle_commands,
    notices,
    press,
    questions,
    two_processes,
    write_answer,
)
from postgresql import MakeUrl

from bot.app.commands import BeginQuiz, Control, Vote


def test_the_first_answer_to_either_copy_counts(make_postgresql: MakeUrl) -> None:
    """If both copies of a question are recorded, a pupil's first answer to either counts and a second is refused."""
    with two_processes(make_postgresql(""), WRITTEN) as (one, other, database):
        asked = begin_class(one)
        again = questions(other.claim_messages().outgoing)
        assert {row.chat_id for row in again} == {ANN.id, BEN.id}
        deliver(one, asked, 10)
        assert write_answer(other, ANN, "Paris", 11) == "TakenSign"
        deliver(other, again, 12)
        assert write_answer(other, ANN, "Geneva", 13) == "class.answered"
        assert write_answer(other, BEN, "Geneva", 13) == "TakenSign"
        assert answers(database) == [(ANN.id, "Paris", False), (BEN.id, "Geneva", True)]


def test_a_copy_of_the_first_vote_recorded_in_the_second_is_deleted(make_postgresql: MakeUrl) -> None:
    """Votes count in all copies of the second vote's poll, and in none of the first vote's."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, database):
        first = begin_class(one)
        deliver(other, questions(other.claim_messages().outgoing), 10, "first again")
        handle_commands(other, Vote(ANN, poll_id=f"first again {ANN.id}", options=(1,)))
        press(other, Control.DISCUSS)
        second = press(other, Control.NEXT)
        deliver(other, second, 20, "second")
        late = deliver(one, first, 11, "first")
        assert deleted_messages(late) == {ANN.id: 11, BEN.id: 11}
        deliver(one, late, 6)
        assert notices(handle_commands(other, Vote(ANN, poll_id=f"first {ANN.id}", options=(0,)))) == ["class.late"]
        deliver(one, second, 21, "second again")
        assert notices(handle_commands(other, Vote(ANN, poll_id=f"second {ANN.id}", options=(0,)))) == []
        assert notices(handle_commands(other, Vote(BEN, poll_id=f"second again {BEN.id}", options=(0,)))) == []
        press(other, Control.CLOSE)
        assert answers(database) == [(ANN.id, "true", True), (BEN.id, "true", True)]


def test_votes_in_either_poll_of_a_group_count(make_postgresql: MakeUrl) -> None:
    """Votes count in both copies of a group's poll; in the second vote neither copy of the first accepts votes."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, database):
        first = begin_group_quiz(one, database)
        deliver(other, questions(other.claim_messages().outgoing), 10, "first again")
        deliver(one, first, 11, "first")
        handle_commands(other, group_vote(ANN, "first", 1), group_vote(BEN, "first again", 1))
        press(other, Control.DISCUSS, GROUP)
        second = press(other, Control.NEXT, GROUP)
        deliver(other, second, 20, "second")
        deliver(one, second, 21, "second again")
        handle_commands(other, group_vote(ANN, "second", 0), group_vote(BEN, "first", 0))
        press(other, Control.CLOSE, GROUP)
        assert answers(database) == [(ANN.id, "true", True), (BEN.id, "false", False)]


@pytest.mark.parametrize("in_class", [True, False])
@pytest.mark.parametrize("later", [True, False])
def test_a_text_written_between_two_copies_counts(make_postgresql: MakeUrl, *, in_class: bool, later: bool) -> None:
    """A text written after the first copy is accepted, whichever copy is recorded last, in a class or a solo quiz."""
    with two_processes(make_postgresql(""), WRITTEN) as (one, other, database):
        quiz = BeginQuiz(ANN, topic="", count=1, message_id=1)
        first = begin_class(one) if in_class else questions(handle_commands(one, quiz))
        again = questions(other.claim_messages().outgoing)
        copies = [(one, first, 10), (other, again, 12)]
        for process, sent, message_id in copies if later else copies[::-1]:
            deliver(process, sent, message_id)
        assert write_answer(other, ANN, "Geneva", 11) in {"TakenSign", "RightSign"}
        if in_class:
            press(other, Control.CLOSE)
        assert answers(database) == [(ANN.id, "Geneva", True)]


@pytest.mark.parametrize("later", [True, False])
def test_only_one_of_two_copies_of_a_poll_stays_open(make_postgresql: MakeUrl, *, later: bool) -> None:
    """The older of two copies is closed, whichever is recorded last; after an answer the other copy is deleted."""
    with two_processes(make_postgresql(""), CHOSEN) as (one, other, _):
        first = begin_class(one)
        copies = [(one, first, 10, "first"), (other, questions(other.claim_messages().outgoing), 12, "again")]
        (process, sent, message_id, poll), last = copies if later else copies[::-1]
        deliver(process, sent, message_id, poll)
        handle_commands(other, Vote(ANN, poll_id=f"{poll} {ANN.id}", options=(0,)))
        process, sent, message_id, poll = last
        outgoing = deliver(process, sent, message_id, poll)
        assert closed_polls(outgoing) == {BEN.id: 10}
        assert deleted_messages(outgoing) == {ANN.id: message_id}
