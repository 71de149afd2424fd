"""Tests of the pages for health and metrics beside the board, and of the dashboard's queries."""

import ast
import asyncio
import inspect
import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import aiohttp
import pytest
from documents import read, table
from prometheus_client.parser import text_string_to_metric_families

from bot.app.board import BoardView
from bot.board.site import POLICY, create_board_app
from bot.monitoring import health
from bot.monitoring.counters import Counters
from bot.monitoring.health import SILENCE, STANDSTILL, format_span, judge
from bot.monitoring.health_monitor import HealthMonitor
from bot.monitoring.prometheus import render_metrics
from bot.monitoring.pulse import Pulse
from bot.monitoring.site import create_site
from bot.monitoring.status import read_status
from bot.monitoring.systemd import Systemd
from bot.serving import Server, serve
from bot.store.database import Database
from bot.store.inbox import Received
from bot.store.membership import SingleProcess
from bot.tg.runner import HandlerRunner

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DASHBOARD = Path(__file__).parents[2] / "deploy" / "grafana.json"
LOBBY = BoardView(
    scene="lobby",
    language="en",
    title="Whales",
    code="",
    link="",
    nicknames=(),
    people=0,
    question=None,
    answered=0,
    waits=False,
    ends_at=None,
    now=NOW,
    answer=None,
    standings=(),
    bonus=False,
    seconds=30,
)


class OneBoard:
    """Fake boards, of which one exists."""

    async def view(self, key: str) -> BoardView | None:
        """Return the board's view."""
        return LOBBY if key == "known" else None

    async def etag(self, key: str) -> str | None:
        """Return the board's ETag."""
        return "1" if key == "known" else None


def alone() -> SingleProcess:
    """Return the membership of the only process."""
    return SingleProcess(Random(1))  # noqa: S311 - no secrets here


@pytest.fixture
def monitor(database: Database) -> HealthMonitor:
    """The health monitor of a healthy bot."""
    counters = Counters(Pulse(NOW, NOW, NOW, NOW, NOW, NOW))
    return HealthMonitor(database, counters, HandlerRunner(in_thread=False), lambda: NOW, Systemd({}), alone())


@pytest.fixture
async def server(monitor: HealthMonitor) -> AsyncIterator[Server]:
    """A server of the monitoring pages and boards."""
    served = await serve(create_site(monitor, create_board_app(OneBoard())))
    yield served
    await served.stop()


@pytest.fixture
async def client(server: Server) -> AsyncIterator[aiohttp.ClientSession]:
    """A client of that server."""
    async with aiohttp.ClientSession(server.origin) as session:
        yield session


def stand_still(database: Database, monitor: HealthMonitor) -> None:
    """Store a waiting update, and set the activity to an hour ago."""
    monitor.counters.pulse = Pulse(NOW - timedelta(hours=1), NOW, NOW)
    with database.transaction() as unit:
        unit.inbox.add([Received(1, "lane", "{}")], NOW - timedelta(minutes=5))


async def test_health_is_200_if_healthy_and_503_if_not(
    client: aiohttp.ClientSession, database: Database, monitor: HealthMonitor
) -> None:
    """The status shows the health, and the body has troubles, ages and counts."""
    async with client.get("/healthz") as answer:
        assert (answer.status, (await answer.json())["troubles"]) == (200, [])
        assert answer.headers["Cache-Control"] == "no-store"
    stand_still(database, monitor)
    async with client.get("/healthz") as answer:
        report = await answer.json()
    assert answer.status == 503
    assert [one["name"] for one in report["troubles"]] == ["updates"]
    assert (report["ages"]["oldest_update"], report["counts"]["updates_waiting"]) == (300.0, 1)


