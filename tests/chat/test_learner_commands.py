"""Commands beside the quiz: start, help, the reading, topics and language; and the bot's profile in Telegram."""

import pytest
from bot_in_process import StartBot
from learner import Learner, buttons_of, entity_texts, text_of, words
from whale_bank import HEART, LARGEST, PASSAGE, PROTECTED, bank_in_order, make_bank

from bot.i18n import LANGUAGES
from bot.playground.world import Command, Scope
from bot.tg.features import FEATURES

OTHERS = sorted(set(LANGUAGES) - {"en"})


async def test_a_newcomer_is_greeted_with_three_buttons(ann: Learner) -> None:
    """``/start`` introduces the bot and the text, and offers a quiz, the score and the reading."""
    (hello,) = await ann.says("/start")
    questions = words("count.questions", n=60)
    assert text_of(hello) == words("welcome.text", name="Ann", title=ann.bot.bank.title, questions=questions)
    assert buttons_of(hello) == [words(f"welcome.{name}") for name in ("quiz", "score", "read")]


async def test_start_with_a_payload_greets_too(ann: Learner) -> None:
    """``/start`` with a payload is answered with the greeting."""
    (hello,) = await ann.says("/start from-school")
    assert buttons_of(hello)[0] == words("welcome.quiz")


async def test_each_button_of_the_greeting_works(ann: Learner) -> None:
    """The three buttons of the greeting show the setup of a quiz, the score and the contents of the reading."""
    await ann.says("/start")
    (setup,) = await ann.presses(words("welcome.quiz"))
    (score,) = await ann.presses(words("welcome.score"))
    (contents,) = await ann.presses(words("welcome.read"))
    assert text_of(setup) == words("setup.text")
    assert text_of(score) == words("score.none")
    assert buttons_of(contents) == [passage.title for passage in ann.bot.bank.reading]
    assert ann.toasts() == ["", "", ""]


async def test_help_names_every_command(ann: Learner) -> None:
    """``/help`` lists all commands of a learner."""
    (reply,) = await ann.says("/help")
    assert text_of(reply) == words("help.text")
    for command in ("quiz", "stop", "score", "read", "topics", "language"):
        assert f"/{command}" in text_of(reply)


async def test_the_reading_is_browsed_passage_by_passage(ann: Learner) -> None:
    """``/read`` lists the passages; a passage is shown complete in the same message, with buttons to its neighbours."""
    bank = ann.bot.bank
    (shown,) = await ann.says("/read")
    assert bank.title in text_of(shown)
    assert words("read.source", source=bank.source) in text_of(shown)
    assert await ann.presses(bank.reading[0].title) == []
    for number, passage in enumerate(bank.reading, 1):
        assert text_of(shown) == (
            f"📖 {passage.title} ({words('read.place', number=number, of=len(bank.reading))})\n\n{passage.text.strip()}"
        )
        forward = ["▶️"] if number < len(bank.reading) else []
        assert buttons_of(shown) == (["◀️"] if number > 1 else []) + forward
        if forward:
            await ann.presses("▶️")
    await ann.presses("◀️")
    assert bank.reading[-2].title in text_of(shown)


async def test_reading_does_not_disturb_the_quiz(ann: Learner) -> None:
    """An open quiz stays at its question while the learner reads."""
    await ann.says("/quiz 5")
    asked = ann.question()
    await ann.says("/read")
    await ann.presses(ann.bot.bank.reading[2].title)
    assert ann.question() == asked
    assert ann.marks() == {}


async def test_topics_show_progress_and_start_a_quiz(start_bot: StartBot) -> None:
    """``/topics`` shows the progress in each topic; its button starts a quiz of the same length as last time."""
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
    """A topic without questions is not offered, and ``/quiz`` with it leads to the setup."""
    ann = Learner(await start_bot(make_bank(LARGEST)))
    (setup,) = await ann.says("/quiz")
    assert "Life & <death>" not in buttons_of(setup)
    notice, _setup = await ann.says("/quiz life")
    assert text_of(notice) == words("quiz.no_such_topic")
    await ann.presses_forged("go:life:5")
    assert ann.quiz() is None
    assert ann.toasts() == [""]


@pytest.mark.parametrize("language", OTHERS)
async def test_the_bot_uses_the_language_of_the_app(ann: Learner, language: str) -> None:
    """The bot uses the language of the person's Telegram app from the first message on, if it knows it."""
    aida = Learner(ann.bot, "Аида", language)
    (hello,) = await aida.says("/start")
    assert buttons_of(hello)[0] == words("welcome.quiz", language)
    (setup,) = await aida.says("/quiz")
    assert text_of(setup) == words("setup.text", language)


async def test_an_unknown_language_is_answered_in_english(ann: Learner) -> None:
    """A person whose language the bot does not know is answered in English."""
    jo = Learner(ann.bot, "Jo", "pt-br")
    (hello,) = await jo.says("/start")
    assert buttons_of(hello)[0] == words("welcome.quiz")


@pytest.mark.parametrize("language", OTHERS)
async def test_a_chosen_language_stays(ann: Learner, language: str) -> None:
    """``/language`` lists the languages by their own names; the chosen one is used from then on."""
    (choice,) = await ann.says("/language")
    assert buttons_of(choice) == [one.name for one in LANGUAGES.values()]
    (chosen,) = await ann.presses(LANGUAGES[language].name)
    assert text_of(chosen) == words("language.chosen", language)
    (reply,) = await ann.says("/help")
    assert text_of(reply) == words("help.text", language)


@pytest.mark.parametrize("language", OTHERS)
async def test_the_bot_follows_the_app_until_a_language_is_chosen(ann: Learner, language: str) -> None:
    """The bot's language changes with that of the app, unless the person chose one."""
    await ann.says("/start")
    ann.switches(language)
    (reply,) = await ann.says("/help")
    assert text_of(reply) == words("help.text", language)
    await ann.says("/language en")
    (reply,) = await ann.says("/help")
    assert text_of(reply) == words("help.text")


async def test_the_profile_is_registered_in_every_language(ann: Learner) -> None:
    """Commands, name and descriptions are registered at the start, in each language and in English as the default."""
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


async def test_titles_with_html_characters_are_shown_literally(start_bot: StartBot) -> None:
    """A bank's title, passage titles and passages are shown as text, not as markup."""
    ann = Learner(await start_bot(make_bank(LARGEST)))
    (hello,) = await ann.says("/start")
    assert "Whales & <others>" in text_of(hello)
    assert entity_texts(hello, "bold") == ["Whales & <others>"]
    (shown,) = await ann.says("/read")
    await ann.presses(PASSAGE.title)
    assert PASSAGE.text in text_of(shown)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_quiz_works_in_every_language(start_bot: StartBot, language: str) -> None:
    """The bot's texts, including True and False, are in the learner's language; the question keeps its own."""
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
