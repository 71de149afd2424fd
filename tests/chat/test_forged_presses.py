"""A press counts for the person who pressed, in the chat of its message, regardless of the message's sender."""

from typing import Any

import pytest
from bot_in_process import BotInProcess, StartBot
from forged_presses import NOT_PEOPLE, Forger, every_button
from group_buttons import PAUSE
from group_chat import GroupChat, plain_text
from learner import Learner
from pupils import Teacher, seat_pupils
from whale_bank import HEART, LARGEST, NAME, bank_in_order, bank_of_true_statements

from bot.app.commands import Control
from bot.core.classroom import Phase

STALE, NOT_LEADER = plain_text("toast.stale"), plain_text("toast.not_leader")


@pytest.fixture
async def bot(start_bot: StartBot) -> BotInProcess:
    """The bot with a bank of three statements."""
    return await start_bot(bank_of_true_statements(3))


async def start_group_quiz(bot: BotInProcess) -> tuple[GroupChat, int]:
    """Start a quiz in a group; return the group and the session id."""
    group = GroupChat(bot)
    await bot.wait_until_idle()
    await group.starts()
    (session,) = group.sessions()
    return group, session.id


def chat_of(group: GroupChat) -> dict[str, Any]:
    """Return a group as a Chat object of the Bot API."""
    return {"id": group.id, "type": "group", "title": "9B"}


def control_data(session: int) -> list[str]:
    """Return the data of every control button in the open round."""
    return [f"ctl:{control}:{session}:1" for control in Control]


async def test_a_bot_that_writes_as_the_group_makes_nobody_a_leader(bot: BotInProcess) -> None:
    """A pupil's press under a message of the bot as an anonymous administrator controls nothing."""
    group, session = await start_group_quiz(bot)
    forger = Forger(bot)
    chat, ben = chat_of(group), forger.user(group.pupils[0])
    anonymous = NOT_PEOPLE["an anonymous administrator"]
    message = forger.message_in(chat, sender_chat=chat, **{"from": anonymous})
    before = forger.stored()
    forged = [*control_data(session), "gset::1:30:0", "ggo::1:30:0"]
    answers = await forger.presses(*((ben, data, {"message": message}) for data in forged))
    assert set(answers) == {NOT_LEADER}
    after = forger.stored()
    assert {name: rows for name, rows in after.items() if name != "groups"} == {
        name: rows for name, rows in before.items() if name != "groups"
    }


@pytest.mark.parametrize("speaks_as_group", [False, True])
async def test_a_press_in_another_group_moves_no_quiz(bot: BotInProcess, *, speaks_as_group: bool) -> None:
    """The leaders of group B and of group A cannot control a quiz of group A from group B."""
    group, session = await start_group_quiz(bot)
    other = GroupChat(bot, ())
    await bot.wait_until_idle()
    forger, chat = Forger(bot), chat_of(other)
    message = forger.message_in(chat, **({"sender_chat": chat} if speaks_as_group else {}))
    before = forger.stored()
    people = [forger.user(person) for person in (other.teacher, group.teacher)]
    answers = await forger.presses(
        *((person, data, {"message": message}) for data in control_data(session) for person in people)
    )
    assert set(answers) == {STALE}
    assert forger.stored() == before


async def test_a_quiz_of_a_group_is_not_led_from_a_private_chat(bot: BotInProcess) -> None:
    """The data of a control button does nothing in a private chat, even for the host."""
    group, session = await start_group_quiz(bot)
    forger = Forger(bot)
    before = forger.stored()
    own = forger.message_in({"id": group.teacher.id, "type": "private"})
    host = forger.user(group.teacher)
    assert set(await forger.presses(*((host, data, {"message": own}) for data in control_data(session)))) == {STALE}
    assert forger.stored() == before


async def test_an_anonymous_administrator_presses_by_name(bot: BotInProcess) -> None:
    """An administrator who writes as the group can use the controls, since Telegram names the person who pressed."""
    group, session = await start_group_quiz(bot)
    forger, chat = Forger(bot), chat_of(group)
    group.world.set_anonymous(group.id, group.teacher.id)
    message = forger.message_in(chat, sender_chat=chat)
    press = (forger.user(group.teacher), f"ctl:pause:{session}:1", {"message": message})
    assert await forger.presses(press) == [plain_text("toast.pause")]
    assert group.state().phase is Phase.HELD


