"""Nicknames of pupils: which are refused, how they stay distinct, and real names for the teacher."""

from dataclasses import replace

import pytest
from bot_in_process import BotInProcess, StartBot
from learner import buttons_of, text_of, words
from pupils import Pupil, Teacher, seat_pupils
from whale_bank import LARGEST, bank_in_order

from bot.core.nicknames import MOST_CHARACTERS

OFFERS = words("seat.offers").split()
FORMULA = "=cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [("\u200b\u3164", "empty"), ("x" * (MOST_CHARACTERS + 1), "long"), ("y" * 4096, "long"), ("Fuck", "rude")],
)
async def test_an_unusable_nickname_is_refused_with_an_offer(start_bot: StartBot, typed: str, fault: str) -> None:
    """An invisible, overlong or rude nickname is refused; the bot offers one and accepts another try."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await teacher.opens()
    ann = Pupil(teacher.bot, "Ann")
    await ann.says(teacher.code)
    (reply,) = await ann.says(typed)
    assert text_of(reply).startswith(words(f"seat.fault_{fault}"))
    assert buttons_of(reply)[0] in OFFERS
    (seated,) = await ann.says("Ann-Marie")
    assert text_of(seated).startswith(words("seat.welcome", name="Ann-Marie"))


async def test_a_taken_nickname_is_refused(teacher: Teacher) -> None:
    """A nickname that is taken, or that looks like a taken one, is refused, and another is offered."""
    await seat_pupils(teacher, "Ann")
    other = Pupil(teacher.bot, "Ann")
    await other.says(teacher.code)
    for alike in ("ann", "Аnn", "A n n.", "Ａｎｎ", "An\u034fn"):
        (reply,) = await other.says(alike)
        assert text_of(reply).startswith(words("seat.fault_taken")), alike
    (offer,) = buttons_of(reply)
    await other.presses(offer)
    assert list(teacher.pupil_rows()) == ["Ann", offer]


async def test_an_offer_that_was_taken_meanwhile_gets_a_number(teacher: Teacher) -> None:
    """A pupil who presses an offered nickname gets it, with a number if another pupil has taken it since."""
    ann, ben = Pupil(teacher.bot, "Ann"), Pupil(teacher.bot, "Ben")
    (asked,) = await ann.says(teacher.code)
    (offer,) = buttons_of(asked)
    await ben.says(teacher.code)
    await ben.says(offer.upper())
    await ann.presses(offer)
    assert list(teacher.pupil_rows()) == [f"{offer} 2", offer.upper()]


async def test_every_pupil_is_offered_another_nickname(teacher: Teacher) -> None:
    """Each pupil of a class is offered a different word, and never their Telegram name."""
    offered = []
    for number in range(30):
        pupil = Pupil(teacher.bot, f"Otter{number}")
        (asked,) = await pupil.says(teacher.code)
        offered += buttons_of(asked)
        await pupil.presses(offered[-1])
    assert len(set(offered)) == 30
    assert set(offered) <= set(OFFERS)


@pytest.mark.parametrize(
    "typed",
    [
        *("Mrs Kim", "mrs. kim", "Mrs  Kim 🌸", "Kim Mrs", "МRS КIМ", "Miss Kim", "Teacher Kim", "Айгерім Сейтқали"),
        *("Teacher", "The teacher", "Teаcher 1", "T3acher", "админ", "Admin", "Учитель", "МҰҒАЛІМ", "Жүргізуші", "bot"),
    ],
)
async def test_names_of_teachers_are_reserved(bot: BotInProcess, typed: str) -> None:
    """The names of host and co-hosts, and words for teachers in every language, are refused as nicknames."""
    teacher, other = Teacher(bot), Teacher(bot, "Айгерім")
    bot.world.people[other.id] = replace(bot.world.people[other.id], last_name="Сейтқали")
    await teacher.opens()
    (listed,) = await teacher.presses(words("host.hosts"))
    await other.says(f"/start {teacher.payload(listed)}")
    ann = Pupil(bot, "Ann")
    await ann.says(teacher.code)
    (reply,) = await ann.says(typed)
    assert text_of(reply).startswith(words("seat.fault_reserved"))
    for accepted in ("Kim", "Айгерім", "Bota", "Teacher's pet"):
        ben = Pupil(bot, "Ben")
        (seated,) = await ben.joins(teacher.code, accepted)
        assert text_of(seated).startswith(words("seat.welcome", name=accepted))


async def test_a_teacher_may_use_reserved_nicknames(teacher: Teacher) -> None:
    """A teacher may rename a pupil to a reserved nickname, but not to one that another pupil has."""
    await seat_pupils(teacher, "Ann", "Ben")
    await teacher.presses(words("host.pupils"))
    await teacher.presses("Ben")
    await teacher.presses(words("host.rename"))
    (reply,) = await teacher.says("Аnn")
    assert words("seat.fault_taken") in text_of(reply)
    await teacher.says("Teacher 2")
    assert list(teacher.pupil_rows()) == ["Ann", "Teacher 2"]


async def test_the_name_of_the_host_is_deleted_at_the_end(teacher: Teacher) -> None:
    """The host's full name is stored only while a pupil could choose it as a nickname."""
    assert [host.name for host in teacher.class_row().hosts.people] == ["Mrs Kim"]
    await teacher.leads("end", "end_yes")
    assert [host.name for host in teacher.class_row().hosts.people] == [""]


