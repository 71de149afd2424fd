"""What surrounds the quiz: start, help, the reading, the topics, the language, and what Telegram shows of the bot."""

import pytest
from bot_in_process import StartBot
from learner import Learner, buttons_of, entity_texts, text_of, words
from whale_bank import HEART, LARGEST, PASSAGE, PROTECTED, bank_in_order, make_bank

from bot.i18n import LANGUAGES
from bot.playground.world import Command, Scope
from bot.tg.features import FEATURES

OTHERS = sorted(set(LANGUAGES) - {"en"})


async def test_a_newcomer_is_greeted_with_three_buttons(ann: Learner) -> None:
    """``/start`` says who the bot is and what the text is, and offers a quiz, the score and the reading."""
    (hello,) = await ann.says("/start")
    questions = words("count.questions", n=60)
    assert text_of(hello) == words("welcome.text", name="Ann", title=ann.bot.bank.title, questions=questions)
    assert buttons_of(hello) == [words(f"welcome.{name}") for name in ("quiz", "score", "read")]


async def test_a_link_with_a_word_starts_too(ann: Learner) -> None:
    """``/start`` with a payload says hello as well."""
    (hello,) = await ann.says("/start from-school")
    assert buttons_of(hello)[0] == words("welcome.quiz")


async def test_each_button_of_the_greeting_does_what_it_says(ann: Learner) -> None:
    """The three buttons lead to the choice of a quiz, the score and the contents of the reading."""
    await ann.says("/start")
    (setup,) = await ann.presses(words("welcome.quiz"))
    (score,) = await ann.presses(words("welcome.score"))
    (contents,) = await ann.presses(words("welcome.read"))
    assert text_of(setup) == words("setup.text")
    assert text_of(score) == words("score.none")
    assert buttons_of(contents) == [passage.title for passage in ann.bot.bank.reading]
    assert ann.toasts() == ["", "", ""]


async def test_help_names_every_command(ann: Learner) -> None:
    """``/help`` says what there is."""
    (said,) = await ann.says("/help")
    assert text_of(said) == words("help.text")
    for command in ("quiz", "stop", "score", "read", "topics", "language"):
        assert f"/{command}" in text_of(said)


async def test_the_reading_is_turned_over_like_pages(ann: Learner) -> None:
    """``/read`` lists the passages; a passage opens in the same message, whole, and leads to its neighbours."""
    bank = ann.bot.bank
    (shown,) = await ann.says("/read")
    assert bank.title in text_of(shown)
    assert words("read.source", source=bank.source) in text_of(shown)
    assert await ann.presses(bank.reading[0].title) == []
    for place, passage in enumerate(bank.reading, 1):
        assert text_of(shown) == (
            f"📖 {passage.title} ({words('read.place', number=place, of=len(bank.reading))})\n\n{passage.text.strip()}"
        )
        forward = ["▶️"] if place < len(bank.reading) else []
        assert buttons_of(shown) == (["◀️"] if place > 1 else []) + forward
        if forward:
            await ann.presses("▶️")
    await ann.presses("◀️")
    assert bank.reading[-2].title in text_of(shown)


async def test_reading_does_not_disturb_the_quiz(ann: Learner) -> None:
    """A quiz that is open stays where it is while its learner reads."""
    await ann.says("/quiz 5")
    asked = ann.question()
    await ann.says("/read")
    await ann.presses(ann.bot.bank.reading[2].title)
    assert ann.question() == asked
    assert ann.marks() == {}


async def test_topics_show_what_is_mastered_and_start_a_quiz(start_bot: StartBot) -> None:
    """``/topics`` has a line a topic; its button starts a quiz on it, of as many questions as last time."""
    ann = Learner(await start_bot(make_bank(LARGEST)))
    await ann.takes_quiz("/quiz 1")
    (topics,) = await ann.says("/topics")
    assert text_of(topics).split("\n\n") == [
        words("topics.title"),
        "🟩🟩🟩🟩🟩 Body: 1/1\n⬜⬜⬜⬜⬜ Life & <death>: 0/0",
        words("topics.quiz"),
    ]
    await ann.presses("Body")
    quiz = ann.quiz()
    assert quiz
    assert (quiz.topic, len(quiz.state.questions)) == ("body", 1)


