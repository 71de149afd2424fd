"""Joining a class: by link, by code, in the next message, instead of a quiz alone; leaving it."""

import pytest
from bot_in_process import StartBot
from learner import buttons_of, text_of, words
from pupils import Pupil, Teacher, caption_of, seat_pupils
from whale_bank import HEART, LARGEST, bank_in_order

from bot.i18n import LANGUAGES

UNKNOWN = words("class.unknown_code", code="CCCCCC")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_pupil_is_told_who_sees_what_and_offered_a_neutral_name(teacher: Teacher, language: str) -> None:
    """Whoever follows the link may take a word of their language by one press, and learns before who will see it."""
    ann = Pupil(teacher.bot, "Ann", language)
    (said,) = await ann.says(f"/start {teacher.code}")
    assert text_of(said) == f"{words('seat.nickname', language)}\n\n{words('seat.who_sees', language)}"
    (offer,) = buttons_of(said)
    assert offer in words("seat.offers", language).split()
    (seated,) = await ann.presses(offer)
    lobby = words("seat.lobby", language, round=0, of=3)
    assert text_of(seated) == f"{words('seat.welcome', language, name=offer)}\n\n{lobby}"
    assert list(teacher.pupil_rows()) == [offer]


@pytest.mark.parametrize("way", ["/join {}", "/JOIN {}", "{}", " {} ", "/start {}"])
async def test_a_code_opens_the_class_however_it_is_sent(teacher: Teacher, way: str) -> None:
    """The code works behind a command, by itself, in groups of three and in small letters."""
    code = teacher.code.lower()
    for name, typed in (("Ann", code), ("Ben", f"{code[:3]} {code[3:]}" if "/start" not in way else code)):
        pupil = Pupil(teacher.bot, name)
        (said,) = await pupil.says(way.format(typed))
        assert text_of(said).startswith(words("seat.nickname"))


async def test_a_code_may_come_in_the_next_message(teacher: Teacher) -> None:
    """After /join alone the next text is the code, even where a quiz alone waits for an answer in writing."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 3")
    await ann.votes("The blue whale")
    (said,) = await ann.says("/join")
    assert text_of(said) == words("class.which_code")
    (said,) = await ann.says(teacher.code)
    assert text_of(said).startswith(words("seat.nickname"))
    assert ann.marks() == {"largest": True}


async def test_a_text_that_is_no_code_goes_its_usual_way(teacher: Teacher) -> None:
    """Whoever thinks better of /join and answers the own quiz is marked."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 3")
    await ann.votes("The blue whale")
    await ann.says("/join")
    await ann.says("blue whale")
    assert ann.marks() == {"largest": True, "name": True}


async def test_a_quiz_alone_waits_in_silence(teacher: Teacher) -> None:
    """A quiz under way is put aside without a word, cannot be gone on with in class, and is there afterwards."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 3")
    said = await ann.says(teacher.code)
    assert [text_of(one).startswith(words("seat.nickname")) for one in said] == [True]
    await ann.says("Ann")
    for command in ("/quiz", "/quiz 5"):
        (said_now,) = await ann.says(command)
        assert text_of(said_now) == words("class.busy")
    (said_now,) = await ann.says("/stop")
    assert text_of(said_now) == words("class.stop")
    (said_now,) = await ann.says("/leave")
    assert text_of(said_now) == words("class.left")
    (waits,) = await ann.says("/quiz")
    assert text_of(waits) == words("quiz.waits", round=1, of=3)


async def test_an_unknown_code_is_met_kindly(teacher: Teacher) -> None:
    """A mistyped code, one of a class that is over, and a strange link lead nowhere, and say so."""
    ann = Pupil(teacher.bot, "Ann")
    for typed in ("/join CCCCCC", "CCC CCC", "/start CCCCCC"):
        (said,) = await ann.says(typed)
        assert text_of(said) == UNKNOWN, typed
    for typed in ("/join no such code at all", f"/join {'x' * 4000}"):
        (said,) = await ann.says(typed)
        assert text_of(said) == words("class.unreadable_code"), typed
    (said,) = await ann.says(f"/start {'A' * 22}")
    assert text_of(said) == words("host.unknown")
    (said,) = await ann.says("/start something-else")
    assert text_of(said).startswith("Hello, Ann!")
    await teacher.leads("end", "end_yes")
    (said,) = await ann.says(teacher.code)
    assert text_of(said) == words("class.unknown_code", code=teacher.code)


async def test_the_teacher_has_no_seat_in_the_own_class(teacher: Teacher) -> None:
    """Whoever leads a class is told kindly that there is no seat in it."""
    (said,) = await teacher.says(f"/start {teacher.code}")
    assert text_of(said) == words("class.own")
    assert teacher.pupil_rows() == {}


async def test_one_class_at_a_time(teacher: Teacher) -> None:
    """Whoever joins another class leaves the first, whose round no longer waits for them."""
    other = Teacher(teacher.bot, "Mr Ray")
    await other.opens()
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ben.votes("The blue whale")
    assert teacher.state().phase == "asking"
    await ann.joins(other.code)
    assert teacher.state().phase == "revealed"
    assert [row.is_here for row in teacher.pupil_rows().values()] == [False, True]
    assert other.pupil_rows()["Ann"].is_here


async def test_who_leaves_is_told_how_to_come_back(teacher: Teacher) -> None:
    """After /leave no question comes and a vote does not count; the same link gives the same seat with its marks."""
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ann.votes("The blue whale")
    await ben.votes("The blue whale")
    (said,) = await ann.says("/leave")
    assert text_of(said) == words("class.left")
    (said,) = await ann.says("/leave")
    assert text_of(said) == words("class.none")
    before = ann.messages()[-1]
    await teacher.leads("next", "close")
    assert ann.transcript(before) == ""
    said = await ann.says(f"/start {teacher.code}")
    assert [text_of(one).split("\n")[0] for one in said] == [words("seat.back", name="Ann")]
    await teacher.leads("next")
    assert HEART.stem in ann.transcript(before)
    assert teacher.pupil_rows()["Ann"].seat.right == 1


async def test_joining_is_not_done_until_it_is_done(teacher: Teacher) -> None:
    """Whoever follows the link and turns to a quiz of the own instead is not held, nor counted as here."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says(teacher.code)
    (asked_first,) = await ann.says("/quiz 3")
    assert asked_first.content.poll_id
    await ann.votes("The blue whale")
    await ann.says("blue whale")
    assert ann.marks() == {"largest": True, "name": True}
    await teacher.leads("start")
    assert teacher.state().awaited == 0


