"""Simulated pupils come: by the teacher's link, under a nickname, with a real name."""

import pytest
from schoolroom import Schoolroom
from steady_pupils import A_LESSON, seated, with_habits

from bot.core.question import Bank

NICKNAME = {"inline_keyboard": [[{"text": "Call me 2", "callback_data": "nick:1"}]]}


async def test_everybody_follows_the_teachers_link(bank: Bank) -> None:
    """Once a teacher got a link, each pupil follows it in their own time, some minutes later than others."""
    room = Schoolroom(bank, 30)
    async with room.living():
        await room.invite("KMNPRT")
        moments = []
        for _ in range(40):
            await room.hours.let_pass(10)
            moments.append(sum(room.said(pupil) == ["/start KMNPRT"] for pupil in room.pupils))
    assert 0 < moments[1] < moments[3] < moments[-1] == 30
    assert moments[5] < 30


async def test_a_link_is_followed_once(bank: Bank) -> None:
    """The same link in an edited or a second message moves nobody; another class does."""
    room = with_habits(Schoolroom(bank, 1))
    async with room.living():
        pupil = await seated(room)
        await room.invite()
        await room.hours.let_pass(A_LESSON)
        assert room.said(pupil) == ["/start CDFHJK"]
        await room.invite("XXXXXX")
        await room.hours.let_pass(A_LESSON)
        assert room.said(pupil)[1:] == ["/start XXXXXX"]


async def test_a_link_is_seen_wherever_it_comes_up(bank: Bank) -> None:
    """A link that is put into a message that stood there already brings everybody too."""
    room = with_habits(Schoolroom(bank, 2))
    async with room.living():
        message = await room.call("sendMessage", room.teacher, text="Choose!")
        link = f"https://t.me/{room.world.bot.username}?start=KMNPRT"
        await room.call("editMessageText", room.teacher, message_id=message["message_id"], text=f"Come: {link}.")
        await room.hours.let_pass(A_LESSON)
    assert [room.said(pupil) for pupil in room.pupils] == [["/start KMNPRT"]] * 2


@pytest.mark.parametrize("words", ["https://t.me/playground_quiz_bot?start=abcdefghijklmnopqrstuv", "CDFHJK", "/class"])
async def test_other_words_are_no_link(bank: Bank, words: str) -> None:
    """An invitation for co-hosts, a bare code or a command brings nobody."""
    room = Schoolroom(bank, 3)
    async with room.living():
        await room.call("sendMessage", room.teacher, text=words)
        await room.hours.let_pass(A_LESSON)
    assert [room.said(pupil) for pupil in room.pupils] == [[], [], []]


async def test_a_pupil_says_a_nickname_and_a_real_name(bank: Bank) -> None:
    """Asked for a nickname, a pupil writes one or takes what is offered; asked on, the real name; then says no more."""
    room = with_habits(Schoolroom(bank, 20))
    async with room.living():
        await room.invite()
        await room.hours.let_pass(10)
        taken = 0
        for pupil in room.pupils:
            chat_id, name = pupil.person.id, pupil.name
            await room.call("sendMessage", chat_id, text="What shall we call you?", reply_markup=NICKNAME)
            await room.hours.let_pass(1)
            taken += len(room.said(pupil)) == 1
            assert room.said(pupil)[1:] in ([name.nickname], [])
            await room.call("sendMessage", chat_id, text="And your real name?")
            await room.hours.let_pass(1)
            assert room.said(pupil)[-1] == f"{name.first} {name.last}"
            assert not pupil.has_joined
            before = room.said(pupil)
            await room.call("sendMessage", chat_id, text=f"Welcome, {name.first} 2!")
            await room.hours.let_pass(1)
            assert pupil.has_joined
            assert room.said(pupil) == before
    assert 0 < taken < 20
    assert len(room.world.queries) == taken


async def test_who_is_refused_takes_what_is_offered(bank: Bank) -> None:
    """When the nickname is asked for a second time, everybody presses the button."""
    room = with_habits(Schoolroom(bank, 10))
    async with room.living():
        await room.invite()
        await room.hours.let_pass(10)
        for pupil in room.pupils:
            for _ in range(2):
                await room.call("sendMessage", pupil.person.id, text="Your nickname?", reply_markup=NICKNAME)
                await room.hours.let_pass(1)
    pressed = {query.person_id for query in room.world.queries.values()}
    assert pressed == {pupil.person.id for pupil in room.pupils}
