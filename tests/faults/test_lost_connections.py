"""Tests of connections that break during COMMIT: stored messages are sent, and lost transactions are repeated."""

from itertools import cycle

import pytest
from bot_in_process import BotInProcess
from cut_lines import cut_at_commit
from learner import Learner, text_of, words
from postgresql import MakeUrl
from sqlalchemy import func, select
from whale_bank import HEART, LARGEST, NAME, bank_in_order

from bot.store.answers import ANSWERS

pytestmark = pytest.mark.usefixtures("no_retry_delays")


@pytest.mark.parametrize("spared", [1, 2, 3])
async def test_a_quiz_continues_through_doubtful_commits(make_postgresql: MakeUrl, spared: int) -> None:
    """If every second, third or fourth COMMIT breaks, each answer counts once and each message comes once."""
    bot = BotInProcess(bank_in_order(LARGEST, NAME, HEART), make_postgresql(""))
    await bot.start()
    await bot.wait_until(bot._adapter._membership.leading.is_set)
    pattern = cycle([*["spared"] * spared, "after", *["spared"] * spared, "before"])
    with cut_at_commit(bot.database.engine, lambda: next(pattern)):
        ann = Learner(bot)
        await ann.says("/quiz 3")
        await ann.votes("The elephant")
        await ann.says("blue whale")
        await ann.says("180")
        await bot.wait_until_idle()
    assert words("result.title", right=2, of=3) in text_of(ann.messages()[-1])
    assert ann.marks() == {"largest": False, "name": True, "heart": True}
    assert bot.rows(select(func.count()).select_from(ANSWERS))[0][0] == 3
    said = [
        (text_of(one), one.content.poll_id and ann.world.polls[one.content.poll_id].question.text)
        for one in ann.messages()
    ]
    assert len(said) == len(set(said))
    assert bot.problems() == []
    await bot.stop()
    bot.close()
