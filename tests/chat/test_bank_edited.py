"""The bank is edited while people are in the middle of it: history stays, open questions stay as they were asked."""

import json
from dataclasses import replace

from bot_in_process import StartBot
from learner import Learner, buttons_of, text_of, words
from sqlalchemy import select
from whale_bank import HEART, LARGEST, NAME, PROTECTED, YEAR, bank_in_order, bank_of_true_statements, make_question

from bot.core.kind import Option
from bot.core.kinds.one_right import OneRight
from bot.core.kinds.typed import Typed
from bot.store.answers import ANSWERS
from bot.store.versions import VERSIONS

OTHER = replace(LARGEST, stem="Which is larger?", kind=OneRight("The elephant", (Option("The blue whale"),)))


async def test_a_removed_question_leaves_its_history_readable(start_bot: StartBot) -> None:
    """An answer to a question that is gone still says what was asked, what was answered and how it was marked."""
    bot = await start_bot(bank_in_order(LARGEST, YEAR))
    ann = Learner(bot)
    await ann.takes_quiz("/quiz 2")
    await bot.restart(bank_in_order(YEAR))
    (kept,) = bot.rows(select(ANSWERS).where(ANSWERS.c.question_id == "largest"))
    (version,) = bot.rows(select(VERSIONS).where(VERSIONS.c.fingerprint == kept.version))
    assert json.loads(version.document)["question"] == LARGEST.stem
    assert (kept.given, kept.right) == ("The blue whale", True)


async def test_a_score_is_kept_by_the_questions_id(start_bot: StartBot) -> None:
    """A question reworded stays mastered; one removed counts among the answers, not among the mastered."""
    bot = await start_bot(bank_in_order(LARGEST, YEAR))
    ann = Learner(bot)
    await ann.takes_quiz("/quiz 2")
    await bot.restart(bank_in_order(replace(YEAR, stem="Since when?"), PROTECTED))
    (card,) = await ann.says("/score")
    assert words("score.mastered", mastered=1, of=2) in text_of(card)
    assert words("score.answers", right=2, asked=2) in text_of(card)


async def test_a_question_that_comes_back_is_still_mastered(start_bot: StartBot) -> None:
    """Taking a question out and putting it back loses nothing."""
    bot = await start_bot(bank_in_order(LARGEST, YEAR))
    ann = Learner(bot)
    await ann.takes_quiz("/quiz 2")
    await bot.restart(bank_in_order(YEAR))
    await bot.restart(bank_in_order(LARGEST, YEAR))
    (card,) = await ann.says("/score")
    assert words("score.mastered", mastered=2, of=2) in text_of(card)


async def test_an_open_question_is_marked_as_it_was_asked(start_bot: StartBot) -> None:
    """A right answer changed while the poll is open: the vote is marked and explained by the poll that was sent."""
    bot = await start_bot(bank_in_order(LARGEST, YEAR))
    ann = Learner(bot)
    await ann.says("/quiz 2")
    await bot.restart(bank_in_order(OTHER, YEAR))
    await ann.votes("The blue whale")
    assert ann.marks() == {"largest": True}
    (kept,) = bot.rows(select(ANSWERS))
    (version,) = bot.rows(select(VERSIONS).where(VERSIONS.c.fingerprint == kept.version))
    assert json.loads(version.document)["answer"] == "The blue whale"


async def test_an_open_question_is_put_again_as_it_was(start_bot: StartBot) -> None:
    """Going on after an edit puts the question that was open, not its new version, so that it is marked fairly."""
    bot = await start_bot(bank_in_order(NAME, YEAR))
    ann = Learner(bot)
    await ann.says("/quiz 2")
    await ann.says("/stop")
    await bot.restart(bank_in_order(replace(NAME, kind=Typed(("Elephant",)), stem="Whose trunk is it?"), YEAR))
    (again,) = await ann.presses(words("quiz.go_on"))
    assert NAME.stem in text_of(again)
    await ann.says("blue whale")
    assert ann.marks() == {"name": True}


