"""The bot as a process of its own over HTTP: killed, stopped, started twice, with a wrong token, without a server."""

import asyncio
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import crowd_checks
import pytest
from bot_process import BotProcess, killed_at_exit
from crowd import Crowd, is_never_right
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

from bot.core.question import Bank
from bot.playground.world import World

# Seconds after which a waiting test fails; an idle machine needs a fraction of them.
PATIENCE = 60
# The first kill comes within this time after the start: while modules load, tables are created, or updates arrive.
EARLY_KILL_SECONDS = 1.5


class Killer:
    """Kills a bot at the events with the given numbers (from 1, in rising order), and restarts it at once."""

    def __init__(self, bot: BotProcess, crowd: Crowd, numbers: list[int]) -> None:
        self._bot = bot
        self._numbers = list(reversed(numbers))
        self.kills = 0
        crowd.on_event = self._on_event

    def _on_event(self, count: int) -> None:
        if self._numbers and count >= self._numbers[-1] and self._bot.is_alive:
            self._numbers.pop()
            self._bot.kill()

    async def keep_restarting(self) -> None:
        """Restart the bot after every kill, until cancelled."""
        while True:
            code = await self._bot.wait_until_ended()
            assert code == -signal.SIGKILL, f"the bot ended by itself with {code}: {self._bot.log_text}"
            self.kills += 1
            await self._bot.start()


async def wait_until_done(crowd: Crowd, world: World, bot: BotProcess, patience: float = PATIENCE) -> None:
    """Wait until everybody has a result, every update is handled, and every message is sent."""
    try:
        async with asyncio.timeout(patience):
            await crowd.wait_until(lambda: crowd.is_done)
            await crowd.wait_until(lambda: not crowd_checks.waiting_updates(bot.database, unconfirmed_updates(world)))
            await crowd.bystander_round_trip()
            while crowd_checks.waiting_messages(bot.database, crowd.learners):
                await crowd.bystander_round_trip()
    except TimeoutError:
        waiting = crowd_checks.waiting_updates(bot.database, unconfirmed_updates(world))
        pytest.fail(f"{crowd.unfinished()}; {len(waiting)} updates wait; the bot logged: {bot.log_text or 'nothing'}")


def check_all(bot: BotProcess, crowd: Crowd, world: World, questions: int) -> None:
    """Check rows, results and chats after a quiz that one bot process at a time has run."""
    stored = crowd_checks.read(bot.database)
    report(crowd_checks.summary(stored, crowd))
    crowd_checks.check_nothing_waits(stored, unconfirmed_updates(world))
    crowd_checks.check_store(stored, crowd, questions)
    crowd_checks.check_results(stored, crowd, questions)
    crowd_checks.check_chats(stored, crowd, Interruptions(bot.kills))


@dataclass(frozen=True, slots=True)
class Trial:
    """The number of people, questions and kills of a quiz, and the seconds in which it must end."""

    people: int
    questions: int
    kills: int
    patience: float = PATIENCE


async def survive_kills(bank: Bank, folder: Path, trial: Trial) -> None:
    """Run a quiz while the bot is killed repeatedly; check that no answer is lost or counted twice."""
    rng, began = seeded_rng(), time.monotonic()
    numbers = sorted(rng.sample(range(1, 2 * trial.people * trial.questions), trial.kills))
    report(f"{trial}, at {numbers}")
    world = new_world()
    crowd = Crowd(world, bank, trial.people, rng)
    async with serve_world(world) as server, killed_at_exit(bot := BotProcess(folder, server.origin, TOKEN)):
        killer = Killer(bot, crowd, numbers)
        await bot.start()
        early = asyncio.get_running_loop().call_later(rng.uniform(0, EARLY_KILL_SECONDS), bot.kill)
        crowd.start_quizzes(trial.questions)
        await run_until_first_ends(wait_until_done(crowd, world, bot, trial.patience), killer.keep_restarting())
        early.cancel()
        await stop_bot(bot)
    report(f"{killer.kills} kills, {time.monotonic() - began:.1f} s")
    check_all(bot, crowd, world, trial.questions)
    assert killer.kills >= trial.kills


