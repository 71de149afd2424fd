"""Skipping questions, pausing and resuming a quiz, inactivity, and a second quiz while one is paused."""

from bot_in_process import StartBot
from learner import Learner, buttons_of, text_of, words
from whale_bank import LARGEST, NAME, PROTECTED, bank_in_order, bank_of_true_statements

SKIP, GO_ON, NEW = words("question.skip"), words("quiz.go_on"), words("quiz.new")


def paused_text(round_number: int, of: int) -> str:
    """Return the bot's text about a paused quiz."""
    return words("quiz.waits", round=round_number, of=of)


async def test_a_skipped_question_is_explained_and_not_marked(start_bot: StartBot) -> None:
    """Skip closes the poll, shows the answer with its sentence, asks the next question, and marks nothing."""
    ann = Learner(await start_bot(bank_in_order(LARGEST, PROTECTED)))
    await ann.says("/quiz 2")
    first = ann.poll()
    explained, _next = await ann.presses(SKIP)
    assert text_of(explained).startswith(words("explanation.skipped", solution="The blue whale"))
    assert first.is_closed
    assert ann.poll().question.text.startswith("2/2.")
    assert ann.marks() == {}


async def test_a_written_question_can_be_skipped(start_bot: StartBot) -> None:
    """Skip explains a written question and removes its button."""
    ann = Learner(await start_bot(bank_in_order(NAME, PROTECTED)))
    (asked,) = await ann.says("/quiz 2")
    explained, _next = await ann.presses(SKIP)
    assert text_of(explained).startswith(words("explanation.skipped", solution="Blue whale"))
    assert buttons_of(asked) == []


async def test_a_skipped_question_counts_as_missed_in_the_result(start_bot: StartBot) -> None:
    """The result counts a skipped question as asked, and offers it for practice."""
    ann = Learner(await start_bot(bank_in_order(LARGEST, PROTECTED)))
    await ann.says("/quiz 2")
    await ann.presses(SKIP)
    *_, result = await ann.answers()
    assert words("result.title", right=1, of=2) in text_of(result)
    assert f"• {LARGEST.stem}" in text_of(result)


async def test_stop_pauses_the_quiz(ann: Learner) -> None:
    """``/stop`` shows the progress of the quiz, and offers to resume it."""
    await ann.says("/quiz 5")
    await ann.answers()
    (stopped,) = await ann.says("/stop")
    assert text_of(stopped) == words("quiz.stopped", round=2, of=5, right=1)
    assert buttons_of(stopped) == [GO_ON]


async def test_stop_without_a_quiz_says_so(ann: Learner) -> None:
    """``/stop`` without a quiz is answered with how to start one."""
    (reply,) = await ann.says("/stop")
    assert text_of(reply) == words("quiz.none")


async def test_a_second_stop_says_that_the_quiz_is_paused(ann: Learner) -> None:
    """A second ``/stop`` is answered that the quiz is paused."""
    await ann.says("/quiz 5")
    await ann.says("/stop")
    (reply,) = await ann.says("/stop")
    assert text_of(reply) == paused_text(1, 5)


async def test_a_stopped_quiz_can_be_resumed_days_later(ann: Learner) -> None:
    """Go on sends the same question days later, and the pause is not counted as time."""
    await ann.says("/quiz 2")
    await ann.answers()
    ann.bot.fire_deadlines_after(seconds=10)
    await ann.says("/stop")
    asked = ann.question()
    ann.bot.fire_deadlines_after(days=5)
    (again,) = await ann.presses(GO_ON)
    assert SKIP in buttons_of(again)
    assert ann.question() == asked
    ann.bot.fire_deadlines_after(seconds=20)
    *_, result = await ann.answers()
    assert words("result.title", right=2, of=2) in text_of(result)
    assert words("result.time", time=words("count.seconds", n=30)) in text_of(result)


async def test_an_old_poll_can_be_answered_days_after_stopping(start_bot: StartBot) -> None:
    """A vote in the open question's poll counts even days after ``/stop``, and resumes the quiz."""
    ann = Learner(await start_bot(bank_in_order(LARGEST, PROTECTED)))
    await ann.says("/quiz 2")
    await ann.says("/stop")
    ann.bot.fire_deadlines_after(days=3)
    await ann.votes("The blue whale")
    assert ann.marks() == {"largest": True}
    assert ann.poll().question.text.startswith("2/2.")


async def test_a_text_after_stopping_is_no_answer(start_bot: StartBot) -> None:
    """A text after ``/stop`` is not marked, and is answered that the quiz is paused."""
    ann = Learner(await start_bot(bank_in_order(NAME, PROTECTED)))
    await ann.says("/quiz 2")
    await ann.says("/stop")
    (reply,) = await ann.says("thank you")
    assert (text_of(reply), buttons_of(reply)) == (paused_text(1, 2), [GO_ON, NEW])
    await ann.presses(GO_ON)
    await ann.says("blue whale")
    assert ann.marks() == {"name": True}


async def test_a_text_after_half_an_hour_is_no_answer(start_bot: StartBot) -> None:
    """A text after half an hour of inactivity is not marked, and the bot offers to resume the quiz."""
    ann = Learner(await start_bot(bank_in_order(NAME, PROTECTED)))
    await ann.says("/quiz 2")
    ann.bot.fire_deadlines_after(minutes=31)
    (reply,) = await ann.says("good morning")
    assert (text_of(reply), buttons_of(reply)) == (paused_text(1, 2), [GO_ON, NEW])
    assert ann.marks() == {}


