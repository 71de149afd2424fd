"""A group's poll whose process was killed after sending it: it is sent again, and no round closes meanwhile."""

from contextlib import closing
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from group_service import ANN, BEN, NOW, SPOT, TEACHER, ZOE, GroupService

from bot.app.commands import Control, MigrateGroup, Visitor
from bot.app.dispatch.service import Delivery, OutgoingMessage
from bot.app.messages import GroupPoll, GroupReveal
from bot.core.classroom import Phase
from bot.store.database import Database, open_database

# The message ids of the first and the second copy of the poll.
FIRST, SECOND = 11, 12
PRIVATE: Visitor = replace(ANN, in_private=True)


@pytest.fixture
def group(database: Database) -> GroupService:
    """A quiz of two rounds of 15 seconds, whose process was killed before it recorded the first poll."""
    return killed_quiz(database)


def killed_quiz(database: Database, seconds: int = 15) -> GroupService:
    """Create a quiz whose process was killed before it recorded the first poll."""
    made = GroupService(database, administers=False)
    made.begin(seconds)
    return made


def finish_round(group: GroupService, *voters: Visitor, first: tuple[Visitor, ...] = ()) -> None:
    """Deliver the second copy, vote in it and close the round; assert that exactly the votes of both copies count."""
    if group.messages_of(GroupPoll):
        group.deliver_poll("second", SECOND)
    assert group.state.phase is Phase.ASKING
    group.vote("second", *voters)
    group.press(Control.CLOSE, SECOND, "second")
    assert group.state.phase is Phase.REVEALED
    assert [person for number, person in group.answers() if number == 1] == sorted({one.id for one in voters + first})


@pytest.mark.parametrize("minutes", [0, 10])
@pytest.mark.parametrize("control", [Control.CLOSE, Control.DISCUSS])
@pytest.mark.parametrize("presses", [0, 1, 2])
@pytest.mark.parametrize("order", ["votes, then press", "press, then votes", "before the kill"])
def test_no_press_or_deadline_from_before_the_restart_closes_a_round(
    tmp_path: Path, minutes: int, control: Control, presses: int, order: str
) -> None:
    """No deadline and no press closes a round before the poll is sent again; votes in either copy then count."""
    with closing(open_database(f"sqlite:///{tmp_path}/bot.sqlite3")) as database:
        play(killed_quiz(database), minutes, control, presses, order)


def play(group: GroupService, minutes: int, control: Control, presses: int, order: str) -> None:
    """Vote and press in this order around the restart, then finish the round."""

    def press() -> None:
        for _ in range(presses):
            group.press(control, FIRST, "first")

    if order == "before the kill":
        group.vote("first", ANN)
    group.now = NOW.replace(minute=minutes)
    group.restart()
    if order == "press, then votes":
        press()
    if order != "before the kill":
        group.vote("first", ANN)
    if order != "press, then votes":
        press()
    group.advance(1)
    assert group.state.phase is Phase.ASKING
    assert group.messages_of(GroupReveal) == []
    counted = bool(presses)
    assert group.state.answered == counted
    finish_round(group, BEN, first=(ANN,) if counted else ())


def test_a_press_under_the_lost_copy_closes_nothing(group: GroupService) -> None:
    """Presses under the lost copy close nothing, but make its votes count."""
    group.restart()
    group.deliver_poll("second", SECOND)
    for _ in range(3):
        group.press(Control.CLOSE, FIRST, "first")
        assert group.state.phase is Phase.ASKING
    assert group.texts()[-1] == (TEACHER.id, "toast.newest")
    group.vote("first", ANN)
    finish_round(group, BEN, first=(ANN,))


@pytest.mark.parametrize("control", [Control.CLOSE, Control.DISCUSS])
@pytest.mark.parametrize("message_id", [0, FIRST])
def test_a_press_while_the_question_is_sent_again_asks_for_another_press(
    group: GroupService, control: Control, message_id: int
) -> None:
    """A press under any message asks for another press while the question is sent again; a later press closes."""
    group.restart()
    group.press(control, message_id)
    assert group.state.phase is Phase.ASKING
    assert group.texts() == ([(TEACHER.id, "toast.resending")] if message_id else [])
    group.deliver_poll("second", SECOND)
    group.press(control, SECOND, "second")
    assert group.state.phase is not Phase.ASKING


def test_a_voter_in_a_lost_copy_is_asked_to_vote_again(group: GroupService) -> None:
    """A voter of the lost copy is asked to vote again in their private chat, once the second copy is delivered."""
    group.vote("first", PRIVATE, BEN)
    group.restart()
    group.advance(1)
    assert group.texts() == []
    group.deliver_poll("second", SECOND)
    group.advance(2)
    assert group.texts() == [(ANN.id, "vote.unknown_poll")]
    finish_round(group, ANN, BEN)


def test_the_time_of_a_round_starts_again_with_the_second_copy(group: GroupService) -> None:
    """After a restart a round has its full time again, from the second copy on, and then closes by itself."""
    group.now = NOW.replace(minute=10)
    group.restart()
    group.advance(100)
    group.deliver_poll("second", SECOND)
    group.advance(16)
    assert group.state.phase is Phase.ASKING
    group.vote("second", ANN)
    group.advance(1)
    assert (group.state.phase, group.revealed_counts) == (Phase.REVEALED, [(1, 1)])


