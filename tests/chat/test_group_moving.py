"""A group that becomes a supergroup, or removes the bot: its quiz pauses, or continues in the new chat."""

import pytest
from group_buttons import CLOSE, END, END_YES, NEXT, RESUME, START, UNTIMED
from group_chat import GroupChat
from learner import buttons_of, text_of, words

from bot.core.classroom import Phase
from bot.playground.world import Message

pytestmark = pytest.mark.usefixtures("no_retry_delays")


async def test_allowed_people_can_lead_in_the_supergroup(group: GroupChat) -> None:
    """A person who was allowed to lead in a group is still allowed after it became a supergroup."""
    ben = group.pupils[0]
    written = group.world.send_text(ben.id, group.id, "May I?")
    await group.says(group.teacher, "/allow", reply_to=written.id)
    await migrate(group)
    (setup,) = await group.says(ben, "/quiz")
    assert START in buttons_of(setup)


async def test_a_quiz_pauses_while_the_bot_is_removed(group: GroupChat) -> None:
    """A quiz pauses when the bot is removed, and its controls are shown when the bot is added again."""
    await group.starts("15 s")
    await group.vote("+-")
    await group.does(lambda: group.world.set_member_status(group.id, group.world.bot.id, "kicked"))
    assert group.state().phase is Phase.HELD
    await group.bot.advance(hours=1)
    (paused,) = await group.does(lambda: group.world.set_member_status(group.id, group.world.bot.id, "member"))
    assert text_of(paused) == words("group.waiting", round=1, of=3)
    await group.leads(RESUME)
    (revealed,) = await group.waits(seconds=18)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=1, answered=2))


async def test_a_question_that_a_removed_bot_could_not_send_is_sent_later(group: GroupChat) -> None:
    """A question that could not be sent because the bot was removed is sent when the quiz is resumed."""
    await group.starts(UNTIMED)
    await group.vote("++")
    await group.leads(CLOSE)
    message, data = group.button(NEXT)
    group.bot.fire_deadlines_after(seconds=2)

    def press_and_remove_bot() -> None:
        group.world.press_button(group.teacher.id, group.id, message.id, data)
        group.world.set_member_status(group.id, group.world.bot.id, "kicked")

    assert await group.does(press_and_remove_bot) == []
    assert group.state().phase is Phase.HELD
    await group.does(lambda: group.world.set_member_status(group.id, group.world.bot.id, "member"))
    (asked,) = await group.leads(RESUME)
    assert asked.content.poll_id
    assert group.poll().question.text.startswith("2/3.")


async def test_a_quiz_continues_in_the_supergroup(group: GroupChat) -> None:
    """An open question is sent again in the new chat, earlier votes count, and the quiz continues there."""
    await group.starts(UNTIMED)
    await group.vote("+.")
    (asked,) = await migrate(group)
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


async def migrate(group: GroupChat) -> list[Message]:
    """Turn the group into a supergroup; return the bot's messages there."""
    new = group.world.migrate_group(group.id)
    group.id = new.id
    return await group.does(lambda: None)


async def test_a_migration_between_rounds_repeats_no_question(group: GroupChat) -> None:
    """A migration without an open question repeats nothing; the next question is sent to the new chat."""
    await group.starts("15 s")
    await group.vote("++")
    await group.leads(CLOSE)
    assert await migrate(group) == []
    (asked,) = await group.waits(seconds=21)
    assert asked.content.poll_id


async def test_a_migration_learned_from_an_error_is_followed(group: GroupChat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram's error for a question to the old chat names the new chat, and the quiz continues there."""
    await group.starts("15 s")
    await group.vote("++")
    await group.leads(CLOSE)
    with monkeypatch.context() as without_updates:
        without_updates.setattr(group.world, "queue_update", lambda _kind, _body: None)
        group.id = group.world.migrate_group(group.id).id
    await group.bot.advance(seconds=21)
    assert group.poll().question.text.startswith("2/3.")
    assert len(group.sessions()) == 1
    await group.vote("+-")
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=2, of=3, right=1, answered=2))
    (shown,) = await group.says(group.teacher, "/quiz")
    assert text_of(shown) == words("group.running", round=2, of=3)