@pytest.mark.parametrize("name", ["<b>", FORMULA, "&amp;"])
async def test_markup_in_a_nickname_is_shown_as_text(teacher: Teacher, name: str) -> None:
    """A nickname with HTML or a spreadsheet formula is shown exactly as it was written."""
    ann = Pupil(teacher.bot, "Ann")
    (seated,) = await ann.joins(teacher.code, name)
    assert words("seat.welcome", name=name).endswith(f"{name}!")
    assert text_of(seated).startswith(words("seat.welcome", name=name))
    await teacher.bot.advance(seconds=5)
    assert words("host.newest", names=name) in text_of(teacher.controls())


async def test_a_class_with_real_names_asks_for_both_names(start_bot: StartBot) -> None:
    """In a class with real names a pupil is seated after giving both names; only the teacher sees the real one."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await teacher.opens(words("host.names"))
    ann = Pupil(teacher.bot, "Ann")
    (reply,) = await ann.says(teacher.code)
    assert words("seat.who_sees_names") in text_of(reply)
    (reply,) = await ann.says("Owl")
    assert text_of(reply) == words("seat.name")
    assert [row.is_here for row in teacher.pupil_rows().values()] == [False]
    for no_name in ("123", "x" * 61, "\u200b"):
        (reply,) = await ann.says(no_name)
        assert text_of(reply) == words("seat.name_again")
    await teacher.bot.restart()
    (reply,) = await ann.says("  Anna\n Lee ")
    assert text_of(reply).startswith(words("seat.welcome", name="Owl"))
    assert teacher.pupil_rows()["Owl"].real_name == "Anna Lee"
    await teacher.leads("start")
    await ann.votes("The blue whale")
    await teacher.leads("finish")
    assert "Owl (Anna Lee): 1/1" in text_of(teacher.messages()[-1])


async def test_the_class_code_is_no_nickname(teacher: Teacher) -> None:
    """A pupil who sends the code twice is asked for a nickname again and not named after the code."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says(teacher.code)
    (reply,) = await ann.says(teacher.code)
    assert text_of(reply).startswith(words("seat.nickname"))
    assert [row.nickname for row in teacher.pupil_rows().values()] == [""]


async def test_a_nickname_taken_while_the_real_name_was_asked_gets_a_number(start_bot: StartBot) -> None:
    """Of two pupils who choose the same nickname before giving their real names, the second gets a number."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await teacher.opens(words("host.names"))
    pupils = [Pupil(teacher.bot, name) for name in ("Ann", "Ben")]
    for pupil in pupils:
        await pupil.says(teacher.code)
        await pupil.says("Owl")
    for pupil in pupils:
        await pupil.says("Somebody Real")
    assert set(teacher.pupil_rows()) == {"Owl", "Owl 2"}


async def test_an_offer_pressed_too_late_changes_nothing(teacher: Teacher) -> None:
    """A pupil who presses the offered nickname after writing another keeps the written one and is told so."""
    ann = Pupil(teacher.bot, "Ann")
    (asked,) = await ann.says(f"/start {teacher.code}")
    await ann.says("Owl")
    await ann.presses(buttons_of(asked)[0])
    assert ann.toasts()[-1] == words("toast.named")
    assert "Owl" in teacher.pupil_rows()
