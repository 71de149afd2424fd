"""Updates that cannot be handled: retried a few times, then moved to the dead letters; other people need not wait."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bot_in_process import BotInProcess
from learner import Learner, text_of, words
from sqlalchemy import select

from bot.app import learning, operator
from bot.app.commands import AskHelp
from bot.app.context import Context
from bot.app.dispatch.handlers import HANDLERS
from bot.app.dispatch.update_processor import MAX_TRIES
from bot.core.question import Bank
from bot.store.inbox import INBOX


@pytest.fixture
async def lenient_bot(bank: Bank, tmp_path: Path, no_retry_delays: None) -> AsyncIterator[BotInProcess]:  # noqa: ARG001 - retries at once
    """A bot that may move updates to the dead letters."""
    bot = BotInProcess(bank, f"sqlite:///{tmp_path}/bot.sqlite3")
    await bot.start()
    yield bot
    await bot.stop()
    bot.close()


def send_invalid_update(learner: Learner) -> None:
    """Send an update in this person's lane that violates the Bot API: it has no message id."""
    private = {"id": learner.id, "type": "private"}
    person = {"id": learner.id, "is_bot": False, "first_name": "Ann"}
    learner.world.updates.add("message", {"from": person, "chat": private, "date": 1, "text": "blue whale"})


async def test_only_the_failing_update_is_set_aside(
    lenient_bot: BotInProcess, caplog: pytest.LogCaptureFixture
) -> None:
    """In a batch with an update that fails every time, only that update is set aside; the others are handled."""
    ann, ben = Learner(lenient_bot, "Ann"), Learner(lenient_bot, "Ben")
    await lenient_bot.stop()
    ann.world.send_text(ben.id, ben.id, "/help")
    send_invalid_update(ann)
    ann.world.send_text(ben.id, ben.id, "/nonsense")
    await lenient_bot.start()
    await lenient_bot.wait_until_idle()
    replies = [text_of(one) for one in ben.messages() if one.sender_id == ben.world.bot.id]
    assert replies == [words("help.text"), words("write.unknown_command")]
    assert lenient_bot.problems() == ["KeyError: 'message_id'"]
    assert f"failed {MAX_TRIES} times and is set aside" in caplog.text


async def test_a_lane_keeps_its_order_behind_a_failure(
    lenient_bot: BotInProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Later updates of a person wait until a failing one was retried, and all are answered in order."""
    failures = iter(("once", "twice"))

    def ask_help(work: Context, command: AskHelp) -> None:
        if next(failures, None):
            raise LookupError("not yet")
        learning.ask_help(work, command)

    monkeypatch.setitem(HANDLERS, AskHelp, ask_help)
    ann = Learner(lenient_bot, "Ann")
    await lenient_bot.stop()
    for text in ("/help", "/nonsense", "/help"):
        ann.world.send_text(ann.id, ann.id, text)
    await lenient_bot.start()
    await lenient_bot.wait_until_idle()
    replies = [text_of(one) for one in ann.messages() if one.sender_id == ann.world.bot.id]
    assert replies == [words("help.text"), words("write.unknown_command"), words("help.text")]
    assert lenient_bot.problems() == []


async def test_a_dead_letter_is_not_retried_after_a_restart(lenient_bot: BotInProcess) -> None:
    """A dead letter is stored with its problem, and not retried after a restart."""
    ann = Learner(lenient_bot, "Ann")
    send_invalid_update(ann)
    ann.world.send_text(ann.id, ann.id, "/help")
    await lenient_bot.wait_until_idle()
    await lenient_bot.restart()
    await lenient_bot.wait_until_idle()
    (dead_letter,) = lenient_bot.rows(select(INBOX).where(INBOX.c.problem.is_not(None)))
    assert "blue whale" in dead_letter.body
    assert sum(text_of(one) == words("help.text") for one in ann.messages()) == 1


@pytest.mark.parametrize("runs", [True, False])
async def test_a_requeued_update_is_handled_once(
    lenient_bot: BotInProcess, monkeypatch: pytest.MonkeyPatch, *, runs: bool
) -> None:
    """A requeued update is handled once after its cause was fixed, by a running bot or at the next start."""
    monkeypatch.setattr("bot.tg.inbound.worker.LOOK_SECONDS", 0.01)
    ann = Learner(lenient_bot, "Ann")

    def answers() -> list[str]:
        return [text_of(one) for one in ann.messages() if one.sender_id == ann.world.bot.id]

    def fail(*_args: object) -> None:
        raise LookupError("not yet")

    with monkeypatch.context() as broken:
        broken.setitem(HANDLERS, AskHelp, fail)
        ann.world.send_text(ann.id, ann.id, "/help")
        await lenient_bot.wait_until(lambda: lenient_bot.problems() == ["LookupError: not yet"])
    if not runs:
        await lenient_bot.stop()
    operator.requeue_updates(lenient_bot.database, ())
    if not runs:
        await lenient_bot.start()
    await lenient_bot.wait_until(lambda: bool(answers()))
    ann.world.send_text(ann.id, ann.id, "/nonsense")
    await lenient_bot.wait_until(lambda: words("write.unknown_command") in answers())
    assert answers() == [words("help.text"), words("write.unknown_command")]
    assert lenient_bot.problems() == []
