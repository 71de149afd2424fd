"""Simulated pupils in a class whose bot is played by the test: they answer, vanish and return."""

from dataclasses import replace

import pytest
from schoolroom import Schoolroom, in_writing, with_one_right
from steady_pupils import RELIABLE, seated, seated_all, with_habits

from bot.core.question import Bank


async def test_ability_shows(bank: Bank) -> None:
    """The able answer nearly all questions right, the unable hardly more than by chance; both answer each one once."""
    rights = {}
    for ability in (4.0, -4.0):
        room = with_habits(Schoolroom(bank, 1), ability=ability)
        async with room.living():
            pupil = await seated(room)
            for number in with_one_right(bank)[:12]:
                await room.ask(pupil.person.id, number)
                await room.hours.let_pass(60)
        assert len(pupil.answers) == 12
        assert all(deed.in_time for deed in pupil.answers)
        rights[ability] = sum(deed.right for deed in pupil.answers)
    assert rights[4.0] >= 10
    assert rights[-4.0] <= 7


async def test_deeds_are_what_telegram_has(bank: Bank) -> None:
    """A vote that a pupil remembers as right is a vote for the right option, which the bank has first."""
    room = with_habits(Schoolroom(bank, 5))
    async with room.living():
        await seated_all(room)
        for pupil in room.pupils:
            await room.ask(pupil.person.id, with_one_right(bank)[0])
        await room.hours.let_pass(60)
    for pupil in room.pupils:
        (deed,) = pupil.answers
        assert deed.asked.poll is not None
        assert deed.right == (deed.asked.poll.votes[pupil.person.id] == (0,))


async def test_an_answer_is_written_as_the_reading_has_it(bank: Bank) -> None:
    """A question in a message is answered in writing: by who knows it with the solution, by others with a guess."""
    number = in_writing(bank)[0]
    question = bank.questions[number]
    for ability, is_right in ((9.0, True), (-9.0, False)):
        room = with_habits(Schoolroom(bank, 1), ability=ability)
        async with room.living():
            pupil = await seated(room)
            await room.call("sendMessage", pupil.person.id, text=f"2 of 3\n\n{question.stem}\n\nWrite a word.")
            await room.hours.let_pass(120)
            assert (room.said(pupil)[-1] == question.kind.solution()[0]) == is_right
            assert [(deed.right, deed.asked.poll) for deed in pupil.answers] == [(is_right, None)]


async def test_thinking_takes_time(bank: Bank) -> None:
    """Answers come one by one, after seconds."""
    room = with_habits(Schoolroom(bank, 30))
    async with room.living():
        await seated_all(room)
        asked_at = room.hours.now
        for pupil in room.pupils:
            await room.ask(pupil.person.id, with_one_right(bank)[0])
        await room.hours.let_pass(60)
    seconds = sorted((pupil.answers[0].at - asked_at).total_seconds() for pupil in room.pupils)
    assert 1 < seconds[0] < seconds[10] < seconds[20] < seconds[-1]
    assert 5 < seconds[15] < 12


async def test_who_thinks_too_long_is_too_late(bank: Bank) -> None:
    """After the explanation nobody answers any more; a vote on its way meets a closed poll, and is known for lost."""
    number = with_one_right(bank)[0]
    room = with_habits(Schoolroom(bank, 1))
    async with room.living():
        pupil = await seated(room)
        await room.ask(pupil.person.id, number)
        await room.call("sendMessage", pupil.person.id, text=f"Over. {bank.questions[number].why}")
        await room.hours.let_pass(60)
        assert pupil.answers == []
        pupil.traits = replace(RELIABLE, network_delay=100.0)
        message = await room.ask(pupil.person.id, number)
        await room.hours.let_pass(60)
        await room.call("stopPoll", pupil.person.id, message_id=message["message_id"])
        await room.hours.let_pass(60)
        assert [deed.in_time for deed in pupil.answers] == [False]


