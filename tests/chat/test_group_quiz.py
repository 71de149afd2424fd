"""A live quiz in a group: the setup, the polls, the explanations and the language."""

import pytest
from bot_in_process import StartBot
from group_buttons import CLOSE, DISCUSS, END, FINISH, MORE, NEXT, PAUSE, SKIP
from group_chat import GroupChat, plain_text
from learner import buttons_of, text_of, words
from whale_bank import FOOD, HEART, LARGEST, NAME, PROTECTED, bank_of_true_statements, make_bank, make_question

from bot.core.kind import Option
from bot.core.kinds.several_right import SeveralRight


@pytest.fixture
async def group(start_bot: StartBot) -> GroupChat:
    """A group, and a bank of three questions for polls and a written one."""
    chat = GroupChat(await start_bot(make_bank(LARGEST, FOOD, PROTECTED, NAME)))
    await chat.bot.wait_until_idle()
    return chat


async def test_a_group_is_greeted_once(group: GroupChat) -> None:
    """A group that adds the bot gets one short message about how to start."""
    assert [text_of(message) for message in group.bot_messages()] == [words("group.hello")]


async def test_an_administrator_sets_a_quiz_up_in_one_message(group: GroupChat) -> None:
    """The setup lists topics with their number of poll questions; each choice is ticked in the same message."""
    (setup,) = await group.says(group.teacher, "/quiz")
    assert text_of(setup) == "\n\n".join((words("group.setup"), words("group.unchecked")))
    assert buttons_of(setup) == [
        f"✅ {plain_text('setup.mixed')} (3)",
        "Body (3)",
        "5",
        "✅ 10",
        "20",
        "15 s",
        "✅ 30 s",
        "60 s",
        plain_text("group.untimed"),
        plain_text("group.bonus_off"),
        plain_text("setup.start"),
    ]
    assert await group.presses(group.teacher, "Body (3)") == []
    assert await group.presses(group.teacher, "15 s") == []
    assert await group.presses(group.teacher, plain_text("group.bonus_off")) == []
    ticked = [text for text in buttons_of(setup) if "✅" in text or "⚡" in text]
    assert ticked == ["✅ Body (3)", "✅ 10", "✅ 15 s", plain_text("group.bonus_on")]
    await group.presses(group.teacher, plain_text("group.untimed"))
    assert plain_text("group.bonus_on") not in buttons_of(setup)


async def test_a_whole_quiz_has_two_messages_a_round(group: GroupChat) -> None:
    """A round has one poll and one message, the end has a podium, and a vote causes no message and no edit."""
    (asked,) = await group.starts("15 s")
    assert asked.content.poll_id
    before = group.sent["sent"]
    for number in (1, 2, 3):
        edits = group.sent["edited"]
        assert await group.vote("++" if number == 1 else "+-") == []
        assert group.sent["edited"] == edits
        (revealed,) = await group.waits(seconds=18)
        assert text_of(revealed).startswith(f"{number}/3. ")
        await group.waits(seconds=21)
    assert group.sessions() == []
    assert group.sent["sent"] - before == 3 + 2 + 1
    result = text_of(group.bot_messages()[-1])
    assert result.startswith(words("group.over"))
    assert words("group.people", n=2) in result
    assert result.index("🥇 Ben · 3 of 3") < result.index("🥈 Cyd · 1 of 3")


async def test_a_round_is_one_quiz_poll_for_all(group: GroupChat) -> None:
    """The poll of a round is not anonymous, shuffles options, hides the tally, has an explanation and the controls."""
    await group.says(group.teacher, "/quiz 5")
    (asked,) = await group.presses(group.teacher, plain_text("setup.start"))
    poll = group.poll()
    assert poll.question.text.startswith("1/3. ")
    assert (poll.type, poll.is_anonymous, poll.hide_results_until_closes) == ("quiz", False, True)
    assert poll.shuffle_options == ("True" not in [option.text.text for option in poll.options])
    assert poll.explanation
    assert poll.explanation.text.startswith("Because of ")
    assert poll.description
    assert poll.description.text == f"⏱ {plain_text('count.seconds', n=30)}"
    assert buttons_of(asked) == [CLOSE, PAUSE, MORE, DISCUSS, SKIP, END]


async def test_the_setup_becomes_a_summary(group: GroupChat) -> None:
    """After Start the setup message has no buttons and states the choices."""
    await group.says(group.teacher, "/quiz body 2")
    (setup,) = [one for one in group.bot_messages() if plain_text("setup.start") in buttons_of(one)]
    await group.presses(group.teacher, plain_text("group.bonus_off"))
    await group.presses(group.teacher, plain_text("setup.start"))
    chosen = words("quiz.chosen", topic="Body", questions=words("count.questions", n=2))
    summary = [chosen, words("group.timed", seconds=words("count.seconds", n=30)), words("group.bonus_on")]
    assert text_of(setup).split("\n") == summary
    assert buttons_of(setup) == []


