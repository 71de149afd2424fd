"""A group that becomes a supergroup, or puts the bot out: its quiz waits, and is followed."""

import pytest
from group_buttons import CLOSE, END, END_YES, NEXT, RESUME, START, UNTIMED
from group_chat import GroupChat
from learner import buttons_of, text_of, words

from bot.core.classroom import Phase
from bot.playground.world import Message

pytestmark = pytest.mark.usefixtures("no_retry_delays")


async def test_whom_a_group_allowed_leads_in_the_supergroup_too(group: GroupChat) -> None:
    """Those allowed to lead go along when the group moves."""
    ben = group.pupils[0]
    written = group.world.send_text(ben.id, group.id, "May I?")
    await group.says(group.teacher, "/allow", reply_to=written.id)
    await moves(group)
    (setup,) = await group.says(ben, "/quiz")
    assert START in buttons_of(setup)


async def test_a_group_that_puts_the_bot_out_finds_the_quiz_waiting(group: GroupChat) -> None:
    """The quiz waits while the bot is out, and shows its controls when it is let in again."""
    await group.starts("15 s")
    await group.vote("+-")
    await group.does(lambda: group.world.set_member_status(group.id, group.world.bot.id, "kicked"))
    assert group.state().phase is Phase.HELD
    await group.bot.advance(hours=1)
    (waits,) = await group.does(lambda: group.world.set_member_status(group.id, group.world.bot.id, "member"))
    assert text_of(waits) == words("group.waiting", round=1, of=3)
    await group.leads(RESUME)
    (revealed,) = await group.waits(seconds=18)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=1, answered=2))


async def test_a_bot_put_out_under_the_question_asks_it_when_it_is_back(group: GroupChat) -> None:
    """A question that met a closed door is put again by Go on."""
    await group.starts(UNTIMED)
    await group.vote("++")
    await group.leads(CLOSE)
    message, data = group.button(NEXT)
    group.bot.fire_deadlines_after(seconds=2)

    def press_and_put_out() -> None:
        group.world.press_button(group.teacher.id, group.id, message.id, data)
        group.world.set_member_status(group.id, group.world.bot.id, "kicked")

    assert await group.does(press_and_put_out) == []
    assert group.state().phase is Phase.HELD
    await group.does(lambda: group.world.set_member_status(group.id, group.world.bot.id, "member"))
    (asked,) = await group.leads(RESUME)
    assert asked.content.poll_id
    assert group.poll().question.text.startswith("2/3.")


async def test_a_group_that_becomes_a_supergroup_is_followed(group: GroupChat) -> None:
    """An open question is put again in the new chat, the votes given stand, and the quiz goes on there."""
    await group.starts(UNTIMED)
    await group.vote("+.")
    (asked,) = await moves(group)
    assert asked.content.poll_id
    assert group.poll().question.text.startswith("1/3.")
    await group.vote("+-")
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=1, answered=2))
    (asked,) = await group.leads(NEXT)
    assert asked.content.poll_id
    await group.leads(END)
    await group.leads(END_YES)
    assert group.sessions() == []


async def moves(group: GroupChat) -> list[Message]:
    """Turn the group into a supergroup; give what the bot says there."""
    new = group.world.migrate_group(group.id)
    group.id = new.id
    return await group.does(lambda: None)


async def test_a_move_between_rounds_asks_nothing_again(group: GroupChat) -> None:
    """Where no question is open the next one simply comes in the new chat."""
    await group.starts("15 s")
    await group.vote("++")
    await group.leads(CLOSE)
    assert await moves(group) == []
    (asked,) = await group.waits(seconds=21)
    assert asked.content.poll_id


async def test_a_move_that_a_message_meets_first_is_followed(group: GroupChat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram's answer to a question for the old chat names the new one, before any update tells of the move."""
    await group.starts("15 s")
    await group.vote("++")
    await group.leads(CLOSE)
    with monkeypatch.context() as silence:
        silence.setattr(group.world, "queue_update", lambda _kind, _body: None)
        group.id = group.world.migrate_group(group.id).id
    await group.bot.advance(seconds=21)
    assert group.poll().question.text.startswith("2/3.")
    assert len(group.sessions()) == 1
    await group.vote("+-")
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=2, of=3, right=1, answered=2))
    (shown,) = await group.says(group.teacher, "/quiz")
    assert text_of(shown) == words("group.running", round=2, of=3)
