"""Coming late, going, coming back, a bot that is started anew, a class left open: nobody is lost."""

import pytest
from bot_in_process import StartBot
from learner import text_of, words
from pupils import BY_HAND, Pupil, Teacher, seat_pupils
from whale_bank import FOOD, HEART, LARGEST, NAME, bank_in_order


async def test_who_comes_late_gets_the_open_question_at_once(teacher: Teacher) -> None:
    """A late joiner takes part in the present round, is ranked by what they saw, and catches up afterwards."""
    (ann,) = await seat_pupils(teacher, "Ann")
    await teacher.leads("start")
    await ann.votes("The elephant")
    await teacher.leads("next")
    ben = Pupil(teacher.bot, "Ben")
    seated, asked = await ben.joins(teacher.code)
    assert words("seat.question", round=2, of=3) in text_of(seated)
    assert NAME.stem in text_of(asked)
    await ann.says("whale")
    assert teacher.state().phase == "asking"
    await ben.says("blue whale")
    await teacher.leads("next", "close", "finish")
    result = ben.messages()[-1]
    assert words("seat.result", right=1, seen=2) in text_of(result)
    assert words("seat.result_late", of=3, seen=2) in text_of(result)
    assert text_of(result).index(LARGEST.stem) < text_of(result).index(HEART.stem)
    summary = text_of(teacher.messages()[-1])
    assert "1. Ben: 1/2\n2. Ann: 0/3" in summary
    await ben.presses(words("seat.catch_up"))
    await ben.votes("The blue whale")
    await ben.says("180")
    assert ben.marks() == {"name": True, "largest": True, "heart": True}


async def test_who_comes_between_rounds_waits_for_the_next(teacher: Teacher) -> None:
    """While an answer is shown there is nothing to answer; the next question comes to all."""
    (ann,) = await seat_pupils(teacher, "Ann")
    await teacher.leads("start")
    await ann.votes("The elephant")
    ben = Pupil(teacher.bot, "Ben")
    (seated,) = await ben.joins(teacher.code)
    assert words("seat.next", round=1, of=3) in text_of(seated)
    await teacher.leads("next")
    assert NAME.stem in text_of(ben.messages()[-1])
    assert teacher.state().awaited == 2


async def test_who_comes_back_sees_the_question_that_waits(teacher: Teacher) -> None:
    """The link, opened again on another phone, gives the same seat and the question once more; it is answered once."""
    ann, _ = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    first = ann.poll()
    seated, again = await ann.says(f"/start {teacher.code}")
    assert text_of(seated).startswith(words("seat.back", name="Ann"))
    assert again.content.poll_id
    assert first.is_closed
    await ann.votes("The blue whale")
    (seated,) = await ann.says(f"/start {teacher.code}")
    assert teacher.state().answered == 1
    await teacher.leads("close")
    assert ann.marks() == {"largest": True}
    assert len(teacher.pupil_rows()) == 2


async def test_a_block_in_the_middle_frees_the_round(teacher: Teacher) -> None:
    """The round goes on without somebody who blocks the bot; unblocked, the link gives the seat and the question."""
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ben.votes("The blue whale")
    await ann.does(lambda: ann.world.block_bot(ann.id))
    assert teacher.state().phase == "revealed"
    await teacher.leads("next")
    await ann.does(lambda: ann.world.unblock_bot(ann.id))
    seated, asked = await ann.says(f"/start {teacher.code}")
    assert text_of(seated).startswith(words("seat.back", name="Ann"))
    assert NAME.stem in text_of(asked)
    await ann.says("blue whale")
    await ben.says("blue whale")
    assert [row.seat.right for row in teacher.pupil_rows().values()] == [1, 2]


async def test_a_closed_door_met_while_handing_out_holds_up_nobody(teacher: Teacher) -> None:
    """A question that meets a closed door is no longer waited for; the round closes with the others."""
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    message, start = teacher.button(words("control.start"))

    def press_and_block() -> None:
        teacher.world.press_button(teacher.id, teacher.id, message.id, start)
        ann.world.block_bot(ann.id)

    await teacher.does(press_and_block)
    await ben.votes("The blue whale")
    assert teacher.state().phase == "revealed"
    assert not teacher.pupil_rows()["Ann"].is_here


