"""Monitoring of the bot: its counters count what people do, and its log identifies nobody."""

import re
from itertools import count
from typing import Any

import bot_in_process
import pytest
from bot_in_process import TOKEN, StartBot
from learner import Learner
from pupils import open_class, seat_pupils
from whale_bank import HEART, LARGEST, NAME, bank_in_order

from bot.app.commands import ShowScore
from bot.app.dispatch.handlers import HANDLERS
from bot.logs import set_up_logs
from bot.monitoring.counters import Counters
from bot.monitoring.database import MonitoredDatabase
from bot.monitoring.pulse import Pulse
from bot.monitoring.service import SALT, MonitoredQuizService, kind_of

# Words that no log message has by chance.
TEACHER, PUPIL, LEARNER = "Zhanserik", "Qarlygash", "Umbetaly"
ANSWER = "blue quetzalcoatl"


class _CountingService(MonitoredQuizService):
    """The bot's counting service, with the counters of the test."""

    counters: Counters

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on
        super().__init__(*args, counters=self.counters, seconds=iter(count()).__next__, **kwargs)


class ObservedCountingService(bot_in_process.ObservedService, _CountingService):
    """The service that tests observe, on top of the bot's counting service."""


@pytest.fixture
def counters(monkeypatch: pytest.MonkeyPatch) -> Counters:
    """The counters of each bot that the test starts."""
    shared = _CountingService.counters = Counters(Pulse())
    monkeypatch.setattr(bot_in_process, "ObservedService", ObservedCountingService)
    open_database = bot_in_process.open_database
    monkeypatch.setattr(
        bot_in_process, "open_database", lambda url: MonitoredDatabase(open_database(url).engine, shared)
    )
    return shared


async def play(start_bot: StartBot) -> list[str]:
    """Run a class and a solo quiz; return the names, ids and answers that the log must not have."""
    teacher = await open_class(start_bot, LARGEST, NAME)
    teacher.renames(TEACHER)
    (pupil,) = await seat_pupils(teacher, PUPIL)
    await teacher.leads("start")
    await pupil.votes("The elephant")
    await teacher.leads("next")
    await pupil.says(ANSWER)
    await teacher.leads("finish")
    learner = Learner(await start_bot(bank_in_order(NAME, HEART)), LEARNER)
    await learner.says("/quiz 2")
    await learner.says(ANSWER)
    await learner.says("180")
    return [TEACHER, PUPIL, LEARNER, ANSWER, "quetzalcoatl", *(str(one.id) for one in (teacher, pupil, learner))]


@pytest.mark.usefixtures("counters")
@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
async def test_the_log_identifies_nobody(level: str, start_bot: StartBot, capsys: pytest.CaptureFixture[str]) -> None:
    """The log of a class and a solo quiz has no name, id, answer or token; DEBUG has a line for each update."""
    set_up_logs(level, TOKEN)
    secrets = await play(start_bot)
    log = capsys.readouterr().err
    assert [secret for secret in (*secrets, TOKEN) if secret.lower() in log.lower()] == []
    assert bool(re.search(r"Update \d+: Vote by #[0-9a-f]{12}\.", log)) == (level == "DEBUG")


@pytest.mark.usefixtures("counters", "no_retry_delays")
async def test_the_log_of_a_failing_handler_identifies_nobody(
    start_bot: StartBot, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The logged traceback of a failing update has neither the name nor the id that its error message has."""

    def fail(_context: object, command: ShowScore) -> None:
        raise LookupError(f"{command.visitor} is unknown")

    set_up_logs("INFO", TOKEN)
    monkeypatch.setitem(HANDLERS, ShowScore, fail)
    started = await start_bot(bank_in_order(NAME))
    ann = Learner(started, LEARNER)
    await ann.says("/score")
    await started.stop()  # flushes the log
    log = capsys.readouterr().err
    assert "is set aside" in log
    assert "builtins.LookupError" in log
    assert [secret for secret in (LEARNER, str(ann.id)) if secret in log] == []
    assert _CountingService.counters.set_aside == {"update": 1}
    # The fixture `start_bot` requires that nothing is set aside at the end.
    with started.database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM inbox")


async def test_actions_of_people_are_counted(start_bot: StartBot, counters: Counters) -> None:
    """The counters have the exact numbers of updates by kind, commands, votes and stored answers."""
    ann = Learner(await start_bot(bank_in_order(LARGEST, NAME)))
    await ann.says("/quiz 2")
    await ann.votes("The elephant")
    await ann.says("blue whale")
    assert counters.updates == {"message": 2, "poll_answer": 1}
    assert counters.stories == {"BeginQuiz": 1, "Vote": 1, "Write": 1}
    assert (counters.votes, counters.answers, counters.failed_batches) == (1, 2, 0)
    assert sum(counters.batch_sizes.counts) == sum(counters.batch_seconds.counts) >= 3
    assert counters.pulse.worked_at == ann.bot.clock.now
    assert counters.is_open


async def test_a_pseudonym_survives_a_restart(start_bot: StartBot, counters: Counters) -> None:
    """A person has the same pseudonym in the log after a restart, since its salt is stored in the database."""
    started = await start_bot(bank_in_order(NAME))
    await Learner(started).says("/start")
    before = started.service._pseudonyms.of(7)
    await started.restart()
    await Learner(started).says("/start")
    assert started.service._pseudonyms.of(7) == before
    with started.database.transaction() as unit:
        assert len(unit.key_values.get(SALT) or "") == 32
    assert counters.is_open


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('{"update_id": 1, "message": {"text": "\\"poll_answer\\":"}}', "message"),
        ('{"update_id":1,"poll_answer":{}}', "poll_answer"),
        ('{"callback_query": {}, "update_id": 1}', "callback_query"),
        ('{"update_id": 1, "edited_message": {}}', "other"),
        ('{"update_id": 1}', "other"),
    ],
)
def test_the_kind_of_an_update_is_read_from_its_json(body: str, kind: str) -> None:
    """The kind of an update is its content field, in any order of fields; kinds without a counter are "other"."""
    assert kind_of(body) == kind
