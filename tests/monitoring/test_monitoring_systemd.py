"""Tests of the notifications to systemd, over a real socket, about start, health and stop."""

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Thread

import pytest

from bot.monitoring.counters import Counters
from bot.monitoring.health_monitor import HealthMonitor
from bot.monitoring.pulse import Pulse
from bot.monitoring.systemd import Systemd
from bot.store.database import Database, open_database
from bot.store.inbox import Received
from bot.store.membership import SingleProcess
from bot.tg.runner import HandlerRunner

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TWO_MINUTES = timedelta(minutes=2)


def alone() -> SingleProcess:
    """Return the membership of the only process."""
    return SingleProcess(Random(1))  # noqa: S311 - no secrets here


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    """The socket at which systemd would listen."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(0)
        yield listening


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    opened = open_database(f"sqlite:///{tmp_path}/bot.sqlite3")
    yield opened
    opened.close()


def received(manager: socket.socket) -> list[str]:
    """Return the notifications received since the last call."""
    said = []
    with suppress(BlockingIOError):
        while True:
            said.append(manager.recv(4096).decode())
    return said


def environment(manager: socket.socket, **more: str) -> dict[str, str]:
    """Return the environment that systemd sets."""
    return {"NOTIFY_SOCKET": manager.getsockname(), **more}


def make_monitor(database: Database, systemd: Systemd, pulse: Pulse) -> HealthMonitor:
    """Create a health monitor with a constant time."""
    return HealthMonitor(database, Counters(pulse), HandlerRunner(in_thread=False), lambda: NOW, systemd, alone())


def test_notifications_reach_the_manager(manager: socket.socket) -> None:
    """Each notification is one datagram in systemd's format."""
    systemd = Systemd(environment(manager))
    systemd.ready()
    systemd.alive("All is well.")
    systemd.unwell("It hangs.")
    systemd.stopping()
    assert received(manager) == ["READY=1", "WATCHDOG=1\nSTATUS=All is well.", "STATUS=It hangs.", "STOPPING=1"]


def test_the_stop_is_notified_although_the_queue_is_full(manager: socket.socket) -> None:
    """Repeated notifications are dropped if the queue is full; the one about the stop waits for room."""
    systemd = Systemd(environment(manager))
    with suppress(BlockingIOError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as out:
        while True:
            out.sendto(b"unread", manager.getsockname())
    systemd.alive("All is well.")
    stopping = Thread(target=systemd.stopping)
    stopping.start()
    said = [manager.recv(4096).decode()]
    stopping.join()
    said += received(manager)
    assert set(said[:-1]) == {"unread"}
    assert said[-1] == "STOPPING=1"


def test_a_manager_that_never_reads_delays_the_bot_only_shortly(
    manager: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wait for room in the queue ends after a limit."""
    monkeypatch.setattr("bot.monitoring.systemd.LONGEST_WAIT", 0.01)
    systemd = Systemd(environment(manager))
    for _ in range(1000):
        systemd.alive("All is well.")
    systemd.stopping()
    assert "STOPPING=1" not in received(manager)


def test_an_abstract_socket_is_reached() -> None:
    """An address that begins with @ is in the abstract namespace."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0notify-{os.getpid()}")
        listening.settimeout(0)
        Systemd({"NOTIFY_SOCKET": f"@notify-{os.getpid()}"}).ready()
        assert received(listening) == ["READY=1"]


def test_without_a_manager_nothing_happens(tmp_path: Path) -> None:
    """Without systemd, or with a socket that is gone, notifying raises nothing."""
    Systemd({}).ready()
    Systemd({"NOTIFY_SOCKET": str(tmp_path / "gone")}).ready()


@pytest.mark.parametrize(
    ("given", "patience"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "30000000"}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, None),
    ],
)
def test_a_watchdog_for_another_process_is_ignored(given: dict[str, str], patience: float | None) -> None:
    """The watchdog interval is used only if it is meant for this process."""
    assert Systemd(given).patience == patience


async def test_the_watchdog_is_reset_only_while_queues_move(manager: socket.socket, database: Database) -> None:
    """The watchdog is not reset while an update stands still, and the status says why."""
    pulse = Pulse(NOW - TWO_MINUTES, NOW, NOW)
    monitor = make_monitor(database, Systemd(environment(manager)), pulse)
    await monitor.check()
    assert received(manager) == ["WATCHDOG=1\nSTATUS=All is well."]
    with database.transaction() as unit:
        unit.inbox.add([Received(1, "lane", "{}")], NOW - TWO_MINUTES)
    await monitor.check()
    (said,) = received(manager)
    assert said == "STATUS=The oldest update has waited for 2 minutes and none is being processed: see the log."
    pulse.worked_at = NOW
    with database.transaction() as unit:
        unit.inbox.finish([1], NOW)
    await monitor.check()
    assert received(manager) == ["WATCHDOG=1\nSTATUS=All is well."]