async def test_fifty_people_finish_a_quiz_through_five_kills(bank: Bank, tmp_path: Path) -> None:
    """A bot that is killed five times under load counts every answer once, and all fifty people finish."""
    assert is_never_right(bank)
    await survive_kills(bank, tmp_path, Trial(people=50, questions=10, kills=5))


@pytest.mark.long
async def test_three_hundred_people_finish_a_quiz_through_thirty_kills(bank: Bank, tmp_path: Path) -> None:
    """A quiz of 300 people loses no answer through thirty kills."""
    await survive_kills(bank, tmp_path, Trial(people=300, questions=20, kills=30, patience=600))


async def test_sigterm_under_load_loses_and_repeats_nothing(bank: Bank, tmp_path: Path) -> None:
    """A bot that gets SIGTERM under load stops in time, and sends nothing twice after a restart."""
    rng = seeded_rng()
    world = new_world()
    crowd = Crowd(world, bank, 30, rng)
    async with serve_world(world) as server, killed_at_exit(bot := BotProcess(tmp_path, server.origin, TOKEN)):
        await bot.start()
        crowd.start_quizzes(5)
        number = rng.randrange(60, 250)
        await crowd.wait_until(lambda: crowd.event_count >= number)
        await stop_bot(bot)
        await bot.start()
        await wait_until_done(crowd, world, bot)
        await stop_bot(bot)
    check_all(bot, crowd, world, 5)
    for learner in crowd:
        assert [copy.round for copy in learner.copies] == [1, 2, 3, 4, 5]
        assert len(learner.results) == 1


async def test_a_second_bot_with_the_token_is_logged_and_harmless(bank: Bank, tmp_path: Path) -> None:
    """Two bots with one token log the conflict, fetch updates in turn, and count every answer once."""
    world = new_world()
    crowd = Crowd(world, bank, 20, seeded_rng(), steady=True)
    async with serve_world(world) as server:
        first, second = (BotProcess(tmp_path, server.origin, TOKEN) for _ in range(2))
        async with killed_at_exit(first, second):
            await first.start()
            crowd.start_quizzes(5)
            await crowd.wait_until(lambda: crowd.event_count >= 60)
            await second.start()
            async with asyncio.timeout(PATIENCE):
                await first.wait_for_log("Another program fetches this bot's updates: stop the other copy of the bot")
            await stop_bot(second)
            # Updates that the second bot stored but did not handle are in the file; the next start handles them.
            await stop_bot(first)
            await first.start()
            await wait_until_done(crowd, world, first)
            await stop_bot(first)
    stored = crowd_checks.read(first.database)
    crowd_checks.check_nothing_waits(stored, unconfirmed_updates(world))
    crowd_checks.check_store(stored, crowd, 5)
    crowd_checks.check_results(stored, crowd, 5)


async def test_a_wrong_token_ends_the_bot_with_a_remedy(tmp_path: Path) -> None:
    """A token that Telegram does not know ends the bot with exit code 1 and one sentence, without the token."""
    async with (
        serve_world(new_world()) as server,
        killed_at_exit(bot := BotProcess(tmp_path, server.origin, "2:mistyped")),
    ):
        await bot.start()
        async with asyncio.timeout(PATIENCE):
            assert await bot.wait_until_ended() == 1
    assert bot.log_text.startswith(
        "Telegram does not know this token. Copy it once more from @BotFather into BOT_TOKEN"
    )
    assert bot.log_text.count("\n") == 1
    assert "mistyped" not in bot.log_text


async def test_a_bot_without_a_server_waits_until_the_server_is_up(bank: Bank, tmp_path: Path) -> None:
    """A bot that starts before its server logs once that it waits, and works as soon as the server is up."""
    world = new_world()
    crowd = Crowd(world, bank, 1, seeded_rng())
    async with serve_world(world) as server:
        port, origin = server.port, server.origin
    async with killed_at_exit(bot := BotProcess(tmp_path, origin, TOKEN)):
        await bot.start()
        async with asyncio.timeout(PATIENCE):
            await bot.wait_for_log("Telegram cannot be reached")
            async with serve_world(world, port):
                await crowd.bystander_round_trip()
                await stop_bot(bot)
    assert bot.log_text.count("Telegram cannot be reached") == 1
    assert bot.log_text.count("\n") == 1
