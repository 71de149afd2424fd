"""The score: what a person has mastered, stored for good, and not increased by repeating a question."""

from bot_in_process import StartBot
from learner import Learner, text_of, words
from sqlalchemy import select
from whale_bank import LARGEST, PROTECTED, YEAR, bank_in_order, bank_of_true_statements

from bot.store.answers import ANSWERS


async def score_paragraphs(ann: Learner) -> list[str]:
    """Return the paragraphs of the reply to ``/score``."""
    (card,) = await ann.says("/score")
    return text_of(card).split("\n\n")


def days(count: int) -> str:
    """Return the paragraph on the number of days."""
    return words("score.days", days=words("count.days", n=count))


async def test_the_score_before_the_first_answer_says_how_to_begin(ann: Learner) -> None:
    """``/score`` before the first answer is answered with how to start."""
    assert await score_paragraphs(ann) == [words("score.none")]


async def test_the_score_is_complete(ann: Learner) -> None:
    """``/score`` shows mastered questions, a bar for each topic, right answers, the best quiz and the days."""
    await ann.takes_quiz("/quiz un-bodies 12", wrongly={1, 2, 3, 4, 5, 6, 7, 8})
    await ann.takes_quiz("/quiz partners 8")
    titles = {topic.id: topic.title for topic in ann.bot.bank.topics}
    count = {topic: sum(one.topic == topic for one in ann.bot.bank.questions) for topic in titles}
    assert (count["un-bodies"], count["partners"]) == (12, 8)
    lines = [f"⬜⬜⬜⬜⬜ {title}: 0/{count[topic]}" for topic, title in titles.items()]
    lines[0] = f"🟩⬜⬜⬜⬜ {titles['un-bodies']}: 4/12"
    lines[1] = f"🟩🟩🟩🟩🟩 {titles['partners']}: 8/8"
    mastered = words("score.mastered", mastered=12, of=60)
    assert await score_paragraphs(ann) == [
        words("score.title"),
        f"{mastered}\n{words('score.mastered_means')}",
        "\n".join(lines),
        words("score.answers", right=12, asked=20),
        words("score.best", right=8, of=8),
        days(1),
    ]


async def test_the_latest_answer_decides_what_is_mastered(start_bot: StartBot) -> None:
    """A mastered question is no longer mastered after a wrong answer, and mastered again after a right one."""
    ann = Learner(await start_bot(bank_in_order(LARGEST)))
    for wrongly, mastered in (((), 1), ({1}, 0), ((), 1)):
        ann.bot.fire_deadlines_after(minutes=1)
        await ann.takes_quiz("/quiz 1", wrongly)
        assert words("score.mastered", mastered=mastered, of=1) in (await score_paragraphs(ann))[1]


async def test_repeating_a_question_masters_it_once(start_bot: StartBot) -> None:
    """Ten right answers to one question count as ten answers and one mastered question."""
    bot = await start_bot(bank_in_order(LARGEST, PROTECTED, YEAR))
    ann = Learner(bot)
    await bot.restart(bank_in_order(LARGEST))
    for _ in range(10):
        await ann.takes_quiz("/quiz 1")
    await bot.restart(bank_in_order(LARGEST, PROTECTED, YEAR))
    paragraphs = await score_paragraphs(ann)
    assert words("score.mastered", mastered=1, of=3) in paragraphs[1]
    assert words("score.answers", right=10, asked=10) in paragraphs


async def test_the_best_quiz_is_the_one_with_most_right(start_bot: StartBot) -> None:
    """The best quiz has the most right answers, then the fewest questions; a worse quiz changes nothing."""
    ann = Learner(await start_bot(bank_of_true_statements(9)))
    for command, wrongly, best in (
        ("/quiz 3", {1}, (2, 3)),
        ("/quiz 2", (), (2, 2)),
        ("/quiz 3", {1, 2}, (2, 2)),
        ("/quiz 5", {1}, (4, 5)),
    ):
        await ann.takes_quiz(command, wrongly)
        assert words("score.best", right=best[0], of=best[1]) in await score_paragraphs(ann)


async def test_days_are_counted_over_the_last_seven(start_bot: StartBot) -> None:
    """The days with a quiz in the last seven are counted; several quizzes on one day count as one day."""
    ann = Learner(await start_bot(bank_of_true_statements(9)))
    for wait, expected in ((0, 1), (0, 1), (1, 2), (2, 3), (3, 4), (1, 4), (6, 2), (7, 1)):
        ann.bot.fire_deadlines_after(days=wait)
        await ann.takes_quiz("/quiz 1")
        assert (await score_paragraphs(ann))[-1] == days(expected)
    ann.bot.fire_deadlines_after(days=7)
    assert (await score_paragraphs(ann))[-1] == days(0)


async def test_the_answers_of_an_abandoned_quiz_count(start_bot: StartBot) -> None:
    """Answers count even if their quiz is abandoned; only a finished quiz can be the best."""
    ann = Learner(await start_bot(bank_of_true_statements(9)))
    await ann.says("/quiz 5")
    await ann.answers()
    await ann.says("/quiz 3")
    await ann.presses(words("quiz.new"))
    assert words("score.answers", right=1, asked=1) in await score_paragraphs(ann)
    assert len(await score_paragraphs(ann)) == 5


async def test_each_person_has_their_own_score(start_bot: StartBot) -> None:
    """A person's answers do not change another person's score."""
    bot = await start_bot(bank_of_true_statements(4))
    ann, ben = Learner(bot), Learner(bot, "Ben")
    await ann.takes_quiz("/quiz 4")
    await ben.takes_quiz("/quiz 2", wrongly={1})
    assert words("score.answers", right=4, asked=4) in await score_paragraphs(ann)
    assert words("score.answers", right=1, asked=2) in await score_paragraphs(ben)


async def test_each_answer_is_stored_as_it_was_given(start_bot: StartBot) -> None:
    """A stored answer has its person, round, question, text and mark."""
    ann = Learner(await start_bot(bank_in_order(LARGEST, PROTECTED, YEAR)))
    await ann.says("/quiz 3")
    await ann.votes("The giraffe")
    await ann.votes(words("question.true"))
    await ann.says("in  1967")
    stored = ann.bot.rows(select(ANSWERS).order_by(ANSWERS.c.round))
    assert [(one.person_id, one.round, one.question_id, one.given, one.right) for one in stored] == [
        (ann.id, 1, "largest", "The giraffe", False),
        (ann.id, 2, "protected", "true", True),
        (ann.id, 3, "year", "in 1967", False),
    ]
