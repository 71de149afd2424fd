"""A press counts for the person who pressed and in the chat of its message, whoever that message is from."""

from typing import Any

import pytest
from bot_in_process import BotInProcess, StartBot
from forged_presses import STAND_INS, Forger, every_button
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
    """The bot before three statements."""
    return await start_bot(bank_of_true_statements(3))


async def running(bot: BotInProcess) -> tuple[GroupChat, int]:
    """Start a quiz in a group; return the group and the quiz's number."""
    group = GroupChat(bot)
    await bot.wait_until_idle()
    await group.starts()
    (session,) = group.sessions()
    return group, session.id


def chat_of(group: GroupChat) -> dict[str, Any]:
    """Return a group as Telegram describes it."""
    return {"id": group.id, "type": "group", "title": "9B"}


def controls(session: int) -> list[str]:
    """Return the data of every control, for the open round."""
    return [f"ctl:{control}:{session}:1" for control in Control]


async def test_a_bot_that_speaks_as_the_group_makes_nobody_a_leader(bot: BotInProcess) -> None:
    """Where the bot is an anonymous administrator a pupil's press leads nothing."""
    group, session = await running(bot)
    forger = Forger(bot)
    chat, ben = chat_of(group), forger.user(group.pupils[0])
    stand_in = STAND_INS["an anonymous administrator"]
    carrier = forger.carrier(chat, sender_chat=chat, **{"from": stand_in})
    before = forger.kept()
    forged = [*controls(session), "gset::1:30:0", "ggo::1:30:0"]
    answers = await forger.presses(*((ben, data, {"message": carrier}) for data in forged))
    assert set(answers) == {NOT_LEADER}
    after = forger.kept()
    assert {name: rows for name, rows in after.items() if name != "groups"} == {
        name: rows for name, rows in before.items() if name != "groups"
    }


@pytest.mark.parametrize("speaks_as_group", [False, True])
async def test_a_press_in_another_group_moves_no_quiz(bot: BotInProcess, *, speaks_as_group: bool) -> None:
    """Whoever leads group B, by name or in its name, leads no quiz of group A there; A's own leader neither."""
    group, session = await running(bot)
    other = GroupChat(bot, ())
    await bot.wait_until_idle()
    forger, chat = Forger(bot), chat_of(other)
    carrier = forger.carrier(chat, **({"sender_chat": chat} if speaks_as_group else {}))
    before = forger.kept()
    people = [forger.user(who) for who in (other.teacher, group.teacher)]
    answers = await forger.presses(*((who, data, {"message": carrier}) for data in controls(session) for who in people))
    assert set(answers) == {STALE}
    assert forger.kept() == before


async def test_a_quiz_of_a_group_is_not_led_from_a_private_chat(bot: BotInProcess) -> None:
    """Its buttons stand in the group; in private the same data means nothing, even to its host."""
    group, session = await running(bot)
    forger = Forger(bot)
    before = forger.kept()
    own = forger.carrier({"id": group.teacher.id, "type": "private"})
    host = forger.user(group.teacher)
    assert set(await forger.presses(*((host, data, {"message": own}) for data in controls(session)))) == {STALE}
    assert forger.kept() == before


async def test_an_anonymous_administrator_presses_by_name(bot: BotInProcess) -> None:
    """Telegram names who pressed, so an administrator who writes in the group's name leads by buttons too."""
    group, session = await running(bot)
    forger, chat = Forger(bot), chat_of(group)
    group.world.set_anonymous(group.id, group.teacher.id)
    carrier = forger.carrier(chat, sender_chat=chat)
    press = (forger.user(group.teacher), f"ctl:pause:{session}:1", {"message": carrier})
    assert await forger.presses(press) == [plain_text("toast.pause")]
    assert group.state().phase is Phase.HELD


