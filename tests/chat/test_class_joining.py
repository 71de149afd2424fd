"""Joining a live class by link or code, during a solo quiz, the limit on wrong codes, and leaving the class."""

import pytest
from bot_in_process import StartBot
from learner import buttons_of, text_of, words
from pupils import Pupil, Teacher, caption_of, seat_pupils
from whale_bank import HEART, LARGEST, bank_in_order

from bot.i18n import LANGUAGES

UNKNOWN = words("class.unknown_code", code="CCCCCC")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_new_pupil_is_told_who_sees_the_nickname_and_is_offered_one(teacher: Teacher, language: str) -> None:
    """A new pupil can take a nickname in their language by one press, and is told first who will see it."""
    ann = Pupil(teacher.bot, "Ann", language)
    (reply,) = await ann.says(f"/start {teacher.code}")
    assert text_of(reply) == f"{words('seat.nickname', language)}\n\n{words('seat.who_sees', language)}"
    (offer,) = buttons_of(reply)
    assert offer in words("seat.offers", language).split()
    (seated,) = await ann.presses(offer)
    lobby = words("seat.lobby", language, round=0, of=3)
    assert text_of(seated) == f"{words('seat.welcome', language, name=offer)}\n\n{lobby}"
    assert list(teacher.pupil_rows()) == [offer]


@pytest.mark.parametrize("way", ["/join {}", "/JOIN {}", "{}", " {} ", "/start {}"])
async def test_a_code_joins_in_any_form(teacher: Teacher, way: str) -> None:
    """The code joins after a command, by itself, in groups of three and in lower case."""
    code = teacher.code.lower()
    for name, typed in (("Ann", code), ("Ben", f"{code[:3]} {code[3:]}" if "/start" not in way else code)):
        pupil = Pupil(teacher.bot, name)
        (reply,) = await pupil.says(way.format(typed))
        assert text_of(reply).startswith(words("seat.nickname"))


async def test_a_code_can_follow_in_the_next_message(teacher: Teacher) -> None:
    """After /join without a code, the next text is the code, even if a solo quiz waits for a written answer."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 3")
    await ann.votes("The blue whale")
    (reply,) = await ann.says("/join")
    assert text_of(reply) == words("class.which_code")
    (reply,) = await ann.says(teacher.code)
    assert text_of(reply).startswith(words("seat.nickname"))
    assert ann.marks() == {"largest": True}


async def test_a_text_after_join_that_is_no_code_is_an_answer(teacher: Teacher) -> None:
    """After /join, an answer to the open question of the pupil's solo quiz is marked as usual."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 3")
    await ann.votes("The blue whale")
    await ann.says("/join")
    await ann.says("blue whale")
    assert ann.marks() == {"largest": True, "name": True}


async def test_a_solo_quiz_pauses_during_a_class(teacher: Teacher) -> None:
    """A solo quiz is paused without a message when its learner joins, cannot go on in class, and waits afterwards."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 3")
    replies = await ann.says(teacher.code)
    assert [text_of(one).startswith(words("seat.nickname")) for one in replies] == [True]
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


async def test_an_unknown_code_gets_an_explanation(teacher: Teacher) -> None:
    """A mistyped code, the code of a finished class and an unknown link each get a reply that says so."""
    ann = Pupil(teacher.bot, "Ann")
    for typed in ("/join CCCCCC", "CCC CCC", "/start CCCCCC"):
        (reply,) = await ann.says(typed)
        assert text_of(reply) == UNKNOWN, typed
    for typed in ("/join no such code at all", f"/join {'x' * 4000}"):
        (reply,) = await ann.says(typed)
        assert text_of(reply) == words("class.unreadable_code"), typed
    (reply,) = await ann.says(f"/start {'A' * 22}")
    assert text_of(reply) == words("host.unknown")
    (reply,) = await ann.says("/start something-else")
    assert text_of(reply).startswith("Hello, Ann!")
    await teacher.leads("end", "end_yes")
    (reply,) = await ann.says(teacher.code)
    assert text_of(reply) == words("class.unknown_code", code=teacher.code)


async def test_a_teacher_cannot_join_their_own_class(teacher: Teacher) -> None:
    """A teacher who follows the link of their own class is told that they have no seat in it."""
    (reply,) = await teacher.says(f"/start {teacher.code}")
    assert text_of(reply) == words("class.own")
    assert teacher.pupil_rows() == {}


async def test_joining_another_class_leaves_the_first(teacher: Teacher) -> None:
    """A pupil who joins another class leaves the first, whose round no longer waits for them."""
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


async def test_a_pupil_who_left_can_come_back(teacher: Teacher) -> None:
    """After /leave a pupil gets no questions; the same link returns the same seat with its marks."""
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ann.votes("The blue whale")
    await ben.votes("The blue whale")
    (reply,) = await ann.says("/leave")
    assert text_of(reply) == words("class.left")
    (reply,) = await ann.says("/leave")
    assert text_of(reply) == words("class.none")
    before = ann.messages()[-1]
    await teacher.leads("next", "close")
    assert ann.transcript(before) == ""
    replies = await ann.says(f"/start {teacher.code}")
    assert [text_of(one).split("\n")[0] for one in replies] == [words("seat.back", name="Ann")]
    await teacher.leads("next")
    assert HEART.stem in ann.transcript(before)
    assert teacher.pupil_rows()["Ann"].seat.right == 1


async def test_a_pupil_without_a_nickname_is_not_seated(teacher: Teacher) -> None:
    """A pupil who follows the link but takes a solo quiz instead of a nickname is not counted in the class."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says(teacher.code)
    (asked_first,) = await ann.says("/quiz 3")
    assert asked_first.content.poll_id
    await ann.votes("The blue whale")
    await ann.says("blue whale")
    assert ann.marks() == {"largest": True, "name": True}
    await teacher.leads("start")
    assert teacher.state().awaited == 0


