"""Simulated pupils with traits that a test chooses, who have joined a class."""

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
LESSON_SECONDS = 400.0


def with_traits(room: Schoolroom, **traits: Any) -> Schoolroom:  # noqa: ANN401 - fields of several types
    """Set all pupils to reliable traits, except for these."""
    for pupil in room.pupils:
        pupil.traits = replace(RELIABLE, **traits)
    return room


async def join_only_pupil(room: Schoolroom) -> SimulatedPupil:
    """Invite the only pupil, and wait until they have followed the link."""
    await room.invite()
    await room.clock.advance(LESSON_SECONDS)
    (pupil,) = room.pupils
    return pupil


async def join_all(room: Schoolroom) -> None:
    """Invite all pupils, and wait until they have followed the link."""
    await room.invite()
    await room.clock.advance(LESSON_SECONDS)
