"""More waits at Telegram than anybody could handle at once: it is fetched as it is handled, in its order."""

from collections import defaultdict
from collections.abc import Sequence

import pytest
from bot_in_process import BotInProcess, StartBot
from learner import Learner, text_of, words
from whale_bank import NAME, make_bank

from bot.app.dispatch.service import BatchResult, ParseUpdate, QuizService, Received
from bot.tg.inbound import polling


async def hold(bot: BotInProcess, waiting: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let so many updates of 500 people wait at start; hold that few wait in the inbox, and order in each lane."""
    ann = Learner(bot)
    await bot.stop()
    for number in range(waiting):
        # Of a kind that asks for nothing: what is tested is the way there.
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
async def test_thousands_that_wait_at_start_are_handled_in_order(
    start_bot: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more are fetched than are handled."""
    monkeypatch.setattr(polling, "MOST_WAITING", 300)
    monkeypatch.setattr(polling, "COUNTED_EACH", 2)
    await hold(await start_bot(make_bank(NAME)), 4000, 300, monkeypatch)


@pytest.mark.long
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_hundred_thousand_that_wait_at_start_are_handled_in_order(
    start_bot: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What holds for thousands holds for a hundred thousand, with the bound of the product."""
    monkeypatch.setattr("bot_in_process.TIMEOUT_SECONDS", 600)
    await hold(await start_bot(make_bank(NAME)), 100_000, polling.MOST_WAITING, monkeypatch)
