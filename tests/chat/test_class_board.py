"""What the board of a real class shows: votes of two rounds apart, ties counted, pauses and line breaks."""

from dataclasses import replace

import pytest
from bot_in_process import StartBot
from learner import words
from pupils import BY_HAND, Pupil, Teacher, open_class, seat_pupils
from whale_bank import LARGEST, NAME

from bot.app.board import BoardView
from bot.board.picture import picture_of

ELEPHANT, WHALE = "The elephant", "The blue whale"


def board(teacher: Teacher) -> BoardView:
    """Return what the board of the teacher's class shows."""
    view = teacher.bot.service.board(teacher.class_row().key)
    assert view is not None
    return view


def counts(view: BoardView, text: str) -> tuple[int | None, int | None]:
    """Return how many chose an option in the first vote and in the last."""
    assert view.question is not None
    return next((one.first, one.last) for one in view.question.options if one.text == text)


@pytest.mark.parametrize("again", [(), (ELEPHANT,), (WHALE, WHALE, WHALE), (WHALE, ELEPHANT, WHALE)])
async def test_votes_of_two_rounds_are_never_added(start_bot: StartBot, again: tuple[str, ...]) -> None:
    """In the second vote nothing of the first is counted; once closed, each vote has its own numbers."""
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
    assert picture_of(view)["answer"]["pupils"] == view.people == 4


@pytest.mark.parametrize(("right", "shown", "more"), [(0, 0, 0), (1, 5, 3), (5, 5, 0), (6, 5, 1), (8, 5, 3)])
async def test_who_shares_a_place_is_shown_or_counted(start_bot: StartBot, right: int, shown: int, more: int) -> None:
    """Of eight pupils the top five stand there and how many share the last place; nobody where nobody was right."""
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
        ranking = picture_of(view)[view.scene]["ranking"]
        assert (ranking is None) == (shown == 0)
        assert all(one.right for one in view.standings if one.rank == 1)


async def test_who_comes_late_and_is_right_stands_before_those_who_were_never_right(start_bot: StartBot) -> None:
    """Five who got everything wrong are not first, though they saw more."""
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


async def test_a_stem_in_lines_reaches_the_board(start_bot: StartBot) -> None:
    """Line breaks of the author are in the picture, and a pause is in words."""
    teacher = await open_class(start_bot, replace(LARGEST, stem="Roses are red.\n\n  Whales are?"), choices=(BY_HAND,))
    await seat_pupils(teacher, "Ann")
    await teacher.leads("start", "pause")
    picture = picture_of(board(teacher))
    assert picture["question"]["stem"] == "Roses are red.\n\n  Whales are?"
    assert picture["waits"] == words("board.waits")


async def test_a_pupil_alone_fills_a_bar(start_bot: StartBot) -> None:
    """Bars are measured against those who are here, also where few have answered."""
    teacher = await open_class(start_bot, LARGEST, choices=(BY_HAND,))
    pupils = [*await seat_pupils(teacher, "Ann", "Ben", "Cyd", "Dan"), Pupil(teacher.bot, "Outsider")]
    await teacher.leads("start")
    await pupils[0].votes(WHALE)
    await teacher.leads("close")
    assert picture_of(board(teacher))["answer"]["pupils"] == 4
