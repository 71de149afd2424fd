"""The results of a group quiz: standings, the podium, and private results."""

import pytest
from bot_in_process import StartBot
from group_buttons import CLOSE, FINISH, NEXT
from group_chat import GroupChat, plain_text
from learner import text_of
from whale_bank import bank_of_true_statements


async def test_every_third_round_shows_the_standings(start_bot: StartBot) -> None:
    """The standings appear after the third round, with the number of places that a voter rose."""
    group = GroupChat(await start_bot(bank_of_true_statements(5)))
    await group.starts(plain_text("group.untimed"))
    texts = []
    for votes in ("-+", "++", "+-", "+-"):
        await group.vote(votes)
        (revealed,) = await group.leads(CLOSE)
        texts.append(text_of(revealed))
        await group.leads(NEXT)
    standings = plain_text("board.standings")
    assert [standings in text for text in texts] == [False, False, True, False]
    assert "🥇 Ben · 2 of 3 ▲1\n🥇 Cyd · 2 of 3" in texts[2]


async def test_names_are_shown_literally(start_bot: StartBot) -> None:
    """A name that looks like HTML or a formula is shown character by character."""
    group = GroupChat(await start_bot(bank_of_true_statements(1)), ("<b>&", "=cmd|' /C calc'!A0"))
    await group.starts()
    await group.vote("+-")
    await group.leads(CLOSE)
    (result,) = await group.leads(FINISH)
    assert "🥇 <b>& · 1 of 1" in text_of(result)
    assert "🥈 =cmd|' /C calc'!A0 · 0 of 1" in text_of(result)


async def test_only_the_best_five_are_named(start_bot: StartBot) -> None:
    """The result names five people at most, and never the last."""
    group = GroupChat(await start_bot(bank_of_true_statements(1)), "ABCDEFG")
    await group.starts()
    await group.vote("+++++--")
    await group.leads(CLOSE)
    (result,) = await group.leads(FINISH)
    assert [line for line in text_of(result).split("\n") if " · " in line] == [
        f"🥇 {name} · 1 of 1" for name in "ABCDE"
    ]


@pytest.mark.parametrize(("names", "more"), [("ABCDEF", 1), ("ABCDEFGH", 3)])
async def test_people_who_share_the_last_named_place_are_counted(start_bot: StartBot, names: str, more: int) -> None:
    """Of the people who share a place five are named and the others counted, in the standings and at the end."""
    group = GroupChat(await start_bot(bank_of_true_statements(4)), names)
    await group.starts(plain_text("group.untimed"))
    messages = []
    for _ in range(3):
        await group.vote("+" * len(names))
        messages += await group.leads(CLOSE)
        await group.leads(NEXT)
    await group.vote("+" * len(names))
    await group.leads(CLOSE)
    for message in (messages[-1], *await group.leads(FINISH)):
        lines = text_of(message).split("\n")
        last = max(index for index, line in enumerate(lines) if line.startswith("🥇"))
        assert sum(line.startswith("🥇") for line in lines) == 5
        assert lines[last + 1] == plain_text("board.more", n=more)


async def test_a_quiz_without_a_right_answer_has_no_standings(start_bot: StartBot) -> None:
    """A quiz without a right answer shows no standings, and still offers everybody their own result."""
    group = GroupChat(await start_bot(bank_of_true_statements(4)), "ABCDEF")
    await group.starts(plain_text("group.untimed"))
    messages = []
    for number in range(4):
        await group.vote("------")
        messages += await group.leads(CLOSE)
        if number < 3:
            await group.leads(NEXT)
    (result,) = await group.leads(FINISH)
    for text in map(text_of, (*messages, result)):
        assert "🥇" not in text
        assert (
            "0 of"
            not in text.replace(plain_text("group.score", round=1, of=4, right=0, answered=6), "").split("\n", 1)[-1]
        )
        assert plain_text("board.standings") not in text
    assert plain_text("group.own_result") in text_of(result)


async def test_results_are_sent_to_private_chats(start_bot: StartBot) -> None:
    """A voter with a private chat gets their own result and can practise; the host gets the summary."""
    group = GroupChat(await start_bot(bank_of_true_statements(2)))
    ben, cyd = group.pupils
    for person in (group.teacher, ben):
        await person.says("/start")
    await group.starts()
    for votes in ("++", "-+"):
        await group.vote(votes)
        await group.leads(CLOSE)
        if votes == "++":
            await group.leads(NEXT)
    before = len(ben.messages()), len(group.teacher.messages()), len(cyd.messages())
    await group.leads(FINISH)
    assert (len(ben.messages()), len(group.teacher.messages()), len(cyd.messages())) == (
        before[0] + 1,
        before[1] + 1,
        before[2],
    )
    (practise,) = [button for row in ben.messages()[-1].inline_keyboard for button in row]
    assert practise["callback_data"].startswith("missed:")
    await ben.presses(practise["text"])
    assert ben.poll().question.text.startswith("1/1.")
