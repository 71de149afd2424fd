"""The limit of open classes per host, their list, and the end of a class without activity."""

import pytest
from bot_in_process import StartBot
from learner import buttons_of, text_of, words
from pupils import BY_HAND, Pupil, Teacher, seat_pupils
from sqlalchemy import func, select
from whale_bank import HEART, LARGEST, NAME, bank_in_order

from bot.app.classroom.opening import MAX_OPEN
from bot.playground.world import Message
from bot.store.live_classes import LIVE_CLASSES

OPEN, ANOTHER = words("host.open"), words("host.another")


async def open_classes(teacher: Teacher, count: int) -> list[Teacher]:
    """Open ``count`` classes; return a ``Teacher`` object for each."""
    await teacher.opens(BY_HAND)
    return [teacher, *[await teacher.opens_another() for _ in range(count - 1)]]


def count_open(teacher: Teacher) -> int:
    """Count the open classes."""
    count: int = teacher.bot.rows(
        select(func.count()).select_from(LIVE_CLASSES).where(LIVE_CLASSES.c.ended_at.is_(None))
    )[0][0]
    return count


async def press_open_in(teacher: Teacher, *messages: Message) -> list[Message]:
    """Press Open in several messages at the same time."""
    return await teacher.does(
        lambda: [
            teacher.world.press_button(teacher.id, teacher.id, one.id, one.inline_keyboard[-1][0]["callback_data"])
            for one in messages
        ]
    )


async def test_classes_are_listed_in_one_message(start_bot: StartBot) -> None:
    """A host of several classes gets one message with a line and a button for each, the newest first."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST, NAME)))
    led = await open_classes(teacher, 3)
    await seat_pupils(led[1], "Ann")
    await led[1].leads("start")
    (listed,) = await teacher.says("/class")
    assert text_of(listed).startswith(words("host.several"))
    assert buttons_of(listed)[-1] == ANOTHER
    assert len(buttons_of(listed)) == 4
    for place, one in enumerate(reversed(led)):
        code = f"{one.code[:3]} {one.code[3:]}"
        assert code in buttons_of(listed)[place]
        stands = words("host.asked", number=1, of=2) if one is led[1] else words("host.not_begun")
        assert f"{code}: {stands}" in text_of(listed)
    await teacher.presses(buttons_of(listed)[1])
    assert led[1].controls() is teacher.messages()[-1]


async def test_a_sixth_class_is_refused_until_one_is_ended(start_bot: StartBot) -> None:
    """A host with five open classes gets their list instead of a sixth class, until one of them ends."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    led = await open_classes(teacher, MAX_OPEN - 1)
    await teacher.says("/class")
    await teacher.presses(ANOTHER)
    early = teacher.messages()[-1]
    await press_open_in(teacher, early)
    (listed,) = await teacher.says("/class")
    assert text_of(listed).startswith(words("host.most", limit=MAX_OPEN))
    assert ANOTHER not in buttons_of(listed)
    assert len(buttons_of(listed)) == MAX_OPEN
    assert count_open(teacher) == MAX_OPEN
    await teacher.presses(buttons_of(listed)[-1])
    await led[0].leads("end", "end_yes")
    assert count_open(teacher) == MAX_OPEN - 1
    (several,) = await teacher.says("/class")
    assert buttons_of(several)[-1] == ANOTHER


async def test_classes_opened_at_the_same_time_are_limited_to_five(start_bot: StartBot) -> None:
    """Open buttons in many messages, pressed at the same time, open no more than five classes in total."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await open_classes(teacher, 2)
    choices = []
    for _ in range(6):
        await teacher.says("/class")
        await teacher.presses(ANOTHER)
        choices.append(teacher.messages()[-1])
    replies = await press_open_in(teacher, *choices)
    assert count_open(teacher) == MAX_OPEN
    assert (
        sum(text_of(one).startswith(words("host.most", limit=MAX_OPEN)) for one in replies if not one.content.photo)
        == 3
    )


async def test_the_limit_of_classes_is_per_host(start_bot: StartBot) -> None:
    """Another teacher can open a class while one teacher has five."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await open_classes(teacher, MAX_OPEN)
    other = Teacher(teacher.bot, "Mr Ray")
    await other.opens()
    assert count_open(teacher) == MAX_OPEN + 1


@pytest.mark.parametrize("choice", [BY_HAND, words("seat.seconds", seconds=15)])
async def test_a_started_class_ends_after_a_day_without_activity(start_bot: StartBot, choice: str) -> None:
    """A class without activity for a day ends as if the teacher had ended it: with answers stored and results sent."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST, NAME, HEART)))
    await teacher.opens(choice)
    ann, _ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ann.votes("The blue whale")
    await teacher.bot.advance(hours=25)
    assert teacher.state().phase == "finished"
    assert teacher.class_row().ended_at == teacher.bot.clock.now
    assert ann.marks()["largest"]
    assert any(
        text_of(one).startswith(
            words("host.summary", questions=words("count.questions", n=1), pupils=words("host.pupils_count", n=2))
        )
        for one in teacher.messages()
    )
    assert count_open(teacher) == 0


async def test_answers_new_pupils_and_the_teacher_count_as_activity(start_bot: StartBot) -> None:
    """The day is counted from the last answer, join or press of the teacher; events without a person do not count."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST, NAME)))
    await teacher.opens(BY_HAND)
    ann, _ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await teacher.bot.advance(hours=23)
    await ann.votes("The blue whale")
    await teacher.bot.advance(hours=23)
    await Pupil(teacher.bot, "Cyd").joins(teacher.code)
    await teacher.bot.advance(hours=23)
    await teacher.presses(words("host.pupils"))
    await teacher.bot.advance(hours=23)
    assert teacher.state().phase == "asking"
    await teacher.bot.advance(hours=2)
    assert teacher.state().phase == "finished"
