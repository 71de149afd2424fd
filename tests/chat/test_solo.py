"""The solo quiz, told through the playground."""

from talk import Talk, text_of


async def test_a_newcomer_is_greeted_with_three_buttons(talk: Talk) -> None:
    """The first thing a newcomer sees is who the bot is, and three ways to begin."""
    (hello,) = await talk.says(talk.person(), "/start")
    assert "Hello, Ann!" in text_of(hello)
    assert len(hello.inline_keyboard) == 3


async def test_quiz(talk: Talk) -> None:
    """X."""
    ann = talk.person()
    await talk.says(ann, "/start")
    print(await talk.says(ann, "/quiz"))
    print(await talk.presses(ann, "▶️ Start"))
