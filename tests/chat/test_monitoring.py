"""The watched bot: what is counted while people talk with it, and what its log says of them: nothing."""

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
from bot.app.dispatch.handlers import STORIES
from bot.logs import set_up_logs
from bot.monitoring.counters import Figures
from bot.monitoring.database import WatchedDatabase
from bot.monitoring.pulse import Pulse
from bot.monitoring.service import SALT, WatchedDesk, kind_of

# Words that stand in no program.
TEACHER, PUPIL, LONER = "Zhanserik", "Qarlygash", "Umbetaly"
ANSWER = "blue quetzalcoatl"


class _Given(WatchedDesk):
    """The product's watched desk, with what counts for it."""

    figures: Figures

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - the desk's own
        super().__init__(*given, figures=self.figures, seconds=iter(count()).__next__, **named)


class BothWatched(bot_in_process.ObservedService, _Given):
    """The desk that tests watch, over the one that the product watches."""


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> Figures:
    """Let every bot of this test be watched; give what is counted."""
    counted = _Given.figures = Figures(Pulse())
    monkeypatch.setattr(bot_in_process, "ObservedService", BothWatched)
    opened = bot_in_process.open_database
    monkeypatch.setattr(bot_in_process, "open_database", lambda url: WatchedDatabase(opened(url).engine, counted))
    return counted


async def play(start_bot: StartBot) -> list[str]:
    """Let a class and a learner be taught; give the names, ids and answers that no log may hold."""
    teacher = await open_class(start_bot, LARGEST, NAME)
    teacher.renames(TEACHER)
    (pupil,) = await seat_pupils(teacher, PUPIL)
    await teacher.leads("start")
    await pupil.votes("The elephant")
    await teacher.leads("next")
    await pupil.says(ANSWER)
    await teacher.leads("finish")
    alone = Learner(await start_bot(bank_in_order(NAME, HEART)), LONER)
    await alone.says("/quiz 2")
    await alone.says(ANSWER)
    await alone.says("180")
    return [TEACHER, PUPIL, LONER, ANSWER, "quetzalcoatl", *(str(one.id) for one in (teacher, pupil, alone))]


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
async def test_the_log_names_nobody(level: str, start_bot: StartBot, capsys: pytest.CaptureFixture[str]) -> None:
    """After a class and a quiz alone no name, id, answer or token is in the log; DEBUG has a line an update."""
    set_up_logs(level, TOKEN)
    secrets = await play(start_bot)
    said = capsys.readouterr().err
    assert [secret for secret in (*secrets, TOKEN) if secret.lower() in said.lower()] == []
    assert bool(re.search(r"Update \d+: Vote by #[0-9a-f]{12}\.", said)) == (level == "DEBUG")


@pytest.mark.usefixtures("figures", "no_retry_delays")
async def test_a_story_that_fails_tells_nothing_of_who_asked(
    start_bot: StartBot, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An update is set aside with a traceback that quotes neither the name nor the id which the error has."""

    def stumble(_work: object, command: ShowScore) -> None:
        raise LookupError(f"{command.visitor} is unknown")

    set_up_logs("INFO", TOKEN)
    monkeypatch.setitem(STORIES, ShowScore, stumble)
    started = await start_bot(bank_in_order(NAME))
    ann = Learner(started, LONER)
    await ann.says("/score")
    await started.stop()  # with all that it still had to say
    said = capsys.readouterr().err
    assert "is set aside" in said
    assert "builtins.LookupError" in said
    assert [secret for secret in (LONER, str(ann.id)) if secret in said] == []
    assert _Given.figures.set_aside == {"update": 1}
    # Forgotten, so that the end of the test finds nothing set aside.
    with started.database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM inbox")


async def test_what_people_do_is_counted(start_bot: StartBot, figures: Figures) -> None:
    """Updates by kind, what they asked, votes and stored answers are those that happened, in plain numbers."""
    ann = Learner(await start_bot(bank_in_order(LARGEST, NAME)))
    await ann.says("/quiz 2")
    await ann.votes("The elephant")
    await ann.says("blue whale")
    assert figures.updates == {"message": 2, "poll_answer": 1}
    assert figures.stories == {"BeginQuiz": 1, "Vote": 1, "Write": 1}
    assert (figures.votes, figures.answers, figures.failed_batches) == (1, 2, 0)
    assert sum(figures.batch_sizes.counts) == sum(figures.batch_seconds.counts) >= 3
    assert figures.pulse.worked_at == ann.bot.clock.now
    assert figures.is_open


async def test_the_salt_stays(start_bot: StartBot, figures: Figures) -> None:
    """A person has one pseudonym for as long as the database is the same."""
    started = await start_bot(bank_in_order(NAME))
    await Learner(started).says("/start")
    before = started.service._pseudonyms.of(7)
    await started.restart()
    await Learner(started).says("/start")
    assert started.service._pseudonyms.of(7) == before
    with started.database.transaction() as unit:
        assert len(unit.facts.get(SALT) or "") == 32
    assert figures.is_open


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
def test_kinds_are_told_however_json_is_ordered(body: str, kind: str) -> None:
    """The kind is the update's one content; kinds that nobody asked for share a name."""
    assert kind_of(body) == kind
