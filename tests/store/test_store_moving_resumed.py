"""A move that was interrupted, by whatever, goes on where it stopped."""

import signal
import subprocess
import sys
from itertools import count
from pathlib import Path

import psycopg
import pytest
from moved import NOW, Interrupted, contents, ignore, stop_at

from bot.store.attach import attach_database
from bot.store.database import StoreError, open_database
from bot.store.inbox import Received
from bot.store.inspection import look
from bot.store.key_values import MOVING
from bot.store.moving.move import move

pytestmark = pytest.mark.usefixtures("small_batches")

# Moves, and after each batch waits for a word.
MOVER = """
import sys
from pathlib import Path
from bot.store.moving import move, source
source.BATCH = 2
def watch(stage, done, of):
    print(stage, flush=True)
    sys.stdin.readline()
move.move(Path(sys.argv[1]), sys.argv[2], watch)
"""


def test_a_move_goes_on_wherever_it_was_stopped(source: Path, target: str) -> None:
    """Stopped after each single batch, it goes on with the next one, and in the end all is there once."""
    stages: list[tuple[str, int]] = []
    for _ in range(200):
        turns = count()

        def watch(stage: str, done: int, _of: int, turns: "count[int]" = turns) -> None:
            stages.append((stage, done))
            if stage.startswith("moving") and next(turns) == 0:
                raise Interrupted

        try:
            move(source, target, watch)
        except Interrupted:
            continue
        break
    moving = [done for stage, done in stages if stage.startswith("moving")]
    assert moving == sorted(set(moving))
    assert moving[-1] == sum(map(len, contents(target).values()))
    assert contents(target) == contents(f"sqlite:///{source}")


def test_no_bot_starts_on_a_half_moved_database(source: Path, target: str) -> None:
    """Neither the bot nor a command beside it opens what is not whole; both say what is to be done."""
    with pytest.raises(Interrupted):
        move(source, target, stop_at(4))
    for opener in (open_database, attach_database, looked_at):
        with pytest.raises(StoreError, match="run `bot migrate` again"):
            opener(target)
    move(source, target, ignore)
    open_database(target).close()
    attach_database(target).close()
    looked_at(target)


def looked_at(url: str) -> object:
    """Inspect a database as bot status does."""
    return look(url, NOW, "pulse")


@pytest.mark.parametrize("turn", [1, 5, 20])
def test_a_server_that_ends_the_session_only_interrupts(source: Path, target: str, turn: int) -> None:
    """When the server ends the session, the move says so in a sentence, and resumes when it is started again."""
    turns = count(1)

    def watch(_stage: str, _done: int, _of: int) -> None:
        if next(turns) == turn:
            with psycopg.connect(target, autocommit=True) as other:
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )

    with pytest.raises(StoreError, match=r"The move was interrupted: .*give the same command again"):
        move(source, target, watch)
    move(source, target, ignore)
    assert contents(target) == contents(f"sqlite:///{source}")


def test_a_file_that_changed_is_not_mixed_with_what_it_was(source: Path, target: str) -> None:
    """A begun move goes on from the same contents alone: neither from another file, nor after a bot worked on it."""
    with pytest.raises(Interrupted):
        move(source, target, stop_at(3))
    twin = source.with_name("twin.sqlite3")
    twin.write_bytes(source.read_bytes())
    database = open_database(f"sqlite:///{source}")
    with database.transaction() as unit:
        unit.inbox.add([Received(10, "chat 1", "{}")], NOW)
    database.close()
    with pytest.raises(StoreError, match="from this one before it changed: name a new, empty database"):
        move(source, target, ignore)
    move(twin, target, ignore)
    assert contents(target) == contents(f"sqlite:///{twin}")


def test_the_mark_of_a_move_is_none_of_the_facts(source: Path, target: str) -> None:
    """While it is moved the database holds a mark of it, and afterwards the facts of the source alone."""
    with pytest.raises(Interrupted):
        move(source, target, stop_at(4))
    assert {row[0] for row in contents(target)["key_values"]} == {"salt", MOVING}
    move(source, target, ignore)
    assert contents(target)["key_values"] == [("salt", "00ff")]


@pytest.mark.parametrize("batches", [1, 6, 16])
def test_a_move_that_is_killed_goes_on(source: Path, target: str, batches: int) -> None:
    """After kill -9 at any moment, the same command ends what was begun, and everything is there once."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", MOVER, str(source), target]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as mover:  # noqa: S603 - our own words
        assert mover.stdin is not None
        assert mover.stdout is not None
        for _ in range(batches):
            assert mover.stdout.readline()
            mover.stdin.write("\n")
            mover.stdin.flush()
        mover.kill()
    assert mover.returncode == -signal.SIGKILL
    move(source, target, ignore)
    assert contents(target) == contents(f"sqlite:///{source}")
