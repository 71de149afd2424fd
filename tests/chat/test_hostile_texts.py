"""Names and texts that try to break messages are shown as they are, and break nothing."""

import pytest
from bot_in_process import StartBot
from learner import Learner, text_of, words
from whale_bank import NAME, make_bank

NASTY = (
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


@pytest.mark.parametrize("name", NASTY)
async def test_any_name_is_greeted_as_it_is(start_bot: StartBot, name: str) -> None:
    """A name is text, whatever it looks like."""
    bot = await start_bot(make_bank(NAME))
    somebody = Learner(bot, name)
    (hello,) = await somebody.says("/start")
    questions = words("count.questions", n=1)
    assert text_of(hello) == words("welcome.text", name=name, title="Whales & <others>", questions=questions)


async def test_any_text_is_an_answer_and_repeated_as_it_is(start_bot: StartBot) -> None:
    """What a learner wrote is repeated in the explanation letter by letter, markup and braces among it."""
    bot = await start_bot(make_bank(NAME))
    ann = Learner(bot)
    for text in ("<b>x</b>", "=cmd|' /C calc'!A0", "{name}", "{0} {} %s $x \\", "</blockquote>&lt;", "x\n<i>"):
        await ann.says("/quiz 1")
        explained, _result = await ann.says(text)
        assert words("explanation.given", given=" ".join(text.split())) in text_of(explained)


async def test_a_name_is_taken_over_when_it_changes(start_bot: StartBot) -> None:
    """The bot keeps the name that Telegram gives now."""
    bot = await start_bot(make_bank(NAME))
    ann = Learner(bot)
    await ann.says("/start")
    ann.renames("Anna & <Co>")
    (hello,) = await ann.says("/start")
    assert "Anna & <Co>" in text_of(hello)


async def test_many_words_at_once_are_all_answered(start_bot: StartBot) -> None:
    """Twenty messages in a row are answered one by one, and none is lost."""
    bot = await start_bot(make_bank(NAME))
    ann = Learner(bot)
    said = await ann.does(lambda: [ann.world.send_text(ann.id, ann.id, "/help") for _ in range(20)])
    assert [text_of(one) for one in said] == [words("help.text")] * 20
