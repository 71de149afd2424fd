"""Tests of several processes on one PostgreSQL database: if one is killed, suspended or disconnected, others go on."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import crowd_checks
import psycopg
import pytest
from bot_process import free_port, killed_at_exit
from cluster import STEP_LIMIT, Cluster, restart_killed, running
from crowd import Crowd, text_of
from outages import ObservedWorld
from postgresql import MakeUrl, crash_and_restart, postgresql
from served_world import new_world, report, seeded_rng, serve_world, unconfirmed_updates
from simulated_host import SimulatedHost
from simulated_pupils import SimulatedPupils

from bot.core.question import Bank
from bot.playground.world import World

QUESTIONS = 4


class ClusterQuiz:
    """Solo quizzes of several learners, served by a cluster."""

    def __init__(self, cluster: Cluster, world: World, bank: Bank, learners: int) -> None:
        self.cluster = cluster
        self.world = world
        self.crowd = Crowd(world, bank, learners, seeded_rng())

    def begin(self) -> None:
        """Send every learner's /quiz."""
        self.crowd.start_quizzes(QUESTIONS)

    async def questions(self, count: int) -> None:
        """Wait until this many questions were asked in all, or all quizzes are over."""
        asked = self.crowd
        async with asyncio.timeout(STEP_LIMIT):
            await asked.wait_until(lambda: asked.is_done or sum(len(learner.copies) for learner in asked) >= count)

    async def finish(self) -> None:
        """Wait until all quizzes are over and all messages are sent; stop the cluster and check chats and database."""
        crowd, url = self.crowd, self.cluster.database
        async with asyncio.timeout(STEP_LIMIT):
            await crowd.wait_until(lambda: crowd.is_done)
            await crowd.wait_until(lambda: not crowd_checks.waiting_updates(url, unconfirmed_updates(self.world)))
            while crowd_checks.waiting_messages(url, crowd.learners):
                await crowd.bystander_round_trip()
        await self.cluster.wait_until_complete()
        await self.cluster.end()
        kept = crowd_checks.read(url)
        report(crowd_checks.summary(kept, crowd))
        crowd_checks.check_nothing_waits(kept, unconfirmed_updates(self.world))
        crowd_checks.check_store(kept, crowd, QUESTIONS, several_processes=True)
        crowd_checks.check_results(kept, crowd, QUESTIONS)
        crowd_checks.check_chats(kept, crowd, self.cluster.interruptions, several_processes=True)

    def each_message_came_once(self) -> bool:
        """Return whether each question and each result came once."""
        return all(
            len({copy.round for copy in learner.copies}) == len(learner.copies) and len(learner.results) == 1
            for learner in self.crowd
        )


@pytest.fixture
def world() -> World:
    """An empty playground world."""
    return new_world()


@pytest.fixture
async def cluster(world: World, tmp_path: Path, make_postgresql: MakeUrl) -> AsyncIterator[Cluster]:
    """Two processes of the bot."""
    async with (
        serve_world(world) as server,
        running(Cluster(tmp_path, server.origin, make_postgresql(""), 2)) as cluster,
    ):
        yield cluster


async def test_a_quiz_continues_although_the_leader_is_killed_at_each_question(
    cluster: Cluster, world: World, bank: Bank
) -> None:
    """The other process takes over the polling, and each answer of the whole quiz counts once and in order."""
    quiz = ClusterQuiz(cluster, world, bank, 1)
    quiz.begin()
    for number in range(1, QUESTIONS + 1):
        await quiz.questions(number)
        leader = await cluster.leader()
        cluster.bots[leader].kill()
        # Checked before the killed process is restarted, since it may become the leader again.
        assert await cluster.leader(leader) != leader
        await restart_killed(cluster.bots[leader])
    await quiz.finish()


