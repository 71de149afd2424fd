"""Simulated pupils join a class by the teacher's link, with a nickname and a real name."""

import pytest
from reliable_pupils import LESSON_SECONDS, join_only_pupil, with_traits
from schoolroom import Schoolroom

from bot.core.question import Bank

NICKNAME = {"inline_keyboard": [[{"text": "Call me 2", "callback_data": "nick:1"}]]}


async def test_all_pupils_follow_the_teachers_link(bank: Bank) -> None:
    """After a teacher gets a link, all pupils follow it, some minutes later than others."""
    room = Schoolroom(bank, 30)
    async with room.running():
        await room.invite("KMNPRT")
        joined = []
        for _ in range(40):
            await room.clock.advance(10)
            joined.append(sum(room.sent_texts(pupil) == ["/start KMNPRT"] for pupil in room.pupils))
    assert 0 < joined[1] < joined[3] < joined[-1] == 30
    assert joined[5] < 30


async def test_a_link_is_followed_once(bank: Bank) -> None:
    """Pupils ignore a link that they have followed; they follow the link of another class."""
    room = with_traits(Schoolroom(bank, 1))
    async with room.running():
        pupil = await join_only_pupil(room)
        await room.invite()
        await room.clock.advance(LESSON_SECONDS)
        assert room.sent_texts(pupil) == ["/start CDFHJK"]
        await room.invite("XXXXXX")
        await room.clock.advance(LESSON_SECONDS)
        assert room.sent_texts(pupil)[1:] == ["/start XXXXXX"]


async def test_a_link_in_an_edited_message_is_followed(bank: Bank) -> None:
    """All pupils follow a link that is edited into an older message."""
    room = with_traits(Schoolroom(bank, 2))
    async with room.running():
        message = await room.call("sendMessage", room.teacher, text="Choose!")
        link = f"https://t.me/{room.world.bot.username}?start=KMNPRT"
        await room.call("editMessageText", room.teacher, message_id=message["message_id"], text=f"Come: {link}.")
        await room.clock.advance(LESSON_SECONDS)
    assert [room.sent_texts(pupil) for pupil in room.pupils] == [["/start KMNPRT"]] * 2


@pytest.mark.parametrize("words", ["https://t.me/playground_quiz_bot?start=abcdefghijklmnopqrstuv", "CDFHJK", "/class"])
async def test_other_texts_are_not_followed(bank: Bank, words: str) -> None:
    """Pupils do not follow an invitation for co-hosts, a bare code or a command."""
    room = Schoolroom(bank, 3)
    async with room.running():
        await room.call("sendMessage", room.teacher, text=words)
        await room.clock.advance(LESSON_SECONDS)
    assert [room.sent_texts(pupil) for pupil in room.pupils] == [[], [], []]


async def test_a_pupil_sends_a_nickname_and_a_real_name(bank: Bank) -> None:
    """A pupil sends or accepts a nickname, sends their real name when asked again, and then nothing more."""
    room = with_traits(Schoolroom(bank, 20))
    async with room.running():
        await room.invite()
        await room.clock.advance(10)
        accepted = 0
        for pupil in room.pupils:
            chat_id, name = pupil.person.id, pupil.name
            await room.call("sendMessage", chat_id, text="What shall we call you?", reply_markup=NICKNAME)
            await room.clock.advance(1)
            accepted += len(room.sent_texts(pupil)) == 1
            assert room.sent_texts(pupil)[1:] in ([name.nickname], [])
            await room.call("sendMessage", chat_id, text="And your real name?")
            await room.clock.advance(1)
            assert room.sent_texts(pupil)[-1] == f"{name.first} {name.last}"
            assert not pupil.has_joined
            before = room.sent_texts(pupil)
            await room.call("sendMessage", chat_id, text=f"Welcome, {name.first} 2!")
            await room.clock.advance(1)
            assert pupil.has_joined
            assert room.sent_texts(pupil) == before
    assert 0 < accepted < 20
    assert len(room.world.queries) == accepted


async def test_a_refused_pupil_accepts_the_offered_nickname(bank: Bank) -> None:
    """All pupils press the button when they are asked for a nickname a second time."""
    room = with_traits(Schoolroom(bank, 10))
    async with room.running():
        await room.invite()
        await room.clock.advance(10)
        for pupil in room.pupils:
            for _ in range(2):
                await room.call("sendMessage", pupil.person.id, text="Your nickname?", reply_markup=NICKNAME)
                await room.clock.advance(1)
    pressed = {query.person_id for query in room.world.queries.values()}
    assert pressed == {pupil.person.id for pupil in room.pupils}
