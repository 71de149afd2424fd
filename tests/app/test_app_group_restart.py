"""A group's poll whose sending was cut off by a kill: who voted in it is asked again, and no round closes meanwhile."""

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

# The number of the first copy in the group, and that of the second.
FIRST, SECOND = 11, 12
PRIVATE: Visitor = replace(ANN, in_private=True)


@pytest.fixture
def group(database: Database) -> GroupService:
    """A quiz of two rounds of 15 seconds whose first poll was sent, and its process killed before it was noted."""
    return killed(database)


def killed(database: Database, seconds: int = 15) -> GroupService:
    """Make that quiz."""
    made = GroupService(database, administers=False)
    made.begin(seconds)
    return made


def finish_round(group: GroupService, *voters: Visitor, first: tuple[Visitor, ...] = ()) -> None:
    """Have the second copy arrive, people vote there, and the teacher close: exactly those of either copy count."""
    if group.of(GroupPoll):
        group.note_poll("second", SECOND)
    assert group.state.phase is Phase.ASKING
    group.vote("second", *voters)
    group.press(Control.CLOSE, SECOND, "second")
    assert group.state.phase is Phase.REVEALED
    assert [person for number, person in group.answers() if number == 1] == sorted({one.id for one in voters + first})


@pytest.mark.parametrize("minutes", [0, 10])
@pytest.mark.parametrize("control", [Control.CLOSE, Control.DISCUSS])
@pytest.mark.parametrize("presses", [0, 1, 2])
@pytest.mark.parametrize("order", ["votes, then press", "press, then votes", "before the kill"])
def test_nothing_from_before_the_restart_closes_a_round(
    tmp_path: Path, minutes: int, control: Control, presses: int, order: str
) -> None:
    """Neither time nor a press closes a round before the poll stands there again; whoever voted can, in either copy."""
    with closing(open_database(f"sqlite:///{tmp_path}/bot.sqlite3")) as database:
        play(killed(database), minutes, control, presses, order)


def play(group: GroupService, minutes: int, control: Control, presses: int, order: str) -> None:
    """Have people do all that before the restart and right after it, then go on with the round."""

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
    group.passes(1)
    assert group.state.phase is Phase.ASKING
    assert group.of(GroupReveal) == []
    counted = bool(presses)
    assert group.state.answered == counted
    finish_round(group, BEN, first=(ANN,) if counted else ())


def test_a_press_that_comes_after_the_second_copy_closes_nothing(group: GroupService) -> None:
    """However often a button under the lost copy was pressed, the round goes on; votes given there count after that."""
    group.restart()
    group.note_poll("second", SECOND)
    for _ in range(3):
        group.press(Control.CLOSE, FIRST, "first")
        assert group.state.phase is Phase.ASKING
    assert group.texts()[-1] == (TEACHER.id, "toast.newest")
    group.vote("first", ANN)
    finish_round(group, BEN, first=(ANN,))


@pytest.mark.parametrize("control", [Control.CLOSE, Control.DISCUSS])
@pytest.mark.parametrize("message_id", [0, FIRST])
def test_a_press_while_the_question_is_sent_again_is_told_so(
    group: GroupService, control: Control, message_id: int
) -> None:
    """Whatever the button stands under, the teacher is asked to press once more, and then it closes."""
    group.restart()
    group.press(control, message_id)
    assert group.state.phase is Phase.ASKING
    assert group.texts() == ([(TEACHER.id, "toast.resending")] if message_id else [])
    group.note_poll("second", SECOND)
    group.press(control, SECOND, "second")
    assert group.state.phase is not Phase.ASKING


def test_a_voter_in_a_lost_copy_is_asked_to_vote_again(group: GroupService) -> None:
    """Once the second copy is there, whoever has a private chat is asked to vote in it; nobody else is written to."""
    group.vote("first", PRIVATE, BEN)
    group.restart()
    group.passes(1)
    assert group.texts() == []
    group.note_poll("second", SECOND)
    group.passes(2)
    assert group.texts() == [(ANN.id, "vote.unknown_poll")]
    finish_round(group, ANN, BEN)


def test_the_time_of_a_round_runs_from_the_copy_that_can_be_voted_in(group: GroupService) -> None:
    """After a restart the group has all of its time again, and then the round closes by itself."""
    group.now = NOW.replace(minute=10)
    group.restart()
    group.passes(100)
    group.note_poll("second", SECOND)
    group.passes(16)
    assert group.state.phase is Phase.ASKING
    group.vote("second", ANN)
    group.passes(1)
    assert (group.state.phase, group.tally) == (Phase.REVEALED, [(1, 1)])