async def test_a_topic_without_questions_starts_no_quiz(start_bot: StartBot) -> None:
    """A topic that has no questions yet is not offered, and asking for it leads to the choice."""
    ann = Learner(await start_bot(make_bank(LARGEST)))
    (setup,) = await ann.says("/quiz")
    assert "Life & <death>" not in buttons_of(setup)
    notice, _setup = await ann.says("/quiz life")
    assert text_of(notice) == words("quiz.no_such_topic")
    await ann.presses_forged("go:life:5")
    assert ann.quiz() is None
    assert ann.toasts() == [""]


@pytest.mark.parametrize("language", OTHERS)
async def test_the_bot_speaks_the_language_of_the_app(ann: Learner, language: str) -> None:
    """Whose Telegram speaks a language the bot knows is spoken to in it from the first word."""
    aida = Learner(ann.bot, "Аида", language)
    (hello,) = await aida.says("/start")
    assert buttons_of(hello)[0] == words("welcome.quiz", language)
    (setup,) = await aida.says("/quiz")
    assert text_of(setup) == words("setup.text", language)


async def test_an_unknown_language_is_spoken_to_in_english(ann: Learner) -> None:
    """Whose language the bot does not know hears English."""
    jo = Learner(ann.bot, "Jo", "pt-br")
    (hello,) = await jo.says("/start")
    assert buttons_of(hello)[0] == words("welcome.quiz")


@pytest.mark.parametrize("language", OTHERS)
async def test_a_chosen_language_stays(ann: Learner, language: str) -> None:
    """``/language`` offers every language by its own name; the chosen one is spoken from then on."""
    (choice,) = await ann.says("/language")
    assert buttons_of(choice) == [one.name for one in LANGUAGES.values()]
    (chosen,) = await ann.presses(LANGUAGES[language].name)
    assert text_of(chosen) == words("language.chosen", language)
    (said,) = await ann.says("/help")
    assert text_of(said) == words("help.text", language)


@pytest.mark.parametrize("language", OTHERS)
async def test_the_bot_follows_the_app_until_a_language_is_chosen(ann: Learner, language: str) -> None:
    """When Telegram's language changes the bot's does too, unless the person chose one."""
    await ann.says("/start")
    ann.switches(language)
    (said,) = await ann.says("/help")
    assert text_of(said) == words("help.text", language)
    await ann.says("/language en")
    (said,) = await ann.says("/help")
    assert text_of(said) == words("help.text")


async def test_telegram_knows_the_commands_and_the_bot_in_every_language(ann: Learner) -> None:
    """Commands, name and descriptions are registered at start, in English for all and in each language for its own."""
    last = list(LANGUAGES.values())[-1]
    wording = ann.world.profile.text
    await ann.bot.wait_until(lambda: wording("description", last.code) == last.plain("bot.description"))
    for code, texts in LANGUAGES.items():
        tag = "" if code == "en" else code
        names = [name for feature in FEATURES for name in feature.slash]
        expected = [Command(name, texts.plain(f"command.{name}")) for name in names]
        assert list(ann.world.profile.commands(Scope("default"), tag)) == expected
        assert wording("name", tag) == texts.plain("bot.name")
        assert wording("short_description", tag) == texts.plain("bot.about")
        assert wording("description", tag) == texts.plain("bot.description")


async def test_titles_with_signs_of_html_are_shown_as_they_are(start_bot: StartBot) -> None:
    """What authors write is text, never markup."""
    ann = Learner(await start_bot(make_bank(LARGEST)))
    (hello,) = await ann.says("/start")
    assert "Whales & <others>" in text_of(hello)
    assert entity_texts(hello, "bold") == ["Whales & <others>"]
    (shown,) = await ann.says("/read")
    await ann.presses(PASSAGE.title)
    assert PASSAGE.text in text_of(shown)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_quiz_is_taken_in_every_language(start_bot: StartBot, language: str) -> None:
    """The bot's own words around a question, True and False among them, are the reader's; the question stays."""
    ann = Learner(await start_bot(bank_in_order(PROTECTED, HEART)), language=language)
    await ann.says("/quiz 2")
    true, false = words("question.true", language), words("question.false", language)
    assert [option.text.text for option in ann.poll().options] == [true, false]
    assert ann.poll().question.text == f"1/2. {PROTECTED.stem}"
    explained, asked = await ann.votes(false)
    assert text_of(explained).startswith(words("explanation.wrong", language, solution=true))
    assert words("question.write_number_unit", language, unit="kilograms") in text_of(asked)
    (result,) = await ann.says("180")
    assert words("result.title", language, right=1, of=2) in text_of(result)
    (score,) = await ann.says("/score")
    assert words("score.answers", language, right=1, asked=2) in text_of(score)
