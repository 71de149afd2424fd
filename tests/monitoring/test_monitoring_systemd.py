"""systemd hears over a real socket that the bot started, moves on, is unwell, and ends."""

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
    """Give the presence of the only process."""
    return SingleProcess(Random(1))  # noqa: S311 - no secrets here


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    """Give the socket at which systemd would listen."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(0)
        yield listening


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Give an empty database."""
    opened = open_database(f"sqlite:///{tmp_path}/bot.sqlite3")
    yield opened
    opened.close()


def heard(manager: socket.socket) -> list[str]:
    """Give all that was said since."""
    said = []
    with suppress(BlockingIOError):
        while True:
            said.append(manager.recv(4096).decode())
    return said


def environment(manager: socket.socket, **more: str) -> dict[str, str]:
    """Give the environment that systemd makes."""
    return {"NOTIFY_SOCKET": manager.getsockname(), **more}


def monitor(database: Database, systemd: Systemd, pulse: Pulse) -> HealthMonitor:
    """Make a keeper whose time stands."""
    return HealthMonitor(database, Counters(pulse), HandlerRunner(in_thread=False), lambda: NOW, systemd, alone())


def test_words_reach_the_manager(manager: socket.socket) -> None:
    """Each word is one datagram, as systemd reads it."""
    systemd = Systemd(environment(manager))
    systemd.ready()
    systemd.alive("All is well.")
    systemd.unwell("It hangs.")
    systemd.stopping()
    assert heard(manager) == ["READY=1", "WATCHDOG=1\nSTATUS=All is well.", "STATUS=It hangs.", "STOPPING=1"]


