"""Votes in a group while Telegram is asked whether the voters are members."""

import pytest
from group_service import ANN, BEN, TEACHER, ZOE, GroupService
from sqlalchemy import select

from bot.app.classroom.control import MAX_DEFERRALS
from bot.app.classroom.live_class import MAX_CHECK_WAIT
from bot.app.commands import Control
from bot.app.dispatch.service import OutgoingMessage
from bot.app.messages import GroupChosen, GroupPoll, MemberCheck
from bot.core.classroom import Phase
from bot.store.database import Database
from bot.store.pupils import PUPILS

INSIDE, OUTSIDE, UNSAID = {"people": (2, 3)}, {"people": ()}, {"forbidden": True}
MEMBERS = {ANN.id, BEN.id}


@pytest.fixture
def group(database: Database) -> GroupService:
    """A quiz of two rounds without time limit, whose first poll was delivered to a group that the bot administers."""
    made = GroupService(database)
    made.begin()
    made.deliver_poll("first")
    return made


def answer_checks(group: GroupService, checks: list[OutgoingMessage] | None = None) -> None:
    """Answer membership checks: all voters except Zoe are members."""
    for one in group.messages_of(MemberCheck) if checks is None else checks:
        assert isinstance(one.message, MemberCheck)
        group.deliver([one], people=(one.message.person,) if one.message.person in MEMBERS else ())


def test_a_vote_counts_once_membership_is_confirmed(group: GroupService) -> None:
    """A vote counts once its voter is known to be a member; each voter is checked once, and outsiders never count."""
    group.vote("first", ANN, ZOE)
    assert group.state.answered == 0
    assert [one.message for one in group.messages_of(MemberCheck)] == [MemberCheck(1, ANN.id), MemberCheck(1, ZOE.id)]
    answer_checks(group)
    assert group.state.answered == 1
    for _ in range(1000):
        group.vote("first", ZOE)
    assert group.messages_of(MemberCheck) == []
    group.press(Control.CLOSE)
    assert (group.revealed_counts, group.answers()) == ([(1, 1)], [(1, ANN.id)])


@pytest.mark.parametrize(
    ("result", "counted"),
    [
        (INSIDE, 1),
        (OUTSIDE, 0),
        (UNSAID, 1),
        ({"unreachable": True}, 1),
        ({"problem": "BadRequest: chat not found"}, 1),
    ],
)
def test_a_voter_counts_unless_telegram_says_they_are_outside(
    group: GroupService, result: dict[str, object], counted: int
) -> None:
    """Only a voter who is known to be outside is excluded; if Telegram refuses to say, the vote counts."""
    group.vote("first", ANN)
    group.deliver(group.messages_of(MemberCheck), **result)
    assert group.state.answered == counted


@pytest.mark.parametrize("control", [Control.CLOSE, Control.DISCUSS, Control.END])
def test_a_press_that_closes_a_vote_waits_for_the_checks(group: GroupService, control: Control) -> None:
    """A press that closes a vote is deferred until all voters are checked, and then all members count."""
    group.vote("first", ANN, BEN, ZOE)
    group.press(control)
    assert group.state.phase is Phase.ASKING
    first, *others = group.messages_of(MemberCheck)
    answer_checks(group, [first])
    group.advance(1)
    assert group.state.phase is Phase.ASKING
    answer_checks(group, others)
    group.advance(2)
    assert group.state.phase is not Phase.ASKING
    if control is Control.DISCUSS:
        assert group.state.answered == 2
    else:
        assert (group.revealed_counts, group.answers()) == ([(2, 2)], [(1, ANN.id), (1, BEN.id)])


def test_a_press_waits_a_limited_time_for_the_checks(group: GroupService) -> None:
    """If Telegram does not answer for long, the round closes without the unchecked votes; those voters join later."""
    group.vote("first", ANN, ZOE)
    answer_checks(group, group.messages_of(MemberCheck)[:1])
    group.vote("first", BEN)
    group.press(Control.CLOSE)
    for _ in range(MAX_DEFERRALS):
        assert group.state.phase is Phase.ASKING
        group.advance(2)
    assert group.state.phase is Phase.REVEALED
    assert group.revealed_counts == [(1, 1)]
    answer_checks(group)
    assert group.state.answered == 1
    group.press(Control.NEXT)
    group.deliver_poll("second")
    group.vote("second", ANN, BEN, ZOE)
    group.press(Control.CLOSE, number=2)
    assert group.answers() == [(1, ANN.id), (2, ANN.id), (2, BEN.id)]