async def test_a_quiz_pauses_after_half_an_hour(start_bot: StartBot) -> None:
    """A quiz pauses after half an hour of inactivity, which is not counted as time; a later vote counts."""
    ann = Learner(await start_bot(bank_of_true_statements(1)))
    await ann.says("/quiz 1")
    ann.bot.fire_deadlines_after(days=2)
    *_, result = await ann.answers()
    assert words("result.time", time=words("count.seconds", n=0)) in text_of(result)


async def test_a_second_quiz_needs_a_confirmation(ann: Learner) -> None:
    """``/quiz`` during a quiz offers to resume it or to start a new one."""
    await ann.says("/quiz 5")
    await ann.answers()
    before = ann.question()
    (reply,) = await ann.says("/quiz un-bodies 3")
    assert (text_of(reply), buttons_of(reply)) == (paused_text(2, 5), [GO_ON, NEW])
    assert ann.question() == before


async def test_resuming_removes_the_buttons_and_repeats_the_question(ann: Learner) -> None:
    """Go on removes the buttons of its message and sends the open question again."""
    await ann.says("/quiz 5")
    asked = ann.question()
    ann.bot.fire_deadlines_after(minutes=1)
    (reply,) = await ann.says("/quiz 5")
    (again,) = await ann.presses(GO_ON)
    assert buttons_of(reply) == []
    assert SKIP in buttons_of(again)
    assert ann.question() == asked


async def test_either_copy_of_a_question_can_be_answered_once(start_bot: StartBot) -> None:
    """A question that was sent twice can be answered in either poll, and counts once."""
    ann = Learner(await start_bot(bank_in_order(LARGEST, PROTECTED)))
    await ann.says("/quiz 2")
    ann.bot.fire_deadlines_after(minutes=1)
    await ann.says("/quiz 2")
    await ann.presses(GO_ON)
    first, second = ann.polls()
    assert [option.text.text for option in first.options] == [option.text.text for option in second.options]
    await ann.votes_in(first, *first.correct_option_ids)
    (late,) = await ann.votes_in(second, (second.correct_option_ids[0] + 1) % 3)
    assert text_of(late) == words("vote.late")
    assert ann.marks() == {"largest": True}


async def test_a_new_quiz_replaces_the_paused_one(ann: Learner) -> None:
    """The button "Start a new one" starts the requested quiz, and the answers of the old one still count."""
    await ann.says("/quiz 5")
    await ann.answers()
    await ann.says("/quiz un-bodies 3")
    await ann.presses(NEW)
    quiz = ann.quiz()
    assert quiz
    assert (quiz.topic, len(quiz.state.questions), quiz.state.round) == ("un-bodies", 3, 1)
    assert list(ann.marks().values()) == [True]


async def test_quiz_without_arguments_needs_a_confirmation_too(ann: Learner) -> None:
    """After ``/quiz`` without arguments "Start a new one" ends the first quiz and shows the setup in that message."""
    await ann.says("/quiz un-bodies 4")
    (reply,) = await ann.says("/quiz")
    assert text_of(reply) == paused_text(1, 4)
    assert await ann.presses(NEW, NEW) == []
    assert text_of(reply) == words("setup.text")
    assert "✅ 4" in buttons_of(reply)
    assert ann.quiz() is None
    await ann.presses("5", words("setup.start"))
    quiz = ann.quiz()
    assert quiz
    assert quiz.topic == "un-bodies"


async def test_every_button_for_another_quiz_needs_a_confirmation(ann: Learner) -> None:
    """The buttons of the greeting, a result and a topic ask for a confirmation as the command does."""
    await ann.takes_quiz("/quiz 1")
    await ann.says("/start")
    await ann.says("/topics")
    await ann.says("/quiz 5")
    for button in (words("welcome.quiz"), words("result.again"), ann.bot.bank.topics[0].title):
        (reply,) = await ann.presses(button)
        assert text_of(reply) == paused_text(1, 5)


async def test_an_old_quiz_is_closed_by_a_new_one(start_bot: StartBot) -> None:
    """A vote in a poll of an abandoned quiz does not count and does not change the new quiz."""
    ann = Learner(await start_bot(bank_of_true_statements(10)))
    await ann.says("/quiz 3")
    old = ann.poll()
    await ann.says("/quiz 2")
    await ann.presses(NEW)
    (reply,) = await ann.votes_in(old, 1)
    assert text_of(reply) == words("vote.late")
    assert ann.marks() == {}
    quiz = ann.quiz()
    assert quiz
    assert quiz.state.round == 1


async def test_practising_during_a_quiz_needs_a_confirmation(ann: Learner) -> None:
    """The button to practise asks for a confirmation during a quiz, and then asks exactly the missed questions."""
    result = await ann.takes_quiz("/quiz 3", wrongly={1, 2})
    missed = {question for question, right in ann.marks().items() if not right}
    await ann.says("/quiz 5")
    assert words("result.practise") in buttons_of(result)
    (reply,) = await ann.presses(words("result.practise"))
    assert text_of(reply) == paused_text(1, 5)
    await ann.presses(NEW)
    quiz = ann.quiz()
    assert quiz
    assert set(quiz.state.questions) == missed
