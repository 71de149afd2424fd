"""Several bots on one PostgreSQL database: whichever is killed, held up or cut off, the others go on by themselves."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import crowd_checks
import psycopg
import pytest
from bot_process import free_port, killed_at_exit
from cluster import PATIENCE, Cluster, revived, running
from crowd import Crowd, text_of
from outages import ObservedWorld
from postgresql import MakeUrl, crash_and_restart, postgresql
from served_world import new_world, report, seeded_rng, serve_world, unconfirmed_updates
from simulated_host import SimulatedHost
from simulated_pupils import SimulatedPupils

from bot.core.question import Bank
from bot.playground.world import World

QUESTIONS = 4


class Lesson:
    """Learners who take a quiz of a few questions from a cluster."""

    def __init__(self, cluster: Cluster, world: World, bank: Bank, learners: int) -> None:
        self.cluster = cluster
        self.world = world
        self.crowd = Crowd(world, bank, learners, seeded_rng())

    def begin(self) -> None:
        """Let everybody ask for a quiz."""
        self.crowd.start_quizzes(QUESTIONS)

    async def questions(self, count: int) -> None:
        """Wait until so many were asked in all, or nobody waits for any more."""
        asked = self.crowd
        async with asyncio.timeout(PATIENCE):
            await asked.wait_until(lambda: asked.is_done or sum(len(learner.copies) for learner in asked) >= count)

    async def finish(self) -> None:
        """Wait until everybody has a result, and all is handled and sent; then end the cluster, and look into all."""
        crowd, url = self.crowd, self.cluster.database
        async with asyncio.timeout(PATIENCE):
            await crowd.wait_until(lambda: crowd.is_done)
            await crowd.wait_until(lambda: not crowd_checks.waiting_updates(url, unconfirmed_updates(self.world)))
            while crowd_checks.waiting_messages(url, crowd.learners):
                await crowd.bystander_round_trip()
        await self.cluster.all_present()
        await self.cluster.end()
        kept = crowd_checks.read(url)
        report(crowd_checks.summary(kept, crowd))
        crowd_checks.check_nothing_waits(kept, unconfirmed_updates(self.world))
        crowd_checks.check_store(kept, crowd, QUESTIONS, several_processes=True)
        crowd_checks.check_results(kept, crowd, QUESTIONS)
        crowd_checks.check_chats(kept, crowd, self.cluster.interruptions, several_processes=True)

    def nothing_came_twice(self) -> bool:
        """Say whether each question and each result came once."""
        return all(
            len({copy.round for copy in learner.copies}) == len(learner.copies) and len(learner.results) == 1
            for learner in self.crowd
        )


@pytest.fixture
def world() -> World:
    """Give an empty world."""
    return new_world()


@pytest.fixture
async def cluster(world: World, tmp_path: Path, make_postgresql: MakeUrl) -> AsyncIterator[Cluster]:
    """Run two bots."""
    async with (
        serve_world(world) as server,
        running(Cluster(tmp_path, server.origin, make_postgresql(""), 2)) as cluster,
    ):
        yield cluster


async def test_a_quiz_goes_on_while_the_leader_dies_at_each_question(
    cluster: Cluster, world: World, bank: Bank
) -> None:
    """Another fetches what comes, and the quiz comes to its end: each answer counts once, in order."""
    lesson = Lesson(cluster, world, bank, 1)
    lesson.begin()
    for number in range(1, QUESTIONS + 1):
        await lesson.questions(number)
        leader = await cluster.leader()
        cluster.bots[leader].kill()
        # Asked before the killed one is back: it is quick, and may lead again.
        assert await cluster.leader(leader) != leader
        await revived(cluster.bots[leader])
    await lesson.finish()


async def test_another_handles_what_waits_however_the_leader_ends(cluster: Cluster, world: World, bank: Bank) -> None:
    """Killed, at a standstill, cut off or ended by SIGTERM: whoever asks then is answered before it is back."""
    lesson = Lesson(cluster, world, bank, 1)

    async def is_answered() -> None:
        async with asyncio.timeout(PATIENCE):
            await lesson.crowd.bystander_round_trip()

    await is_answered()
    (leader := cluster.bots[await cluster.leader()]).kill()
    await is_answered()
    await revived(leader)
    await cluster.all_present()
    (leader := cluster.bots[await cluster.leader()]).suspend()
    await is_answered()
    leader.resume()
    await cluster.all_present()
    await cluster.cut_off(await cluster.leader())
    await is_answered()
    await cluster.all_present()
    (leader := cluster.bots[await cluster.leader()]).terminate()
    await is_answered()
    assert await leader.wait_until_ended() == 0
    await leader.start()
    lesson.begin()
    await lesson.finish()


async def test_the_clock_goes_on_after_the_leader_was_killed(cluster: Cluster, world: World, bank: Bank) -> None:
    """What only a leader's clock does is done by the next: the controls of a class show who joined it afterwards."""
    observed, late = ObservedWorld(world), world.add_person("Late").id
    teacher = SimulatedHost(observed, SimulatedPupils(observed, bank, 2, seeded_rng()), 5, list)
    async with asyncio.timeout(PATIENCE):
        await teacher._open()
        world.send_text(late, late, f"/start {teacher._code()}")
        await observed.wait_until(lambda: len(world.messages(late, late)) > 1)
        leader = await cluster.leader()
        cluster.bots[leader].kill()
        world.send_text(late, late, "Zoe")
        await observed.wait_until(
            lambda: any("Zoe" in text_of(one) for one in world.messages(teacher.person, teacher.person))
        )
    assert await cluster.leader() != leader


