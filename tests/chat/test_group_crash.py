"""A group quiz continues after kill -9 of the bot, which runs as a process of its own, in each phase of a round."""

import asyncio
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import class_checks
import group_checks
import pytest
from bot_process import BotProcess, killed_at_exit
from crowd_checks import check_nothing_waits, waiting_messages, waiting_updates
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
from simulated_voters import SimulatedVoters

from bot.core.question import Bank
from bot.playground.world import Message
from bot.rehearsal.message_reading import visible_text

# Seconds after which a waiting test fails; an idle machine needs a fraction of them.
PATIENCE = 60


def kill_events(size: int) -> dict[str, Event]:
    """Return an event in the middle of each phase of a quiz with this number of voters; of a poll, its sending."""
    return {
        "right after the start": Event("start", 0, 1),
        "asking": Event("question", 1, 1),
        "closing": Event("explained", 1, 1),
        "discussing": Event("discussing", 2, 1),
        "asking again": Event("asked again", 2, 1),
        "voting": Event("action", 3, size * 3 // 4),
        "finishing": Event("result", 0, 1),
    }


PHASES = tuple(kill_events(1))


@dataclass(frozen=True, slots=True)
class Trial:
    """The size of a quiz, and how often the bot is killed: once in each of these phases, and at random events."""

    voters: int = 40
    rounds: int = 3
    phases: tuple[str, ...] = ()
    kills: int = 0
    patience: float = PATIENCE


async def play_until_done(observed: ObservedWorld, voters: SimulatedVoters, rounds: int, bot: BotProcess) -> None:
    """Play the quiz, and wait until every update is handled and every message is sent."""
    await voters.play(rounds)
    await observed.wait_until(lambda: not waiting_updates(bot.database, unconfirmed_updates(observed.world)))
    await observed.bystander_round_trip()
    chats = {voters.id, voters.teacher, *(voter.id for voter in voters.everybody)}
    while waiting_messages(bot.database, chats):
        await observed.bystander_round_trip()


async def play_in_time(observed: ObservedWorld, voters: SimulatedVoters, bot: BotProcess, trial: Trial) -> None:
    """Run `play_until_done`; fail the test with the progress so far if it takes too long."""
    try:
        async with asyncio.timeout(trial.patience):
            await play_until_done(observed, voters, trial.rounds, bot)
    except TimeoutError:
        progress = f"the newest poll is {voters.copies[-1:]}, the results are {voters.results}"
        pytest.fail(f"the quiz did not end in time: {progress}; the bot logged: {bot.log_text or 'nothing'}")


async def survive_kills(bank: Bank, folder: Path, trial: Trial) -> None:
    """Play a quiz while the bot is killed; check that each voter counts once a round and results match the votes."""
    rng, began = seeded_rng(), time.monotonic()
    numbers = rng.sample(range(1, trial.voters * trial.rounds), trial.kills)
    report(f"{trial}, at {sorted(numbers)}")
    world = new_world()
    observed = ObservedWorld(world)
    async with serve_world(world) as server, killed_at_exit(bot := BotProcess(folder, server.origin, TOKEN)):
        known = partial(class_checks.known_polls, bot.database)
        voters = SimulatedVoters(observed, bank, trial.voters, rng, known)
        events = kill_events(trial.voters)
        outages = Outages(bot, observed, [events[phase] for phase in trial.phases], numbers, rng if numbers else None)
        await bot.start()
        await run_until_first_ends(play_in_time(observed, voters, bot, trial), outages.keep_restarting())
        await stop_bot(bot)
    stored = class_checks.read(bot.database)
    report(f"{group_checks.summary(stored, voters)}; {outages.kills} kills, {time.monotonic() - began:.1f} s")
    check_nothing_waits(stored, unconfirmed_updates(world))
    group_checks.check_group(stored, voters, outages.kills)
    assert [query.data for query in world.queries.values() if query.answer is None] == []
    assert not outages.pending
    assert outages.kills >= len(trial.phases) + trial.kills


async def test_a_group_quiz_continues_after_kills_in_each_phase(bank: Bank, tmp_path: Path) -> None:
    """A bot that is killed while asking, voting, closing and discussing counts each voter once a round."""
    await survive_kills(bank, tmp_path, Trial(phases=("asking", "closing", "discussing", "voting")))


class GroupWithLostPoll:
    """A group whose bot is killed while it sends the first poll, and the actions of people until it is back.

    Attributes:
        polls: the messages with polls, in their order.
        results: the result messages in the group.
        asked: the pupils who were asked in private to vote again.
    """

    def __init__(self, observed: ObservedWorld, bot: BotProcess) -> None:
        self._world, self._bot = observed.world, bot
        self.observed = observed
        self.teacher = self._world.add_person("Mr Lee").id
        self.pupils = [self._world.add_person(name).id for name in ("Ann", "Ben", "Cyd")]
        self.id = self._world.create_group("9B", [self.teacher, *self.pupils]).id
        self.polls: list[Message] = []
        self.results: list[str] = []
        self.asked: set[int] = set()
        observed.observe_chat(self.id, self._read_group)
        for pupil in self.pupils:
            observed.observe_chat(pupil, partial(self._read_private, pupil))

    def _read_group(self, message: Message) -> None:
        if message.content.poll_id:
            self.polls.append(message)
            if len(self.polls) == 1:
                self._bot.kill()
        elif "Right answers" in visible_text(message):
            self.results.append(visible_text(message))

    def _read_private(self, pupil: int, message: Message) -> None:
        if "your vote didn’t reach me" in visible_text(message):
            self.asked.add(pupil)

    async def begins(self) -> None:
        """Start the bot as each pupil, and an untimed quiz of one question as the teacher."""
        for pupil in self.pupils:
            self._world.send_text(pupil, pupil, "/start")
        self._world.send_text(self.teacher, self.id, "/quiz 1")
        for data in ("gset::1:0:0", "ggo::1:0:0"):
            await self.observed.wait_until(lambda data=data: self._message_with_button(data) is not None)
            self._world.press_button(self.teacher, self.id, self._message_with_button(data) or 0, data)

    def _message_with_button(self, data: str) -> int | None:
        messages = self._world.chats[self.id].messages.values()
        buttons = ((one.id, button) for one in messages for row in one.inline_keyboard for button in row)
        return next((number for number, button in buttons if button.get("callback_data") == data), None)

    def votes(self, pupil: int, copy: Message) -> None:
        """Vote for the right option as a pupil."""
        poll = self._world.polls[copy.content.poll_id or ""]
        self._world.vote(pupil, poll.id, list(poll.correct_option_ids))

    def closes(self, copy: Message) -> None:
        """Press Close under a poll as the teacher."""
        self._world.press_button(self.teacher, self.id, copy.id, "ctl:close:1:1")

    async def all_is_handled(self) -> None:
        """Wait until all actions of people are handled and all messages are sent."""
        database, chats = self._bot.database, {self.id, self.teacher, *self.pupils}
        await self.observed.wait_until(lambda: all(query.answer for query in self._world.queries.values()))
        while waiting_updates(database, unconfirmed_updates(self._world)) or waiting_messages(database, chats):
            await self.observed.bystander_round_trip()


async def test_a_press_under_a_lost_poll_closes_no_round(tmp_path: Path) -> None:
    """A bot that is killed while it sends a poll sends it again, ignores presses under the first, counts each once."""
    world = new_world()
    observed = ObservedWorld(world)
    async with serve_world(world) as server, killed_at_exit(bot := BotProcess(tmp_path, server.origin, TOKEN)):
        group = GroupWithLostPoll(observed, bot)
        await bot.start()
        async with asyncio.timeout(PATIENCE):
            await group.begins()
            await bot.wait_until_ended()
            ann, ben, cyd = group.pupils
            for pupil in (ann, ben):
                group.votes(pupil, group.polls[0])
            for _ in range(2):
                group.closes(group.polls[0])
            await bot.start()
            await observed.wait_until(lambda: len(group.polls) > 1)
            await group.all_is_handled()
            assert group.results == []
            for pupil in (*group.asked, cyd):
                group.votes(pupil, group.polls[1])
            await group.all_is_handled()
            group.closes(group.polls[1])
            await observed.wait_until(lambda: bool(group.results))
        await stop_bot(bot)
    assert [line.splitlines()[0] for line in group.results] == ["1/1. Right answers: 3 of 3"]
    stored = class_checks.read(bot.database)
    assert sorted(row["person_id"] for row in stored.answers) == sorted(group.pupils)


@pytest.mark.long
@pytest.mark.parametrize("phase", PHASES)
async def test_a_group_quiz_continues_after_a_kill_in_one_phase(bank: Bank, tmp_path: Path, phase: str) -> None:
    """A bot that is killed in one phase loses no round and no vote in a poll that it knew."""
    await survive_kills(bank, tmp_path, Trial(phases=(phase,)))


@pytest.mark.long
async def test_a_quiz_of_a_hundred_voters_continues_after_thirty_kills(bank: Bank, tmp_path: Path) -> None:
    """A large group quiz loses no round and no vote through thirty kills at random events."""
    await survive_kills(bank, tmp_path, Trial(voters=100, rounds=12, kills=30, patience=600))
