"""Faults during a group quiz: missing rights, network failures, and a bot that is down."""

import pytest
from group_buttons import AGAIN, CLOSE, DISCUSS, FINISH, NEXT, PAUSE, RESUME, START, UNTIMED
from group_chat import GroupChat
from learner import buttons_of, text_of, words

from bot.core.classroom import Phase
from bot.playground.faults import FaultKind

pytestmark = pytest.mark.usefixtures("no_retry_delays")
FAULTS: tuple[FaultKind, ...] = ("flood", "error", "gateway", "reset")


async def test_a_quiz_without_the_right_to_send_polls_pauses(group: GroupChat) -> None:
    """A quiz that may not send polls pauses and says which right is missing; each Resume tries again."""
    group.world.forbid_polls(group.id)
    reply, paused = await group.starts("15 s")
    assert text_of(reply) == words("group.no_polls")
    assert text_of(paused) == words("group.waiting", round=1, of=3)
    assert await group.waits(hours=1) == []
    reply, paused = await group.leads(RESUME)
    assert text_of(reply) == words("group.no_polls")
    group.world.forbid_polls(group.id, forbidden=False)
    (asked,) = await group.leads(RESUME)
    assert asked.content.poll_id
    assert buttons_of(paused) == []
    await group.vote("++")
    (revealed,) = await group.waits(seconds=18)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=2, answered=2))


async def test_a_bot_that_becomes_an_administrator_may_send_polls(group: GroupChat) -> None:
    """A bot that is promoted to administrator may send polls although members may not."""
    group.world.forbid_polls(group.id)
    await group.starts()
    group.world.set_member_status(group.id, group.world.bot.id, "administrator")
    (asked,) = await group.leads(RESUME)
    assert asked.content.poll_id


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_group_quiz_survives_each_fault(group: GroupChat, fault: FaultKind) -> None:
    """Faults while asking and closing only delay the quiz, and change neither messages nor marks."""
    for method in ("sendMessage", "sendPoll", "stopPoll", "editMessageText", "getChatAdministrators"):
        group.bot.api.faults.inject(method, fault, times=2, retry_after=0)
    (asked,) = await group.starts(UNTIMED)
    assert asked.content.poll_id
    poll = group.poll()
    await group.vote("+-")
    (revealed,) = await group.leads(CLOSE)
    assert poll.is_closed
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=1, answered=2))
    (asked,) = await group.leads(NEXT)
    assert asked.content.poll_id


async def test_a_restart_in_each_phase_changes_nothing(group: GroupChat) -> None:
    """A bot that is restarted before each step of a quiz acts as without restarts."""
    restart = group.bot.restart
    await group.says(group.teacher, "/quiz 2")
    await restart()
    await group.presses(group.teacher, UNTIMED)
    await restart()
    (asked,) = await group.presses(group.teacher, START)
    await restart()
    await group.vote("-.")
    await restart()
    (discussion,) = await group.leads(DISCUSS)
    await restart()
    (asked,) = await group.leads(AGAIN)
    await restart()
    await group.vote("+-")
    await restart()
    await group.leads(PAUSE)
    assert RESUME in buttons_of(asked)
    await restart()
    await group.leads(RESUME)
    await restart()
    (revealed,) = await group.leads(CLOSE)
    assert "0 → 1 · " in text_of(revealed)
    assert buttons_of(discussion) == []
    await restart()
    await group.leads(NEXT)
    await restart()
    await group.vote("++")
    await restart()
    (revealed,) = await group.leads(CLOSE)
    await restart()
    (result,) = await group.leads(FINISH)
    assert "🥇 Ben · 2 of 2\n🥈 Cyd · 1 of 2" in text_of(result)
    await restart()
    assert await group.does(lambda: None) == []


async def test_a_deadline_during_downtime_closes_the_round_at_the_start(group: GroupChat) -> None:
    """A deadline that passed while the bot was down closes one round at the start, and votes of that time count."""
    await group.starts("15 s")
    poll = group.poll()
    await group.bot.stop()
    group.cast("+-")
    group.bot.clock.now = group.bot.clock.now.replace(minute=30)
    await group.bot.start()
    await group.bot.wait_until(lambda: poll.is_closed)
    await group.bot.wait_until_idle()
    revealed = group.bot_messages()[-1]
    assert text_of(revealed).startswith("1/3.")
    assert group.state().phase is Phase.REVEALED
