"""A live class continues through kill -9 of the bot, a process of its own, in each phase of a round."""

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
from bot_process import BotProcess, killed_at_exit
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

# Seconds after which a class has failed to finish; an idle machine needs a fraction of them.
PATIENCE = 60
# The kind of event and the round by which a phase is recognized; the kill follows when half of the class has had the
# event. The host discusses round 2, pauses round 3 and closes round 4 early.
PHASES: dict[str, tuple[EventKind, int]] = {
    "gathering": ("naming", 0),
    "handing out": ("question", 1),
    "discussing": ("discussing", 2),
    "asking again": ("asked again", 2),
    "answering": ("action", 4),
    "closing": ("explained", 4),
    "the last round": ("action", 5),
    "finishing": ("result", 0),
}
# Events that happen once in a round, not once for each pupil.
ONCE: dict[str, tuple[EventKind, int]] = {
    "right after the start": ("start", 0),
    "paused": ("paused", 3),
    "revealed": ("revealed", 3),
}


def events_of(phases: Collection[str], size: int) -> set[Event]:
    """Return the events in the middle of these phases of a class with ``size`` pupils."""
    halves = {Event(what, number, size // 2) for phase, (what, number) in PHASES.items() if phase in phases}
    return halves | {Event(what, number, 1) for phase, (what, number) in ONCE.items() if phase in phases}


@dataclass(frozen=True, slots=True)
class Trial:
    """A class in which the bot is killed once in each of ``phases``, and ``kills`` times at random events."""

    pupils: int
    rounds: int = 5
    phases: tuple[str, ...] = ()
    kills: int = 0
    patience: float = PATIENCE


async def run_class(observed: ObservedWorld, host: SimulatedHost, pupils: SimulatedPupils, bot: BotProcess) -> None:
    """Lead the class and wait until all pupils have a result, all updates are handled and all messages are sent."""
    await host.lead()
    await observed.wait_until(lambda: all(pupil.results for pupil in pupils))
    await observed.wait_until(
        lambda: not crowd_checks.waiting_updates(bot.database, unconfirmed_updates(observed.world))
    )
    await observed.bystander_round_trip()
    people = {host.person, *(pupil.person.id for pupil in pupils)}
    while crowd_checks.waiting_messages(bot.database, people):
        await observed.bystander_round_trip()


async def check_class_survives_kills(bank: Bank, folder: Path, trial: Trial) -> None:
    """Run a class while the bot is killed; check that nothing is lost or counted twice, and that its board stays."""
    rng, began = seeded_rng(), time.monotonic()
    numbers = rng.sample(range(1, 3 * trial.pupils * trial.rounds), trial.kills)
    report(f"{trial}, at {sorted(numbers)}")
    world = new_world()
    observed = ObservedWorld(world)
    pupils = SimulatedPupils(observed, bank, trial.pupils, rng)
    async with serve_world(world) as server, killed_at_exit(bot := BotProcess(folder, server.origin, TOKEN)):
        host = SimulatedHost(observed, pupils, trial.rounds, partial(class_checks.certain_actions, bot.database, world))
        outages = Outages(bot, observed, events_of(trial.phases, trial.pupils), numbers, rng if numbers else None)
        seen: list[dict[str, BoardView]] = []
        outages.while_dead = lambda: seen.append(class_checks.boards(bot.database, bank))
        await bot.start()
        work = run_class(observed, host, pupils, bot)
        await run_until_first_ends(fail_after(work, host, pupils, bot, trial.patience), outages.keep_restarting())
        await stop_bot(bot)
    stored = class_checks.read(bot.database)
    report(f"{class_checks.summary(stored, pupils)}; {outages.kills} kills, {time.monotonic() - began:.1f} s")
    crowd_checks.check_nothing_waits(stored, unconfirmed_updates(world))
    class_checks.check_class(stored, pupils, host, Interruptions(bot.kills))
    check_presses(world)
    check_boards([*seen, class_checks.boards(bot.database, bank)], trial)
    assert not outages.pending
    assert outages.kills >= len(trial.phases) + trial.kills


async def fail_after(
    work: Coroutine[Any, Any, None], host: SimulatedHost, pupils: SimulatedPupils, bot: BotProcess, patience: float
) -> None:
    """Run the work within ``patience`` seconds, or fail with the state of host and pupils."""
    try:
        async with asyncio.timeout(patience):
            await work
    except TimeoutError:
        late = [pupil for pupil in pupils if not pupil.results]
        some = "; ".join(f"{one.nickname} saw {one.copies[-1:]} and did {one.actions[-1:]}" for one in late[:3])
        pytest.fail(f"{host.scene()}; {len(late)} have no result; {some}; the bot logged: {bot.log_text or 'nothing'}")


def check_presses(world: World) -> None:
    """Check that every button press was answered."""
    assert [query.data for query in world.queries.values() if query.answer is None] == []


def check_boards(seen: Sequence[dict[str, BoardView]], trial: Trial) -> None:
    """Check that the same board shows the class after every kill, and never an earlier question."""
    shown = [view for views in seen for view in views.values()]
    assert len({key for views in seen for key in views}) == 1
    # A class that has ended has no code.
    assert len({view.code for view in shown if view.code}) <= 1
    numbers = [view.question.number for view in shown if view.question]
    assert numbers == sorted(numbers)
    assert {view.people for view in shown if view.scene != "lobby"} == {trial.pupils}
    assert shown[-1].scene == "end"


@pytest.mark.long
@pytest.mark.parametrize("phase", [*PHASES, *ONCE])
async def test_a_class_survives_a_kill_in_a_phase(bank: Bank, tmp_path: Path, phase: str) -> None:
    """A bot that is killed in one phase of a class loses no pupil, no round and no answer."""
    await check_class_survives_kills(bank, tmp_path, Trial(pupils=25, rounds=10, phases=(phase,)))


async def test_a_class_survives_kills_in_several_phases(bank: Bank, tmp_path: Path) -> None:
    """A bot that is killed in five phases of a class finishes it with every answer counted once."""
    assert is_never_right(bank)
    phases = ("gathering", "handing out", "answering", "closing", "finishing")
    await check_class_survives_kills(bank, tmp_path, Trial(pupils=8, phases=phases))


@pytest.mark.long
async def test_a_class_survives_a_kill_in_every_phase(bank: Bank, tmp_path: Path) -> None:
    """A bot that is killed in every phase of one class loses nothing."""
    await check_class_survives_kills(bank, tmp_path, Trial(pupils=25, phases=(*PHASES, *ONCE)))


@pytest.mark.long
async def test_a_class_of_a_hundred_survives_thirty_kills(bank: Bank, tmp_path: Path) -> None:
    """A bot that is killed thirty times at random in a class of a hundred loses nothing."""
    await check_class_survives_kills(bank, tmp_path, Trial(pupils=100, rounds=10, kills=30, patience=600))