async def test_a_follower_answers_while_the_leader_is_gone(cluster: Cluster, world: World, bank: Bank) -> None:
    """A follower answers when the leader is killed, suspended, disconnected or stopped with SIGTERM."""
    quiz = ClusterQuiz(cluster, world, bank, 1)

    async def is_answered() -> None:
        async with asyncio.timeout(STEP_LIMIT):
            await quiz.crowd.bystander_round_trip()

    await is_answered()
    (leader := cluster.bots[await cluster.leader()]).kill()
    await is_answered()
    await restart_killed(leader)
    await cluster.wait_until_complete()
    (leader := cluster.bots[await cluster.leader()]).suspend()
    await is_answered()
    leader.resume()
    await cluster.wait_until_complete()
    await cluster.disconnect(await cluster.leader())
    await is_answered()
    await cluster.wait_until_complete()
    (leader := cluster.bots[await cluster.leader()]).terminate()
    await is_answered()
    assert await leader.wait_until_ended() == 0
    await leader.start()
    quiz.begin()
    await quiz.finish()


async def test_deadlines_fire_after_the_leader_was_killed(cluster: Cluster, world: World, bank: Bank) -> None:
    """The next leader fires the deadlines: the teacher's controls show a pupil who joined after the kill."""
    observed, late = ObservedWorld(world), world.add_person("Late").id
    teacher = SimulatedHost(observed, SimulatedPupils(observed, bank, 2, seeded_rng()), 5, list)
    async with asyncio.timeout(STEP_LIMIT):
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


async def test_a_suspended_leader_returns_as_a_follower(cluster: Cluster, world: World, bank: Bank) -> None:
    """Another process leads meanwhile and remains the leader, and no message comes twice."""
    leader = await cluster.leader()
    cluster.bots[leader].suspend()
    other = await cluster.leader(leader)
    quiz = ClusterQuiz(cluster, world, bank, 5)
    quiz.begin()
    await quiz.questions(5)
    cluster.bots[leader].resume()
    await cluster.wait_until_complete()
    assert await cluster.leader() == other
    await quiz.finish()
    assert quiz.each_message_came_once()


async def test_updates_of_a_killed_worker_are_handled_once_by_another(
    cluster: Cluster, world: World, bank: Bank
) -> None:
    """When a process is killed in a transaction, the other handles each of its updates once."""
    quiz = ClusterQuiz(cluster, world, bank, 3)
    for person in quiz.crowd.learners:
        world.send_text(person, person, "/help")
    async with asyncio.timeout(STEP_LIMIT):
        await quiz.crowd.wait_until(
            lambda: not crowd_checks.waiting_updates(cluster.database, unconfirmed_updates(world))
        )
    async with await psycopg.AsyncConnection.connect(cluster.database) as connection:
        await connection.execute("SELECT id FROM persons FOR UPDATE")
        quiz.begin()
        victim = await cluster.blocked()
        cluster.bots[victim].kill()
    await restart_killed(cluster.bots[victim])
    await quiz.finish()
    assert quiz.each_message_came_once()


async def test_ten_processes_can_start_at_once_on_an_empty_database(
    world: World, bank: Bank, tmp_path: Path, make_postgresql: MakeUrl
) -> None:
    """One process creates the tables, one leads, and quizzes run as usual."""
    async with (
        serve_world(world) as server,
        running(Cluster(tmp_path, server.origin, make_postgresql(""), 10)) as cluster,
    ):
        quiz = ClusterQuiz(cluster, world, bank, 3)
        quiz.begin()
        await quiz.finish()
    assert quiz.each_message_came_once()


async def test_an_update_posted_to_a_follower_is_answered(
    world: World, bank: Bank, tmp_path: Path, make_postgresql: MakeUrl
) -> None:
    """The follower notifies the leader at once, and no update is handled by both."""
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
            await cluster.wait_until_complete()
            quiz = ClusterQuiz(cluster, world, bank, 10)
            quiz.begin()
            await quiz.finish()
    assert quiz.each_message_came_once()


async def test_no_answer_is_lost_when_postgresql_crashes(world: World, bank: Bank, tmp_path: Path) -> None:
    """When PostgreSQL is killed under load and started again, each answer counts exactly once."""
    with postgresql() as make_url:
        async with (
            serve_world(world) as server,
            running(Cluster(tmp_path, server.origin, make_url(""), 2)) as cluster,
        ):
            quiz = ClusterQuiz(cluster, world, bank, 20)
            quiz.begin()
            for number in (30, 60):
                await quiz.questions(number)
                await asyncio.to_thread(crash_and_restart, cluster.database)
                await cluster.wait_until_complete()
            await quiz.finish()