async def test_a_press_under_an_inaccessible_message_counts(bot: BotInProcess) -> None:
    """A press under a message that the bot can no longer access counts: Telegram sends its chat and id."""
    group, session = await start_group_quiz(bot)
    forger = Forger(bot)
    inaccessible = {"message_id": group.button(PAUSE)[0].id, "date": 0, "chat": chat_of(group)}
    press = (forger.user(group.teacher), f"ctl:pause:{session}:1", {"message": inaccessible})
    assert await forger.presses(press) == [plain_text("toast.pause")]


async def start_class(start_bot: StartBot) -> tuple[Teacher, list[str]]:
    """Start a link class with one pupil; return the teacher and the data of every button."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST, NAME, HEART)))
    await teacher.opens()
    await seat_pupils(teacher, "Ann")
    await teacher.leads("start")
    pupil = teacher.pupil_rows()["Ann"].id
    return teacher, list(every_button(teacher.session, pupil, teacher.id))


WRONG_CONTEXTS: dict[str, dict[str, Any]] = {
    "no message": {},
    "an inline message": {"inline_message_id": "abc"},
    "another person's private chat": {"message": {"chat": {"id": 999_999, "type": "private"}}},
    "a channel": {"message": {"chat": {"id": -1009, "type": "channel"}}},
    "a chat of an unknown type": {"message": {"chat": {"id": -7, "type": "telepathy"}}},
    "a forwarded message": {"message": {"forward_origin": {"type": "user", "date": 1}}},
    "a business message": {"message": {"business_connection_id": "b"}},
    "a person's message": {"message": {"from": {"id": 7, "is_bot": False, "first_name": "Eve"}}},
    "a message that is null": {"message": None},
    "a message that is a list": {"message": []},
}


@pytest.mark.parametrize("context", WRONG_CONTEXTS.values(), ids=WRONG_CONTEXTS)
async def test_no_button_works_in_a_wrong_context(start_bot: StartBot, context: dict[str, Any]) -> None:
    """Each button of each feature, pressed by its owner where it cannot be, changes nothing and is called outdated.

    A press under an inline message, of which Telegram sends only the id, is answered with "press again".
    """
    teacher, buttons = await start_class(start_bot)
    forger = Forger(teacher.bot)
    more = dict(context)
    if isinstance(message := context.get("message"), dict):
        more["message"] = forger.message_in({"id": teacher.id, "type": "private"}) | message
    before = forger.stored()
    answers = await forger.presses(*((forger.user(teacher), data, more) for data in buttons))
    assert set(answers) == {plain_text("toast.again") if "inline_message_id" in context else STALE}
    assert forger.stored() == before


@pytest.mark.parametrize("presser", NOT_PEOPLE.values(), ids=NOT_PEOPLE)
async def test_presses_of_bots_and_telegrams_own_accounts_do_nothing(
    start_bot: StartBot, presser: dict[str, Any]
) -> None:
    """A press of a bot or an account of Telegram's changes nothing: in private, in a group, as the group."""
    teacher, buttons = await start_class(start_bot)
    forger, group = Forger(teacher.bot), {"id": -77, "type": "supergroup", "title": "B"}
    messages = [
        forger.message_in({"id": presser["id"], "type": "private"}),
        forger.message_in(group),
        forger.message_in(group, sender_chat=group),
    ]
    before = forger.stored()
    answers = await forger.presses(*((presser, data, {"message": one}) for data in buttons for one in messages))
    assert set(answers) == {STALE}
    assert forger.stored() == before


async def test_a_strangers_forged_press_changes_no_class(start_bot: StartBot) -> None:
    """A button that names a class or a pupil, pressed by a stranger in their own chat, changes no class."""
    teacher, buttons = await start_class(start_bot)
    forger = Forger(teacher.bot)
    stranger = Learner(teacher.bot, "Eve")
    await stranger.says("/start")
    before = forger.stored()
    own = forger.message_in({"id": stranger.id, "type": "private"})
    forged = [one for one in buttons if one.split(":")[0] in BUTTONS_WITH_IDS]
    answers = await forger.presses(*((forger.user(stranger), data, {"message": own}) for data in forged))
    # The refusals differ, but none is empty.
    assert all(answers)
    assert forger.stored() == before


BUTTONS_WITH_IDS = (
    *("ctl", "controls", "nick", "pupils", "pupil", "time", "rename", "remove", "readmit", "hosts", "handover"),
    *("missed", "skip"),
)