async def test_a_vote_of_somebody_who_left_is_told_not_counted(teacher: Teacher) -> None:
    """Whoever left and taps the old poll learns how to come back."""
    ann, _ = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ann.says("/leave")
    (said,) = await ann.votes("The blue whale")
    assert text_of(said) == words("class.not_in")
    assert teacher.state().answered == 0


async def test_leaving_an_open_question_ends_it(teacher: Teacher) -> None:
    """Whoever leaves while a question is open and comes back is told so, answers neither vote, and gets the next."""
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ann.says("/leave")
    (seated,) = await ann.says(f"/start {teacher.code}")
    assert words("seat.left_round", round=1, of=3) in text_of(seated)
    (said,) = await ann.votes("The blue whale")
    assert text_of(said) == words("class.late")
    await teacher.leads("discuss", "again")
    assert len(ann.polls()) == 1
    assert (teacher.state().awaited, teacher.state().answered) == (1, 0)
    await ben.votes("The blue whale")
    assert teacher.state().phase == "revealed"
    await teacher.leads("next")
    assert NAME.stem in text_of(ann.messages()[-1])
    assert ann.marks() == {}


async def test_an_answer_goes_when_its_round_is_left(teacher: Teacher) -> None:
    """Whoever answered and then leaves has no answer in that round: it is not counted, and cannot be given again."""
    ann, ben, _ = await seat_pupils(teacher, "Ann", "Ben", "Cyd")
    await teacher.leads("start")
    await ann.votes("The blue whale")
    await ann.says("/leave")
    assert teacher.state().answered == 0
    await ann.says(f"/start {teacher.code}")
    await ben.votes("The elephant")
    await teacher.bot.advance(seconds=3)
    assert words("host.answered", answered=1, asked=2) in text_of(teacher.controls())
    await teacher.leads("close")
    assert ann.marks() == {}
    assert teacher.pupil_rows()["Ann"].seat.seen == 0


async def test_who_is_let_back_in_waits_for_the_next_question(teacher: Teacher) -> None:
    """A pupil who was taken out in an open round and let back in during it joins at the next question."""
    ann, _ = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    for press in (words("host.pupils"), "Ann", words("host.remove"), words("host.readmit")):
        await teacher.presses(press)
    (seated,) = await ann.says(f"/start {teacher.code}")
    assert words("seat.left_round", round=1, of=3) in text_of(seated)
    assert teacher.state().awaited == 1
    await teacher.leads("close", "next")
    assert NAME.stem in text_of(ann.messages()[-1])


async def test_a_block_in_an_open_round_ends_it(teacher: Teacher) -> None:
    """Blocking the bot is leaving: whoever lets it in again within the same round joins at the next question."""
    ann, _ = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ann.does(lambda: ann.world.block_bot(ann.id))
    await ann.does(lambda: ann.world.unblock_bot(ann.id))
    (seated,) = await ann.says(f"/start {teacher.code}")
    assert words("seat.left_round", round=1, of=3) in text_of(seated)


async def test_who_left_before_the_end_is_in_the_summary(teacher: Teacher) -> None:
    """The teacher reads what somebody had answered who went home early, below those who stayed."""
    ann, ben, _ = await seat_pupils(teacher, "Ann", "Ben", "Cyd")
    await teacher.leads("start")
    await ann.votes("The blue whale")
    await ben.votes("The elephant")
    await teacher.leads("close")
    await ann.says("/leave")
    await teacher.leads("end", "end_yes")
    assert text_of(teacher.messages()[-1]).endswith("1. Ben: 0/1\n2. Cyd: 0/1\n3. Ann: 1/1")


PHASES = ("lobby", "asked", "answered", "held", "discussing", "voting again", "revealed", "resting")


