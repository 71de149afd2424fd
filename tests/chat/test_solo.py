"""The solo quiz: its setup, questions, explanations and result."""

import pytest
from bot_in_process import StartBot
from learner import Learner, buttons_of, entity_texts, text_of, words
from whale_bank import FOOD, HEART, LARGEST, NAME, PROTECTED, YEAR, bank_in_order, make_bank

from bot.core.question import Question

START = words("setup.start")


async def test_the_setup_offers_topics_and_numbers_of_questions(ann: Learner) -> None:
    """``/quiz`` offers mixed topics, each topic, and 5, 10 or 20 questions; mixed and 10 are ticked at first."""
    (setup,) = await ann.says("/quiz")
    topics = [topic.title for topic in ann.bot.bank.topics]
    assert text_of(setup) == words("setup.text")
    assert buttons_of(setup) == [f"✅ {words('setup.mixed')}", *topics, "5", "✅ 10", "20", START]


async def test_a_choice_is_ticked_in_the_same_message(ann: Learner) -> None:
    """A press on a topic or a number moves the tick; Start asks that many questions of that topic."""
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


async def test_the_last_choice_is_ticked(ann: Learner) -> None:
    """The next ``/quiz`` has the last topic and number ticked, even if they came from a command."""
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
async def test_quiz_with_arguments_starts_at_once(ann: Learner, command: str, count: int, topic: str) -> None:
    """``/quiz`` with a topic, a number or both starts a quiz without the setup."""
    (asked,) = await ann.says(command)
    quiz = ann.quiz()
    assert quiz
    assert (len(quiz.state.questions), quiz.topic) == (count, topic)
    assert words("question.skip") in buttons_of(asked)


@pytest.mark.parametrize("command", ["/quiz nonsense", "/quiz -5", "/quiz nonsense 5"])
async def test_an_unknown_topic_leads_to_the_setup(ann: Learner, command: str) -> None:
    """``/quiz`` with an unknown topic starts no quiz; the bot says so and offers the existing topics."""
    notice, setup = await ann.says(command)
    assert text_of(notice) == words("quiz.no_such_topic")
    assert text_of(setup) == words("setup.text")
    assert ann.quiz() is None


async def test_one_right_option_is_asked_by_a_quiz_poll(start_bot: StartBot) -> None:
    """A choice question is a quiz poll with names, shuffled options, one answer and an explanation."""
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
    """A statement is a quiz poll with the options True and False, in this order."""
    ann = Learner(await start_bot(make_bank(PROTECTED)))
    await ann.says("/quiz 1")
    poll = ann.poll()
    assert [option.text.text for option in poll.options] == [words("question.true"), words("question.false")]
    assert (poll.type, poll.is_anonymous, poll.shuffle_options, poll.correct_option_ids) == ("quiz", False, False, (0,))


async def test_all_right_options_must_be_chosen(start_bot: StartBot) -> None:
    """A poll with several right options says so, and only the choice of all of them is right."""
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
async def test_a_written_question_is_answered_by_a_message(
    start_bot: StartBot, asked: Question, how: str, right: str, wrong: str
) -> None:
    """A name, number or year is asked and answered by a message; small slips are accepted."""
    ann = Learner(await start_bot(make_bank(asked)))
    (message,) = await ann.says("/quiz 1")
    assert text_of(message) == f"{words('question.place', round=1, of=1)} · Body\n\n{asked.stem}\n\n{how}"
    assert not message.content.poll_id
    explained, _result = await ann.says(wrong)
    assert words("explanation.given", given=wrong) in text_of(explained)
    assert ann.marks() == {asked.id: False}
    await ann.says("/quiz 1")
    await ann.says(right)
    assert ann.marks() == {asked.id: True}


async def test_a_wrong_answer_is_explained_from_the_text(start_bot: StartBot) -> None:
    """After a wrong vote come the right answer, why the chosen one is wrong, and the sentence with its quote marked."""
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


async def test_a_right_vote_is_followed_by_the_next_question_only(start_bot: StartBot) -> None:
    """After a right vote, which Telegram itself marks, the bot sends only the next question."""
    ann = Learner(await start_bot(bank_in_order(LARGEST, PROTECTED)))
    await ann.says("/quiz 2")
    (following,) = await ann.votes("The blue whale")
    assert ann.poll().question.text == f"2/2. {PROTECTED.stem}"
    assert following.content.poll_id == ann.poll().id


async def test_a_right_text_gets_a_reaction_and_the_next_question(start_bot: StartBot) -> None:
    """A right written answer gets a reaction, and no message except the next question."""
    ann = Learner(await start_bot(bank_in_order(NAME, PROTECTED)))
    await ann.says("/quiz 2")
    (following,) = await ann.says("Blue whale")
    assert following.content.poll_id
    (written,) = [message for message in ann.messages() if text_of(message) == "Blue whale"]
    assert written.reactions[ann.world.bot.id] == ("👍",)


async def test_the_result_is_complete(start_bot: StartBot) -> None:
    """The result has the count, a line for each topic, the time, the missed questions and a button to practise them."""
    ann = Learner(await start_bot(bank_in_order(LARGEST, PROTECTED, YEAR)))
    await ann.says("/quiz 3")
    for rightly in (True, False, True):
        ann.bot.fire_deadlines_after(seconds=25)
        replies = await ann.answers(rightly=rightly)
    assert text_of(replies[-1]).split("\n\n") == [
        f"{words('result.title', right=2, of=3)}\n{words('result.some')}",
        "🟩🟩🟩⬜⬜ Body: 2/3",
        words("result.time", time=words("count.seconds", n=75)),
        f"{words('result.missed')}\n• {PROTECTED.stem}",
    ]
    assert buttons_of(replies[-1]) == [words("result.practise"), words("result.again")]


async def test_a_perfect_result_offers_nothing_to_practise(start_bot: StartBot) -> None:
    """A result without mistakes has praise, and no button to practise."""
    ann = Learner(await start_bot(make_bank(LARGEST, PROTECTED)))
    result = await ann.takes_quiz("/quiz 2")
    assert words("result.title", right=2, of=2) in text_of(result)
    assert words("result.all") in text_of(result)
    assert buttons_of(result) == [words("result.again")]


async def test_practice_asks_the_missed_questions_only(ann: Learner) -> None:
    """The button under the result asks the missed and skipped questions again, and no others."""
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
    """Other commands during a quiz send no further question until the open one is answered."""
    await ann.says("/quiz un-bodies 5")
    for text in ("/score", "/help", "/topics", "/read", "/start"):
        await ann.says(text)
    asked = [message for message in ann.messages() if words("question.skip") in buttons_of(message)]
    assert len(asked) == 1


async def test_no_question_is_repeated_while_others_are_new(ann: Learner) -> None:
    """Quizzes in a row without mistakes go through the whole bank before a question is repeated."""
    for _ in range(6):
        await ann.takes_quiz("/quiz 10")
    assert len(ann.marks()) == 60


async def test_missed_questions_come_back_in_the_next_quiz(ann: Learner) -> None:
    """Missed questions are asked again in the next quiz, among new questions."""
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
    """Two people with a quiz at the same time have their own questions, marks and results."""
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
