"""Telegram's floods and people's: a 429 stops one chat, a person who asks without end is met with silence."""

from datetime import timedelta
from functools import partial

import pytest
from bot_in_process import BotInProcess, StartBot
from learner import Learner, text_of, words
from sqlalchemy import event, func, select
from whale_bank import LARGEST, NAME, bank_in_order

from bot.store.inbox import INBOX
from bot.tg.adapter import TelegramAdapter
from bot.tg.bot_api.response import seconds_of
from bot.tg.inbound.throttle import Throttle

MOST = 20
FLOOD = 1000


@pytest.fixture
async def bot(start_bot: StartBot, monkeypatch: pytest.MonkeyPatch) -> BotInProcess:
    """A bot that lets a person ask twenty things in ten seconds."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # as the product has it
    monkeypatch.setattr(
        "bot_in_process.TelegramAdapter",
        lambda *given, **named: TelegramAdapter(*given, throttle=Throttle(MOST), **named),
    )
    return await start_bot(bank_in_order(LARGEST, NAME))


def flood(somebody: Learner, count: int = FLOOD) -> None:
    """Let somebody write without end."""
    for _ in range(count):
        somebody.world.send_text(somebody.id, somebody.id, "/help")


class Toll:
    """What the bot does: statements of SQL, updates kept, messages sent."""

    def __init__(self, bot: BotInProcess) -> None:
        self._bot = bot
        self.statements = 0
        event.listen(bot.database.engine, "before_cursor_execute", lambda *_: self._count())

    def _count(self) -> None:
        self.statements += 1

    def updates(self) -> int:
        """Count the updates that were kept."""
        return int(self._bot.rows(select(func.count()).select_from(INBOX))[0][0])


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
async def test_a_flood_is_answered_once_and_then_with_silence(bot: BotInProcess, language: str) -> None:
    """Of a thousand messages twenty are handled, one is answered by a kind word in the person's language, none more."""
    ann = Learner(bot, language=language)
    said = await ann.does(partial(flood, ann))
    told = [words("help.text", language)] * MOST + [words("write.too_much", language)]
    assert [text_of(one) for one in said] == told


async def test_a_flood_of_presses_is_answered_by_one_toast(bot: BotInProcess) -> None:
    """Presses without end have one toast, and then none."""
    ann = Learner(bot)
    await ann.says("/quiz")
    message = ann.messages()[-1]
    data = message.inline_keyboard[0][0]["callback_data"]
    await ann.does(lambda: [ann.world.press_button(ann.id, ann.id, message.id, data) for _ in range(100)])
    told = words("toast.too_much")
    assert [toast == told for toast in ann.toasts()][MOST - 1 : MOST + 1] == [True, False]
    assert ann.toasts()[MOST:] == ["(not answered)"] * (100 - MOST)


async def test_a_flood_costs_others_nothing(bot: BotInProcess) -> None:
    """The quiz of another takes no more statements, updates and messages than it does beside somebody calm."""
    toll, eve, tolls = Toll(bot), Learner(bot, "Eve"), []
    await eve.does(partial(flood, eve))
    for name, asked in (("Ann", 0), ("Ben", FLOOD)):
        learner, before = Learner(bot, name), (toll.statements, toll.updates())
        flood(eve, asked)
        assert await learner.takes_quiz("/quiz 2")
        tolls.append((toll.statements - before[0], toll.updates() - before[1], len(learner.messages())))
    calm, beside = tolls
    assert beside[1:] == calm[1:]
    # Messages settle in other batches from one time to the next: a few statements, not some for each of a thousand.
    assert abs(beside[0] - calm[0]) < FLOOD / 10


async def test_an_answer_in_a_flood_counts(bot: BotInProcess) -> None:
    """Who was silenced still answers: votes and the texts that questions wait for are handled."""
    ann = Learner(bot)
    await ann.says("/quiz 2")
    await ann.does(partial(flood, ann))
    ann.world.vote(ann.id, ann.poll().id, list(ann.poll().correct_option_ids))
    flood(ann)
    await bot.wait_until_idle()
    flood(ann)
    await ann.says("blue whale")
    assert ann.marks() == {"largest": True, "name": True}


async def test_a_long_429_stops_its_chat_alone_and_not_for_ever(bot: BotInProcess) -> None:
    """A chat told to wait an hour waits, through a restart too; others are served; then it gets all, in its order."""
    ann, ben = Learner(bot, "Ann"), Learner(bot, "Ben")
    bot.api.faults.inject("sendMessage", "flood", retry_after=3600)
    for text in ("/help", "/nonsense"):
        ann.world.send_text(ann.id, ann.id, text)
    await bot.wait_until(lambda: not bot.api.faults._injected["sendmessage"])
    ben.world.send_text(ben.id, ben.id, "/help")
    await bot.wait_until(lambda: len(ben.messages()) == 2)
    assert [text_of(one) for one in ann.messages()] == ["/help", "/nonsense"]
    await bot.restart()
    ben.world.send_text(ben.id, ben.id, "/help")
    await bot.wait_until(lambda: len(ben.messages()) == 4)
    assert len(ann.messages()) == 2
    bot.clock.now += timedelta(hours=1)
    if bot.database.is_remote:  # which goes by its own clock
        with bot.database.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE pauses SET since = since - interval '1h', until = until - interval '1h'")
    await bot.restart()
    await bot.wait_until_idle()
    assert [text_of(one) for one in ann.messages()[2:]] == [words("help.text"), words("write.unknown_command")]


async def test_a_global_429_delays_everybody_and_keeps_their_order(
    bot: BotInProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every chat that meets the flood asks once more after the wait it was told; all get everything in order."""
    waits: list[float] = []
    monkeypatch.setattr("bot.tg.outbound.caller.seconds_of", lambda error: waits.append(seconds_of(error)) or 0.0)
    people = [Learner(bot, f"Learner {number}") for number in range(30)]
    bot.api.faults.inject("sendMessage", "flood", times=len(people), retry_after=7)
    for one in people:
        for text in ("/help", "/nonsense"):
            one.world.send_text(one.id, one.id, text)
    await bot.wait_until_idle()
    for one in people:
        assert [text_of(told) for told in one.messages()[2:]] == [words("help.text"), words("write.unknown_command")]
    assert waits == [7.0] * len(people)