async def test_an_open_question_that_was_removed_can_be_answered(start_bot: StartBot) -> None:
    """The question before the learner is answered and taught although the bank holds it no more; the quiz goes on."""
    bot = await start_bot(bank_in_order(LARGEST, YEAR))
    ann = Learner(bot)
    await ann.says("/quiz 2")
    await bot.restart(bank_in_order(YEAR))
    explained, asked = await ann.votes("The giraffe")
    assert text_of(explained).startswith(words("explanation.wrong", solution="The blue whale"))
    assert YEAR.stem in text_of(asked)
    (result,) = await ann.says("1966")
    assert words("result.title", right=1, of=2) in text_of(result)


async def test_a_removed_question_ahead_is_passed_over(start_bot: StartBot) -> None:
    """Questions removed before they were asked are left out, and the result does not count them."""
    bot = await start_bot(bank_in_order(LARGEST, NAME, YEAR))
    ann = Learner(bot)
    await ann.says("/quiz 3")
    await bot.restart(bank_in_order(LARGEST, YEAR))
    (asked,) = await ann.votes("The blue whale")
    assert YEAR.stem in text_of(asked)
    (result,) = await ann.says("1966")
    assert words("result.title", right=2, of=2) in text_of(result)


async def test_a_quiz_ends_when_all_that_was_left_is_removed(start_bot: StartBot) -> None:
    """If every question ahead is gone, the quiz ends with the result of what was asked."""
    bot = await start_bot(bank_in_order(LARGEST, NAME, YEAR))
    ann = Learner(bot)
    await ann.says("/quiz 3")
    await bot.restart(bank_in_order(HEART))
    (result,) = await ann.votes("The blue whale")
    assert words("result.title", right=1, of=1) in text_of(result)
    assert ann.quiz() is None


async def test_practice_leaves_out_what_was_removed(start_bot: StartBot) -> None:
    """Missed questions that are gone are not practised; where none is left the button is out of date."""
    bot = await start_bot(bank_in_order(LARGEST, NAME, YEAR))
    ann = Learner(bot)
    await ann.takes_quiz("/quiz 3", wrongly={1, 2})
    await bot.restart(bank_in_order(YEAR))
    assert await ann.presses(words("result.practise")) == []
    assert ann.toasts()[-1] == words("toast.stale")
    await bot.restart(bank_in_order(NAME, YEAR))
    await ann.presses(words("result.practise"))
    quiz = ann.quiz()
    assert quiz
    assert quiz.state.questions == ("name",)


async def test_a_removed_topic_is_forgotten_as_a_choice(start_bot: StartBot) -> None:
    """Who chose a topic that is gone is offered all topics, mixed; an old button for it leads to the choice."""
    life = replace(make_question("life", PROTECTED.kind), topic="life")
    bank = bank_in_order(LARGEST, life)
    bot = await start_bot(bank)
    ann = Learner(bot)
    await ann.takes_quiz("/quiz life 1")
    await ann.says("/topics")
    await bot.restart(replace(bank, topics=bank.topics[:1], questions=bank.questions[:1]))
    notice, _setup = await ann.presses("Life & <death>")
    assert text_of(notice) == words("quiz.no_such_topic")
    (setup,) = await ann.says("/quiz")
    assert f"✅ {words('setup.mixed')}" in buttons_of(setup)


async def test_a_removed_passage_button_is_out_of_date(start_bot: StartBot) -> None:
    """The reading's old buttons say that they are out of date."""
    bank = bank_of_true_statements(1)
    bot = await start_bot(bank)
    ann = Learner(bot)
    await ann.says("/read")
    await bot.restart(replace(bank, reading=(replace(bank.reading[0], id="other"),)))
    await ann.presses("The blue whale")
    assert ann.toasts() == [words("toast.stale")]
