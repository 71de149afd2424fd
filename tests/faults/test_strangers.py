"""Nobody acts for another: every button ever shown and every link ever given, tried by somebody whom it is not for."""

from collections.abc import Collection
from typing import Any

from bot_in_process import BotInProcess, StartBot
from group_buttons import CLOSE, START, UNTIMED
from group_chat import GroupChat
from learner import Learner, words
from pupils import BY_HAND, Pupil, Teacher, seat_pupils
from sqlalchemy import select
from whale_bank import HEART, LARGEST, NAME, bank_in_order, bank_of_true_statements

from bot.playground.world import World
from bot.store.answers import ANSWERS, ITEMS
from bot.store.live_classes import LIVE_CLASSES
from bot.store.persons import PERSONS
from bot.store.pupils import PUPILS
from bot.store.sessions import POLLS, SESSIONS


class Witness:
    """Somebody who remembers every button that any message ever had."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.buttons: set[str] = set()
        world.subscribe(lambda _change: self._look())

    def _look(self) -> None:
        for chat in self._world.chats.values():
            for message in chat.messages.values():
                self.buttons |= {one.get("callback_data", "") for row in message.inline_keyboard for one in row}


def standing(bot: BotInProcess, strangers: Collection[int]) -> list[Any]:
    """Give all that is kept and all that is shown of everybody but the strangers."""
    sessions = [row for row in bot.rows(select(SESSIONS)) if row.person_id not in strangers]
    numbers = {row.id for row in sessions}
    kept = [
        sessions,
        [row for row in bot.rows(select(LIVE_CLASSES)) if row.id in numbers],
        [row for row in bot.rows(select(POLLS)) if row.session_id in numbers],
        [row for row in bot.rows(select(PUPILS)) if row.person_id not in strangers],
        [row for row in bot.rows(select(ANSWERS)) if row.person_id not in strangers],
        [row for row in bot.rows(select(ITEMS)) if row.person_id not in strangers],
        [row for row in bot.rows(select(PERSONS)) if row.id not in strangers],
    ]
    shown = [
        (chat.id, message.id, repr(message.content), repr(message.reply_markup))
        for chat in bot.world.chats.values()
        if chat.id not in strangers
        for message in chat.messages.values()
    ]
    return [*kept, shown]


async def everything_pressed(stranger: Learner, buttons: Collection[str]) -> None:
    """Let a stranger press every button from the own chat, and hear something of each."""
    await stranger.says("/help")
    for data in sorted(filter(None, buttons)):
        await stranger.presses_forged(data)
    assert "(not answered)" not in stranger.toasts()


async def test_every_button_of_a_quiz_alone_is_its_learners(start_bot: StartBot) -> None:
    """A stranger presses all that a learner saw, from the choice to the result: nothing of the learner's changes."""
    bot = await start_bot(bank_in_order(LARGEST, NAME, HEART))
    witness, ann, eve = Witness(bot.world), Learner(bot, "Ann"), Learner(bot, "Eve")
    for command in ("/start", "/quiz", "/topics", "/score", "/read", "/language"):
        await ann.says(command)
    await ann.takes_quiz("/quiz 3", wrongly={1})
    await ann.says("/quiz 3")
    bot.fire_deadlines_after(minutes=1)
    await ann.says("/quiz")
    before = standing(bot, {eve.id})
    await everything_pressed(eve, witness.buttons)
    assert standing(bot, {eve.id}) == before
    assert any(one.startswith("skip:") for one in witness.buttons)


async def test_every_button_of_a_class_is_for_whom_it_was_shown_to(start_bot: StartBot) -> None:
    """A stranger and a pupil press all that a teacher and a class saw, while it runs and after it: nothing changes."""
    bot = await start_bot(bank_in_order(LARGEST, NAME, HEART))
    witness, teacher = Witness(bot.world), Teacher(bot)
    await teacher.opens(BY_HAND)
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    eve = Learner(bot, "Eve")
    await teacher.leads("start")
    await ann.votes("The blue whale")
    await ben.votes("The elephant")
    others = {eve.id, ben.id}
    running = standing(bot, others)
    theirs = {one for one in witness.buttons if one.startswith("ctl:")}
    assert len(theirs) >= 5
    for stranger in (eve, ben):
        await everything_pressed(stranger, theirs)
        assert standing(bot, others) == running
    await teacher.leads("end", "end_yes")
    over = standing(bot, {eve.id})
    await everything_pressed(eve, witness.buttons)
    assert standing(bot, {eve.id}) == over


async def test_every_link_of_a_class_leads_nowhere_after_its_end(start_bot: StartBot) -> None:
    """Its code, its invitation for another teacher and their like in other forms let nobody in once it is over."""
    bot = await start_bot(bank_in_order(LARGEST, NAME))
    teacher = Teacher(bot)
    await teacher.opens(BY_HAND)
    (ann,) = await seat_pupils(teacher, "Ann")
    links = {one for one in _payloads(bot) if one} | {
        teacher.code,
        teacher.code.lower(),
        teacher.class_row().invitation,
    }
    await teacher.leads("start", "end", "end_yes")
    eve = Pupil(bot, "Eve")
    before = standing(bot, {eve.id})
    for link in sorted(links):
        for way in ("/start {}", "/join {}", "{}"):
            await eve.says(way.format(link))
    assert standing(bot, {eve.id}) == before
    assert [row for row in bot.rows(select(PUPILS)) if row.person_id == eve.id] == []
    assert ann.id in {row.person_id for row in bot.rows(select(PUPILS))}


def _payloads(bot: BotInProcess) -> set[str]:
    """Give what stands behind every link that leads to the bot."""
    said = [repr(message.content) for chat in bot.world.chats.values() for message in chat.messages.values()]
    return {piece.split("'")[0].split("\\")[0].split('"')[0] for one in said for piece in one.split("?start=")[1:]}


async def test_every_button_of_a_group_needs_who_leads(start_bot: StartBot) -> None:
    """A member who leads nothing presses all that the bot showed in the group: they hear a toast, nothing changes."""
    group = GroupChat(await start_bot(bank_of_true_statements(3)))
    bot, ben = group.bot, group.pupils[0]
    witness = Witness(bot.world)
    await group.starts(UNTIMED)
    await group.vote("++")
    await group.leads(CLOSE)
    assert words("setup.start") == START
    own = standing(bot, {ben.id})
    newest = group.bot_messages()[-1]
    for data in sorted(filter(None, witness.buttons)):
        kept = newest.reply_markup
        newest.reply_markup = {"inline_keyboard": [[{"text": "?", "callback_data": data}]]}
        bot.world.press_button(ben.id, group.id, newest.id, data)
        newest.reply_markup = kept
        await bot.wait_until_idle()
        assert standing(bot, {ben.id}) == own, data
    assert all(ben.toasts()), ben.toasts()
    eve = Learner(bot, "Eve")
    before = standing(bot, {eve.id})
    await everything_pressed(eve, witness.buttons)
    assert standing(bot, {eve.id}) == before
