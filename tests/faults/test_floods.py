"""Tests of floods: a 429 from Telegram delays its chat, and a person who sends too much is throttled."""

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

ALLOWED = 20
FLOOD = 1000


@pytest.fixture
async def bot(start_bot: StartBot, monkeypatch: pytest.MonkeyPatch) -> BotInProcess:
    """A bot that accepts twenty requests of a person in ten seconds."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # the product's setting
    monkeypatch.setattr(
        "bot_in_process.TelegramAdapter",
        lambda *given, **named: TelegramAdapter(*given, throttle=Throttle(ALLOWED), **named),
    )
    return await start_bot(bank_in_order(LARGEST, NAME))


def flood(person: Learner, count: int = FLOOD) -> None:
    """Send many messages of one person at once."""
    for _ in range(count):
        person.world.send_text(person.id, person.id, "/help")


class Cost:
    """The bot's work so far: SQL statements and stored updates."""

    def __init__(self, bot: BotInProcess) -> None:
        self._bot = bot
        self.statements = 0
        event.listen(bot.database.engine, "before_cursor_execute", lambda *_: self._count())

    def _count(self) -> None:
        self.statements += 1

    def updates(self) -> int:
        """Count the stored updates."""
        return int(self._bot.rows(select(func.count()).select_from(INBOX))[0][0])


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
async def test_a_flood_gets_one_warning_and_is_then_ignored(bot: BotInProcess, language: str) -> None:
    """Of a thousand messages twenty are handled, one gets a warning in the person's language, others are ignored."""
    ann = Learner(bot, language=language)
    answers = await ann.does(partial(flood, ann))
    expected = [words("help.text", language)] * ALLOWED + [words("write.too_much", language)]
    assert [text_of(one) for one in answers] == expected


async def test_a_flood_of_presses_gets_one_warning(bot: BotInProcess) -> None:
    """The first press above the allowance gets a toast, and further presses get none."""
    ann = Learner(bot)
    await ann.says("/quiz")
    message = ann.messages()[-1]
    data = message.inline_keyboard[0][0]["callback_data"]
    await ann.does(lambda: [ann.world.press_button(ann.id, ann.id, message.id, data) for _ in range(100)])
    warning = words("toast.too_much")
    assert [toast == warning for toast in ann.toasts()][ALLOWED - 1 : ALLOWED + 1] == [True, False]
    assert ann.toasts()[ALLOWED:] == ["(not answered)"] * (100 - ALLOWED)


async def test_a_flood_does_not_make_the_quiz_of_another_more_costly(bot: BotInProcess) -> None:
    """A quiz beside a flood needs the same updates and messages, and about as many statements, as one without."""
    cost, eve, costs = Cost(bot), Learner(bot, "Eve"), []
    await eve.does(partial(flood, eve))
    for name, asked in (("Ann", 0), ("Ben", FLOOD)):
        learner, before = Learner(bot, name), (cost.statements, cost.updates())
        flood(eve, asked)
        assert await learner.takes_quiz("/quiz 2")
        costs.append((cost.statements - before[0], cost.updates() - before[1], len(learner.messages())))
    calm, beside = costs
    assert beside[1:] == calm[1:]
    # The batches of deliveries differ from run to run: by a few statements, but not by some for each message.
    assert abs(beside[0] - calm[0]) < FLOOD / 10


async def test_answers_of_a_throttled_person_count(bot: BotInProcess) -> None:
    """A throttled person's votes, and texts that a question expects, are handled."""
    ann = Learner(bot)
    await ann.says("/quiz 2")
    await ann.does(partial(flood, ann))
    ann.world.vote(ann.id, ann.poll().id, list(ann.poll().correct_option_ids))
    flood(ann)
    await bot.wait_until_idle()
    flood(ann)
    await ann.says("blue whale")
    assert ann.marks() == {"largest": True, "name": True}


async def test_a_long_flood_wait_delays_only_its_chat(bot: BotInProcess) -> None:
    """A chat with a flood wait of an hour gets its messages in order afterwards, even after a restart."""
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
    if bot.database.is_remote:  # a server uses its own clock
        with bot.database.engine.begin() as connection:
            hour = "interval '1h'"
            connection.exec_driver_sql(f"UPDATE flood_waits SET since = since - {hour}, until = until - {hour}")  # noqa: S608
    await bot.restart()
    await bot.wait_until_idle()
    assert [text_of(one) for one in ann.messages()[2:]] == [words("help.text"), words("write.unknown_command")]


async def test_flood_waits_in_all_chats_keep_the_order_of_messages(
    bot: BotInProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each chat's message is sent again after its flood wait, and each chat gets all messages in order."""
    waits: list[float] = []
    monkeypatch.setattr("bot.tg.outbound.caller.seconds_of", lambda error: waits.append(seconds_of(error)) or 0.0)
    people = [Learner(bot, f"Learner {number}") for number in range(30)]
    bot.api.faults.inject("sendMessage", "flood", times=len(people), retry_after=7)
    for one in people:
        for text in ("/help", "/nonsense"):
            one.world.send_text(one.id, one.id, text)
    await bot.wait_until_idle()
    for one in people:
        assert [text_of(message) for message in one.messages()[2:]] == [
            words("help.text"),
            words("write.unknown_command"),
        ]
    assert waits == [7.0] * len(people)