@pytest.mark.parametrize("noted_late", [False, True])
def test_either_copy_counts_where_both_are_noted(group: GroupService, *, noted_late: bool) -> None:
    """A process that stood still notes the first copy after all: votes in both count, and the newer one is pressed."""
    stood_still, (sent,) = group.service, group.of(GroupPoll)
    group.restart()
    if noted_late:
        group.note_poll("second", SECOND)
    group.told += stood_still.record_deliveries([as_sent(sent, "first", FIRST)])
    if not noted_late:
        group.note_poll("second", SECOND)
    group.vote("first", ANN)
    group.press(Control.CLOSE, FIRST, "first")
    assert group.state.phase is Phase.ASKING
    finish_round(group, BEN, first=(ANN,))


def as_sent(sent: OutgoingMessage, poll_id: str, message_id: int) -> Delivery:
    """Make the report that a message stands in the group."""
    return Delivery(sent.id, sent.claimed_by, sent.chat_id, sent.message, message_id, poll_id)


def test_a_copy_that_a_press_made_known_may_be_noted_too(group: GroupService) -> None:
    """The receipt of a copy whose id a button gave away before changes nothing of it."""
    stood_still, (sent,) = group.service, group.of(GroupPoll)
    group.restart()
    group.press(Control.PAUSE, FIRST, "first")
    assert group.state.phase is Phase.HELD
    group.told += stood_still.record_deliveries([as_sent(sent, "first", FIRST)])
    group.press(Control.RESUME, FIRST, "first")
    group.vote("first", ANN)
    assert group.state.answered == 1


def test_whoever_put_the_question_may_have_it_closed_at_once(group: GroupService) -> None:
    """Without a restart the poll under the button is the only one, and its receipt is about to come."""
    group.press(Control.CLOSE, FIRST, "first")
    assert group.state.phase is Phase.REVEALED


def test_a_noted_poll_is_closed_by_a_press_from_before_the_restart(group: GroupService) -> None:
    """Where the poll was known, votes count and a press closes, though the bot was down in between."""
    group.note_poll("first", FIRST)
    group.restart()
    group.vote("first", ANN)
    group.press(Control.CLOSE, FIRST, "first")
    assert (group.state.phase, group.answers()) == (Phase.REVEALED, [(1, ANN.id)])


@pytest.mark.parametrize(("control", "phase"), [(Control.SKIP, Phase.ASKING), (Control.END, Phase.FINISHED)])
def test_what_takes_a_question_back_needs_no_vote(group: GroupService, control: Control, phase: Phase) -> None:
    """A question that is dropped, or a quiz that is ended, counts for nobody, before the restart or after it."""
    group.restart()
    group.press(control, FIRST, "first")
    assert (group.state.phase, group.tally) == (phase, [])


@pytest.mark.parametrize("presses", [0, 1, 2])
def test_nothing_from_before_the_restart_closes_the_second_vote(database: Database, presses: int) -> None:
    """In a second vote it is the same; a copy that may be of the first vote takes no votes."""
    group = killed(database, seconds=0)
    group.note_poll("first", FIRST)
    group.vote("first", ANN)
    group.press(Control.DISCUSS, FIRST, "first")
    group.press(Control.NEXT)
    group.restart()
    for place in range(presses):
        group.press(Control.CLOSE, *((13, "lost") if place else (FIRST, "first")))
    group.vote("lost", ZOE)
    assert group.state.phase is Phase.ASKING
    group.note_poll("again", 14)
    for place in range(presses):
        group.press(Control.CLOSE, *((13, "lost") if place else (FIRST, "first")))
    assert group.state.phase is Phase.ASKING
    group.vote("again", BEN)
    group.press(Control.CLOSE, 14, "again")
    assert group.answers() == [(1, ANN.id), (1, BEN.id)]


@pytest.mark.parametrize("is_held", [False, True])
def test_a_group_that_moves_has_its_time_in_the_new_chat(database: Database, *, is_held: bool) -> None:
    """Until the question stands in the new chat its time does not run, whatever happens to the process meanwhile."""
    group = killed(database)
    group.note_poll("first", FIRST)
    group.vote("first", ANN)
    if is_held:
        group.press(Control.PAUSE, FIRST, "first")
    group.hear(MigrateGroup(TEACHER, old=SPOT.chat_id, new=-1002))
    group.now = NOW.replace(minute=10)
    group.restart()
    group.passes(1)
    assert group.state.phase is (Phase.HELD if is_held else Phase.ASKING)
    group.note_poll("second", 3)
    group.passes(16)
    assert group.state.takes_answers
    group.vote("second", BEN)
    assert group.state.answered == 2


@pytest.mark.parametrize(("first", "second"), list(product([True, False], repeat=2)))
def test_no_vote_counts_twice(group: GroupService, *, first: bool, second: bool) -> None:
    """Whoever votes in both copies counts once, by the vote that came first; whoever votes in one counts as well."""
    group.restart()
    group.press(Control.MORE, FIRST, "first")
    group.note_poll("second", SECOND)
    if first:
        group.vote("first", ANN)
    finish_round(group, *([ANN] if second else []), first=(ANN,) if first else ())