@pytest.mark.parametrize("blocks", [True, False])
async def test_who_vanishes_comes_back_by_the_link(bank: Bank, blocks: bool) -> None:  # noqa: FBT001 - a parameter
    """A pupil who is gone answers nothing, reads nothing of what came meanwhile, and follows the same link again."""
    room = with_habits(Schoolroom(bank, 1), leave_chance=1.0, blocks_bot=blocks)
    async with room.living():
        pupil = await seated(room)
        await room.ask(pupil.person.id, with_one_right(bank)[0])
        await room.hours.let_pass(1)
        chat = room.world.chats[pupil.person.id]
        assert chat.has_member(room.world.bot.id) is not blocks
        if not blocks:
            await room.ask(pupil.person.id, with_one_right(bank)[1])
        pupil.traits = RELIABLE
        await room.hours.let_pass(100)
        assert chat.has_member(room.world.bot.id)
        assert room.said(pupil) == ["/start CDFHJK"] * 2
        assert pupil.answers == []
        await room.ask(pupil.person.id, with_one_right(bank)[2])
        await room.hours.let_pass(60)
        assert len(pupil.answers) == 1


async def test_some_answer_twice(bank: Bank) -> None:
    """Whoever repeats votes and writes a second time, which Telegram lets happen in polls that allow it."""
    room = with_habits(Schoolroom(bank, 1), repeat_chance=1.0)
    async with room.living():
        pupil = await seated(room)
        await room.ask(pupil.person.id, with_one_right(bank)[0])
        await room.hours.let_pass(60)
        await room.ask(pupil.person.id, with_one_right(bank)[1], allows_revoting=False)
        await room.hours.let_pass(60)
        assert [deed.in_time for deed in pupil.answers] == [True, True, True, False]


async def test_some_write_something_else_first(bank: Bank) -> None:
    """Whoever chats writes something before the answer, and some let the question pass."""
    question = bank.questions[in_writing(bank)[0]]
    room = with_habits(Schoolroom(bank, 2), chatter_chance=1.0, ability=9.0)
    chatty, silent = room.pupils
    silent.traits = replace(RELIABLE, skip_chance=1.0)
    async with room.living():
        await seated_all(room)
        for pupil in room.pupils:
            await room.call("sendMessage", pupil.person.id, text=question.stem)
        await room.hours.let_pass(120)
    assert len(room.said(chatty)) == 3
    assert room.said(chatty)[-1] == question.kind.solution()[0]
    assert len(room.said(silent)) == 1


async def test_members_vote_in_their_group(bank: Bank) -> None:
    """A poll in a group is voted in by the pupils who are members, and by nobody else; no link is needed."""
    room = with_habits(Schoolroom(bank, 6))
    members = [pupil.person.id for pupil in room.pupils[:4]]
    group = room.world.create_group("Class 9A", [room.teacher, *members])
    async with room.living():
        await room.ask(group.id, with_one_right(bank)[0])
        await room.hours.let_pass(60)
    (poll,) = room.world.polls.values()
    assert sorted(poll.votes) == members


async def test_a_question_nobody_has_heard_of_is_guessed(bank: Bank) -> None:
    """In a poll that is not from the reading, pupils choose something."""
    room = with_habits(Schoolroom(bank, 1))
    async with room.living():
        pupil = await seated(room)
        options = [{"text": "red"}, {"text": "blue"}]
        await room.call("sendPoll", pupil.person.id, question="What colour?", options=options, is_anonymous=False)
        await room.hours.let_pass(60)
    assert [(deed.in_time, deed.right) for deed in pupil.answers] == [(True, False)]


async def history(bank: Bank, seed: int) -> list[tuple[str, list[str], list[tuple[bool, float]]]]:
    """Give what everybody of a class says and does in three rounds."""
    room = Schoolroom(bank, 30, seed)
    began = room.hours.now
    async with room.living():
        await seated_all(room)
        for number in with_one_right(bank)[:3]:
            for pupil in room.pupils:
                if room.world.chats[pupil.person.id].has_member(room.world.bot.id):
                    await room.ask(pupil.person.id, number)
            await room.hours.let_pass(60)
    return [
        (pupil.name.nickname, room.said(pupil), [(d.right, (d.at - began).total_seconds()) for d in pupil.answers])
        for pupil in room.pupils
    ]


async def test_a_seed_makes_a_class(bank: Bank) -> None:
    """The same seed makes the same people, who do the same at the same moments; another seed makes others."""
    assert await history(bank, 4) == await history(bank, 4)
    assert await history(bank, 4) != await history(bank, 5)