async def test_a_message_that_is_no_longer_there_still_says_its_chat(bot: BotInProcess) -> None:
    """Of a message that the bot cannot see any more Telegram tells chat and number, which is enough."""
    group, session = await running(bot)
    forger = Forger(bot)
    gone = {"message_id": group.button(PAUSE)[0].id, "date": 0, "chat": chat_of(group)}
    press = (forger.user(group.teacher), f"ctl:pause:{session}:1", {"message": gone})
    assert await forger.presses(press) == [plain_text("toast.pause")]


async def lesson(start_bot: StartBot) -> tuple[Teacher, list[str]]:
    """Start a class over a link with a pupil; return its teacher and the data of every button there is."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST, NAME, HEART)))
    await teacher.opens()
    await seat_pupils(teacher, "Ann")
    await teacher.leads("start")
    pupil = teacher.pupil_rows()["Ann"].id
    return teacher, list(every_button(teacher.session, pupil, teacher.id))


PLACES: dict[str, dict[str, Any]] = {
    "no message": {},
    "an inline message": {"inline_message_id": "abc"},
    "another one's private chat": {"message": {"chat": {"id": 999_999, "type": "private"}}},
    "a channel": {"message": {"chat": {"id": -1009, "type": "channel"}}},
    "a chat of no kind": {"message": {"chat": {"id": -7, "type": "telepathy"}}},
    "a forwarded message": {"message": {"forward_origin": {"type": "user", "date": 1}}},
    "a business's message": {"message": {"business_connection_id": "b"}},
    "a person's message": {"message": {"from": {"id": 7, "is_bot": False, "first_name": "Eve"}}},
    "no message at all": {"message": None},
    "a message that is a list": {"message": []},
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
async def test_no_button_works_elsewhere(start_bot: StartBot, place: dict[str, Any]) -> None:
    """Every button of every feature, pressed by its owner where it cannot stand, changes nothing and says it is old.

    One of which Telegram says nothing but the id of an inline message is asked for once more.
    """
    teacher, buttons = await lesson(start_bot)
    forger = Forger(teacher.bot)
    more = dict(place)
    if isinstance(carrier := place.get("message"), dict):
        more["message"] = forger.carrier({"id": teacher.id, "type": "private"}) | carrier
    before = forger.kept()
    answers = await forger.presses(*((forger.user(teacher), data, more) for data in buttons))
    assert set(answers) == {plain_text("toast.again") if "inline_message_id" in place else STALE}
    assert forger.kept() == before


@pytest.mark.parametrize("presser", STAND_INS.values(), ids=STAND_INS)
async def test_no_button_obeys_who_is_nobody(start_bot: StartBot, presser: dict[str, Any]) -> None:
    """Accounts that stand in for somebody, and bots, press in vain: in private, in a group and in a group's name."""
    teacher, buttons = await lesson(start_bot)
    forger, group = Forger(teacher.bot), {"id": -77, "type": "supergroup", "title": "B"}
    carriers = [
        forger.carrier({"id": presser["id"], "type": "private"}),
        forger.carrier(group),
        forger.carrier(group, sender_chat=group),
    ]
    before = forger.kept()
    answers = await forger.presses(*((presser, data, {"message": carrier}) for data in buttons for carrier in carriers))
    assert set(answers) == {STALE}
    assert forger.kept() == before


async def test_a_strangers_forged_press_moves_no_class(start_bot: StartBot) -> None:
    """Each button that names a class or a pupil, pressed by a stranger in their own chat, changes no class."""
    teacher, buttons = await lesson(start_bot)
    forger = Forger(teacher.bot)
    stranger = Learner(teacher.bot, "Eve")
    await stranger.says("/start")
    before = forger.kept()
    own = forger.carrier({"id": stranger.id, "type": "private"})
    named = [one for one in buttons if one.split(":")[0] in NAMING]
    answers = await forger.presses(*((forger.user(stranger), data, {"message": own}) for data in named))
    # In whatever words it is refused, there are some.
    assert all(answers)
    assert forger.kept() == before


NAMING = (
    *("ctl", "controls", "nick", "pupils", "pupil", "time", "rename", "remove", "readmit", "hosts", "handover"),
    *("missed", "skip"),
)
