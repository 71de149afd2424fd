"""The solo quiz: choosing it, its questions, what is taught, its result."""

import pytest
from bot_in_process import StartBot
from learner import Learner, buttons_of, entity_texts, text_of, words
from whale_bank import FOOD, HEART, LARGEST, NAME, PROTECTED, YEAR, bank_in_order, make_bank

from bot.core.question import Question

START = words("setup.start")


async def test_quiz_offers_topics_and_numbers_with_the_choice_ticked(ann: Learner) -> None:
    """``/quiz`` offers mixed and every topic, 5, 10 and 20 questions; mixed and 10 are ticked at first."""
    (setup,) = await ann.says("/quiz")
    topics = [topic.title for topic in ann.bot.bank.topics]
    assert text_of(setup) == words("setup.text")
    assert buttons_of(setup) == [f"✅ {words('setup.mixed')}", *topics, "5", "✅ 10", "20", START]


async def test_a_choice_is_ticked_in_the_same_message_and_then_asked(ann: Learner) -> None:
    """Pressing a topic and a number moves the ticks; Start asks that many questions of that topic."""
    topic = ann.bot.bank.topics[0]
    (setup,) = await ann.says("/quiz")
    assert await ann.presses(topic.title) == []
    assert await ann.presses("5") == []
    assert [text for text in buttons_of(setup) if text.startswith("✅")] == [f"✅ {topic.title}", "✅ 5"]
    await ann.presses(START)
    assert text_of(setup) == words("quiz.chosen", topic=topic.title, questions=words("count.questions", n=5))
    assert buttons_of(setup) == []
    topics = {one.id: one.topic for one in ann.bot.bank.questions}
    quiz = ann.quiz()
    assert quiz
    assert [topics[asked] for asked in quiz.state.questions] == [topic.id] * 5


async def test_the_choice_is_remembered(ann: Learner) -> None:
    """The next ``/quiz`` has the last topic and number ticked, however they were chosen."""
    await ann.takes_quiz("/quiz un-bodies 3")
    (setup,) = await ann.says("/quiz")
    title = ann.bot.bank.topics[0].title
    assert [text for text in buttons_of(setup) if text.startswith("✅")] == [f"✅ {title}", "✅ 3"]


@pytest.mark.parametrize(
    ("command", "count", "topic"),
    [
        ("/quiz 5", 5, ""),
        ("/quiz un-bodies 10", 10, "un-bodies"),
        ("/quiz 10 UN-Bodies", 10, "un-bodies"),
        ("/quiz un-bodies", 10, "un-bodies"),
        ("/quiz 0", 1, ""),
        ("/quiz 99999999999999999999", 60, ""),
    ],
)
async def test_a_quiz_with_words_goes_straight_in(ann: Learner, command: str, count: int, topic: str) -> None:
    """A topic, a number or both start a quiz at once."""
    (asked,) = await ann.says(command)
    quiz = ann.quiz()
    assert quiz
    assert (len(quiz.state.questions), quiz.topic) == (count, topic)
    assert words("question.skip") in buttons_of(asked)


@pytest.mark.parametrize("command", ["/quiz nonsense", "/quiz -5", "/quiz nonsense 5"])
async def test_an_unknown_topic_leads_to_the_choice(ann: Learner, command: str) -> None:
    """A topic that is none starts no quiz; the bot says so and offers those there are."""
    notice, setup = await ann.says(command)
    assert text_of(notice) == words("quiz.no_such_topic")
    assert text_of(setup) == words("setup.text")
    assert ann.quiz() is None


async def test_one_right_option_is_asked_by_a_quiz_poll(start_bot: StartBot) -> None:
    """A choice question is a quiz poll that shows names, shuffles, takes one option and explains."""
    ann = Learner(await start_bot(make_bank(LARGEST)))
    await ann.says("/quiz 1")
    poll = ann.poll()
    assert poll.question.text == "1/1. Which animal is the largest?"
    assert sorted(option.text.text for option in poll.options) == ["The blue whale", "The elephant", "The giraffe"]
    assert [poll.options[right].text.text for right in poll.correct_option_ids] == ["The blue whale"]
    assert poll.explanation
    assert poll.explanation.text == LARGEST.why
    assert (poll.type, poll.is_anonymous, poll.shuffle_options) == ("quiz", False, True)
    assert not poll.allows_multiple_answers
    assert not poll.allows_revoting