async def test_a_slow_bot_reports_a_warning_and_status_200(
    client: aiohttp.ClientSession, database: Database, monitor: HealthMonitor
) -> None:
    """If ready updates wait for over a minute the status stays 200, and the metrics have their age."""
    with database.transaction() as unit:
        unit.inbox.add([Received(1, "lane", "{}")], NOW - timedelta(seconds=61))
    async with client.get("/healthz") as answer:
        report = await answer.json()
    assert (answer.status, report["healthy"], report["state"], report["troubles"]) == (200, True, "slow", [])
    assert report["warnings"] == [
        {
            "name": "slow",
            "words": "The bot is slow: the oldest update that could be handled has waited for 61 seconds.",
        }
    ]
    assert report["ages"]["oldest_ready"] == 61.0
    async with client.get("/metrics") as answer:
        text = await answer.text()
    assert "\nbot_oldest_ready_update_age_seconds 61.0\n" in text
    assert "\nbot_healthy 1.0\n" in text
    stand_still(database, monitor)
    async with client.get("/healthz") as answer:
        assert (answer.status, (await answer.json())["state"]) == (503, "unwell")


async def test_refused_connections_are_reported(client: aiohttp.ClientSession, monitor: HealthMonitor) -> None:
    """The number of refused connections is in the health report, by kind and in all, and in the metrics."""
    async with client.get("/healthz") as answer:
        assert (await answer.json())["refused"] == {}
    monitor.counters.refused.update({"header": 5, "screens": 2})
    async with client.get("/healthz") as answer:
        report = await answer.json()
    assert (answer.status, report["refused"], report["counts"]["connections_refused"]) == (
        200,
        {"header": 5, "screens": 2},
        7,
    )
    async with client.get("/metrics") as answer:
        assert '\nbot_refused_connections_total{kind="header"} 5.0\n' in await answer.text()


async def test_the_bot_is_ready_once_it_is_connected(client: aiohttp.ClientSession, monitor: HealthMonitor) -> None:
    """The status of /readyz is 503 until the bot is connected to Telegram, then 200."""
    async with client.get("/readyz") as answer:
        assert answer.status == 503
    monitor.counters.is_open = True
    async with client.get("/readyz") as answer:
        assert (answer.status, await answer.json()) == (200, {"ready": True})


async def test_the_board_keeps_its_headers_beside_health(client: aiohttp.ClientSession) -> None:
    """Boards, their files and unknown paths are served by the board's application, with its policy."""
    for path, status in (("/board/known", 200), ("/board/static/board.js", 200), ("/board/none", 404), ("/no", 404)):
        async with client.get(path) as answer:
            assert (answer.status, answer.headers["Content-Security-Policy"]) == (status, POLICY), path


@pytest.mark.parametrize(("method", "path"), [("GET", "/board/none/events"), ("HEAD", "/board/known/events")])
async def test_requests_without_a_board_are_not_counted_as_viewers(
    client: aiohttp.ClientSession, monitor: HealthMonitor, method: str, path: str
) -> None:
    """Requests for unknown boards, and HEAD requests for a stream, are not counted as viewers."""
    seen = []
    monitor.counters.screens = monitor.counters.screens.__class__()
    async with client.request(method, path):
        seen.append(dict(monitor.counters.screens))
    assert seen == [{}]


async def test_viewers_are_counted_while_connected(client: aiohttp.ClientSession, monitor: HealthMonitor) -> None:
    """A viewer is counted from the opening of its stream until its end."""
    async with client.get("/board/known/events") as stream:
        await stream.content.readline()
        assert list(monitor.counters.screens.values()) == [1]
    async with asyncio.timeout(10):
        while monitor.counters.screens:  # noqa: ASYNC110 - the server notices the end later
            await asyncio.sleep(0)


async def test_metrics_can_be_parsed_by_prometheus(client: aiohttp.ClientSession, monitor: HealthMonitor) -> None:
    """The counters are samples in Prometheus' format, and histogram buckets are cumulative."""
    monitor.counters.updates["message"] += 2
    monitor.counters.requests["sendPoll", "ok"] += 3
    for size in (1, 2, 150, 1000):
        monitor.counters.batch_sizes.add(size)
    async with client.get("/metrics") as answer:
        text = await answer.text()
    assert answer.headers["Content-Type"].startswith("text/plain")
    samples = {
        (one.name, *one.labels.values()): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }
    assert samples["bot_updates_total", "message"] == 2
    assert samples["bot_requests_total", "sendPoll", "ok"] == 3
    assert samples["bot_healthy",] == 1
    assert samples["bot_leader",] == 1
    assert samples["bot_last_poll_age_seconds",] == 0
    assert [samples["bot_batch_updates_bucket", bound] for bound in ("1", "2", "100", "200", "+Inf")] == [1, 2, 2, 3, 4]
    assert samples["bot_batch_updates_sum",] == 1153


