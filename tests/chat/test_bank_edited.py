"""Edits of the bank during quizzes: history stays readable, and open questions are marked as they were asked."""

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
    """A stored answer to a removed question still has the question, the given answer and the mark."""
    bot = await start_bot(bank_in_order(LARGEST, YEAR))
    ann = Learner(bot)
    await ann.takes_quiz("/quiz 2")
    await bot.restart(bank_in_order(YEAR))
    (stored,) = bot.rows(select(ANSWERS).where(ANSWERS.c.question_id == "largest"))
    (version,) = bot.rows(select(VERSIONS).where(VERSIONS.c.fingerprint == stored.version))
    assert json.loads(version.document)["question"] == LARGEST.stem
    assert (stored.given, stored.right) == ("The blue whale", True)


async def test_a_score_follows_the_question_id(start_bot: StartBot) -> None:
    """A reworded question stays mastered; a removed one counts as answered, not as mastered."""
    bot = await start_bot(bank_in_order(LARGEST, YEAR))
    ann = Learner(bot)
    await ann.takes_quiz("/quiz 2")
    await bot.restart(bank_in_order(replace(YEAR, stem="Since when?"), PROTECTED))
    (card,) = await ann.says("/score")
    assert words("score.mastered", mastered=1, of=2) in text_of(card)
    assert words("score.answers", right=2, asked=2) in text_of(card)


async def test_a_restored_question_is_still_mastered(start_bot: StartBot) -> None:
    """A question that is removed and added again is still mastered."""
    bot = await start_bot(bank_in_order(LARGEST, YEAR))
    ann = Learner(bot)
    await ann.takes_quiz("/quiz 2")
    await bot.restart(bank_in_order(YEAR))
    await bot.restart(bank_in_order(LARGEST, YEAR))
    (card,) = await ann.says("/score")
    assert words("score.mastered", mastered=2, of=2) in text_of(card)


async def test_an_open_question_is_marked_as_it_was_asked(start_bot: StartBot) -> None:
    """A vote is marked by the version of the question in its poll, even if the right answer has changed since."""
    bot = await start_bot(bank_in_order(LARGEST, YEAR))
    ann = Learner(bot)
    await ann.says("/quiz 2")
    await bot.restart(bank_in_order(OTHER, YEAR))
    await ann.votes("The blue whale")
    assert ann.marks() == {"largest": True}
    (stored,) = bot.rows(select(ANSWERS))
    (version,) = bot.rows(select(VERSIONS).where(VERSIONS.c.fingerprint == stored.version))
    assert json.loads(version.document)["answer"] == "The blue whale"


async def test_a_resumed_question_is_sent_in_its_old_version(start_bot: StartBot) -> None:
    """A quiz resumed after an edit sends the open question in its old version, so that it is marked fairly."""
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
    """An open question that was removed from the bank is marked and explained, and the quiz continues."""
    bot = await start_bot(bank_in_order(LARGEST, YEAR))
    ann = Learner(bot)
    await ann.says("/quiz 2")
    await bot.restart(bank_in_order(YEAR))
    explained, asked = await ann.votes("The giraffe")
    assert text_of(explained).startswith(words("explanation.wrong", solution="The blue whale"))
    assert YEAR.stem in text_of(asked)
    (result,) = await ann.says("1966")
    assert words("result.title", right=1, of=2) in text_of(result)


async def test_a_removed_question_is_skipped(start_bot: StartBot) -> None:
    """A question that was removed before its round is skipped, and the result does not count it."""
    bot = await start_bot(bank_in_order(LARGEST, NAME, YEAR))
    ann = Learner(bot)
    await ann.says("/quiz 3")
    await bot.restart(bank_in_order(LARGEST, YEAR))
    (asked,) = await ann.votes("The blue whale")
    assert YEAR.stem in text_of(asked)
    (result,) = await ann.says("1966")
    assert words("result.title", right=2, of=2) in text_of(result)


async def test_a_quiz_ends_when_its_remaining_questions_are_removed(start_bot: StartBot) -> None:
    """A quiz whose remaining questions are all removed ends with the result of those that were asked."""
    bot = await start_bot(bank_in_order(LARGEST, NAME, YEAR))
    ann = Learner(bot)
    await ann.says("/quiz 3")
    await bot.restart(bank_in_order(HEART))
    (result,) = await ann.votes("The blue whale")
    assert words("result.title", right=1, of=1) in text_of(result)
    assert ann.quiz() is None


async def test_practice_skips_removed_questions(start_bot: StartBot) -> None:
    """Practice skips missed questions that were removed; if none is left, the button is outdated."""
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


async def test_a_removed_topic_is_no_longer_chosen(start_bot: StartBot) -> None:
    """After the removal of a chosen topic all topics are offered, mixed; an old button for it shows the setup."""
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


async def test_the_button_of_a_removed_passage_is_outdated(start_bot: StartBot) -> None:
    """A press on the button of a removed passage is answered as outdated."""
    bank = bank_of_true_statements(1)
    bot = await start_bot(bank)
    ann = Learner(bot)
    await ann.says("/read")
    await bot.restart(replace(bank, reading=(replace(bank.reading[0], id="other"),)))
    await ann.presses("The blue whale")
    assert ann.toasts() == [words("toast.stale")]
