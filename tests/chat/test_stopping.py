"""Skipping, stopping, going away, going on days later, and a second quiz while one waits."""

from bot_in_process import StartBot
from learner import Learner, buttons_of, text_of, words
from whale_bank import LARGEST, NAME, PROTECTED, bank_in_order, bank_of_true_statements

SKIP, GO_ON, NEW = words("question.skip"), words("quiz.go_on"), words("quiz.new")


def waits(round_number: int, of: int) -> str:
    """Give the words on a quiz that waits."""
    return words("quiz.waits", round=round_number, of=of)


async def test_a_skipped_question_is_shown_and_not_marked(start_bot: StartBot) -> None:
    """Skip closes the poll, tells the answer with its sentence, asks the next, and marks nothing."""
    ann = Learner(await start_bot(bank_in_order(LARGEST, PROTECTED)))
    await ann.says("/quiz 2")
    first = ann.poll()
    explained, _next = await ann.presses(SKIP)
    assert text_of(explained).startswith(words("explanation.skipped", solution="The blue whale"))
    assert first.is_closed
    assert ann.poll().question.text.startswith("2/2.")
    assert ann.marks() == {}


async def test_a_question_in_writing_can_be_skipped(start_bot: StartBot) -> None:
    """Skip takes its own button off a question to be answered in writing."""
    ann = Learner(await start_bot(bank_in_order(NAME, PROTECTED)))
    (asked,) = await ann.says("/quiz 2")
    explained, _next = await ann.presses(SKIP)
    assert text_of(explained).startswith(words("explanation.skipped", solution="Blue whale"))
    assert buttons_of(asked) == []


async def test_a_skipped_question_counts_as_missed_in_the_result(start_bot: StartBot) -> None:
    """The result counts what was asked, skipped questions among it, and offers them for practice."""
    ann = Learner(await start_bot(bank_in_order(LARGEST, PROTECTED)))
    await ann.says("/quiz 2")
    await ann.presses(SKIP)
    *_, result = await ann.answers()
    assert words("result.title", right=1, of=2) in text_of(result)
    assert f"• {LARGEST.stem}" in text_of(result)


async def test_stop_puts_the_quiz_aside(ann: Learner) -> None:
    """``/stop`` says where the quiz stands, and offers to go on."""
    await ann.says("/quiz 5")
    await ann.answers()
    (stopped,) = await ann.says("/stop")
    assert text_of(stopped) == words("quiz.stopped", round=2, of=5, right=1)
    assert buttons_of(stopped) == [GO_ON]


async def test_stop_without_a_quiz_says_so(ann: Learner) -> None:
    """There is nothing to stop, and the bot says how to start."""
    (said,) = await ann.says("/stop")
    assert text_of(said) == words("quiz.none")


async def test_stop_twice_offers_to_go_on(ann: Learner) -> None:
    """A second ``/stop`` tells that the quiz waits."""
    await ann.says("/quiz 5")
    await ann.says("/stop")
    (said,) = await ann.says("/stop")
    assert text_of(said) == waits(1, 5)


async def test_a_stopped_quiz_goes_on_days_later(ann: Learner) -> None:
    """Days later Go on puts the same question, and the quiz ends as if nothing had been; the pause costs no time."""
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
    """A vote in the open question's poll counts even after ``/stop``, and the quiz goes on."""
    ann = Learner(await start_bot(bank_in_order(LARGEST, PROTECTED)))
    await ann.says("/quiz 2")
    await ann.says("/stop")
    ann.bot.fire_deadlines_after(days=3)
    await ann.votes("The blue whale")
    assert ann.marks() == {"largest": True}
    assert ann.poll().question.text.startswith("2/2.")


async def test_after_stopping_a_text_is_no_answer(start_bot: StartBot) -> None:
    """Whoever stopped may write what they like: nothing is marked, and the bot tells that the quiz waits."""
    ann = Learner(await start_bot(bank_in_order(NAME, PROTECTED)))
    await ann.says("/quiz 2")
    await ann.says("/stop")
    (said,) = await ann.says("thank you")
    assert (text_of(said), buttons_of(said)) == (waits(1, 2), [GO_ON, NEW])
    await ann.presses(GO_ON)
    await ann.says("blue whale")
    assert ann.marks() == {"name": True}


async def test_who_was_away_and_writes_is_asked_first(start_bot: StartBot) -> None:
    """After half an hour of silence a text may be about anything: it is not marked, and the bot offers to go on."""
    ann = Learner(await start_bot(bank_in_order(NAME, PROTECTED)))
    await ann.says("/quiz 2")
    ann.bot.fire_deadlines_after(minutes=31)
    (said,) = await ann.says("good morning")
    assert (text_of(said), buttons_of(said)) == (waits(1, 2), [GO_ON, NEW])
    assert ann.marks() == {}