def full_metrics(database: Database) -> str:
    """Return the metrics of a bot with every label in use."""
    counters = Counters(Pulse(NOW, NOW, NOW))
    counters.updates["message"] = counters.stories["Vote"] = counters.set_aside["update"] = 1
    counters.requests["sendPoll", "ok"] = counters.refused["header"] = 1
    with database.transaction() as unit:
        return render_metrics(counters, judge(unit.backlog(NOW), counters.pulse, NOW), leads=True).decode()


def test_the_dashboard_shows_every_metric_and_no_other(database: Database) -> None:
    """Every metric and label in the dashboard's queries exists, and every metric is shown."""
    families = list(text_string_to_metric_families(full_metrics(database)))
    samples = {one.name for family in families for one in family.samples if not one.name.endswith("_created")}
    labels = {label for family in families for one in family.samples for label in one.labels}
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    queries = [target["expr"] for panel in panels for target in panel["targets"]]
    asked = {name for query in queries for name in re.findall(r"\bbot_\w+", query)}
    assert asked <= samples
    assert {label for query in queries for label in re.findall(r"by \((\w+(?:, \w+)*)\)", query)} <= {
        *labels,
        "method, outcome",
    }
    shown = {name.removesuffix("_total").removesuffix("_bucket") for name in asked}
    assert {family.name for family in families} == shown


def test_the_page_for_operators_has_every_metric(database: Database) -> None:
    """The page's table has every metric and no other, and its limits are those in the code."""
    families = text_string_to_metric_families(full_metrics(database))
    measured = [f"{one.name}_total" if one.type == "counter" else one.name for one in families]
    rows = table("docs/operate.md", "figure", "when it is bad", "what to do")
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row[0])]
    assert sorted(named) == sorted(measured)
    page = read("docs/operate.md")
    assert f"No answer from Telegram for over {format_span(SILENCE)}." in page
    assert timedelta(minutes=1) == STANDSTILL
    assert "waited for over a minute" in page


def test_the_page_for_operators_has_every_trouble() -> None:
    """The page's tables have the name of every trouble and warning, and no other."""
    code = ast.parse(inspect.getsource(health))
    made = [node.args[0] for node in ast.walk(code) if isinstance(node, ast.Call) and called(node) == "Trouble"]
    looked_up = [node.elts[0] for node in ast.walk(code) if isinstance(node, ast.Tuple) and len(node.elts) == 5]
    names = {node.value for node in (*made, *looked_up) if isinstance(node, ast.Constant)}
    assert [type(node) for node in made].count(ast.Name) == 1  # the one that is looked up
    rows = [
        *table("docs/operate.md", "name", "what is wrong", "what to do"),
        *table("docs/operate.md", "name", "what it means", "what to do"),
    ]
    assert sorted(row[0].strip("`") for row in rows) == sorted(names)


def called(node: ast.Call) -> str:
    """Return the name of the called function."""
    return node.func.id if isinstance(node.func, ast.Name) else ""


def test_no_label_identifies_people(database: Database) -> None:
    """The metrics have only these labels, whose values are words of the program."""
    families = text_string_to_metric_families(full_metrics(database))
    labels = {label for family in families for one in family.samples for label in one.labels}
    assert labels == {"kind", "story", "method", "outcome", "what", "le"}


async def test_status_prefers_the_bot_to_the_database(
    server: Server, url: str, monitor: HealthMonitor, database: Database
) -> None:
    """The status is the bot's own report if it answers, and is read from the database otherwise."""
    stand_still(database, monitor)
    report = await asyncio.to_thread(read_status, url, ("127.0.0.1", server.port), lambda: NOW)
    assert [one["name"] for one in report["troubles"]] == ["updates"]
    read = read_status(url, ("127.0.0.1", 1), lambda: NOW)
    assert [one["name"] for one in read["troubles"]] == ["start"]
    await monitor.check()
    assert read_status(url, None, lambda: NOW) == report
