"""Updates that cannot be handled: tried again a few times, set aside, and nobody else waits for them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bot_in_process import BotInProcess
from learner import Learner, text_of, words
from sqlalchemy import select

from bot.app import learning, operator
from bot.app.commands import AskHelp
from bot.app.context import Work
from bot.app.dispatch.handlers import STORIES
from bot.app.dispatch.update_processor import TRIES
from bot.core.question import Bank
from bot.store.inbox import INBOX


@pytest.fixture
async def poisoned(bank: Bank, tmp_path: Path, no_retry_delays: None) -> AsyncIterator[BotInProcess]:  # noqa: ARG001 - waits are short
    """A bot that is not started yet, so that updates wait for it together; it may set some aside."""
    bot = BotInProcess(bank, f"sqlite:///{tmp_path}/bot.sqlite3")
    await bot.start()
    yield bot
    await bot.stop()
    bot.close()


def send_nonsense(learner: Learner) -> None:
    """Let an update come that is in this person's lane and not as the Bot API says: it has no message id."""
    private = {"id": learner.id, "type": "private"}
    person = {"id": learner.id, "is_bot": False, "first_name": "Ann"}
    learner.world.updates.add("message", {"from": person, "chat": private, "date": 1, "text": "blue whale"})


async def test_the_culprit_alone_is_set_aside(poisoned: BotInProcess, caplog: pytest.LogCaptureFixture) -> None:
    """In a batch with an update that cannot be handled, everybody is answered, and only the culprit is set aside."""
    ann, ben = Learner(poisoned, "Ann"), Learner(poisoned, "Ben")
    await poisoned.stop()
    ann.world.send_text(ben.id, ben.id, "/help")
    send_nonsense(ann)
    ann.world.send_text(ben.id, ben.id, "/nonsense")
    await poisoned.start()
    await poisoned.wait_until_idle()
    said = [text_of(one) for one in ben.messages() if one.sender_id == ben.world.bot.id]
    assert said == [words("help.text"), words("write.unknown_command")]
    assert poisoned.problems() == ["KeyError: 'message_id'"]
    assert f"failed {TRIES} times and is set aside" in caplog.text


async def test_a_lane_keeps_its_order_behind_a_failure(poisoned: BotInProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person did after an update that fails waits until that is tried again; all is answered in its order."""
    failures = iter(("once", "twice"))

    def ask_help(work: Work, command: AskHelp) -> None:
        if next(failures, None):
            raise LookupError("not yet")
        learning.ask_help(work, command)

    monkeypatch.setitem(STORIES, AskHelp, ask_help)
    ann = Learner(poisoned, "Ann")
    await poisoned.stop()
    for text in ("/help", "/nonsense", "/help"):
        ann.world.send_text(ann.id, ann.id, text)
    await poisoned.start()
    await poisoned.wait_until_idle()
    said = [text_of(one) for one in ann.messages() if one.sender_id == ann.world.bot.id]
    assert said == [words("help.text"), words("write.unknown_command"), words("help.text")]
    assert poisoned.problems() == []


async def test_what_was_set_aside_stays_so(poisoned: BotInProcess) -> None:
    """An update that was set aside is kept with its problem, and not tried again after a restart."""
    ann = Learner(poisoned, "Ann")
    send_nonsense(ann)
    ann.world.send_text(ann.id, ann.id, "/help")
    await poisoned.wait_until_idle()
    await poisoned.restart()
    await poisoned.wait_until_idle()
    (kept,) = poisoned.rows(select(INBOX).where(INBOX.c.problem.is_not(None)))
    assert "blue whale" in kept.body
    assert sum(text_of(one) == words("help.text") for one in ann.messages()) == 1


@pytest.mark.parametrize("runs", [True, False])
async def test_what_is_put_back_is_handled_once(
    poisoned: BotInProcess, monkeypatch: pytest.MonkeyPatch, *, runs: bool
) -> None:
    """Once the cause is mended, an update that is put back is answered once: by a bot that runs, or at a start."""
    monkeypatch.setattr("bot.tg.inbound.worker.LOOK_SECONDS", 0.01)
    ann = Learner(poisoned, "Ann")

    def answers() -> list[str]:
        return [text_of(one) for one in ann.messages() if one.sender_id == ann.world.bot.id]

    def fail(*_given: object) -> None:
        raise LookupError("not yet")

    with monkeypatch.context() as broken:
        broken.setitem(STORIES, AskHelp, fail)
        ann.world.send_text(ann.id, ann.id, "/help")
        await poisoned.wait_until(lambda: poisoned.problems() == ["LookupError: not yet"])
    if not runs:
        await poisoned.stop()
    operator.put_back(poisoned.database, ())
    if not runs:
        await poisoned.start()
    await poisoned.wait_until(lambda: bool(answers()))
    ann.world.send_text(ann.id, ann.id, "/nonsense")
    await poisoned.wait_until(lambda: words("write.unknown_command") in answers())
    assert answers() == [words("help.text"), words("write.unknown_command")]
    assert poisoned.problems() == []
