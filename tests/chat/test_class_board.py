"""The board of a live class: separate counts of two votes, shared ranks, pauses and line breaks."""

from dataclasses import replace

import pytest
from bot_in_process import StartBot
from learner import words
from pupils import BY_HAND, Pupil, Teacher, open_class, seat_pupils
from whale_bank import LARGEST, NAME

from bot.app.board import BoardView
from bot.board.snapshot import board_snapshot

ELEPHANT, WHALE = "The elephant", "The blue whale"


def board(teacher: Teacher) -> BoardView:
    """Return the view that the board of the teacher's class shows."""
    view = teacher.bot.service.board(teacher.class_row().key)
    assert view is not None
    return view


def counts(view: BoardView, text: str) -> tuple[int | None, int | None]:
    """Return the counts of an option in the first vote and in the last."""
    assert view.question is not None
    return next((one.first, one.last) for one in view.question.options if one.text == text)


@pytest.mark.parametrize("again", [(), (ELEPHANT,), (WHALE, WHALE, WHALE), (WHALE, ELEPHANT, WHALE)])
async def test_the_counts_of_two_votes_are_never_added(start_bot: StartBot, again: tuple[str, ...]) -> None:
    """The second vote counts nothing of the first; once the round is closed, each vote has its own counts."""
    teacher = await open_class(start_bot, LARGEST, choices=(BY_HAND,))
    *pupils, _ = await seat_pupils(teacher, "Ann", "Ben", "Cyd", "Dan")
    await teacher.leads("start")
    for pupil, choice in zip(pupils, (ELEPHANT, ELEPHANT, WHALE), strict=True):
        await pupil.votes(choice)
    assert board(teacher).answered == 3
    await teacher.leads("discuss")
    assert counts(board(teacher), ELEPHANT) == (2, None)
    await teacher.leads("again")
    assert (board(teacher).answered, counts(board(teacher), ELEPHANT)) == (0, (None, None))
    for number, (pupil, choice) in enumerate(zip(pupils, again, strict=False), 1):
        await pupil.votes(choice)
        assert (board(teacher).answered, counts(board(teacher), choice)) == (number, (None, None))
    await teacher.leads("close")
    view = board(teacher)
    assert counts(view, ELEPHANT) == (2, again.count(ELEPHANT))
    assert counts(view, WHALE) == (1, again.count(WHALE))
    assert view.answer is not None
    assert view.answer.right <= view.answer.answered == 3
    assert board_snapshot(view)["answer"]["pupils"] == view.people == 4


@pytest.mark.parametrize(("right", "shown", "more"), [(0, 0, 0), (1, 5, 3), (5, 5, 0), (6, 5, 1), (8, 5, 3)])
async def test_pupils_who_share_the_last_rank_are_shown_or_counted(
    start_bot: StartBot, right: int, shown: int, more: int
) -> None:
    """Of eight pupils the board shows the top five with right answers and counts the others of the last rank."""
    teacher = await open_class(start_bot, LARGEST, choices=(BY_HAND,))
    pupils = await seat_pupils(teacher, *(f"Pupil {letter}" for letter in "ABCDEFGH"))
    await teacher.leads("start")
    for number, pupil in enumerate(pupils):
        await pupil.votes(WHALE if number < right else ELEPHANT)
    for is_over in (False, True):
        if is_over:
            await teacher.leads("end", "end_yes")
        view = board(teacher)
        assert (len(view.standings), view.more) == (shown, more)
        ranking = board_snapshot(view)[view.scene]["ranking"]
        assert (ranking is None) == (shown == 0)
        assert all(one.right for one in view.standings if one.rank == 1)


async def test_a_late_pupil_with_a_right_answer_ranks_before_pupils_without_one(start_bot: StartBot) -> None:
    """Five pupils without a right answer rank below a late pupil with one, although they saw more questions."""
    teacher = await open_class(start_bot, LARGEST, NAME, replace(LARGEST, id="again"), choices=(BY_HAND,))
    pupils = await seat_pupils(teacher, "Ann", "Ben", "Cyd", "Dan", "Eve")
    await teacher.leads("start")
    for pupil in pupils:
        await pupil.votes(ELEPHANT)
    await teacher.leads("next")
    for pupil in pupils:
        await pupil.says("elephant")
    assert board(teacher).standings == ()
    (late,) = await seat_pupils(teacher, "Fay")
    await teacher.leads("next")
    for pupil in pupils:
        await pupil.votes(ELEPHANT)
    await late.votes(WHALE)
    assert next((one.name, one.rank) for one in board(teacher).standings) == ("Fay", 1)
    assert board(teacher).standings[1].rank == 2


async def test_the_board_shows_line_breaks_and_a_pause(start_bot: StartBot) -> None:
    """The board keeps the line breaks of a question, and names a pause in words."""
    teacher = await open_class(start_bot, replace(LARGEST, stem="Roses are red.\n\n  Whales are?"), choices=(BY_HAND,))
    await seat_pupils(teacher, "Ann")
    await teacher.leads("start", "pause")
    picture = board_snapshot(board(teacher))
    assert picture["question"]["stem"] == "Roses are red.\n\n  Whales are?"
    assert picture["waits"] == words("board.waits")


async def test_bars_are_relative_to_all_seated_pupils(start_bot: StartBot) -> None:
    """The bars of the board are relative to the number of seated pupils, even if few of them have answered."""
    teacher = await open_class(start_bot, LARGEST, choices=(BY_HAND,))
    pupils = [*await seat_pupils(teacher, "Ann", "Ben", "Cyd", "Dan"), Pupil(teacher.bot, "Outsider")]
    await teacher.leads("start")
    await pupils[0].votes(WHALE)
    await teacher.leads("close")
    assert board_snapshot(board(teacher))["answer"]["pupils"] == 4