@pytest.mark.parametrize("stop", PHASES)
async def test_a_restart_in_any_phase_changes_nothing(start_bot: StartBot, stop: str) -> None:
    """The bot ends and starts in the lobby, before and after answers, in a pause, a discussion, at an explanation."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST, NAME)))
    await teacher.opens()
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")

    async def reach(phase: str) -> None:
        if phase == stop:
            await teacher.bot.restart()
            await teacher.bot.wait_until_idle()

    await reach("lobby")
    await teacher.leads("start")
    await reach("asked")
    await ann.votes("The elephant")
    await reach("answered")
    await teacher.leads("pause")
    await reach("held")
    await teacher.leads("resume", "discuss")
    await reach("discussing")
    await teacher.leads("again")
    await reach("voting again")
    await ann.votes("The blue whale")
    await ben.votes("The blue whale")
    await reach("revealed")
    await teacher.leads("pause")
    await reach("resting")
    await teacher.leads("next")
    await ann.says("blue whale")
    await ben.says("walrus")
    await teacher.leads("finish")
    assert words("seat.result", right=2, seen=2) in text_of(ann.messages()[-1])
    assert words("seat.result", right=1, seen=2) in text_of(ben.messages()[-1])
    assert ann.marks() == {"largest": True, "name": True}
    assert sum(LARGEST.stem in text for text in map(ann.full_text, ann.messages())) == 2  # the two votes


async def test_what_is_done_while_the_bot_is_down_is_not_lost(teacher: Teacher) -> None:
    """Votes and a press that a stopped bot misses are taken when it is up again, and a round overdue is closed."""
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await teacher.bot.stop()
    ann.world.vote(ann.id, ann.poll().id, [0])
    await teacher.bot.start()
    await teacher.bot.wait_until_idle()
    assert teacher.state().answered == 1
    await teacher.bot.stop()
    await teacher.bot.start()
    await teacher.bot.advance(seconds=33)
    assert teacher.state().phase == "revealed"
    assert text_of(ben.messages()[-1]).startswith(words("seat.silent", solution="The blue whale"))


async def test_questions_go_out_in_another_order_each_round(start_bot: StartBot) -> None:
    """Over a class nobody is always the last to get the question."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST, FOOD, NAME)))
    await teacher.opens(BY_HAND)
    pupils = await seat_pupils(teacher, "Ann", "Ben", "Cyd")
    first: list[int] = []
    teacher.world.subscribe(
        lambda change: first.append(change.chat_id) if change.kind == "sent" and change.chat_id != teacher.id else None
    )
    orders = []
    for control in (("start",), ("close", "next"), ("close", "next")):
        first.clear()
        await teacher.leads(*control)
        orders.append(tuple(first[-3:]))
    assert len({order[0] for order in orders}) == len(pupils)


async def test_a_class_that_is_left_open_ends_after_a_day(start_bot: StartBot) -> None:
    """A class that nobody led on for a day is over: its code is free, and everybody hears how it went."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST, NAME, HEART)))
    await teacher.opens(BY_HAND)
    (ann,) = await seat_pupils(teacher, "Ann")
    await teacher.leads("start")
    await ann.votes("The blue whale")
    await teacher.bot.advance(hours=23)
    assert teacher.state().phase == "revealed"
    await teacher.bot.advance(hours=2)
    assert teacher.state().phase == "finished"
    assert words("seat.result", right=1, seen=1) in text_of(ann.messages()[-1])
    late = Pupil(teacher.bot, "Ben")
    (told,) = await late.says(f"/start {teacher.code}")
    assert text_of(told) == words("class.unknown_code", code=teacher.code)


async def test_a_lobby_is_left_open_for_a_day(teacher: Teacher) -> None:
    """A class opened the evening before still lets people in; a day later it does not."""
    await teacher.bot.advance(hours=20)
    (ann,) = await seat_pupils(teacher, "Ann")
    assert teacher.state().phase == "gathering"
    await teacher.bot.advance(hours=5)
    assert teacher.state().phase == "finished"
    assert ann.messages()
