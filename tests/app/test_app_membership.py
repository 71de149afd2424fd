"""What becomes of a vote while Telegram is asked whether its voter is in the group."""

import pytest
from group_service import ANN, BEN, TEACHER, ZOE, GroupService
from sqlalchemy import select

from bot.app.classroom.control import MAX_DEFERRALS
from bot.app.classroom.live_class import LONGEST_CHECK
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
    """A quiz of two rounds without an end of their own, whose first poll stands in a group that the bot administers."""
    made = GroupService(database)
    made.begin()
    made.note_poll("first")
    return made


def tell(group: GroupService, checks: list[OutgoingMessage] | None = None) -> None:
    """Have Telegram say of voters whether they are in the group: all are but Zoe."""
    for one in group.of(MemberCheck) if checks is None else checks:
        assert isinstance(one.message, MemberCheck)
        group.note([one], people=(one.message.person,) if one.message.person in MEMBERS else ())


def test_a_vote_waits_for_what_telegram_says(group: GroupService) -> None:
    """A vote counts once its voter is known to be in the group, and never where they are not; each is asked once."""
    group.vote("first", ANN, ZOE)
    assert group.state.answered == 0
    assert [one.message for one in group.of(MemberCheck)] == [MemberCheck(1, ANN.id), MemberCheck(1, ZOE.id)]
    tell(group)
    assert group.state.answered == 1
    for _ in range(1000):
        group.vote("first", ZOE)
    assert group.of(MemberCheck) == []
    group.press(Control.CLOSE)
    assert (group.tally, group.answers()) == ([(1, 1)], [(1, ANN.id)])


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        (INSIDE, 1),
        (OUTSIDE, 0),
        (UNSAID, 1),
        ({"unreachable": True}, 1),
        ({"problem": "BadRequest: chat not found"}, 1),
    ],
)
def test_whom_telegram_does_not_tell_of_counts(group: GroupService, said: dict[str, object], counted: int) -> None:
    """Only who is said to be outside is shut out; where Telegram does not let the bot know, everybody counts."""
    group.vote("first", ANN)
    group.note(group.of(MemberCheck), **said)
    assert group.state.answered == counted


@pytest.mark.parametrize("control", [Control.CLOSE, Control.DISCUSS, Control.END])
def test_what_closes_a_vote_waits_for_what_telegram_says(group: GroupService, control: Control) -> None:
    """A press right behind the votes closes once it is known whose they are, and all of the group count."""
    group.vote("first", ANN, BEN, ZOE)
    group.press(control)
    assert group.state.phase is Phase.ASKING
    first, *others = group.of(MemberCheck)
    tell(group, [first])
    group.passes(1)
    assert group.state.phase is Phase.ASKING
    tell(group, others)
    group.passes(2)
    assert group.state.phase is not Phase.ASKING
    if control is Control.DISCUSS:
        assert group.state.answered == 2
    else:
        assert (group.tally, group.answers()) == ([(2, 2)], [(1, ANN.id), (1, BEN.id)])


def test_a_press_does_not_wait_for_ever(group: GroupService) -> None:
    """Where Telegram says nothing for long the round is closed without the votes in doubt; those voters join later."""
    group.vote("first", ANN, ZOE)
    tell(group, group.of(MemberCheck)[:1])
    group.vote("first", BEN)
    group.press(Control.CLOSE)
    for _ in range(MAX_DEFERRALS):
        assert group.state.phase is Phase.ASKING
        group.passes(2)
    assert group.state.phase is Phase.REVEALED
    assert group.tally == [(1, 1)]
    tell(group)
    assert group.state.answered == 1
    group.press(Control.NEXT)
    group.note_poll("second")
    group.vote("second", ANN, BEN, ZOE)
    group.press(Control.CLOSE, number=2)
    assert group.answers() == [(1, ANN.id), (2, ANN.id), (2, BEN.id)]


def test_what_is_taken_back_waits_for_nothing(group: GroupService) -> None:
    """A question that counts for nobody goes at once, and who is told to be in the group after that has no answer."""
    group.vote("first", ANN)
    group.press(Control.SKIP)
    assert group.state.round == 2
    tell(group)
    assert group.state.answered == 0
    group.note_poll("second")
    group.vote("second", ANN)
    group.press(Control.CLOSE, number=2)
    assert group.answers() == [(2, ANN.id)]


