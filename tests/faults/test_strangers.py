"""Tests that nobody can act for another person: strangers try every button and every link of others."""

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
from bot.store.answers import ANSWERS, QUESTION_PROGRESS
from bot.store.live_classes import LIVE_CLASSES
from bot.store.persons import PERSONS
from bot.store.pupils import PUPILS
from bot.store.sessions import POLLS, SESSIONS


class ButtonRecorder:
    """Recorder of every button that any message ever had."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.buttons: set[str] = set()
        world.subscribe(lambda _change: self._record())

    def _record(self) -> None:
        for chat in self._world.chats.values():
            for message in chat.messages.values():
                self.buttons |= {one.get("callback_data", "") for row in message.inline_keyboard for one in row}


def snapshot(bot: BotInProcess, strangers: Collection[int]) -> list[Any]:
    """Return all stored rows and all shown messages except those of the strangers."""
    sessions = [row for row in bot.rows(select(SESSIONS)) if row.person_id not in strangers]
    numbers = {row.id for row in sessions}
    stored = [
        sessions,
        [row for row in bot.rows(select(LIVE_CLASSES)) if row.id in numbers],
        [row for row in bot.rows(select(POLLS)) if row.session_id in numbers],
        [row for row in bot.rows(select(PUPILS)) if row.person_id not in strangers],
        [row for row in bot.rows(select(ANSWERS)) if row.person_id not in strangers],
        [row for row in bot.rows(select(QUESTION_PROGRESS)) if row.person_id not in strangers],
        [row for row in bot.rows(select(PERSONS)) if row.id not in strangers],
    ]
    shown = [
        (chat.id, message.id, repr(message.content), repr(message.reply_markup))
        for chat in bot.world.chats.values()
        if chat.id not in strangers
        for message in chat.messages.values()
    ]
    return [*stored, shown]


async def press_all(stranger: Learner, buttons: Collection[str]) -> None:
    """Press every button as a stranger, in the stranger's own chat; check that each press is answered."""
    await stranger.says("/help")
    for data in sorted(filter(None, buttons)):
        await stranger.presses_forged(data)
    assert "(not answered)" not in stranger.toasts()


async def test_a_stranger_cannot_use_the_buttons_of_a_solo_quiz(start_bot: StartBot) -> None:
    """If a stranger presses every button that a learner saw, nothing of the learner's changes."""
    bot = await start_bot(bank_in_order(LARGEST, NAME, HEART))
    recorder, ann, eve = ButtonRecorder(bot.world), Learner(bot, "Ann"), Learner(bot, "Eve")
    for command in ("/start", "/quiz", "/topics", "/score", "/read", "/language"):
        await ann.says(command)
    await ann.takes_quiz("/quiz 3", wrongly={1})
    await ann.says("/quiz 3")
    bot.fire_deadlines_after(minutes=1)
    await ann.says("/quiz")
    before = snapshot(bot, {eve.id})
    await press_all(eve, recorder.buttons)
    assert snapshot(bot, {eve.id}) == before
    assert any(one.startswith("skip:") for one in recorder.buttons)


async def test_strangers_and_pupils_cannot_use_the_buttons_of_a_class(start_bot: StartBot) -> None:
    """If a stranger or a pupil presses every button of a class, during it or afterwards, nothing changes."""
    bot = await start_bot(bank_in_order(LARGEST, NAME, HEART))
    recorder, teacher = ButtonRecorder(bot.world), Teacher(bot)
    await teacher.opens(BY_HAND)
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    eve = Learner(bot, "Eve")
    await teacher.leads("start")
    await ann.votes("The blue whale")
    await ben.votes("The elephant")
    others = {eve.id, ben.id}
    running = snapshot(bot, others)
    theirs = {one for one in recorder.buttons if one.startswith("ctl:")}
    assert len(theirs) >= 5
    for stranger in (eve, ben):
        await press_all(stranger, theirs)
        assert snapshot(bot, others) == running
    await teacher.leads("end", "end_yes")
    over = snapshot(bot, {eve.id})
    await press_all(eve, recorder.buttons)
    assert snapshot(bot, {eve.id}) == over


async def test_the_links_of_a_class_are_useless_after_its_end(start_bot: StartBot) -> None:
    """After its end a class cannot be joined by its code, its co-host invitation or variants of these."""
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
    before = snapshot(bot, {eve.id})
    for link in sorted(links):
        for way in ("/start {}", "/join {}", "{}"):
            await eve.says(way.format(link))
    assert snapshot(bot, {eve.id}) == before
    assert [row for row in bot.rows(select(PUPILS)) if row.person_id == eve.id] == []
    assert ann.id in {row.person_id for row in bot.rows(select(PUPILS))}


def _payloads(bot: BotInProcess) -> set[str]:
    """Return the start parameters of all links to the bot."""
    texts = [repr(message.content) for chat in bot.world.chats.values() for message in chat.messages.values()]
    return {piece.split("'")[0].split("\\")[0].split('"')[0] for one in texts for piece in one.split("?start=")[1:]}


async def test_only_the_host_can_use_the_buttons_of_a_group(start_bot: StartBot) -> None:
    """If a member who is not the host presses every button in the group, they get a toast and nothing changes."""
    group = GroupChat(await start_bot(bank_of_true_statements(3)))
    bot, ben = group.bot, group.pupils[0]
    recorder = ButtonRecorder(bot.world)
    await group.starts(UNTIMED)
    await group.vote("++")
    await group.leads(CLOSE)
    assert words("setup.start") == START
    own = snapshot(bot, {ben.id})
    newest = group.bot_messages()[-1]
    for data in sorted(filter(None, recorder.buttons)):
        original = newest.reply_markup
        newest.reply_markup = {"inline_keyboard": [[{"text": "?", "callback_data": data}]]}
        bot.world.press_button(ben.id, group.id, newest.id, data)
        newest.reply_markup = original
        await bot.wait_until_idle()
        assert snapshot(bot, {ben.id}) == own, data
    assert all(ben.toasts()), ben.toasts()
    eve = Learner(bot, "Eve")
    before = snapshot(bot, {eve.id})
    await press_all(eve, recorder.buttons)
    assert snapshot(bot, {eve.id}) == before
