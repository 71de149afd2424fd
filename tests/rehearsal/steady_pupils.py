"""Simulated pupils whose habits a test chooses, in a class whose link they have followed."""

from dataclasses import replace
from typing import Any

from schoolroom import Schoolroom

from bot.rehearsal.pupil import Pupil
from bot.rehearsal.traits import Character

RELIABLE = Character(
    ability=0.0,
    pace=8.0,
    network=0.1,
    joins_after=5.0,
    vanishes=0.0,
    blocks=False,
    repeats=0.0,
    chats=0.0,
    passes=0.0,
)
A_LESSON = 400.0


def with_habits(room: Schoolroom, **habits: Any) -> Schoolroom:  # noqa: ANN401 - fields of many kinds
    """Make everybody reliable but for these habits."""
    for pupil in room.pupils:
        pupil.character = replace(RELIABLE, **habits)
    return room


async def seated(room: Schoolroom) -> Pupil:
    """Let the only pupil follow the teacher's link and be asked nothing."""
    await room.invite()
    await room.hours.let_pass(A_LESSON)
    (pupil,) = room.pupils
    return pupil


async def seated_all(room: Schoolroom) -> None:
    """Let everybody follow the teacher's link."""
    await room.invite()
    await room.hours.let_pass(A_LESSON)
