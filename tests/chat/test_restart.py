"""Restarts of the bot between any two steps of a quiz, and actions of people while it is down."""

from bot_in_process import StartBot
from learner import Learner, buttons_of, text_of, words
from whale_bank import HEART, LARGEST, NAME, bank_in_order, bank_of_true_statements

SKIP = words("question.skip")


async def test_a_quiz_survives_a_restart_between_any_two_steps(start_bot: StartBot) -> None:
    """A bot that is restarted before each step sets up, asks, marks, explains and sums up as without restarts."""
    bot = await start_bot(bank_in_order(LARGEST, NAME, HEART))
    ann = Learner(bot)
    await ann.says("/quiz")
    await bot.restart()
    await ann.presses("5")
    await bot.restart()
    (asked,) = await ann.presses(words("setup.start"))
    assert SKIP in buttons_of(asked)
    await bot.restart()
    (explained, _next) = await ann.votes("The elephant")
    assert text_of(explained).startswith(words("explanation.wrong", solution="The blue whale"))
    await bot.restart()
    await ann.says("blue whale")
    await bot.restart()
    (result,) = await ann.says("180")
    assert words("result.title", right=2, of=3) in text_of(result)
    await bot.restart()
    await ann.presses(words("result.practise"))
    await bot.restart()
    assert ann.question() == bot.bank.questions[0]
    await ann.votes("The blue whale")
    assert ann.marks() == {"largest": True, "name": True, "heart": True}


async def test_actions_during_downtime_are_not_lost(start_bot: StartBot) -> None:
    """A vote, press or text while the bot is down is handled when it starts again."""
    bot = await start_bot(bank_in_order(LARGEST, NAME, HEART))
    ann = Learner(bot)
    await ann.says("/quiz 3")
    poll = ann.poll()
    await bot.stop()
    ann.world.vote(ann.id, poll.id, list(poll.correct_option_ids))
    await bot.start()
    await bot.wait_until_idle()
    assert ann.marks() == {"largest": True}
    message, skip = ann.button(SKIP)
    await bot.stop()
    ann.world.press_button(ann.id, ann.id, message.id, skip)
    await bot.start()
    await bot.wait_until_idle()
    await bot.stop()
    ann.world.send_text(ann.id, ann.id, "180")
    await bot.start()
    await bot.wait_until_idle()
    assert ann.marks() == {"largest": True, "heart": True}
    assert words("result.title", right=2, of=3) in text_of(ann.messages()[-1])


async def test_a_restart_sends_nothing_twice(start_bot: StartBot) -> None:
    """A restart repeats no message and no update."""
    bot = await start_bot(bank_of_true_statements(3))
    ann = Learner(bot)
    await ann.says("/quiz 3")
    await ann.answers()
    before = [message.id for message in ann.messages()]
    await bot.restart()
    await ann.does(lambda: None)
    assert [message.id for message in ann.messages()] == before


async def test_a_deadline_during_downtime_fires_at_the_start(start_bot: StartBot) -> None:
    """A quiz whose learner was inactive while the bot was down is paused at the start, and no time is counted."""
    bot = await start_bot(bank_of_true_statements(1))
    ann = Learner(bot)
    await ann.says("/quiz 1")
    await bot.stop()
    bot.fire_deadlines_after(days=1)
    await bot.start()
    *_, result = await ann.answers()
    assert words("result.time", time=words("count.seconds", n=0)) in text_of(result)


async def test_a_press_that_expired_at_telegram_can_be_repeated(start_bot: StartBot) -> None:
    """After a downtime longer than the 150 s for which Telegram keeps a press, Skip can be pressed again."""
    bot = await start_bot(bank_of_true_statements(3))
    ann = Learner(bot)
    await ann.says("/quiz 3")
    message, skip = ann.button(SKIP)
    await bot.stop()
    ann.world.press_button(ann.id, ann.id, message.id, skip)
    bot.fire_deadlines_after(minutes=10)
    await bot.start()
    await bot.wait_until_idle()
    assert ann.poll().question.text.startswith("1/3.")
    await ann.presses(SKIP)
    assert ann.poll().question.text.startswith("2/3.")


async def test_a_vote_that_expired_at_telegram_can_be_repeated(start_bot: StartBot) -> None:
    """After a downtime longer than the day for which Telegram keeps a vote, Go on sends the question again."""
    bot = await start_bot(bank_of_true_statements(2))
    ann = Learner(bot)
    await ann.says("/quiz 2")
    await bot.stop()
    ann.world.vote(ann.id, ann.poll().id, [0])
    bot.fire_deadlines_after(days=2)
    await bot.start()
    await ann.says("/quiz")
    await ann.presses(words("quiz.go_on"))
    assert ann.marks() == {}
    await ann.votes(words("question.true"))
    assert list(ann.marks().values()) == [True]
