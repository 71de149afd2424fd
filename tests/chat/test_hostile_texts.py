"""Names and texts with markup, placeholders or control characters are shown literally."""

import pytest
from bot_in_process import StartBot
from learner import Learner, text_of, words
from whale_bank import NAME, make_bank

HOSTILE_NAMES = (
    "<b>x</b>",
    "=cmd|' /C calc'!A0",
    "{name}",
    "{0} {} %s $x \\",
    "</b></blockquote>&lt;&amp;&#60;",
    "W" * 64,
    "\u202eevil\u202c",
    "🐋" * 32,
    "'; DROP TABLE persons; --",
    "a\nb",
)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
async def test_a_greeting_shows_any_name_literally(start_bot: StartBot, name: str) -> None:
    """A name is shown as text, even if it looks like markup or code."""
    bot = await start_bot(make_bank(NAME))
    person = Learner(bot, name)
    (hello,) = await person.says("/start")
    questions = words("count.questions", n=1)
    assert text_of(hello) == words("welcome.text", name=name, title="Whales & <others>", questions=questions)


async def test_an_explanation_shows_any_answer_literally(start_bot: StartBot) -> None:
    """The explanation repeats the learner's answer character by character, including markup and braces."""
    bot = await start_bot(make_bank(NAME))
    ann = Learner(bot)
    for text in ("<b>x</b>", "=cmd|' /C calc'!A0", "{name}", "{0} {} %s $x \\", "</blockquote>&lt;", "x\n<i>"):
        await ann.says("/quiz 1")
        explained, _result = await ann.says(text)
        assert words("explanation.given", given=" ".join(text.split())) in text_of(explained)


async def test_a_changed_name_is_updated(start_bot: StartBot) -> None:
    """The bot uses a person's current name in Telegram."""
    bot = await start_bot(make_bank(NAME))
    ann = Learner(bot)
    await ann.says("/start")
    ann.renames("Anna & <Co>")
    (hello,) = await ann.says("/start")
    assert "Anna & <Co>" in text_of(hello)


async def test_many_texts_at_once_are_all_answered(start_bot: StartBot) -> None:
    """Twenty texts in a row are answered one by one, and none is lost."""
    bot = await start_bot(make_bank(NAME))
    ann = Learner(bot)
    replies = await ann.does(lambda: [ann.world.send_text(ann.id, ann.id, "/help") for _ in range(20)])
    assert [text_of(one) for one in replies] == [words("help.text")] * 20