async def test_who_goes_away_without_a_word_finds_the_quiz_again(start_bot: StartBot) -> None:
    """After half an hour of silence the quiz waits by itself; the silence costs no time and the vote counts."""
    ann = Learner(await start_bot(bank_of_true_statements(1)))
    await ann.says("/quiz 1")
    ann.bot.fire_deadlines_after(days=2)
    *_, result = await ann.answers()
    assert words("result.time", time=words("count.seconds", n=0)) in text_of(result)


async def test_a_second_quiz_asks_whether_to_go_on_with_the_first(ann: Learner) -> None:
    """While a quiz waits, another is not begun without being asked for."""
    await ann.says("/quiz 5")
    await ann.answers()
    before = ann.question()
    (said,) = await ann.says("/quiz un-bodies 3")
    assert (text_of(said), buttons_of(said)) == (waits(2, 5), [GO_ON, NEW])
    assert ann.question() == before


async def test_going_on_takes_the_buttons_off_and_puts_the_question_again(ann: Learner) -> None:
    """Go on puts the open question below, and nothing is lost."""
    await ann.says("/quiz 5")
    asked = ann.question()
    ann.bot.fire_deadlines_after(minutes=1)
    (said,) = await ann.says("/quiz 5")
    (again,) = await ann.presses(GO_ON)
    assert buttons_of(said) == []
    assert SKIP in buttons_of(again)
    assert ann.question() == asked


async def test_either_copy_of_a_question_can_be_answered_once(start_bot: StartBot) -> None:
    """A question put twice is answered in the first poll as well as in the second, and counts once."""
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


async def test_a_new_quiz_replaces_the_one_that_waits(ann: Learner) -> None:
    """Start a new one begins the quiz that was asked for; the old one's answers stay counted."""
    await ann.says("/quiz 5")
    await ann.answers()
    await ann.says("/quiz un-bodies 3")
    await ann.presses(NEW)
    quiz = ann.quiz()
    assert quiz
    assert (quiz.topic, len(quiz.state.questions), quiz.state.round) == ("un-bodies", 3, 1)
    assert list(ann.marks().values()) == [True]


async def test_quiz_without_words_asks_about_the_first_too(ann: Learner) -> None:
    """Where it was not said which, Start a new one gives the first up and offers the choice in the same message."""
    await ann.says("/quiz un-bodies 4")
    (said,) = await ann.says("/quiz")
    assert text_of(said) == waits(1, 4)
    assert await ann.presses(NEW, NEW) == []
    assert text_of(said) == words("setup.text")
    assert "✅ 4" in buttons_of(said)
    assert ann.quiz() is None
    await ann.presses("5", words("setup.start"))
    quiz = ann.quiz()
    assert quiz
    assert quiz.topic == "un-bodies"


async def test_every_way_to_another_quiz_asks_about_the_first(ann: Learner) -> None:
    """The buttons of the greeting, of a result and of a topic ask as the command does."""
    await ann.takes_quiz("/quiz 1")
    await ann.says("/start")
    await ann.says("/topics")
    await ann.says("/quiz 5")
    for button in (words("welcome.quiz"), words("result.again"), ann.bot.bank.topics[0].title):
        (said,) = await ann.presses(button)
        assert text_of(said) == waits(1, 5)


async def test_an_old_quiz_is_closed_by_a_new_one(start_bot: StartBot) -> None:
    """A vote in a poll of a quiz that was given up is not counted, and the new quiz stays as it is."""
    ann = Learner(await start_bot(bank_of_true_statements(10)))
    await ann.says("/quiz 3")
    old = ann.poll()
    await ann.says("/quiz 2")
    await ann.presses(NEW)
    (said,) = await ann.votes_in(old, 1)
    assert text_of(said) == words("vote.late")
    assert ann.marks() == {}
    quiz = ann.quiz()
    assert quiz
    assert quiz.state.round == 1


async def test_practising_while_a_quiz_waits_is_not_forgotten(ann: Learner) -> None:
    """If another quiz is open, the button for the missed ones asks first, and then asks exactly those."""
    result = await ann.takes_quiz("/quiz 3", wrongly={1, 2})
    missed = {question for question, right in ann.marks().items() if not right}
    await ann.says("/quiz 5")
    assert words("result.practise") in buttons_of(result)
    (said,) = await ann.presses(words("result.practise"))
    assert text_of(said) == waits(1, 5)
    await ann.presses(NEW)
    quiz = ann.quiz()
    assert quiz
    assert set(quiz.state.questions) == missed
