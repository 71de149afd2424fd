"""The teacher's controls of a live class: time, pauses, dropped questions, discussions, the end."""

from bot_in_process import StartBot
from learner import buttons_of, text_of, words
from pupils import Pupil, open_class, seat_pupils
from whale_bank import HEART, LARGEST, NAME


async def test_a_round_closes_by_itself_when_time_is_up(start_bot: StartBot) -> None:
    """The answer is shown two seconds after the time limit; the next question follows after time to read the answer."""
    teacher = await open_class(start_bot, LARGEST, NAME, choices=(words("seat.seconds", seconds=15),))
    (ann,) = await seat_pupils(teacher, "Ann")
    await teacher.leads("start")
    await teacher.bot.advance(seconds=16)
    assert teacher.state().phase == "asking"
    await teacher.bot.advance(seconds=1)
    assert teacher.state().phase == "revealed"
    assert text_of(ann.messages()[-1]).startswith(words("seat.silent", solution="The blue whale"))
    await teacher.bot.advance(seconds=20)
    assert NAME.stem in text_of(ann.messages()[-1])


async def test_a_class_pauses_by_itself_when_nobody_answers(start_bot: StartBot) -> None:
    """After two rounds without an answer the class waits for the teacher, who is told why."""
    teacher = await open_class(start_bot, LARGEST, NAME, HEART)
    await seat_pupils(teacher, "Ann")
    await teacher.leads("start")
    for seconds in (32, 20, 32, 20, 60):
        await teacher.bot.advance(seconds=seconds)
    assert teacher.state().phase == "resting"
    assert words("host.quiet") in text_of(teacher.controls())
    await teacher.leads("next")
    assert teacher.state().round == 3


async def test_a_pause_and_added_time_prolong_the_round(start_bot: StartBot) -> None:
    """A paused round accepts answers and loses no time; the button for more time adds fifteen seconds."""
    teacher = await open_class(start_bot, LARGEST, NAME)
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await teacher.bot.advance(seconds=20)
    await teacher.leads("pause")
    assert words("host.held") in text_of(teacher.controls())
    await teacher.bot.advance(minutes=5)
    await ann.votes("The blue whale")
    await teacher.leads("resume", "more")
    await teacher.bot.advance(seconds=26)
    assert teacher.state().phase == "asking"
    await ben.votes("The blue whale")
    assert teacher.state().phase == "revealed"
    assert [row.seat.right for row in teacher.pupil_rows().values()] == [1, 1]


async def test_a_dropped_question_counts_for_nobody(start_bot: StartBot) -> None:
    """A dropped question disappears from every chat, counts for no pupil, and the next one follows."""
    teacher = await open_class(start_bot, LARGEST, NAME)
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ann.votes("The elephant")
    await teacher.leads("skip")
    for pupil in (ann, ben):
        assert LARGEST.stem not in pupil.transcript()
        assert NAME.stem in text_of(pupil.messages()[-1])
    await teacher.leads("end", "end_yes")
    assert ann.marks() == {}


async def test_a_class_discusses_and_votes_again(start_bot: StartBot) -> None:
    """The first vote is shown without the right answer; after the second the teacher sees both votes and the answer."""
    teacher = await open_class(start_bot, LARGEST)
    ann, ben, cyd = await seat_pupils(teacher, "Ann", "Ben", "Cyd")
    await teacher.leads("start")
    first = ann.poll()
    await ann.votes("The elephant")
    await ben.votes("The blue whale")
    await teacher.leads("discuss")
    shown = text_of(teacher.controls())
    assert "▫️ The elephant: 1" in shown
    assert "✅" not in shown
    assert words("host.discussing") in shown
    for pupil in (ann, ben, cyd):
        assert text_of(pupil.messages()[-1]) == words("class.discuss")
        assert LARGEST.why not in pupil.transcript()
    assert first.is_closed
    await teacher.leads("again")
    description = ann.poll().description
    assert description is not None
    assert words("seat.second_vote") in description.text
    await ann.votes("The blue whale")
    await teacher.leads("close")
    shown = text_of(teacher.controls())
    assert "✅ The blue whale: 1 → 1" in shown
    assert "✖️ The elephant: 1 → 0" in shown
    assert words("host.right", right=2, answered=2) in shown
    assert text_of(ben.messages()[-1]).startswith(words("seat.right", solution="The blue whale"))
    assert [pupil.marks() for pupil in (ann, ben, cyd)] == [{"largest": True}, {"largest": True}, {}]


async def test_ending_a_class_asks_for_confirmation(start_bot: StartBot) -> None:
    """End and no continues the class; End and yes counts the open round and sends everybody their result."""
    teacher = await open_class(start_bot, LARGEST, NAME)
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ann.votes("The blue whale")
    await teacher.leads("end")
    assert words("host.sure") in text_of(teacher.controls())
    await teacher.bot.advance(seconds=4)
    late = Pupil(teacher.bot, "Cyd")
    await late.joins(teacher.code)
    assert words("host.sure") in text_of(teacher.controls())
    await teacher.leads("end_no")
    assert buttons_of(teacher.controls())[0] == words("control.close")
    await teacher.leads("end", "end_yes")
    assert buttons_of(teacher.controls()) == []
    assert words("seat.result", right=1, seen=1) in text_of(ann.messages()[-1])
    assert words("seat.result", right=0, seen=1) in text_of(ben.messages()[-1])


async def test_stale_control_buttons_do_nothing(start_bot: StartBot) -> None:
    """A control button of an earlier round changes nothing; the press is answered with the reason."""
    teacher = await open_class(start_bot, LARGEST, NAME)
    await seat_pupils(teacher, "Ann")
    before = teacher.state()
    await teacher.leads("start")
    await teacher.presses_forged(f"ctl:start:{teacher.session}:0")
    await teacher.presses_forged(f"ctl:next:{teacher.session}:0")
    await teacher.presses_forged(f"ctl:resume:{teacher.session}:1")
    assert teacher.toasts()[-3:] == [words("toast.closed")] * 3
    assert (before.phase, teacher.state().phase, teacher.state().round) == ("gathering", "asking", 1)


async def test_a_double_tap_on_next_skips_nothing(start_bot: StartBot) -> None:
    """Two quick presses of Next open one round, and two of Close close one round whose answer stays shown."""
    teacher = await open_class(start_bot, LARGEST, NAME, HEART)
    await seat_pupils(teacher, "Ann")
    await teacher.leads("start", "close")
    await teacher.presses(words("control.next"), words("control.next"))
    assert (teacher.state().phase, teacher.state().round) == ("asking", 2)
    await teacher.presses(words("control.close"), words("control.close"))
    assert (teacher.state().phase, teacher.state().round) == ("revealed", 2)
