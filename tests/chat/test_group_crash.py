"""A quiz in a group goes on through kill -9 of the bot, a process of its own, in each phase of a round."""

import asyncio
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import class_checks
import group_ledger
import pytest
from bot_process import BotProcess, ended_at_last
from crowd_checks import check_nothing_waits, waiting_messages, waiting_updates
from group_voters import GroupVoters
from outages import Event, ObservedWorld, Outages
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

from bot.core.question import Bank
from bot.playground.world import Message
from bot.rehearsal.message_reading import visible_text

# Seconds after which a test that waits has failed; a machine at rest needs a fraction.
PATIENCE = 60


def moments(size: int) -> dict[str, Event]:
    """Give the middle of each phase of a quiz for so many voters. A poll comes once, so that is cut off as it comes."""
    return {
        "right after the start": Event("start", 0, 1),
        "asking": Event("question", 1, 1),
        "closing": Event("explained", 1, 1),
        "discussing": Event("discussing", 2, 1),
        "asking again": Event("asked again", 2, 1),
        "voting": Event("deed", 3, size * 3 // 4),
        "finishing": Event("result", 0, 1),
    }


PHASES = tuple(moments(1))


@dataclass(frozen=True, slots=True)
class Trial:
    """A quiz for so many voters, of so many rounds; the bot is killed in these phases, and so many times by chance."""

    voters: int = 40
    rounds: int = 3
    phases: tuple[str, ...] = ()
    kills: int = 0
    patience: float = PATIENCE


async def all_done(observed: ObservedWorld, voters: GroupVoters, rounds: int, bot: BotProcess) -> None:
    """Let the quiz be played, and wait until every update is done with, and every message was sent."""
    await voters.play(rounds)
    await observed.wait_until(lambda: not waiting_updates(bot.database, unconfirmed_updates(observed.world)))
    await observed.bystander_round_trip()
    chats = {voters.id, voters.teacher, *(voter.id for voter in voters.everybody)}
    while waiting_messages(bot.database, chats):
        await observed.bystander_round_trip()


async def in_time(observed: ObservedWorld, voters: GroupVoters, bot: BotProcess, trial: Trial) -> None:
    """Do all in time, or say how far it came."""
    try:
        async with asyncio.timeout(trial.patience):
            await all_done(observed, voters, trial.rounds, bot)
    except TimeoutError:
        pytest.fail(f"it came to {voters.copies[-1:]}, told {voters.told}; the bot said: {bot.said or 'nothing'}")


async def survive(bank: Bank, folder: Path, trial: Trial) -> None:
    """Let a quiz be played while the bot is killed; hold that each counts once a round, and the tally is the votes."""
    dice, began = seeded_rng(), time.monotonic()
    numbers = dice.sample(range(1, trial.voters * trial.rounds), trial.kills)
    report(f"{trial}, at {sorted(numbers)}")
    world = new_world()
    observed = ObservedWorld(world)
    async with serve_world(world) as server, ended_at_last(bot := BotProcess(folder, server.origin, TOKEN)):
        known = partial(class_checks.known_polls, bot.database)
        voters = GroupVoters(observed, bank, trial.voters, dice, known)
        chosen = moments(trial.voters)
        outages = Outages(bot, observed, [chosen[phase] for phase in trial.phases], numbers, dice if numbers else None)
        await bot.start()
        await run_until_first_ends(in_time(observed, voters, bot, trial), outages.keep_restarting())
        await stop_bot(bot)
    kept = class_checks.read(bot.database)
    report(f"{group_ledger.figures(kept, voters)}; {outages.kills} kills, {time.monotonic() - began:.1f} s")
    check_nothing_waits(kept, unconfirmed_updates(world))
    group_ledger.check_group(kept, voters, outages.kills)
    assert [query.data for query in world.queries.values() if query.answer is None] == []
    assert not outages.pending
    assert outages.kills >= len(trial.phases) + trial.kills


async def test_a_quiz_in_a_group_goes_on_through_kills_in_each_phase(bank: Bank, tmp_path: Path) -> None:
    """Killed while asking, voting, closing and discussing, the bot counts each voter once a round."""
    await survive(bank, tmp_path, Trial(phases=("asking", "closing", "discussing", "voting")))


class CutOff:
    """A group whose first poll comes in the moment in which its bot is killed, and what people do until it is back.

    Attributes:
        polls: the messages with polls, in their order.
        told: what the group was told of the round, and ``asked`` who was asked to vote again.
    """

    def __init__(self, observed: ObservedWorld, bot: BotProcess) -> None:
        self._world, self._bot = observed.world, bot
        self.observed = observed
        self.teacher = self._world.add_person("Mr Lee").id
        self.pupils = [self._world.add_person(name).id for name in ("Ann", "Ben", "Cyd")]
        self.id = self._world.create_group("9B", [self.teacher, *self.pupils]).id
        self.polls: list[Message] = []
        self.told: list[str] = []
        self.asked: set[int] = set()
        observed.observe_chat(self.id, self._see)
        for pupil in self.pupils:
            observed.observe_chat(pupil, partial(self._hear, pupil))

    def _see(self, message: Message) -> None:
        if message.content.poll_id:
            self.polls.append(message)
            if len(self.polls) == 1:
                self._bot.kill()
        elif "Right answers" in visible_text(message):
            self.told.append(visible_text(message))

    def _hear(self, pupil: int, message: Message) -> None:
        if "your vote didn’t reach me" in visible_text(message):
            self.asked.add(pupil)

    async def begins(self) -> None:
        """Have pupils greet the bot, and the teacher start a quiz of one question without an end of its own."""
        for pupil in self.pupils:
            self._world.send_text(pupil, pupil, "/start")
        self._world.send_text(self.teacher, self.id, "/quiz 1")
        for data in ("gset::1:0:0", "ggo::1:0:0"):
            await self.observed.wait_until(lambda data=data: self._under(data) is not None)
            self._world.press_button(self.teacher, self.id, self._under(data) or 0, data)

    def _under(self, data: str) -> int | None:
        messages = self._world.chats[self.id].messages.values()
        buttons = ((one.id, button) for one in messages for row in one.inline_keyboard for button in row)
        return next((number for number, button in buttons if button.get("callback_data") == data), None)

    def votes(self, pupil: int, copy: Message) -> None:
        """Have a pupil vote rightly."""
        poll = self._world.polls[copy.content.poll_id or ""]
        self._world.vote(pupil, poll.id, list(poll.correct_option_ids))

    def closes(self, copy: Message) -> None:
        """Have the teacher press Close under a poll."""
        self._world.press_button(self.teacher, self.id, copy.id, "ctl:close:1:1")

    async def all_is_handled(self) -> None:
        """Wait until whatever people did is handled, and everybody was told what followed from it."""
        database, chats = self._bot.database, {self.id, self.teacher, *self.pupils}
        await self.observed.wait_until(lambda: all(query.answer for query in self._world.queries.values()))
        while waiting_updates(database, unconfirmed_updates(self._world)) or waiting_messages(database, chats):
            await self.observed.bystander_round_trip()


async def test_what_was_pressed_under_a_lost_poll_closes_no_round(tmp_path: Path) -> None:
    """Killed as its poll comes, the bot asks again and closes nothing before all could vote: each counts once."""
    world = new_world()
    observed = ObservedWorld(world)
    async with serve_world(world) as server, ended_at_last(bot := BotProcess(tmp_path, server.origin, TOKEN)):
        group = CutOff(observed, bot)
        await bot.start()
        async with asyncio.timeout(PATIENCE):
            await group.begins()
            await bot.ended()
            ann, ben, cyd = group.pupils
            for pupil in (ann, ben):
                group.votes(pupil, group.polls[0])
            for _ in range(2):
                group.closes(group.polls[0])
            await bot.start()
            await observed.wait_until(lambda: len(group.polls) > 1)
            await group.all_is_handled()
            assert group.told == []
            for pupil in (*group.asked, cyd):
                group.votes(pupil, group.polls[1])
            await group.all_is_handled()
            group.closes(group.polls[1])
            await observed.wait_until(lambda: bool(group.told))
        await stop_bot(bot)
    assert [line.splitlines()[0] for line in group.told] == ["1/1. Right answers: 3 of 3"]
    kept = class_checks.read(bot.database)
    assert sorted(row["person_id"] for row in kept.answers) == sorted(group.pupils)


@pytest.mark.long
@pytest.mark.parametrize("phase", PHASES)
async def test_a_quiz_in_a_group_goes_on_through_a_kill_in_a_phase(bank: Bank, tmp_path: Path, phase: str) -> None:
    """Killed in any one phase, the bot loses no round and no vote in a poll that it knew."""
    await survive(bank, tmp_path, Trial(phases=(phase,)))


@pytest.mark.long
async def test_a_group_of_a_hundred_goes_on_through_thirty_kills(bank: Bank, tmp_path: Path) -> None:
    """What holds for chosen moments holds for any."""
    await survive(bank, tmp_path, Trial(voters=100, rounds=12, kills=30, patience=600))