def test_dropping_a_question_does_not_wait_for_checks(group: GroupService) -> None:
    """A dropped question does not wait for the checks, and a vote that is checked afterwards is not counted."""
    group.vote("first", ANN)
    group.press(Control.SKIP)
    assert group.state.round == 2
    answer_checks(group)
    assert group.state.answered == 0
    group.deliver_poll("second")
    group.vote("second", ANN)
    group.press(Control.CLOSE, number=2)
    assert group.answers() == [(2, ANN.id)]


def test_a_deadline_waits_a_limited_time_for_the_checks(database: Database) -> None:
    """An expired round stays open for unchecked voters, for at most twelve seconds."""
    group = GroupService(database)
    group.begin(seconds=15)
    group.deliver_poll("first")
    group.vote("first", ANN, BEN, ZOE)
    group.advance(18)
    assert group.state.phase is Phase.ASKING
    answer_checks(group, group.messages_of(MemberCheck)[:1])
    group.advance(MAX_CHECK_WAIT.total_seconds() - 2)
    assert group.state.phase is Phase.ASKING
    group.advance(2)
    assert (group.state.phase, group.revealed_counts) == (Phase.REVEALED, [(1, 1)])


def test_an_expired_round_closes_with_the_last_check(database: Database) -> None:
    """An expired round closes as soon as the last voter is checked."""
    group = GroupService(database)
    group.begin(seconds=15)
    group.deliver_poll("first")
    group.vote("first", ANN, ZOE)
    group.advance(18)
    answer_checks(group)
    group.advance(0)
    assert (group.state.phase, group.revealed_counts) == (Phase.REVEALED, [(1, 1)])


def test_a_first_vote_of_an_unchecked_voter_counts_in_the_second(group: GroupService) -> None:
    """A member who is checked only after the discussion keeps or replaces the first vote; an outsider has none."""
    group.vote("first", ANN, BEN, ZOE)
    group.press(Control.DISCUSS)
    for _ in range(MAX_DEFERRALS + 1):
        group.advance(2)
    assert group.state.phase is Phase.DISCUSSING
    group.press(Control.NEXT)
    group.deliver_poll("again")
    group.vote("again", BEN, ZOE)
    answer_checks(group)
    assert group.state.answered == 1
    group.press(Control.CLOSE)
    assert (group.revealed_counts, group.answers()) == ([(2, 2)], [(1, ANN.id), (1, BEN.id)])


def test_a_check_is_sent_again_after_a_restart(group: GroupService) -> None:
    """A check is sent again after a kill, and the vote counts."""
    group.vote("first", ANN, ZOE)
    group.restart()
    assert len(group.messages_of(MemberCheck)) == 2
    answer_checks(group)
    group.press(Control.CLOSE)
    assert group.answers() == [(1, ANN.id)]


def test_a_lost_check_is_repeated_at_the_next_vote(group: GroupService) -> None:
    """If a check became a dead letter, the voter's next vote sends it again."""
    group.vote("first", ANN)
    (lost,) = group.messages_of(MemberCheck)
    group.service.discard_message(lost.id, "LookupError: the stored message cannot be read")
    group.outgoing.clear()
    group.press(Control.CLOSE)
    group.press(Control.NEXT)
    group.deliver_poll("second")
    group.vote("second", ANN)
    answer_checks(group)
    group.press(Control.CLOSE, number=2)
    assert group.answers() == [(2, ANN.id)]


def test_a_late_check_adds_nobody_to_an_ended_quiz(group: GroupService) -> None:
    """A voter who is checked after the end of the quiz gets no nickname and no place in it."""
    group.vote("first", ANN)
    group.press(Control.END)
    for _ in range(MAX_DEFERRALS + 1):
        group.advance(2)
    assert group.state.phase is Phase.FINISHED
    answer_checks(group)
    with group.database.engine.connect() as connection:
        assert connection.execute(select(PUPILS.c.nickname, PUPILS.c.is_here)).all() == [("", False)]


def test_an_administrator_is_not_checked(group: GroupService) -> None:
    """An administrator of the group is known, and counts without a check."""
    group.vote("first", TEACHER)
    assert group.messages_of(MemberCheck) == []
    assert group.state.answered == 1


def test_checks_do_not_block_messages_to_the_group(group: GroupService) -> None:
    """While one process owns checks of a group, another can own and send messages to the group."""
    group.deliver(group.messages_of(GroupChosen))
    group.vote("first", ANN)
    group.service.set_process_number(77)
    group.press(Control.SKIP)
    (check,), (poll,) = group.messages_of(MemberCheck), group.messages_of(GroupPoll)
    assert check.claimed_by != poll.claimed_by == 77
