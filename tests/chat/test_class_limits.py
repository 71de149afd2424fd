"""How many classes one person may have open, how they are listed, and what becomes of one that nobody touches."""

import pytest
from bot_in_process import StartBot
from learner import buttons_of, text_of, words
from pupils import BY_HAND, Pupil, Teacher, seat_pupils
from sqlalchemy import func, select
from whale_bank import HEART, LARGEST, NAME, bank_in_order

from bot.app.classroom.opening import MOST_OPEN
from bot.playground.world import Message
from bot.store.live_classes import ROOMS

OPEN, ANOTHER = words("host.open"), words("host.another")


async def open_classes(teacher: Teacher, count: int) -> list[Teacher]:
    """Open so many classes; return the teacher as who leads each."""
    await teacher.opens(BY_HAND)
    return [teacher, *[await teacher.opens_another() for _ in range(count - 1)]]


def open_now(teacher: Teacher) -> int:
    """Return how many classes are open."""
    count: int = teacher.bot.rows(select(func.count()).select_from(ROOMS).where(ROOMS.c.ended_at.is_(None)))[0][0]
    return count


async def presses_in(teacher: Teacher, *messages: Message) -> list[Message]:
    """Press Open in several messages at the same moment."""
    return await teacher.does(
        lambda: [
            teacher.world.press_button(teacher.id, teacher.id, one.id, one.inline_keyboard[-1][0]["callback_data"])
            for one in messages
        ]
    )


async def test_classes_are_listed_in_one_message(start_bot: StartBot) -> None:
    """Who leads several classes gets one message: a line and a button for each, the newest first, and for another."""
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
    """At five open classes a press of Open gives the list and opens none; once one is ended, it opens one."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    led = await open_classes(teacher, MOST_OPEN - 1)
    await teacher.says("/class")
    await teacher.presses(ANOTHER)
    early = teacher.messages()[-1]
    await presses_in(teacher, early)
    (listed,) = await teacher.says("/class")
    assert text_of(listed).startswith(words("host.most", limit=MOST_OPEN))
    assert ANOTHER not in buttons_of(listed)
    assert len(buttons_of(listed)) == MOST_OPEN
    assert open_now(teacher) == MOST_OPEN
    await teacher.presses(buttons_of(listed)[-1])
    await led[0].leads("end", "end_yes")
    assert open_now(teacher) == MOST_OPEN - 1
    (several,) = await teacher.says("/class")
    assert buttons_of(several)[-1] == ANOTHER


async def test_classes_opened_at_the_same_moment_are_five(start_bot: StartBot) -> None:
    """However many messages with Open there are, pressed at once they open no more than five classes."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await open_classes(teacher, 2)
    choices = []
    for _ in range(6):
        await teacher.says("/class")
        await teacher.presses(ANOTHER)
        choices.append(teacher.messages()[-1])
    said = await presses_in(teacher, *choices)
    assert open_now(teacher) == MOST_OPEN
    assert (
        sum(text_of(one).startswith(words("host.most", limit=MOST_OPEN)) for one in said if not one.content.photo) == 3
    )


async def test_a_pupil_of_others_and_another_teacher_are_not_counted(start_bot: StartBot) -> None:
    """Five classes of one teacher keep nobody else from opening one."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await open_classes(teacher, MOST_OPEN)
    other = Teacher(teacher.bot, "Mr Ray")
    await other.opens()
    assert open_now(teacher) == MOST_OPEN + 1


@pytest.mark.parametrize("choice", [BY_HAND, words("seat.seconds", seconds=15)])
async def test_a_started_class_that_nobody_touched_for_a_day_ends(start_bot: StartBot, choice: str) -> None:
    """It ends as if the teacher had ended it: what was answered is kept, and teacher and pupils hear how it went."""
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
    assert open_now(teacher) == 0


async def test_a_class_is_touched_by_an_answer_a_newcomer_and_its_teacher(start_bot: StartBot) -> None:
    """A day is counted from whatever anybody did last; nothing that happens by itself prolongs it."""
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
