"""Late pupils, pupils who leave and come back, restarts of the bot, and classes left open."""

import pytest
from bot_in_process import StartBot
from learner import text_of, words
from pupils import BY_HAND, Pupil, Teacher, seat_pupils
from whale_bank import FOOD, HEART, LARGEST, NAME, bank_in_order


async def test_a_late_pupil_gets_the_open_question_at_once(teacher: Teacher) -> None:
    """A late pupil takes part in the open round, is ranked by the rounds they saw, and catches up afterwards."""
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


async def test_a_pupil_who_joins_between_rounds_waits_for_the_next(teacher: Teacher) -> None:
    """A pupil who joins while an answer is shown gets the next question together with the others."""
    (ann,) = await seat_pupils(teacher, "Ann")
    await teacher.leads("start")
    await ann.votes("The elephant")
    ben = Pupil(teacher.bot, "Ben")
    (seated,) = await ben.joins(teacher.code)
    assert words("seat.next", round=1, of=3) in text_of(seated)
    await teacher.leads("next")
    assert NAME.stem in text_of(ben.messages()[-1])
    assert teacher.state().awaited == 2


async def test_a_pupil_who_opens_the_link_again_gets_the_open_question_again(teacher: Teacher) -> None:
    """The link, opened again, returns the same seat and the open question once more; only one answer counts."""
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


async def test_a_round_does_not_wait_for_a_pupil_who_blocks_the_bot(teacher: Teacher) -> None:
    """The round goes on without a pupil who blocks the bot; after unblocking, the link returns seat and question."""
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


async def test_a_round_does_not_wait_for_a_question_that_cannot_be_sent(teacher: Teacher) -> None:
    """A pupil who blocked the bot before the question was sent is not waited for; the round closes with the others."""
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    message, start = teacher.button(words("control.start"))

    def press_and_block() -> None:
        teacher.world.press_button(teacher.id, teacher.id, message.id, start)
        ann.world.block_bot(ann.id)

    await teacher.does(press_and_block)
    await ben.votes("The blue whale")
    assert teacher.state().phase == "revealed"
    assert not teacher.pupil_rows()["Ann"].is_here


async def test_a_vote_of_a_pupil_who_left_is_not_counted(teacher: Teacher) -> None:
    """A pupil who left and votes in the old poll is told how to come back; the vote does not count."""
    ann, _ = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ann.says("/leave")
    (reply,) = await ann.votes("The blue whale")
    assert text_of(reply) == words("class.not_in")
    assert teacher.state().answered == 0


async def test_a_pupil_who_left_during_a_round_returns_for_the_next(teacher: Teacher) -> None:
    """A pupil who leaves during a round and comes back cannot answer in it, not even in its second vote."""
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ann.says("/leave")
    (seated,) = await ann.says(f"/start {teacher.code}")
    assert words("seat.left_round", round=1, of=3) in text_of(seated)
    (reply,) = await ann.votes("The blue whale")
    assert text_of(reply) == words("class.late")
    await teacher.leads("discuss", "again")
    assert len(ann.polls()) == 1
    assert (teacher.state().awaited, teacher.state().answered) == (1, 0)
    await ben.votes("The blue whale")
    assert teacher.state().phase == "revealed"
    await teacher.leads("next")
    assert NAME.stem in text_of(ann.messages()[-1])
    assert ann.marks() == {}


async def test_leaving_a_round_removes_its_answer(teacher: Teacher) -> None:
    """The answer of a pupil who leaves during the round is not counted and cannot be given again."""
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


async def test_a_readmitted_pupil_waits_for_the_next_question(teacher: Teacher) -> None:
    """A pupil who was removed and readmitted during a round joins at the next question."""
    ann, _ = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    for press in (words("host.pupils"), "Ann", words("host.remove"), words("host.readmit")):
        await teacher.presses(press)
    (seated,) = await ann.says(f"/start {teacher.code}")
    assert words("seat.left_round", round=1, of=3) in text_of(seated)
    assert teacher.state().awaited == 1
    await teacher.leads("close", "next")
    assert NAME.stem in text_of(ann.messages()[-1])


async def test_a_pupil_who_blocks_and_unblocks_the_bot_waits_for_the_next_question(teacher: Teacher) -> None:
    """Blocking the bot counts as leaving: a pupil who unblocks it within the round joins at the next question."""
    ann, _ = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ann.does(lambda: ann.world.block_bot(ann.id))
    await ann.does(lambda: ann.world.unblock_bot(ann.id))
    (seated,) = await ann.says(f"/start {teacher.code}")
    assert words("seat.left_round", round=1, of=3) in text_of(seated)


async def test_the_summary_names_pupils_who_left_early(teacher: Teacher) -> None:
    """The summary lists the results of pupils who left early below those of the others."""
    ann, ben, _ = await seat_pupils(teacher, "Ann", "Ben", "Cyd")
    await teacher.leads("start")
    await ann.votes("The blue whale")
    await ben.votes("The elephant")
    await teacher.leads("close")
    await ann.says("/leave")
    await teacher.leads("end", "end_yes")
    assert text_of(teacher.messages()[-1]).endswith("1. Ben: 0/1\n2. Cyd: 0/1\n3. Ann: 1/1")


PHASES = ("lobby", "asked", "answered", "held", "discussing", "voting again", "revealed", "resting")


@pytest.mark.parametrize("restart_in", PHASES)
async def test_a_restart_in_any_phase_changes_nothing(start_bot: StartBot, restart_in: str) -> None:
    """A restart of the bot in any phase of a class, from the lobby to the explanation, changes no result."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST, NAME)))
    await teacher.opens()
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")

    async def reach(phase: str) -> None:
        if phase == restart_in:
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


async def test_votes_while_the_bot_is_down_count_after_its_start(teacher: Teacher) -> None:
    """A vote given while the bot is down counts after its start, and an overdue round is closed."""
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


async def test_each_round_sends_its_question_in_another_order(start_bot: StartBot) -> None:
    """Each round sends its question to the pupils in another order, so that no pupil is always last."""
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
    """A class that is left open for a day ends: its code becomes invalid, and everybody gets their result."""
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
    (reply,) = await late.says(f"/start {teacher.code}")
    assert text_of(reply) == words("class.unknown_code", code=teacher.code)


async def test_a_lobby_stays_open_for_a_day(teacher: Teacher) -> None:
    """A class that was opened the evening before still accepts pupils; a day after its opening it has ended."""
    await teacher.bot.advance(hours=20)
    (ann,) = await seat_pupils(teacher, "Ann")
    assert teacher.state().phase == "gathering"
    await teacher.bot.advance(hours=5)
    assert teacher.state().phase == "finished"
    assert ann.messages()
