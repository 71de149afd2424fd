"""Simulated pupils whose habits a test chooses, in a class whose link they have followed."""

from dataclasses import replace
from typing import Any

from schoolroom import Schoolroom

from bot.rehearsal.pupil import SimulatedPupil
from bot.rehearsal.traits import PupilTraits

RELIABLE = PupilTraits(
    ability=0.0,
    answer_seconds=8.0,
    network_delay=0.1,
    join_delay=5.0,
    leave_chance=0.0,
    blocks_bot=False,
    repeat_chance=0.0,
    chatter_chance=0.0,
    skip_chance=0.0,
)
A_LESSON = 400.0


def with_habits(room: Schoolroom, **habits: Any) -> Schoolroom:  # noqa: ANN401 - fields of many kinds
    """Make everybody reliable but for these habits."""
    for pupil in room.pupils:
        pupil.traits = replace(RELIABLE, **habits)
    return room


async def seated(room: Schoolroom) -> SimulatedPupil:
    """Let the only pupil follow the teacher's link and be asked nothing."""
    await room.invite()
    await room.hours.let_pass(A_LESSON)
    (pupil,) = room.pupils
    return pupil


async def seated_all(room: Schoolroom) -> None:
    """Let everybody follow the teacher's link."""
    await room.invite()
    await room.hours.let_pass(A_LESSON)