async def test_true_and_false_are_not_shuffled(start_bot: StartBot) -> None:
    """A statement is a quiz poll whose options are True and False, in this order."""
    ann = Learner(await start_bot(make_bank(PROTECTED)))
    await ann.says("/quiz 1")
    poll = ann.poll()
    assert [option.text.text for option in poll.options] == [words("question.true"), words("question.false")]
    assert (poll.type, poll.is_anonymous, poll.shuffle_options, poll.correct_option_ids) == ("quiz", False, False, (0,))


async def test_several_right_options_must_all_be_found(start_bot: StartBot) -> None:
    """A poll with several right options says so, and only all of them together are right."""
    ann = Learner(await start_bot(make_bank(FOOD)))
    await ann.says("/quiz 1")
    assert ann.poll().allows_multiple_answers
    assert words("question.several") in ann.poll().question.text
    await ann.votes("Krill")
    assert ann.marks() == {"food": False}
    await ann.says("/quiz 1")
    await ann.votes("Small fish", "Krill")
    assert ann.marks() == {"food": True}


@pytest.mark.parametrize(
    ("asked", "how", "right", "wrong"),
    [
        (NAME, words("question.write_text"), "the blue wahle", "a blue tale"),
        (HEART, words("question.write_number_unit", unit="kilograms"), "about 183 kilograms", "186"),
        (YEAR, words("question.write_year"), "In 1966!", "1967"),
    ],
)
async def test_an_answer_in_writing_is_a_message(
    start_bot: StartBot, asked: Question, how: str, right: str, wrong: str
) -> None:
    """Names, numbers and years are asked by a message and answered by one; small slips are forgiven."""
    ann = Learner(await start_bot(make_bank(asked)))
    (put,) = await ann.says("/quiz 1")
    assert text_of(put) == f"{words('question.place', round=1, of=1)} · Body\n\n{asked.stem}\n\n{how}"
    assert not put.content.poll_id
    explained, _result = await ann.says(wrong)
    assert words("explanation.given", given=wrong) in text_of(explained)
    assert ann.marks() == {asked.id: False}
    await ann.says("/quiz 1")
    await ann.says(right)
    assert ann.marks() == {asked.id: True}


async def test_a_wrong_answer_is_taught_from_the_text(start_bot: StartBot) -> None:
    """After a wrong vote: the right answer, why this one is wrong, why, and the sentence with the quote marked."""
    ann = Learner(await start_bot(bank_in_order(LARGEST, PROTECTED)))
    await ann.says("/quiz 2")
    explained, _next = await ann.votes("The elephant")
    sentence = "The blue whale is the largest animal, and it eats krill and small fish."
    assert text_of(explained).split("\n\n") == [
        words("explanation.wrong", solution="The blue whale"),
        words("explanation.given", given="The elephant"),
        "It is the largest on land only.",
        LARGEST.why,
        f"{words('explanation.passage', title='The blue whale')}\n{sentence}",
    ]
    assert entity_texts(explained, "underline") == ["the largest animal"]
    assert entity_texts(explained, "bold") == ["The blue whale", "the largest animal"]
    assert entity_texts(explained, "blockquote") == [sentence]


async def test_after_a_right_vote_comes_the_next_question_alone(start_bot: StartBot) -> None:
    """Telegram itself marks a right vote, so the bot says nothing but the next question."""
    ann = Learner(await start_bot(bank_in_order(LARGEST, PROTECTED)))
    await ann.says("/quiz 2")
    (following,) = await ann.votes("The blue whale")
    assert ann.poll().question.text == f"2/2. {PROTECTED.stem}"
    assert following.content.poll_id == ann.poll().id


async def test_after_a_right_text_comes_a_tick_and_the_next_question(start_bot: StartBot) -> None:
    """A right answer in writing gets a reaction, and no message but the next question."""
    ann = Learner(await start_bot(bank_in_order(NAME, PROTECTED)))
    await ann.says("/quiz 2")
    (following,) = await ann.says("Blue whale")
    assert following.content.poll_id
    (written,) = [message for message in ann.messages() if text_of(message) == "Blue whale"]
    assert written.reactions[ann.world.bot.id] == ("👍",)