async def test_a_trouble_outside_of_the_bot_resets_the_watchdog(manager: socket.socket, database: Database) -> None:
    """When Telegram does not answer, a restart would not help: the watchdog is reset, and the status says why."""
    monitor = make_monitor(database, Systemd(environment(manager)), Pulse(NOW - TWO_MINUTES, asked_at=NOW))
    await monitor.check()
    (said,) = received(manager)
    assert said.startswith("WATCHDOG=1\nSTATUS=No answer from Telegram for 2 minutes, though")


async def test_a_slow_bot_resets_the_watchdog(
    manager: socket.socket, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """A slow bot logs its warning once and is not restarted."""
    monitor = make_monitor(database, Systemd(environment(manager)), Pulse(NOW - TWO_MINUTES, NOW, NOW, worked_at=NOW))
    with database.transaction() as unit:
        unit.inbox.add([Received(1, "lane", "{}")], NOW - TWO_MINUTES)
    caplog.set_level("INFO")
    words = "The bot is slow: the oldest update that could be handled has waited for 2 minutes."
    for _ in range(2):
        await monitor.check()
        assert received(manager) == [f"WATCHDOG=1\nSTATUS={words}"]
    with database.transaction() as unit:
        unit.inbox.finish([1], NOW)
    await monitor.check()
    assert [record.getMessage() for record in caplog.records] == [words, "All is well again."]


async def test_a_follower_is_not_restarted_for_a_trouble_of_the_leader(
    manager: socket.socket, database: Database
) -> None:
    """If no updates are requested, only a restart of the leader may help."""
    monitor = make_monitor(database, Systemd(environment(manager)), Pulse(NOW - TWO_MINUTES))
    await monitor.check()
    monitor._membership.leading.clear()
    await monitor.check()
    reason = "no updates were requested: the bot hangs or is not running."
    status = f"STATUS=No answer from Telegram for 2 minutes, and {reason}"
    assert received(manager) == [status, f"WATCHDOG=1\n{status}"]


async def test_activity_is_expected_only_after_a_process_became_the_leader(database: Database) -> None:
    """A new leader gets time until activity is expected of it."""
    monitor = make_monitor(database, Systemd({}), Pulse(NOW - TWO_MINUTES))
    monitor._membership.leading.clear()
    assert [one.name for one in (await monitor.health()).troubles] == ["telegram"]
    monitor._membership.leading.set()
    assert (await monitor.health()).is_good


async def test_a_process_that_cannot_run_handlers_notifies_nothing(manager: socket.socket, database: Database) -> None:
    """While the thread of the handlers hangs, the watchdog is not reset."""
    monitor = make_monitor(database, Systemd(environment(manager)), Pulse(NOW, NOW, NOW))
    hangs = asyncio.Event()

    async def beat() -> None:
        hangs.set()
        await asyncio.Event().wait()

    running = asyncio.create_task(monitor.run(beat))
    await hangs.wait()
    running.cancel()
    await asyncio.wait({running})
    assert received(manager) == ["READY=1", "STOPPING=1"]


async def test_start_and_stop_are_notified(manager: socket.socket, database: Database) -> None:
    """A running health monitor notifies systemd of its start, its health and, when cancelled, its stop."""
    monitor = make_monitor(database, Systemd(environment(manager)), Pulse(NOW, NOW, NOW))
    running = asyncio.create_task(monitor.run(HandlerRunner(in_thread=False).beat))
    said: list[str] = []
    loop = asyncio.get_running_loop()
    while len(said) < 2:
        said.append((await loop.sock_recv(manager, 4096)).decode())
    running.cancel()
    await asyncio.wait({running})
    assert [*said, *received(manager)] == ["READY=1", "WATCHDOG=1\nSTATUS=All is well.", "STOPPING=1"]


async def test_troubles_are_logged_when_they_begin_and_end(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """A trouble is logged once, and so is its end."""
    caplog.set_level("INFO")
    pulse = Pulse(NOW - TWO_MINUTES, asked_at=NOW)
    monitor = make_monitor(database, Systemd({}), pulse)
    await monitor.check()
    await monitor.check()
    pulse.polled_at = NOW
    await monitor.check()
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]


async def test_an_unusable_database_is_a_trouble(database: Database, manager: socket.socket) -> None:
    """An unusable database is reported to systemd, and the health monitor continues."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE outbox")
    monitor = make_monitor(database, Systemd(environment(manager)), Pulse(NOW, NOW, NOW))
    await monitor.check()
    (said,) = received(manager)
    assert "no such table: outbox" in said
