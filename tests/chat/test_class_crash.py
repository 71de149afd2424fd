"""A live class over a link goes on through kill -9 of the bot, a process of its own, in each phase of a round."""

import asyncio
import time
from collections.abc import Collection, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import class_checks
import crowd_checks
import pytest
from bot_process import BotProcess, ended_at_last
from crowd import is_never_right
from outages import Event, EventKind, ObservedWorld, Outages
from repeated_questions import Interruptions
from served_world import (
    TOKEN,
    new_world,
    report,
    run_until_first_ends,
    seeded_rng,
    serve_world,
    stop_bot,
    unconfirmed_updates,
)
from simulated_host import SimulatedHost
from simulated_pupils import SimulatedPupils

from bot.app.board import BoardView
from bot.core.question import Bank
from bot.playground.world import World

# Seconds after which a test that waits has failed; a machine at rest needs a fraction.
PATIENCE = 60
# What happens, in which round, when half of the class is through with it. The leader's rounds are of different sorts.
PHASES: dict[str, tuple[EventKind, int]] = {
    "gathering": ("naming", 0),
    "handing out": ("question", 1),
    "discussing": ("discussing", 2),
    "asking again": ("asked again", 2),
    "answering": ("deed", 4),
    "closing": ("explained", 4),
    "the last round": ("deed", 5),
    "finishing": ("result", 0),
}
# What one person does or sees.
ONCE: dict[str, tuple[EventKind, int]] = {
    "right after the start": ("start", 0),
    "paused": ("paused", 3),
    "revealed": ("revealed", 3),
}


def moments(phases: Collection[str], size: int) -> set[Event]:
    """Give the moments in the middle of these phases of a class of so many."""
    halves = {Event(what, number, size // 2) for phase, (what, number) in PHASES.items() if phase in phases}
    return halves | {Event(what, number, 1) for phase, (what, number) in ONCE.items() if phase in phases}


@dataclass(frozen=True, slots=True)
class Trial:
    """A class of so many pupils and rounds; the bot is killed in these phases, and so many times by chance."""

    pupils: int
    rounds: int = 5
    phases: tuple[str, ...] = ()
    kills: int = 0
    patience: float = PATIENCE


async def all_done(observed: ObservedWorld, leader: SimulatedHost, pupils: SimulatedPupils, bot: BotProcess) -> None:
    """Lead the class, and wait until everybody has a result, every update is done with, and every message was sent."""
    await leader.lead()
    await observed.wait_until(lambda: all(pupil.results for pupil in pupils))
    await observed.wait_until(
        lambda: not crowd_checks.waiting_updates(bot.database, unconfirmed_updates(observed.world))
    )
    await observed.bystander_round_trip()
    people = {leader.person, *(pupil.person.id for pupil in pupils)}
    while crowd_checks.waiting_messages(bot.database, people):
        await observed.bystander_round_trip()


async def survive(bank: Bank, folder: Path, trial: Trial) -> None:
    """Let a class be held while the bot is killed; hold that nothing is lost or counts twice, and the board stays."""
    dice, began = seeded_rng(), time.monotonic()
    numbers = dice.sample(range(1, 3 * trial.pupils * trial.rounds), trial.kills)
    report(f"{trial}, at {sorted(numbers)}")
    world = new_world()
    observed = ObservedWorld(world)
    pupils = SimulatedPupils(observed, bank, trial.pupils, dice)
    async with serve_world(world) as server, ended_at_last(bot := BotProcess(folder, server.origin, TOKEN)):
        leader = SimulatedHost(observed, pupils, trial.rounds, partial(class_checks.certain, bot.database, world))
        outages = Outages(bot, observed, moments(trial.phases, trial.pupils), numbers, dice if numbers else None)
        seen: list[dict[str, BoardView]] = []
        outages.while_dead = lambda: seen.append(class_checks.boards(bot.database, bank))
        await bot.start()
        work = all_done(observed, leader, pupils, bot)
        await run_until_first_ends(timed(work, leader, pupils, bot, trial.patience), outages.keep_restarting())
        await stop_bot(bot)
    kept = class_checks.read(bot.database)
    report(f"{class_checks.figures(kept, pupils)}; {outages.kills} kills, {time.monotonic() - began:.1f} s")
    crowd_checks.check_nothing_waits(kept, unconfirmed_updates(world))
    class_checks.check_class(kept, pupils, leader, Interruptions(bot.kills))
    check_presses(world)
    check_boards([*seen, class_checks.boards(bot.database, bank)], trial)
    assert not outages.pending
    assert outages.kills >= len(trial.phases) + trial.kills


async def timed(
    work: Coroutine[Any, Any, None], leader: SimulatedHost, pupils: SimulatedPupils, bot: BotProcess, patience: float
) -> None:
    """Do a work in time, or say where everybody stands."""
    try:
        async with asyncio.timeout(patience):
            await work
    except TimeoutError:
        late = [pupil for pupil in pupils if not pupil.results]
        some = "; ".join(f"{one.nickname} saw {one.copies[-1:]} and did {one.actions[-1:]}" for one in late[:3])
        pytest.fail(f"{leader.scene()}; {len(late)} have no result; {some}; the bot said: {bot.said or 'nothing'}")


def check_presses(world: World) -> None:
    """Hold that no button spins for ever."""
    assert [query.data for query in world.queries.values() if query.answer is None] == []


def check_boards(seen: Sequence[dict[str, BoardView]], trial: Trial) -> None:
    """Hold that one board shows one class through every outage, and that it never goes back."""
    shown = [view for views in seen for view in views.values()]
    assert len({key for views in seen for key in views}) == 1
    # Once the class is over nobody joins it any more.
    assert len({view.code for view in shown if view.code}) <= 1
    numbers = [view.question.number for view in shown if view.question]
    assert numbers == sorted(numbers)
    assert {view.people for view in shown if view.scene != "lobby"} == {trial.pupils}
    assert shown[-1].scene == "end"


@pytest.mark.long
@pytest.mark.parametrize("phase", [*PHASES, *ONCE])
async def test_a_class_goes_on_through_a_kill_in_a_phase(bank: Bank, tmp_path: Path, phase: str) -> None:
    """Killed in any one phase of a class, the bot loses nobody, no round and no answer."""
    await survive(bank, tmp_path, Trial(pupils=25, rounds=10, phases=(phase,)))


async def test_a_class_goes_on_through_kills_in_the_phases_of_its_rounds(bank: Bank, tmp_path: Path) -> None:
    """Killed in one phase after the other, the bot comes to the end of the class with every answer counted once."""
    assert is_never_right(bank)
    phases = ("gathering", "handing out", "answering", "closing", "finishing")
    await survive(bank, tmp_path, Trial(pupils=8, phases=phases))


@pytest.mark.long
async def test_a_class_goes_on_through_a_kill_in_every_phase(bank: Bank, tmp_path: Path) -> None:
    """Killed in every phase of one and the same class, the bot still loses nothing."""
    await survive(bank, tmp_path, Trial(pupils=25, phases=(*PHASES, *ONCE)))


@pytest.mark.long
async def test_a_class_of_a_hundred_goes_on_through_thirty_kills(bank: Bank, tmp_path: Path) -> None:
    """What holds for chosen moments and a small class holds for any moments and a large one."""
    await survive(bank, tmp_path, Trial(pupils=100, rounds=10, kills=30, patience=600))
