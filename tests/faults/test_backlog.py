"""Tests of a large backlog at Telegram: updates are fetched as fast as they are handled, and handled in order."""

from collections import defaultdict
from collections.abc import Sequence

import pytest
from bot_in_process import BotInProcess, StartBot
from learner import Learner, text_of, words
from whale_bank import NAME, make_bank

from bot.app.dispatch.service import BatchResult, ParseUpdate, QuizService, Received
from bot.tg.inbound import polling


async def check_backlog(bot: BotInProcess, waiting: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start the bot with `waiting` updates of 500 people; check the order in each lane and the inbox's length."""
    ann = Learner(bot)
    await bot.stop()
    for number in range(waiting):
        # Messages of bots cause no work: this tests only fetching and order.
        person = {"id": 10_000 + number % 500, "is_bot": True, "first_name": "Somebody"}
        chat = {"id": person["id"], "type": "private"}
        ann.world.updates.add("message", {"message_id": number, "from": person, "chat": chat, "date": 1, "text": "x"})
    ann.world.send_text(ann.id, ann.id, "/help")
    handled: defaultdict[int, list[int]] = defaultdict(list)
    longest, work, receive = 0, QuizService.process_batch, QuizService.store_updates

    def working(service: QuizService, read: ParseUpdate, most: int, waited: float = 0.0) -> BatchResult:
        worked = work(service, read, most, waited)
        for task in worked.done:
            if task.command is None:
                handled[task.update_id % 500].append(task.update_id)
        return worked

    def receiving(service: QuizService, updates: Sequence[Received], *, for_leader: bool) -> tuple[Received, ...]:
        nonlocal longest
        fresh = receive(service, updates, for_leader=for_leader)
        longest = max(longest, service.count_waiting(waiting))
        return fresh

    monkeypatch.setattr(QuizService, "process_batch", working)
    monkeypatch.setattr(QuizService, "store_updates", receiving)
    monkeypatch.setattr("bot.tg.inbound.receiver.LOOK_SECONDS", 0.0)
    await bot.start()
    await bot.wait_until(lambda: any(text_of(one) == words("help.text") for one in ann.messages()))
    await bot.wait_until_idle()
    assert sum(map(len, handled.values())) == waiting
    assert all(lane == sorted(lane) for lane in handled.values())
    assert polling.AT_ONCE <= longest < most + polling.COUNTED_EACH * polling.AT_ONCE
    assert bot.problems() == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_thousands_of_waiting_updates_are_handled_in_order(
    start_bot: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a start with 4,000 waiting updates, the inbox stays short and each lane keeps its order."""
    monkeypatch.setattr(polling, "MOST_WAITING", 300)
    monkeypatch.setattr(polling, "COUNTED_EACH", 2)
    await check_backlog(await start_bot(make_bank(NAME)), 4000, 300, monkeypatch)


@pytest.mark.long
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_hundred_thousand_waiting_updates_are_handled_in_order(
    start_bot: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same is true for 100,000 updates with the product's limit."""
    monkeypatch.setattr("bot_in_process.TIMEOUT_SECONDS", 600)
    await check_backlog(await start_bot(make_bank(NAME)), 100_000, polling.MOST_WAITING, monkeypatch)
