"""Simulated pupils in a class whose bot the test plays: they answer, leave and come back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from reliable_pupils import RELIABLE, join_all, join_only_pupil, with_traits
from schoolroom import Schoolroom, single_choice_numbers, written_numbers

from bot.core.question import Bank


async def test_able_pupils_answer_more_questions_right(bank: Bank) -> None:
    """Able pupils answer nearly all questions right, others hardly more than by chance; all answer each once."""
    rights = {}
    for ability in (4.0, -4.0):
        room = with_traits(Schoolroom(bank, 1), ability=ability)
        async with room.running():
            pupil = await join_only_pupil(room)
            for number in single_choice_numbers(bank)[:12]:
                await room.ask(pupil.person.id, number)
                await room.clock.advance(60)
        assert len(pupil.answers) == 12
        assert all(answer.in_time for answer in pupil.answers)
        rights[ability] = sum(answer.right for answer in pupil.answers)
    assert rights[4.0] >= 10
    assert rights[-4.0] <= 7


async def test_recorded_votes_are_those_of_the_poll(bank: Bank) -> None:
    """A vote that is recorded as right is a vote for the right option, which is the first in the bank."""
    room = with_traits(Schoolroom(bank, 5))
    async with room.running():
        await join_all(room)
        for pupil in room.pupils:
            await room.ask(pupil.person.id, single_choice_numbers(bank)[0])
        await room.clock.advance(60)
    for pupil in room.pupils:
        (answer,) = pupil.answers
        assert answer.asked.poll is not None
        assert answer.right == (answer.asked.poll.votes[pupil.person.id] == (0,))


async def test_a_written_question_is_answered_with_the_solution_or_a_guess(bank: Bank) -> None:
    """A pupil who knows the answer writes the solution; another pupil writes a guess."""
    number = written_numbers(bank)[0]
    question = bank.questions[number]
    for ability, is_right in ((9.0, True), (-9.0, False)):
        room = with_traits(Schoolroom(bank, 1), ability=ability)
        async with room.running():
            pupil = await join_only_pupil(room)
            await room.call("sendMessage", pupil.person.id, text=f"2 of 3\n\n{question.stem}\n\nWrite a word.")
            await room.clock.advance(120)
            assert (room.sent_texts(pupil)[-1] == question.kind.solution()[0]) == is_right
            assert [(answer.right, answer.asked.poll) for answer in pupil.answers] == [(is_right, None)]


async def test_thinking_takes_time(bank: Bank) -> None:
    """Pupils answer at different times, each after several seconds."""
    room = with_traits(Schoolroom(bank, 30))
    async with room.running():
        await join_all(room)
        asked_at = room.clock.now
        for pupil in room.pupils:
            await room.ask(pupil.person.id, single_choice_numbers(bank)[0])
        await room.clock.advance(60)
    seconds = sorted((pupil.answers[0].at - asked_at).total_seconds() for pupil in room.pupils)
    assert 1 < seconds[0] < seconds[10] < seconds[20] < seconds[-1]
    assert 5 < seconds[15] < 12


async def test_an_answer_after_the_end_of_a_question_is_not_in_time(bank: Bank) -> None:
    """Pupils do not answer after the explanation; a vote that reaches a closed poll is recorded as not in time."""
    number = single_choice_numbers(bank)[0]
    room = with_traits(Schoolroom(bank, 1))
    async with room.running():
        pupil = await join_only_pupil(room)
        await room.ask(pupil.person.id, number)
        await room.call("sendMessage", pupil.person.id, text=f"Over. {bank.questions[number].why}")
        await room.clock.advance(60)
        assert pupil.answers == []
        pupil.traits = replace(RELIABLE, network_delay=100.0)
        message = await room.ask(pupil.person.id, number)
        await room.clock.advance(60)
        await room.call("stopPoll", pupil.person.id, message_id=message["message_id"])
        await room.clock.advance(60)
        assert [answer.in_time for answer in pupil.answers] == [False]


@pytest.mark.parametrize("blocks", [True, False])
async def test_a_pupil_who_left_comes_back_by_the_link(bank: Bank, blocks: bool) -> None:  # noqa: FBT001 - a parameter
    """A pupil who left does not answer, ignores messages that arrived meanwhile, and follows the link again."""
    room = with_traits(Schoolroom(bank, 1), leave_chance=1.0, blocks_bot=blocks)
    async with room.running():
        pupil = await join_only_pupil(room)
        await room.ask(pupil.person.id, single_choice_numbers(bank)[0])
        await room.clock.advance(1)
        chat = room.world.chats[pupil.person.id]
        assert chat.has_member(room.world.bot.id) is not blocks
        if not blocks:
            await room.ask(pupil.person.id, single_choice_numbers(bank)[1])
        pupil.traits = RELIABLE
        await room.clock.advance(100)
        assert chat.has_member(room.world.bot.id)
        assert room.sent_texts(pupil) == ["/start CDFHJK"] * 2
        assert pupil.answers == []
        await room.ask(pupil.person.id, single_choice_numbers(bank)[2])
        await room.clock.advance(60)
        assert len(pupil.answers) == 1


async def test_some_answer_twice(bank: Bank) -> None:
    """A pupil who repeats answers votes twice; the second vote counts if the poll allows revoting."""
    room = with_traits(Schoolroom(bank, 1), repeat_chance=1.0)
    async with room.running():
        pupil = await join_only_pupil(room)
        await room.ask(pupil.person.id, single_choice_numbers(bank)[0])
        await room.clock.advance(60)
        await room.ask(pupil.person.id, single_choice_numbers(bank)[1], allows_revoting=False)
        await room.clock.advance(60)
        assert [answer.in_time for answer in pupil.answers] == [True, True, True, False]


async def test_some_write_other_texts_or_nothing(bank: Bank) -> None:
    """A chatty pupil writes something else before the answer; a pupil who skips the question writes nothing."""
    question = bank.questions[written_numbers(bank)[0]]
    room = with_traits(Schoolroom(bank, 2), chatter_chance=1.0, ability=9.0)
    chatty, silent = room.pupils
    silent.traits = replace(RELIABLE, skip_chance=1.0)
    async with room.running():
        await join_all(room)
        for pupil in room.pupils:
            await room.call("sendMessage", pupil.person.id, text=question.stem)
        await room.clock.advance(120)
    assert len(room.sent_texts(chatty)) == 3
    assert room.sent_texts(chatty)[-1] == question.kind.solution()[0]
    assert len(room.sent_texts(silent)) == 1


async def test_members_vote_in_their_group(bank: Bank) -> None:
    """Only the pupils who are members of a group vote in its poll, and they need no link for it."""
    room = with_traits(Schoolroom(bank, 6))
    members = [pupil.person.id for pupil in room.pupils[:4]]
    group = room.world.create_group("Class 9A", [room.teacher, *members])
    async with room.running():
        await room.ask(group.id, single_choice_numbers(bank)[0])
        await room.clock.advance(60)
    (poll,) = room.world.polls.values()
    assert sorted(poll.votes) == members


async def test_an_unknown_question_is_guessed(bank: Bank) -> None:
    """Pupils choose random options in a poll that is not in the bank."""
    room = with_traits(Schoolroom(bank, 1))
    async with room.running():
        pupil = await join_only_pupil(room)
        options = [{"text": "red"}, {"text": "blue"}]
        await room.call("sendPoll", pupil.person.id, question="What colour?", options=options, is_anonymous=False)
        await room.clock.advance(60)
    assert [(answer.in_time, answer.right) for answer in pupil.answers] == [(True, False)]


async def history(bank: Bank, seed: int) -> list[tuple[str, list[str], list[tuple[bool, timedelta]]]]:
    """Return the texts and answers of all pupils of a class in three rounds."""
    room = Schoolroom(bank, 30, seed)
    began = room.clock.now
    async with room.running():
        await join_all(room)
        for number in single_choice_numbers(bank)[:3]:
            for pupil in room.pupils:
                if room.world.chats[pupil.person.id].has_member(room.world.bot.id):
                    await room.ask(pupil.person.id, number)
            await room.clock.advance(60)
    return [
        (
            pupil.name.nickname,
            room.sent_texts(pupil),
            [(d.right, (d.at - began).total_seconds()) for d in pupil.answers],
        )
        for pupil in room.pupils
    ]


async def test_the_same_seed_creates_the_same_class(bank: Bank) -> None:
    """The same seed creates the same pupils, who act at the same times; another seed creates others."""
    assert await history(bank, 4) == await history(bank, 4)
    assert await history(bank, 4) != await history(bank, 5)