async def test_the_reveal_explains_the_answer(start_bot: StartBot) -> None:
    """The message after a round has the score, the votes, the right answer, why, and the sentence of the text."""
    group = GroupChat(await start_bot(make_bank(LARGEST)), ("Ben", "Cyd", "Dan"))
    await group.starts()
    poll = group.poll()
    await group.vote("++-")
    (revealed,) = await group.leads(CLOSE)
    assert poll.is_closed
    text = text_of(revealed)
    assert text.startswith(words("group.score", round=1, of=1, right=2, answered=3))
    assert "▰▰▰▰▱ 2 · The blue whale" in text
    assert " 0 · " in text
    assert words("group.right", solution="The blue whale") in text
    assert LARGEST.why in text
    assert "The blue whale is the largest animal" in text
    assert buttons_of(revealed) == [FINISH, PAUSE, END]


async def test_a_removed_question_is_skipped(start_bot: StartBot) -> None:
    """A question that was removed from the bank during the quiz is skipped."""
    bot = await start_bot(bank_of_true_statements(3))
    group = GroupChat(bot)
    await group.starts()
    removed = group.state().questions[1]
    await bot.restart(make_bank(*(one for one in bot.bank.questions if one.id != removed)))
    await group.vote("++")
    await group.leads(CLOSE)
    (asked,) = await group.leads(NEXT)
    assert asked.content.poll_id
    assert group.poll().question.text.startswith("3/3.")


async def test_a_bank_of_written_questions_cannot_be_used_in_a_group(start_bot: StartBot) -> None:
    """``/quiz`` is refused if no question of the bank can be asked by a poll."""
    group = GroupChat(await start_bot(make_bank(NAME, HEART)))
    await group.bot.wait_until_idle()
    (reply,) = await group.says(group.teacher, "/quiz")
    assert text_of(reply) == words("group.no_questions")


async def test_an_unknown_topic_leads_to_the_setup(group: GroupChat) -> None:
    """An unknown topic is refused, and the existing topics are offered."""
    reply, setup = await group.says(group.teacher, "/quiz nonsense 2")
    assert text_of(reply) == words("quiz.no_such_topic")
    assert f"✅ {plain_text('setup.mixed')} (3)" in buttons_of(setup)
    assert "✅ 2" in buttons_of(setup)


async def test_long_texts_are_not_cut(start_bot: StartBot) -> None:
    """A question and options too long for a poll are sent above it, and votes are shown by letters."""
    long = "word " * 30
    asked = make_question("long", SeveralRight((long + "a", long + "b"), (Option(long + "c"),)), "Why? " * 200)
    group = GroupChat(await start_bot(make_bank(asked)))
    above, poll = await group.starts()
    assert asked.stem.strip() in text_of(above)
    assert poll.content.poll_id
    await group.vote("+-")
    (revealed,) = await group.leads(CLOSE)
    assert "1 · C" in text_of(revealed) or "1 · A" in text_of(revealed) or "1 · B" in text_of(revealed)


async def test_a_group_quiz_uses_the_language_of_its_host(start_bot: StartBot) -> None:
    """Polls and messages of a group quiz are in the language of the person who started it."""
    group = GroupChat(await start_bot(bank_of_true_statements(1)))
    group.teacher.switches("kk")
    await group.says(group.teacher, "/quiz")
    await group.presses(group.teacher, plain_text("setup.start", "kk"))
    assert [option.text.text for option in group.poll().options] == ["Ақиқат", "Жалған"]
    await group.vote("++")
    (revealed,) = await group.leads(plain_text("control.close", "kk"))
    assert text_of(revealed).startswith(words("group.score", "kk", round=1, of=1, right=2, answered=2))


async def test_the_host_gets_the_board_address_in_private(start_bot: StartBot) -> None:
    """With boards, the host gets the address of the quiz's board in private; the group does not get it."""
    bot = await start_bot(make_bank(LARGEST))
    bot.boards = "https://board.example.org"
    await bot.restart()
    group = GroupChat(bot)
    await group.teacher.says("/start")
    await group.starts()
    (session,) = group.sessions()
    with bot.database.transaction() as unit:
        room = unit.live_classes.find(session.id)
        assert room is not None
    assert text_of(group.teacher.messages()[-1]) == words(
        "host.board", link=f"https://board.example.org/board/{room.key}"
    )
    assert not any(room.key in text_of(message) for message in group.bot_messages())