def test_the_end_is_told_though_much_is_unread(manager: socket.socket) -> None:
    """Words that come again are let go where the queue is full; the last one waits until there is room."""
    systemd = Systemd(environment(manager))
    with suppress(BlockingIOError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as out:
        while True:
            out.sendto(b"unread", manager.getsockname())
    systemd.alive("All is well.")
    stopping = Thread(target=systemd.stopping)
    stopping.start()
    said = [manager.recv(4096).decode()]
    stopping.join()
    said += heard(manager)
    assert set(said[:-1]) == {"unread"}
    assert said[-1] == "STOPPING=1"


def test_who_never_reads_holds_up_nobody_for_long(manager: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wait for room comes to an end."""
    monkeypatch.setattr("bot.monitoring.systemd.LONGEST_WAIT", 0.01)
    systemd = Systemd(environment(manager))
    for _ in range(1000):
        systemd.alive("All is well.")
    systemd.stopping()
    assert "STOPPING=1" not in heard(manager)


def test_an_abstract_socket_is_reached() -> None:
    """An address that begins with @ is in the abstract namespace."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0notify-{os.getpid()}")
        listening.settimeout(0)
        Systemd({"NOTIFY_SOCKET": f"@notify-{os.getpid()}"}).ready()
        assert heard(listening) == ["READY=1"]


def test_without_a_manager_nothing_happens(tmp_path: Path) -> None:
    """Without systemd, or where it is gone, the bot goes on."""
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
def test_the_watchdog_is_ours_only_if_systemd_says_so(given: dict[str, str], patience: float | None) -> None:
    """The time is read for this process alone."""
    assert Systemd(given).patience == patience


async def test_the_watchdog_hears_of_progress_only(manager: socket.socket, database: Database) -> None:
    """While all moves the watchdog is fed; once an update stands still it is not, and systemd is told why."""
    pulse = Pulse(NOW - TWO_MINUTES, NOW, NOW)
    kept = monitor(database, Systemd(environment(manager)), pulse)
    await kept.look()
    assert heard(manager) == ["WATCHDOG=1\nSTATUS=All is well."]
    with database.transaction() as unit:
        unit.inbox.add([Received(1, "lane", "{}")], NOW - TWO_MINUTES)
    await kept.look()
    (said,) = heard(manager)
    assert said == "STATUS=An update has waited for 2 minutes, and no update is handled: the log says why."
    pulse.worked_at = NOW
    with database.transaction() as unit:
        unit.inbox.finish([1], NOW)
    await kept.look()
    assert heard(manager) == ["WATCHDOG=1\nSTATUS=All is well."]


async def test_a_fault_outside_is_told_and_feeds_the_watchdog(manager: socket.socket, database: Database) -> None:
    """Where Telegram is silent though asked, a restart would not help: systemd is told, and does not restart."""
    kept = monitor(database, Systemd(environment(manager)), Pulse(NOW - TWO_MINUTES, asked_at=NOW))
    await kept.look()
    (said,) = heard(manager)
    assert said.startswith("WATCHDOG=1\nSTATUS=Telegram has given no updates for 2 minutes")


async def test_a_slow_bot_feeds_the_watchdog(
    manager: socket.socket, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """A bot in which people wait for long, and which moves on, says so once in the log and is not started anew."""
    kept = monitor(database, Systemd(environment(manager)), Pulse(NOW - TWO_MINUTES, NOW, NOW, worked_at=NOW))
    with database.transaction() as unit:
        unit.inbox.add([Received(1, "lane", "{}")], NOW - TWO_MINUTES)
    caplog.set_level("INFO")
    words = "The bot is slow: the oldest update that could be handled has waited for 2 minutes."
    for _ in range(2):
        await kept.look()
        assert heard(manager) == [f"WATCHDOG=1\nSTATUS={words}"]
    with database.transaction() as unit:
        unit.inbox.finish([1], NOW)
    await kept.look()
    assert [record.getMessage() for record in caplog.records] == [words, "All is well again."]


async def test_who_does_not_lead_is_not_started_anew_for_the_leader(manager: socket.socket, database: Database) -> None:
    """Where nobody asks Telegram, a new start of the leader may help, and of no other process."""
    kept = monitor(database, Systemd(environment(manager)), Pulse(NOW - TWO_MINUTES))
    await kept.look()
    kept._membership.leading.clear()
    await kept.look()
    words = "STATUS=Telegram has given no updates for 2 minutes, and is not asked: the bot hangs or does not run."
    assert heard(manager) == [words, f"WATCHDOG=1\n{words}"]


async def test_things_must_move_from_when_a_process_leads(database: Database) -> None:
    """A process that comes to lead has time from then on, and says so to the others by the pulse that is kept."""
    kept = monitor(database, Systemd({}), Pulse(NOW - TWO_MINUTES))
    kept._membership.leading.clear()
    assert [one.name for one in (await kept.health()).troubles] == ["telegram"]
    kept._membership.leading.set()
    assert (await kept.health()).is_good


async def test_who_cannot_run_a_story_says_nothing(manager: socket.socket, database: Database) -> None:
    """While the thread of the stories hangs, systemd hears of no life, though all is well with the others."""
    kept = monitor(database, Systemd(environment(manager)), Pulse(NOW, NOW, NOW))
    hangs = asyncio.Event()

    async def beat() -> None:
        hangs.set()
        await asyncio.Event().wait()

    running = asyncio.create_task(kept.run(beat))
    await hangs.wait()
    running.cancel()
    await asyncio.wait({running})
    assert heard(manager) == ["READY=1", "STOPPING=1"]


async def test_start_and_end_are_said(manager: socket.socket, database: Database) -> None:
    """A keeper that runs says that it is ready, how it is, and, when cancelled, that it ends."""
    kept = monitor(database, Systemd(environment(manager)), Pulse(NOW, NOW, NOW))
    running = asyncio.create_task(kept.run(HandlerRunner(in_thread=False).beat))
    said: list[str] = []
    loop = asyncio.get_running_loop()
    while len(said) < 2:
        said.append((await loop.sock_recv(manager, 4096)).decode())
    running.cancel()
    await asyncio.wait({running})
    assert [*said, *heard(manager)] == ["READY=1", "WATCHDOG=1\nSTATUS=All is well.", "STOPPING=1"]


async def test_troubles_are_logged_when_they_begin_and_end(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """A trouble is one line in the log, however often it is seen; its end is another."""
    caplog.set_level("INFO")
    pulse = Pulse(NOW - TWO_MINUTES, asked_at=NOW)
    kept = monitor(database, Systemd({}), pulse)
    await kept.look()
    await kept.look()
    pulse.polled_at = NOW
    await kept.look()
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]


async def test_a_database_that_fails_is_a_trouble(database: Database, manager: socket.socket) -> None:
    """Where the database cannot be used, that is the trouble, and the keeper goes on."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE outbox")
    kept = monitor(database, Systemd(environment(manager)), Pulse(NOW, NOW, NOW))
    await kept.look()
    (said,) = heard(manager)
    assert "no such table: outbox" in said