@pytest.mark.parametrize("noted_late", [False, True])
def test_votes_in_either_copy_count_if_both_are_recorded(group: GroupService, *, noted_late: bool) -> None:
    """If a suspended process records the first copy after all, votes in both count; the newer one has the buttons."""
    stood_still, (sent,) = group.service, group.messages_of(GroupPoll)
    group.restart()
    if noted_late:
        group.deliver_poll("second", SECOND)
    group.outgoing += stood_still.record_deliveries([delivery_of(sent, "first", FIRST)])
    if not noted_late:
        group.deliver_poll("second", SECOND)
    group.vote("first", ANN)
    group.press(Control.CLOSE, FIRST, "first")
    assert group.state.phase is Phase.ASKING
    finish_round(group, BEN, first=(ANN,))


def delivery_of(sent: OutgoingMessage, poll_id: str, message_id: int) -> Delivery:
    """Create the delivery of a message to the group."""
    return Delivery(sent.id, sent.claimed_by, sent.chat_id, sent.message, message_id, poll_id)


def test_a_copy_known_from_a_press_can_be_recorded_later(group: GroupService) -> None:
    """A copy that became known from a press of its button can be recorded later, and its votes count."""
    stood_still, (sent,) = group.service, group.messages_of(GroupPoll)
    group.restart()
    group.press(Control.PAUSE, FIRST, "first")
    assert group.state.phase is Phase.HELD
    group.outgoing += stood_still.record_deliveries([delivery_of(sent, "first", FIRST)])
    group.press(Control.RESUME, FIRST, "first")
    group.vote("first", ANN)
    assert group.state.answered == 1


def test_without_a_restart_a_press_before_the_receipt_closes_the_round(group: GroupService) -> None:
    """A press closes a round before the poll's receipt if the same process sent the poll."""
    group.press(Control.CLOSE, FIRST, "first")
    assert group.state.phase is Phase.REVEALED


def test_a_press_closes_a_recorded_poll_after_a_restart(group: GroupService) -> None:
    """If the poll was recorded before the restart, votes count and a press closes the round."""
    group.deliver_poll("first", FIRST)
    group.restart()
    group.vote("first", ANN)
    group.press(Control.CLOSE, FIRST, "first")
    assert (group.state.phase, group.answers()) == (Phase.REVEALED, [(1, ANN.id)])


@pytest.mark.parametrize(("control", "phase"), [(Control.SKIP, Phase.ASKING), (Control.END, Phase.FINISHED)])
def test_dropping_a_question_or_ending_needs_no_vote(group: GroupService, control: Control, phase: Phase) -> None:
    """A question can be dropped, and a quiz ended, while the question is being sent again."""
    group.restart()
    group.press(control, FIRST, "first")
    assert (group.state.phase, group.revealed_counts) == (phase, [])


@pytest.mark.parametrize("presses", [0, 1, 2])
def test_no_press_from_before_the_restart_closes_the_second_vote(database: Database, presses: int) -> None:
    """Presses from before a restart do not close a second vote, and votes in an unknown copy do not count."""
    group = killed_quiz(database, seconds=0)
    group.deliver_poll("first", FIRST)
    group.vote("first", ANN)
    group.press(Control.DISCUSS, FIRST, "first")
    group.press(Control.NEXT)
    group.restart()
    for place in range(presses):
        group.press(Control.CLOSE, *((13, "lost") if place else (FIRST, "first")))
    group.vote("lost", ZOE)
    assert group.state.phase is Phase.ASKING
    group.deliver_poll("again", 14)
    for place in range(presses):
        group.press(Control.CLOSE, *((13, "lost") if place else (FIRST, "first")))
    assert group.state.phase is Phase.ASKING
    group.vote("again", BEN)
    group.press(Control.CLOSE, 14, "again")
    assert group.answers() == [(1, ANN.id), (1, BEN.id)]


@pytest.mark.parametrize("is_held", [False, True])
def test_a_round_gets_its_full_time_in_a_migrated_group(database: Database, *, is_held: bool) -> None:
    """The time of a round starts again when the question reaches the new chat, even after a restart."""
    group = killed_quiz(database)
    group.deliver_poll("first", FIRST)
    group.vote("first", ANN)
    if is_held:
        group.press(Control.PAUSE, FIRST, "first")
    group.receive(MigrateGroup(TEACHER, old=SPOT.chat_id, new=-1002))
    group.now = NOW.replace(minute=10)
    group.restart()
    group.advance(1)
    assert group.state.phase is (Phase.HELD if is_held else Phase.ASKING)
    group.deliver_poll("second", 3)
    group.advance(16)
    assert group.state.takes_answers
    group.vote("second", BEN)
    assert group.state.answered == 2


@pytest.mark.parametrize(("first", "second"), list(product([True, False], repeat=2)))
def test_votes_in_both_copies_count_once(group: GroupService, *, first: bool, second: bool) -> None:
    """A person who votes in one or both copies is counted once."""
    group.restart()
    group.press(Control.MORE, FIRST, "first")
    group.deliver_poll("second", SECOND)
    if first:
        group.vote("first", ANN)
    finish_round(group, *([ANN] if second else []), first=(ANN,) if first else ())