async def test_a_leader_that_stands_still_comes_back_as_a_follower(cluster: Cluster, world: World, bank: Bank) -> None:
    """Another leads meanwhile, the one that went on stays behind it, and nothing comes twice."""
    leader = await cluster.leader()
    cluster.bots[leader].suspend()
    other = await cluster.leader(leader)
    lesson = Lesson(cluster, world, bank, 5)
    lesson.begin()
    await lesson.questions(5)
    cluster.bots[leader].resume()
    await cluster.all_present()
    assert await cluster.leader() == other
    await lesson.finish()
    assert lesson.nothing_came_twice()


async def test_what_a_killed_worker_was_at_is_done_once_by_another(cluster: Cluster, world: World, bank: Bank) -> None:
    """Killed in the middle of a transaction it leaves its updates to the other, which works each once."""
    lesson = Lesson(cluster, world, bank, 3)
    for person in lesson.crowd.learners:
        world.send_text(person, person, "/help")
    async with asyncio.timeout(PATIENCE):
        await lesson.crowd.wait_until(
            lambda: not crowd_checks.waiting_updates(cluster.database, unconfirmed_updates(world))
        )
    async with await psycopg.AsyncConnection.connect(cluster.database) as line:
        await line.execute("SELECT id FROM persons FOR UPDATE")
        lesson.begin()
        victim = await cluster.blocked()
        cluster.bots[victim].kill()
    await revived(cluster.bots[victim])
    await lesson.finish()
    assert lesson.nothing_came_twice()


async def test_ten_that_start_at_once_on_an_empty_database_share_it(
    world: World, bank: Bank, tmp_path: Path, make_postgresql: MakeUrl
) -> None:
    """One makes the tables, one leads, and a quiz goes on as ever."""
    async with (
        serve_world(world) as server,
        running(Cluster(tmp_path, server.origin, make_postgresql(""), 10)) as cluster,
    ):
        lesson = Lesson(cluster, world, bank, 3)
        lesson.begin()
        await lesson.finish()
    assert lesson.nothing_came_twice()


async def test_what_a_webhook_brings_to_one_that_does_not_lead_is_answered(
    world: World, bank: Bank, tmp_path: Path, make_postgresql: MakeUrl
) -> None:
    """The leader hears of it at once, and a quiz goes on as ever; nothing is worked by both."""
    posted_to = f"127.0.0.1:{free_port()}"
    webhook = {"BOT_WEBHOOK_URL": f"http://{posted_to}/telegram"}
    async with serve_world(world) as server:
        server.app.state.api.webhook_delivery.second_length = 0.05
        cluster = Cluster(tmp_path, server.origin, make_postgresql(""), 2, webhook)
        first, second = cluster.bots
        first.settings["BOT_LISTEN"], second.settings["BOT_LISTEN"] = f"127.0.0.1:{free_port()}", posted_to
        async with killed_at_exit(first, second):
            await first.start()
            assert await cluster.leader() == 0
            await second.start()
            await cluster.all_present()
            lesson = Lesson(cluster, world, bank, 10)
            lesson.begin()
            await lesson.finish()
    assert lesson.nothing_came_twice()


async def test_answers_go_on_after_the_server_crashed(world: World, bank: Bank, tmp_path: Path) -> None:
    """PostgreSQL is killed under load and started again: no answer is lost, and none counts twice."""
    with postgresql() as make_url:
        async with (
            serve_world(world) as server,
            running(Cluster(tmp_path, server.origin, make_url(""), 2)) as cluster,
        ):
            lesson = Lesson(cluster, world, bank, 20)
            lesson.begin()
            for number in (30, 60):
                await lesson.questions(number)
                await asyncio.to_thread(crash_and_restart, cluster.database)
                await cluster.all_present()
            await lesson.finish()