async def test_the_picture_holds_the_link(teacher: Teacher) -> None:
    """The teacher gets the QR code as a picture large enough to show, with the code in groups of three."""
    (picture,) = [one for one in teacher.messages() if one.content.photo]
    assert picture.content.photo is not None
    assert min(picture.content.photo.width, picture.content.photo.height) >= 500
    code = f"{teacher.code[:3]} {teacher.code[3:]}"
    link = f"https://t.me/{teacher.world.bot.username}?start={teacher.code}"
    assert caption_of(picture) == words("host.join", code=code, link=link)


async def test_a_wrong_code_does_not_end_a_joining(teacher: Teacher) -> None:
    """Whoever is asked for a nickname and sends a wrong code is told so, and may still be called something."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says(teacher.code)
    (said,) = await ann.says("/join CCCCCC")
    assert text_of(said) == UNKNOWN
    (seated,) = await ann.says("Owl")
    assert text_of(seated).startswith(words("seat.welcome", name="Owl"))


@pytest.mark.parametrize("names", [True, False])
async def test_a_class_may_be_over_before_somebody_is_in(start_bot: StartBot, *, names: bool) -> None:
    """Whoever is still choosing a name when the class ends is told, and goes on with what they like."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await teacher.opens(*([words("host.names")] if names else []))
    ann = Pupil(teacher.bot, "Ann")
    (said,) = await ann.says(teacher.code)
    _, take = ann.button(buttons_of(said)[0])
    if names:
        await ann.says("Owl")
    await teacher.leads("end", "end_yes")
    await ann.presses_forged(take)
    assert ann.toasts()[-1] == words("toast.stale")
    (said,) = await ann.says("Anna Lee")
    assert text_of(said) == words("class.over")
    (asked,) = await ann.says("/quiz 1")
    assert asked.content.poll_id
    assert words("host.everybody") not in text_of(teacher.messages()[-1])


WRONG = "CCC-CCC"


@pytest.mark.parametrize("way", ["/join {}", "{}", "/start {}"])
async def test_wrong_codes_slow_down(teacher: Teacher, way: str) -> None:
    """After ten wrong codes no code is read for half a minute, a right one neither; a restart changes nothing."""
    ann, ben = Pupil(teacher.bot, "Ann"), Pupil(teacher.bot, "Ben")
    for _ in range(10):
        (said,) = await ann.says(way.format("CCCCCC"))
        assert text_of(said) == UNKNOWN
    wait = words("class.code_wait", time="30 seconds")
    for code in ("CCCCCC", teacher.code, "CCCCCC"):
        (said,) = await ann.says(way.format(code))
        assert text_of(said) == wait
    await teacher.bot.restart()
    (said,) = await ann.says(f"/start {teacher.code}")
    assert text_of(said) == wait
    (said,) = await ben.says(way.format(teacher.code))
    assert text_of(said).startswith(words("seat.nickname"))
    await teacher.bot.advance(seconds=30)
    (said,) = await ann.says(way.format("CCCCCC"))
    assert text_of(said) == UNKNOWN
    (said,) = await ann.says(way.format(teacher.code))
    assert text_of(said) == words("class.code_wait", time="60 seconds")
    await teacher.bot.advance(seconds=60)
    (said,) = await ann.says(way.format(teacher.code))
    assert text_of(said).startswith(words("seat.nickname"))


async def test_a_right_code_takes_no_wrong_ones_back(teacher: Teacher) -> None:
    """Whoever sends the right code of one class between guesses at another's is slowed down all the same."""
    ann = Pupil(teacher.bot, "Ann")
    for _ in range(5):
        for code in (teacher.code, WRONG, WRONG):
            await ann.says(f"/join {code}")
    (said,) = await ann.says(f"/join {teacher.code}")
    assert text_of(said) == words("class.code_wait", time="30 seconds")


async def test_a_nickname_tests_no_code(teacher: Teacher) -> None:
    """Who was slowed down and writes another class's code for a nickname is called by it, and learns nothing."""
    other = Teacher(teacher.bot, "Mr Ray")
    await other.opens()
    ben = Pupil(teacher.bot, "Ben")
    await ben.says(f"/join {teacher.code}")
    for _ in range(10):
        await ben.says(f"/join {WRONG}")
    (said,) = await ben.says(other.code)
    assert text_of(said).startswith(words("seat.welcome", name=other.code))


async def test_wrong_codes_are_forgotten_in_an_hour(teacher: Teacher) -> None:
    """An hour after the last wrong code the next ten are free."""
    ann = Pupil(teacher.bot, "Ann")
    for _ in range(10):
        await ann.says(f"/join {WRONG}")
    await teacher.bot.advance(hours=1)
    for _ in range(10):
        (said,) = await ann.says(f"/join {WRONG}")
        assert text_of(said) == UNKNOWN