async def test_the_teacher_gets_a_qr_code(teacher: Teacher) -> None:
    """The teacher gets the QR code as a picture large enough to show, with link and code in its caption."""
    (picture,) = [one for one in teacher.messages() if one.content.photo]
    assert picture.content.photo is not None
    assert min(picture.content.photo.width, picture.content.photo.height) >= 500
    code = f"{teacher.code[:3]} {teacher.code[3:]}"
    link = f"https://t.me/{teacher.world.bot.username}?start={teacher.code}"
    assert caption_of(picture) == words("host.join", code=code, link=link)


async def test_a_wrong_code_does_not_interrupt_joining(teacher: Teacher) -> None:
    """A pupil who sends a wrong code when asked for a nickname is told so and can still choose a nickname."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says(teacher.code)
    (reply,) = await ann.says("/join CCCCCC")
    assert text_of(reply) == UNKNOWN
    (seated,) = await ann.says("Owl")
    assert text_of(seated).startswith(words("seat.welcome", name="Owl"))


@pytest.mark.parametrize("names", [True, False])
async def test_a_class_can_end_before_a_pupil_is_seated(start_bot: StartBot, *, names: bool) -> None:
    """A pupil who is still choosing a name when the class ends is told so and can start a quiz."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await teacher.opens(*([words("host.names")] if names else []))
    ann = Pupil(teacher.bot, "Ann")
    (reply,) = await ann.says(teacher.code)
    _, take = ann.button(buttons_of(reply)[0])
    if names:
        await ann.says("Owl")
    await teacher.leads("end", "end_yes")
    await ann.presses_forged(take)
    assert ann.toasts()[-1] == words("toast.stale")
    (reply,) = await ann.says("Anna Lee")
    assert text_of(reply) == words("class.over")
    (asked,) = await ann.says("/quiz 1")
    assert asked.content.poll_id
    assert words("host.everybody") not in text_of(teacher.messages()[-1])


WRONG = "CCC-CCC"


@pytest.mark.parametrize("way", ["/join {}", "{}", "/start {}"])
async def test_wrong_codes_are_limited(teacher: Teacher, way: str) -> None:
    """After ten wrong codes the bot reads no code, not even a right one, for half a minute, also after a restart."""
    ann, ben = Pupil(teacher.bot, "Ann"), Pupil(teacher.bot, "Ben")
    for _ in range(10):
        (reply,) = await ann.says(way.format("CCCCCC"))
        assert text_of(reply) == UNKNOWN
    wait = words("class.code_wait", time="30 seconds")
    for code in ("CCCCCC", teacher.code, "CCCCCC"):
        (reply,) = await ann.says(way.format(code))
        assert text_of(reply) == wait
    await teacher.bot.restart()
    (reply,) = await ann.says(f"/start {teacher.code}")
    assert text_of(reply) == wait
    (reply,) = await ben.says(way.format(teacher.code))
    assert text_of(reply).startswith(words("seat.nickname"))
    await teacher.bot.advance(seconds=30)
    (reply,) = await ann.says(way.format("CCCCCC"))
    assert text_of(reply) == UNKNOWN
    (reply,) = await ann.says(way.format(teacher.code))
    assert text_of(reply) == words("class.code_wait", time="60 seconds")
    await teacher.bot.advance(seconds=60)
    (reply,) = await ann.says(way.format(teacher.code))
    assert text_of(reply).startswith(words("seat.nickname"))


async def test_a_right_code_does_not_reset_the_limit(teacher: Teacher) -> None:
    """Right codes of one class between guesses at another do not reset the count of wrong codes."""
    ann = Pupil(teacher.bot, "Ann")
    for _ in range(5):
        for code in (teacher.code, WRONG, WRONG):
            await ann.says(f"/join {code}")
    (reply,) = await ann.says(f"/join {teacher.code}")
    assert text_of(reply) == words("class.code_wait", time="30 seconds")


async def test_a_nickname_does_not_reveal_a_code(teacher: Teacher) -> None:
    """A pupil over the limit who sends another class's code as a nickname gets that nickname, but no hint."""
    other = Teacher(teacher.bot, "Mr Ray")
    await other.opens()
    ben = Pupil(teacher.bot, "Ben")
    await ben.says(f"/join {teacher.code}")
    for _ in range(10):
        await ben.says(f"/join {WRONG}")
    (reply,) = await ben.says(other.code)
    assert text_of(reply).startswith(words("seat.welcome", name=other.code))


async def test_wrong_codes_are_forgotten_after_an_hour(teacher: Teacher) -> None:
    """An hour after the last wrong code, a pupil has ten tries again."""
    ann = Pupil(teacher.bot, "Ann")
    for _ in range(10):
        await ann.says(f"/join {WRONG}")
    await teacher.bot.advance(hours=1)
    for _ in range(10):
        (reply,) = await ann.says(f"/join {WRONG}")
        assert text_of(reply) == UNKNOWN
