"""Pupils with more time than the others: they finish rounds in private while the class goes on."""

import pytest
from learner import buttons_of, text_of, words
from pupils import Teacher, seat_pupils
from whale_bank import LARGEST, NAME

from bot.core.seat import DOUBLE, HALF_MORE, UNTIMED


async def grant_time(teacher: Teacher, nickname: str, text: str) -> None:
    """Set a pupil's time limit as the teacher."""
    await teacher.presses(words("host.pupils"))
    await teacher.presses(nickname)
    await teacher.presses(text)


@pytest.mark.parametrize(("text", "percent"), [("1.5×", HALF_MORE), ("2×", DOUBLE)])
async def test_a_pupil_with_more_time_finishes_in_private(teacher: Teacher, text: str, percent: int) -> None:
    """The round closes for the others at their limit; a later answer counts, and the next question follows."""
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    before = ann.messages()[-1]
    await grant_time(teacher, "Ann", text)
    assert ann.transcript(before) == ""
    await teacher.leads("start")
    description = ann.poll().description
    assert description is not None
    assert words("seat.seconds", seconds=30 * percent // 100) in description.text
    await teacher.bot.advance(seconds=33)
    assert teacher.state().phase == "revealed"
    assert LARGEST.why in ben.transcript()
    assert LARGEST.why not in ann.transcript()
    await teacher.leads("next")
    assert NAME.stem not in ann.transcript()
    await ann.votes("The blue whale")
    reply, asked = [one for one in ann.messages() if not one.content.poll_id][-2:]
    assert text_of(reply).startswith(words("seat.right", solution="The blue whale"))
    assert NAME.stem in text_of(asked)
    assert ann.marks() == {"largest": True}


async def test_a_longer_limit_closes_the_private_round(teacher: Teacher) -> None:
    """A private round closes by itself at the pupil's own limit, without an answer."""
    ann, _ = await seat_pupils(teacher, "Ann", "Ben")
    await grant_time(teacher, "Ann", "2×")
    await teacher.leads("start")
    await teacher.bot.advance(seconds=33)
    await teacher.leads("end", "end_yes")
    assert words("seat.result", right=0, seen=1) not in ann.transcript()
    await teacher.bot.advance(seconds=30)
    assert words("seat.silent", solution="The blue whale") in ann.transcript()
    assert words("seat.result", right=0, seen=1) in ann.transcript()


async def test_a_pupil_without_a_limit_finishes_after_the_class(teacher: Teacher) -> None:
    """A pupil without a time limit gets the remaining rounds after the class has ended, and then the result."""
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await grant_time(teacher, "Ann", words("host.untimed"))
    assert teacher.pupil_rows()["Ann"].seat.allowance == UNTIMED
    await teacher.leads("start")
    assert ann.poll().description is None
    await ben.votes("The blue whale")
    await teacher.leads("close", "next", "close", "next", "close", "finish")
    await teacher.bot.advance(hours=2)
    assert words("seat.result", right=1, seen=3) in ben.transcript()
    assert "🏁" not in ann.transcript()
    await teacher.bot.restart()
    await ann.votes("The blue whale")
    await ann.says("blue whale")
    await ann.says("180")
    assert words("seat.result", right=3, seen=3) in text_of(ann.messages()[-1])
    assert ann.marks() == {"largest": True, "name": True, "heart": True}


async def test_time_granted_in_a_round_applies_from_the_next(teacher: Teacher) -> None:
    """The open question keeps its announced limit; the pupil's card shows the new limit at once."""
    ann, _ = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await grant_time(teacher, "Ann", "1.5×")
    assert "✅ 1.5×" in buttons_of(teacher.messages()[-1])
    assert teacher.pupil_rows()["Ann"].seat.allowance == 100
    await teacher.bot.advance(seconds=33)
    assert LARGEST.why in ann.transcript()
    await teacher.leads("next")
    assert words("seat.seconds", seconds=45) in ann.transcript()


async def test_a_slow_pupil_may_leave_after_the_end(teacher: Teacher) -> None:
    """A pupil who leaves the remaining private rounds gets the result at once."""
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await grant_time(teacher, "Ann", words("host.untimed"))
    await teacher.leads("start")
    await ben.votes("The blue whale")
    await teacher.leads("close", "end", "end_yes")
    (reply,) = await ann.says("/leave")
    assert words("seat.result", right=0, seen=0) in text_of(reply)
    (setup,) = await ann.says("/quiz")
    assert words("setup.text") == text_of(setup)