async def test_the_result_says_all_there_is_to_say(start_bot: StartBot) -> None:
    """The result has the count, a line a topic, the time, what was missed, and a button to practise it."""
    ann = Learner(await start_bot(bank_in_order(LARGEST, PROTECTED, YEAR)))
    await ann.says("/quiz 3")
    for rightly in (True, False, True):
        ann.bot.fire_deadlines_after(seconds=25)
        said = await ann.answers(rightly=rightly)
    assert text_of(said[-1]).split("\n\n") == [
        f"{words('result.title', right=2, of=3)}\n{words('result.some')}",
        "🟩🟩🟩⬜⬜ Body: 2/3",
        words("result.time", time=words("count.seconds", n=75)),
        f"{words('result.missed')}\n• {PROTECTED.stem}",
    ]
    assert buttons_of(said[-1]) == [words("result.practise"), words("result.again")]


async def test_a_perfect_result_offers_nothing_to_practise(start_bot: StartBot) -> None:
    """Where all is right there is praise, and no button to practise what was missed."""
    ann = Learner(await start_bot(make_bank(LARGEST, PROTECTED)))
    result = await ann.takes_quiz("/quiz 2")
    assert words("result.title", right=2, of=2) in text_of(result)
    assert words("result.all") in text_of(result)
    assert buttons_of(result) == [words("result.again")]


async def test_missed_questions_can_be_practised_exactly(ann: Learner) -> None:
    """The button under the result asks the missed and the skipped questions again, and no other."""
    await ann.says("/quiz 5")
    missed = []
    for round_number in range(1, 6):
        if round_number in (2, 4):
            missed.append(ann.question().id)
            await ann.answers(rightly=False)
        elif round_number == 5:
            missed.append(ann.question().id)
            await ann.presses(words("question.skip"))
        else:
            await ann.answers()
    await ann.presses(words("result.practise"))
    quiz = ann.quiz()
    assert quiz
    assert sorted(quiz.state.questions) == sorted(missed)


async def test_the_next_question_waits_for_the_answer(ann: Learner) -> None:
    """However much is written meanwhile, there is one open question and no other until it is answered."""
    await ann.says("/quiz un-bodies 5")
    for text in ("/score", "/help", "/topics", "/read", "/start"):
        await ann.says(text)
    asked = [message for message in ann.messages() if words("question.skip") in buttons_of(message)]
    assert len(asked) == 1


async def test_no_question_comes_again_while_there_are_others(ann: Learner) -> None:
    """Quizzes in a row, all right, go through the whole bank before a question comes again."""
    for _ in range(6):
        await ann.takes_quiz("/quiz 10")
    assert len(ann.marks()) == 60


async def test_missed_questions_come_back_in_the_next_quiz(ann: Learner) -> None:
    """What was answered wrong is asked again in the very next quiz, among new questions."""
    await ann.takes_quiz("/quiz 6", wrongly={2, 5})
    missed = {question_id for question_id, right in ann.marks().items() if not right}
    known = set(ann.marks()) - missed
    await ann.says("/quiz 6")
    quiz = ann.quiz()
    assert quiz
    assert len(missed) == 2
    assert missed < set(quiz.state.questions)
    assert not known & set(quiz.state.questions)


async def test_two_people_do_not_disturb_one_another(start_bot: StartBot) -> None:
    """Two quizzes at once: each person has questions, marks and a result of their own."""
    bot = await start_bot(bank_in_order(LARGEST, PROTECTED, YEAR))
    ann, ben = Learner(bot), Learner(bot, "Ben")
    await ann.says("/quiz 3")
    await ben.says("/quiz 2")
    for rightly in (True, False):
        await ann.answers(rightly=rightly)
        result = await ben.answers(rightly=not rightly)
    assert words("result.title", right=1, of=2) in text_of(result[-1])
    assert ann.question() == bot.bank.questions[2]
    assert ann.marks() == {"largest": True, "protected": False}
    assert ben.marks() == {"largest": False, "protected": True}