def test_time_that_is_out_waits_for_what_telegram_says(database: Database) -> None:
    """A round whose time is out stays open for voters in doubt, for twelve seconds at most."""
    group = GroupService(database)
    group.begin(seconds=15)
    group.note_poll("first")
    group.vote("first", ANN, BEN, ZOE)
    group.passes(18)
    assert group.state.phase is Phase.ASKING
    tell(group, group.of(MemberCheck)[:1])
    group.passes(LONGEST_CHECK.total_seconds() - 2)
    assert group.state.phase is Phase.ASKING
    group.passes(2)
    assert (group.state.phase, group.tally) == (Phase.REVEALED, [(1, 1)])


def test_time_that_is_out_closes_as_soon_as_all_is_known(database: Database) -> None:
    """Nothing is waited for once the last voter is known."""
    group = GroupService(database)
    group.begin(seconds=15)
    group.note_poll("first")
    group.vote("first", ANN, ZOE)
    group.passes(18)
    tell(group)
    group.passes(0)
    assert (group.state.phase, group.tally) == (Phase.REVEALED, [(1, 1)])


def test_a_first_vote_in_doubt_stands_in_the_second(group: GroupService) -> None:
    """Who is known only after the discussion keeps the first vote, or replaces it; outsiders have neither."""
    group.vote("first", ANN, BEN, ZOE)
    group.press(Control.DISCUSS)
    for _ in range(MAX_DEFERRALS + 1):
        group.passes(2)
    assert group.state.phase is Phase.DISCUSSING
    group.press(Control.NEXT)
    group.note_poll("again")
    group.vote("again", BEN, ZOE)
    tell(group)
    assert group.state.answered == 1
    group.press(Control.CLOSE)
    assert (group.tally, group.answers()) == ([(2, 2)], [(1, ANN.id), (1, BEN.id)])


def test_a_restart_asks_again(group: GroupService) -> None:
    """Nothing of a check is in memory: after a kill it is asked again, and the vote counts as of when it was given."""
    group.vote("first", ANN, ZOE)
    group.restart()
    assert len(group.of(MemberCheck)) == 2
    tell(group)
    group.press(Control.CLOSE)
    assert group.answers() == [(1, ANN.id)]


def test_a_check_that_was_set_aside_is_made_at_the_next_vote(group: GroupService) -> None:
    """Where what follows from a check failed, or nobody could read it, the voter's next vote has it asked again."""
    group.vote("first", ANN)
    (lost,) = group.of(MemberCheck)
    group.service.discard_message(lost.id, "LookupError: it cannot be read")
    group.told.clear()
    group.press(Control.CLOSE)
    group.press(Control.NEXT)
    group.note_poll("second")
    group.vote("second", ANN)
    tell(group)
    group.press(Control.CLOSE, number=2)
    assert group.answers() == [(2, ANN.id)]


def test_an_ended_quiz_takes_nobody_in(group: GroupService) -> None:
    """Who is told to be in the group after the end has no part in the quiz, and no seat."""
    group.vote("first", ANN)
    group.press(Control.END)
    for _ in range(MAX_DEFERRALS + 1):
        group.passes(2)
    assert group.state.phase is Phase.FINISHED
    tell(group)
    with group.database.engine.connect() as connection:
        assert connection.execute(select(PUPILS.c.nickname, PUPILS.c.is_here)).all() == [("", False)]


def test_an_administrator_is_not_asked_about(group: GroupService) -> None:
    """Telegram told before who administers the group."""
    group.vote("first", TEACHER)
    assert group.of(MemberCheck) == []
    assert group.state.answered == 1


def test_checks_hold_up_nothing_that_the_group_is_told(group: GroupService) -> None:
    """While one process asks about voters, another sends the group what it tells it; no order is kept between those."""
    group.note(group.of(GroupChosen))
    group.vote("first", ANN)
    group.service.set_process_number(77)
    group.press(Control.SKIP)
    (check,), (poll,) = group.of(MemberCheck), group.of(GroupPoll)
    assert check.claimed_by != poll.claimed_by == 77
