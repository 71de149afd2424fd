"""What can go wrong around a quiz in a group: rights that are missing, a failing network, a bot that is down."""

import pytest
from group_buttons import AGAIN, CLOSE, DISCUSS, FINISH, NEXT, PAUSE, RESUME, START, UNTIMED
from group_chat import GroupChat
from learner import buttons_of, text_of, words

from bot.core.classroom import Phase
from bot.playground.faults import FaultKind

pytestmark = pytest.mark.usefixtures("no_retry_delays")
FAULTS: tuple[FaultKind, ...] = ("flood", "error", "gateway", "reset")


async def test_without_the_right_to_send_polls_it_waits(group: GroupChat) -> None:
    """The bot says what to switch on; Go on asks again, and again if that did not help."""
    group.world.forbid_polls(group.id)
    told, waits = await group.starts("15 s")
    assert text_of(told) == words("group.no_polls")
    assert text_of(waits) == words("group.waiting", round=1, of=3)
    assert await group.waits(hours=1) == []
    told, waits = await group.leads(RESUME)
    assert text_of(told) == words("group.no_polls")
    group.world.forbid_polls(group.id, forbidden=False)
    (asked,) = await group.leads(RESUME)
    assert asked.content.poll_id
    assert buttons_of(waits) == []
    await group.vote("++")
    (revealed,) = await group.waits(seconds=18)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=2, answered=2))


async def test_a_bot_that_becomes_an_administrator_may_send_polls(group: GroupChat) -> None:
    """Where members may not send polls, an administrator may."""
    group.world.forbid_polls(group.id)
    await group.starts()
    group.world.set_member_status(group.id, group.world.bot.id, "administrator")
    (asked,) = await group.leads(RESUME)
    assert asked.content.poll_id


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_quiz_goes_through_every_trouble(group: GroupChat, fault: FaultKind) -> None:
    """Failures while asking and closing delay, and change neither what is said nor what counts."""
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


async def test_a_restart_in_every_phase_changes_nothing(group: GroupChat) -> None:
    """The bot is stopped and started before each step of a quiz, and everything is as it would have been."""
    restart = group.bot.restart
    await group.says(group.teacher, "/quiz 2")
    await restart()
    await group.presses(group.teacher, UNTIMED)
    await restart()
    (asked,) = await group.presses(group.teacher, START)
    await restart()
    await group.vote("-.")
    await restart()
    (talked,) = await group.leads(DISCUSS)
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
    assert buttons_of(talked) == []
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


async def test_time_that_ran_out_while_the_bot_was_down_closes_at_start(group: GroupChat) -> None:
    """What was voted meanwhile counts, and one round is closed, not all of them."""
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
