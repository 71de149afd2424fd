"""Tests of handlers, receipts and views that raise, hang or raise CancelledError: a few tries, then set aside."""

import asyncio
from collections.abc import Callable
from itertools import count

import pytest
from bot_in_process import BotInProcess, StartBot
from learner import Learner, text_of, words
from whale_bank import LARGEST, NAME, bank_in_order

from bot.app.commands import ShowScore
from bot.app.context import Context
from bot.app.dispatch import receipts
from bot.app.dispatch.handlers import HANDLERS
from bot.app.dispatch.update_processor import MAX_TRIES
from bot.app.messages import AskedQuestion
from bot.tg.handler_timeout import HandlerTimeout

pytestmark = pytest.mark.usefixtures("no_retry_delays")


def raises(*_: object) -> None:
    """Raise an ordinary error."""
    raise LookupError("a handler failed")


def cancels(*_: object) -> None:
    """Raise the exception with which asyncio ends tasks."""
    raise asyncio.CancelledError


def hangs(*_: object) -> None:
    """Loop without end."""
    for _number in count():
        pass


def limited(bot: BotInProcess) -> BotInProcess:
    """Set a short time limit for handlers and receipts."""
    bot.service._handler_timeout = bot.service._processor._handler_timeout = HandlerTimeout(0.2)
    return bot


@pytest.fixture
async def bot(start_bot: StartBot) -> BotInProcess:
    """A bot with a short time limit for handlers."""
    return limited(await start_bot(bank_in_order(LARGEST, NAME)))


HANDLER_FAULTS = [(raises, "LookupError"), (cancels, "CancelledError"), (hangs, "HandlerTimeoutError")]


@pytest.mark.parametrize(("fault", "problem"), HANDLER_FAULTS)
async def test_an_update_whose_handler_fails_is_set_aside_and_others_are_answered(
    bot: BotInProcess, fault: Callable[..., None], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failing update gets the usual number of tries, and all others are answered."""
    tries = 0

    def show_score(work: Context, command: ShowScore) -> None:
        nonlocal tries
        tries += 1
        fault(work, command)

    monkeypatch.setitem(HANDLERS, ShowScore, show_score)
    ann, ben = Learner(bot, "Ann"), Learner(bot, "Ben")

    def ask() -> None:
        for text in ("/score", "/help"):
            ann.world.send_text(ann.id, ann.id, text)
        ben.world.send_text(ben.id, ben.id, "/help")

    answers = await ann.does(ask)
    assert [text_of(one) for one in answers] == [words("help.text")]
    assert text_of(ben.messages()[-1]) == words("help.text")
    assert MAX_TRIES <= tries <= 2 * MAX_TRIES
    (problem_text,) = bot.problems()
    assert problem_text.startswith(problem)


@pytest.mark.parametrize(
    ("fault", "problem"), [(raises, "LookupError"), (cancels, "RuntimeError"), (hangs, "HandlerTimeoutError")]
)
async def test_a_message_whose_receipt_fails_is_set_aside_and_others_are_recorded(
    bot: BotInProcess, fault: Callable[..., None], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message whose receipt fails is not sent again, and the deliveries of other messages are recorded."""
    note = receipts.RECEIPTS[AskedQuestion]
    ann, ben = Learner(bot, "Ann"), Learner(bot, "Ben")

    def asked(work: Context, message: AskedQuestion, delivery: receipts.Delivery) -> None:
        (fault if delivery.chat_id == ann.id else note)(work, message, delivery)

    monkeypatch.setitem(receipts.RECEIPTS, AskedQuestion, asked)
    await ann.does(lambda: [one.world.send_text(one.id, one.id, "/quiz 2") for one in (ann, ben)])
    assert len(ann.polls()) == len(ben.polls()) == 1
    (problem_text,) = bot.problems()
    assert problem_text.startswith(problem)
    await ben.votes("The blue whale")
    assert ben.marks() == {"largest": True}
    (helped,) = await ann.says("/help")
    assert text_of(helped) == words("help.text")


@pytest.mark.parametrize(("fault", "problem"), [(raises, "LookupError"), (cancels, "RuntimeError")])
async def test_a_message_whose_view_fails_is_set_aside_and_its_chat_continues(
    bot: BotInProcess, fault: Callable[..., None], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message that cannot be rendered does not delay later messages of its chat."""
    ann = Learner(bot)
    with monkeypatch.context() as patch:
        patch.setattr("bot.tg.outbound.sender.show", fault)
        assert await ann.says("/score") == []
    (helped,) = await ann.says("/help")
    assert text_of(helped) == words("help.text")
    (problem_text,) = bot.problems()
    assert problem_text.startswith(problem)
