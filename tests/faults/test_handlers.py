"""Plain code of the bot's own that raises, hangs or lets a cancellation out: tried a few times, then set aside."""

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
from bot.app.dispatch.update_processor import TRIES
from bot.app.messages import AskedQuestion
from bot.tg.handler_timeout import HandlerTimeout

pytestmark = pytest.mark.usefixtures("no_retry_delays")


def raises(*_: object) -> None:
    """Fail as any code may."""
    raise LookupError("a story failed")


def cancels(*_: object) -> None:
    """Let out what asyncio uses to end tasks."""
    raise asyncio.CancelledError


def hangs(*_: object) -> None:
    """Never end, and swallow what would end it once."""
    for _number in count():
        pass


def limited(bot: BotInProcess) -> BotInProcess:
    """Let stories and receipts take a moment only."""
    bot.service._limit = bot.service._tasks._limit = HandlerTimeout(0.2)
    return bot


@pytest.fixture
async def bot(start_bot: StartBot) -> BotInProcess:
    """A bot whose stories may take a moment only."""
    return limited(await start_bot(bank_in_order(LARGEST, NAME)))


STORY_FAULTS = [(raises, "LookupError"), (cancels, "CancelledError"), (hangs, "HangsError")]


@pytest.mark.parametrize(("fault", "problem"), STORY_FAULTS)
async def test_a_story_at_fault_is_set_aside_and_nobody_waits_for_ever(
    bot: BotInProcess, fault: Callable[..., None], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried as often as any, once with its batch too; then it is out of the way, and all others are answered."""
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

    said = await ann.does(ask)
    assert [text_of(one) for one in said] == [words("help.text")]
    assert text_of(ben.messages()[-1]) == words("help.text")
    assert TRIES <= tries <= 2 * TRIES
    (told,) = bot.problems()
    assert told.startswith(problem)


@pytest.mark.parametrize(
    ("fault", "problem"), [(raises, "LookupError"), (cancels, "RuntimeError"), (hangs, "HangsError")]
)
async def test_a_receipt_at_fault_is_set_aside_and_others_are_noted(
    bot: BotInProcess, fault: Callable[..., None], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What follows from one delivery fails: the message is not sent again and again, and others get theirs."""
    note = receipts.RECEIPTS[AskedQuestion]
    ann, ben = Learner(bot, "Ann"), Learner(bot, "Ben")

    def asked(work: Context, message: AskedQuestion, delivery: receipts.Delivery) -> None:
        (fault if delivery.chat_id == ann.id else note)(work, message, delivery)

    monkeypatch.setitem(receipts.RECEIPTS, AskedQuestion, asked)
    await ann.does(lambda: [one.world.send_text(one.id, one.id, "/quiz 2") for one in (ann, ben)])
    assert len(ann.polls()) == len(ben.polls()) == 1
    (told,) = bot.problems()
    assert told.startswith(problem)
    await ben.votes("The blue whale")
    assert ben.marks() == {"largest": True}
    (helped,) = await ann.says("/help")
    assert text_of(helped) == words("help.text")


@pytest.mark.parametrize(("fault", "problem"), [(raises, "LookupError"), (cancels, "RuntimeError")])
async def test_a_view_at_fault_is_set_aside_and_the_chat_goes_on(
    bot: BotInProcess, fault: Callable[..., None], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message that cannot be shown does not hold up those behind it."""
    ann = Learner(bot)
    with monkeypatch.context() as patch:
        patch.setattr("bot.tg.outbound.sender.show", fault)
        assert await ann.says("/score") == []
    (helped,) = await ann.says("/help")
    assert text_of(helped) == words("help.text")
    (told,) = bot.problems()
    assert told.startswith(problem)
