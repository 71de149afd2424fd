"""What pupils of a class are called: nicknames that everybody can bear, told apart, and real names for the teacher."""

import pytest
from learner import buttons_of, text_of, words
from pupils import Pupil, Teacher, seat
from talk import TalkAbout
from whales import LARGEST, in_order

from bot.core.nicknames import LONGEST

FORMULA = "=cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [("\u200b\u3164", "empty"), ("x" * (LONGEST + 1), "long"), ("y" * 4096, "long"), ("Fuck", "rude")],
)
async def test_a_nickname_that_will_not_do_is_refused_kindly(talk_about: TalkAbout, typed: str, fault: str) -> None:
    """Nothing visible, something too long, or something rude is no nickname; the next try may be one."""
    teacher = Teacher(await talk_about(in_order(LARGEST)))
    await teacher.opens()
    ann = Pupil(teacher.talk, "Ann")
    await ann.says(teacher.code)
    (said,) = await ann.says(typed)
    assert text_of(said).startswith(words(f"seat.fault_{fault}"))
    assert buttons_of(said) == ["Ann"]
    (seated,) = await ann.says("Ann-Marie")
    assert text_of(seated).startswith(words("seat.welcome", name="Ann-Marie"))


async def test_two_of_one_name_are_told_apart(teacher: Teacher) -> None:
    """A taken nickname is refused, and the second of a first name is offered it with a number."""
    await seat(teacher, "Ann")
    other = Pupil(teacher.talk, "Ann")
    (said,) = await other.says(teacher.code)
    assert buttons_of(said) == ["Ann 2"]
    (said,) = await other.says("ann")
    assert text_of(said).startswith(words("seat.fault_taken"))
    await other.presses("Ann 2")
    assert list(teacher.rows()) == ["Ann", "Ann 2"]


async def test_an_offer_that_was_taken_meanwhile_gets_a_number(teacher: Teacher) -> None:
    """Two pupils of one name who join side by side both get a seat by a press."""
    twins = [Pupil(teacher.talk, "Ann") for _ in range(2)]
    for twin in twins:
        await twin.says(teacher.code)
    for twin in twins:
        await twin.presses("Ann")
    assert list(teacher.rows()) == ["Ann", "Ann 2"]


@pytest.mark.parametrize("name", ["<b>", FORMULA, "&amp;"])
async def test_strange_names_are_only_names(teacher: Teacher, name: str) -> None:
    """What means something to a browser or a spreadsheet is shown as it was written."""
    ann = Pupil(teacher.talk, "Ann")
    (seated,) = await ann.joins(teacher.code, name)
    assert words("seat.welcome", name=name).endswith(f"{name}!")
    assert text_of(seated).startswith(words("seat.welcome", name=name))
    await teacher.talk.passes(seconds=5)
    assert words("host.newest", names=name) in text_of(teacher.controls())


async def test_a_name_that_cannot_be_a_nickname_is_not_offered(teacher: Teacher) -> None:
    """Somebody whose Telegram name shows nothing is asked without an offer."""
    ghost = Pupil(teacher.talk, "\u3164")
    (said,) = await ghost.says(teacher.code)
    assert buttons_of(said) == []


async def test_the_real_name_is_asked_where_the_teacher_wants_it(talk_about: TalkAbout) -> None:
    """The seat is given once both names are known; only the teacher reads the real one."""
    teacher = Teacher(await talk_about(in_order(LARGEST)))
    await teacher.opens(words("host.names"))
    ann = Pupil(teacher.talk, "Ann")
    (said,) = await ann.says(teacher.code)
    assert words("seat.who_sees_names") in text_of(said)
    (said,) = await ann.says("Owl")
    assert text_of(said) == words("seat.name")
    assert [row.is_here for row in teacher.rows().values()] == [False]
    for no_name in ("123", "x" * 61, "\u200b"):
        (said,) = await ann.says(no_name)
        assert text_of(said) == words("seat.name_again")
    await teacher.talk.restart()
    (said,) = await ann.says("  Anna\n Lee ")
    assert text_of(said).startswith(words("seat.welcome", name="Owl"))
    assert teacher.rows()["Owl"].real_name == "Anna Lee"
    await teacher.leads("start")
    await ann.votes("The blue whale")
    await teacher.leads("finish")
    assert "Owl (Anna Lee): 1/1" in text_of(teacher.messages()[-1])


async def test_a_code_sent_for_a_nickname_asks_again(teacher: Teacher) -> None:
    """Whoever sends the code twice is not called by it."""
    ann = Pupil(teacher.talk, "Ann")
    await ann.says(teacher.code)
    (said,) = await ann.says(teacher.code)
    assert text_of(said).startswith(words("seat.nickname"))
    assert [row.nickname for row in teacher.rows().values()] == [""]


async def test_a_nickname_that_went_while_the_name_was_asked_gets_a_number(talk_about: TalkAbout) -> None:
    """Two pupils who choose one nickname side by side, and are then asked for their names, are told apart."""
    teacher = Teacher(await talk_about(in_order(LARGEST)))
    await teacher.opens(words("host.names"))
    pupils = [Pupil(teacher.talk, name) for name in ("Ann", "Ben")]
    for pupil in pupils:
        await pupil.says(teacher.code)
        await pupil.says("Owl")
    for pupil in pupils:
        await pupil.says("Somebody Real")
    assert set(teacher.rows()) == {"Owl", "Owl 2"}


async def test_an_offer_that_was_not_taken_says_so(teacher: Teacher) -> None:
    """Who wrote a nickname and then presses the one that was offered keeps the written one, and hears why."""
    ann = Pupil(teacher.talk, "Ann")
    (asked,) = await ann.says(f"/start {teacher.code}")
    await ann.says("Owl")
    await ann.presses(buttons_of(asked)[0])
    assert ann.toasts()[-1] == words("toast.named")
    assert "Owl" in teacher.rows()
