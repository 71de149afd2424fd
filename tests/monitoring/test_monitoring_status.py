"""Tests of the status of a bot in another process."""

import json
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bot.monitoring.health import Health, Trouble
from bot.monitoring.pulse import Pulse
from bot.monitoring.report import as_json, as_lines
from bot.monitoring.status import read_status
from bot.store.database import open_database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OURS = as_json(Health(NOW, Pulse(polled_at=NOW), None, (Trouble("start", "It rains.", restart_helps=False),)))
OTHERS: dict[str, object] = {
    "healthy alone": {"healthy": True},
    "a word for healthy": {**OURS, "healthy": "yes"},
    "troubles as words": {**OURS, "troubles": ["disk"]},
    "troubles without words": {**OURS, "troubles": [{"name": "disk"}]},
    "warnings as a number": {**OURS, "warnings": 3},
    "no ages": {**OURS, "ages": None},
    "an age in words": {**OURS, "ages": {"last_poll": "1 hour"}},
    "an endless age": {**OURS, "ages": {"last_poll": float("inf")}},
    "an unknown age": {**OURS, "ages": {"moon": 4}},
    "unknown counts": {**OURS, "counts": {"moons": 2}},
    "a list": [OURS],
    "nothing": None,
    "more than anybody reads": {**OURS, "state": "x" * 200_000},
}


@pytest.fixture
def answer() -> Iterator[Callable[[object], tuple[str, int]]]:
    """A function that starts a program which answers /healthz with this JSON, and returns its address."""
    opened: list[HTTPServer] = []

    def serve(told: object) -> tuple[str, int]:
        body = json.dumps(told).encode()

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        opened.append(HTTPServer(("127.0.0.1", 0), Answering))
        Thread(target=opened[-1].serve_forever, args=(0.01,), daemon=True).start()
        return "127.0.0.1", opened[-1].server_port

    yield serve
    for one in opened:
        one.shutdown()
        one.server_close()


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The URL of a database on which no bot has run."""
    open_database(f"sqlite:///{tmp_path}/bot.sqlite3").close()
    return f"sqlite:///{tmp_path}/bot.sqlite3"


def test_the_report_of_the_running_bot_is_preferred(answer: Callable[[object], tuple[str, int]], url: str) -> None:
    """The bot's own report is returned instead of the database's."""
    report = read_status(url, answer(OURS), lambda: NOW)
    assert as_lines(report)[0] == "It rains."


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_the_answer_of_another_program_is_ignored(
    answer: Callable[[object], tuple[str, int]], url: str, other: object
) -> None:
    """If another program answers at the bot's address, the status is read from the database."""
    report = read_status(url, answer(other), lambda: NOW)
    assert "never run" in as_lines(report)[0]
    assert report["healthy"] is False


def test_without_an_answer_the_database_is_read(url: str) -> None:
    """If no program answers, the status is read from the database."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert "never run" in as_lines(read_status(url, ("127.0.0.1", port), lambda: NOW))[0]
