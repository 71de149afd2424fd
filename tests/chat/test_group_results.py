"""Who leads and how a quiz in a group ends: standings, the podium, and what each learns in private."""

import pytest
from bot_in_process import StartBot
from group_buttons import CLOSE, FINISH, NEXT
from group_chat import GroupChat, plain_text
from learner import text_of
from whale_bank import bank_of_true_statements


async def test_every_third_round_tells_who_leads(start_bot: StartBot) -> None:
    """Standings come after the third round, with how many places somebody rose."""
    group = GroupChat(await start_bot(bank_of_true_statements(5)))
    await group.starts(plain_text("group.untimed"))
    told = []
    for votes in ("-+", "++", "+-", "+-"):
        await group.vote(votes)
        (revealed,) = await group.leads(CLOSE)
        told.append(text_of(revealed))
        await group.leads(NEXT)
    standings = plain_text("board.standings")
    assert [standings in text for text in told] == [False, False, True, False]
    assert "🥇 Ben · 2 of 3 ▲1\n🥇 Cyd · 2 of 3" in told[2]


async def test_names_are_shown_as_they_are(start_bot: StartBot) -> None:
    """A name that looks like HTML or a formula is shown letter by letter."""
    group = GroupChat(await start_bot(bank_of_true_statements(1)), ("<b>&", "=cmd|' /C calc'!A0"))
    await group.starts()
    await group.vote("+-")
    await group.leads(CLOSE)
    (result,) = await group.leads(FINISH)
    assert "🥇 <b>& · 1 of 1" in text_of(result)
    assert "🥈 =cmd|' /C calc'!A0 · 0 of 1" in text_of(result)


async def test_only_the_best_five_are_named(start_bot: StartBot) -> None:
    """Nobody is named as the last."""
    group = GroupChat(await start_bot(bank_of_true_statements(1)), "ABCDEFG")
    await group.starts()
    await group.vote("+++++--")
    await group.leads(CLOSE)
    (result,) = await group.leads(FINISH)
    assert [line for line in text_of(result).split("\n") if " · " in line] == [
        f"🥇 {name} · 1 of 1" for name in "ABCDE"
    ]


@pytest.mark.parametrize(("names", "more"), [("ABCDEF", 1), ("ABCDEFGH", 3)])
async def test_who_shares_the_last_place_named_is_counted(start_bot: StartBot, names: str, more: int) -> None:
    """Of those who share a place five are named and the others are counted, in the standings and at the end."""
    group = GroupChat(await start_bot(bank_of_true_statements(4)), names)
    await group.starts(plain_text("group.untimed"))
    told = []
    for _ in range(3):
        await group.vote("+" * len(names))
        told += await group.leads(CLOSE)
        await group.leads(NEXT)
    await group.vote("+" * len(names))
    await group.leads(CLOSE)
    for message in (told[-1], *await group.leads(FINISH)):
        lines = text_of(message).split("\n")
        last = max(place for place, line in enumerate(lines) if line.startswith("🥇"))
        assert sum(line.startswith("🥇") for line in lines) == 5
        assert lines[last + 1] == plain_text("board.more", n=more)


async def test_nobody_leads_without_a_right_answer(start_bot: StartBot) -> None:
    """Where nobody was right there are no standings, and everybody is still told of the own result."""
    group = GroupChat(await start_bot(bank_of_true_statements(4)), "ABCDEF")
    await group.starts(plain_text("group.untimed"))
    told = []
    for number in range(4):
        await group.vote("------")
        told += await group.leads(CLOSE)
        if number < 3:
            await group.leads(NEXT)
    (result,) = await group.leads(FINISH)
    for text in map(text_of, (*told, result)):
        assert "🥇" not in text
        assert (
            "0 of"
            not in text.replace(plain_text("group.score", round=1, of=4, right=0, answered=6), "").split("\n", 1)[-1]
        )
        assert plain_text("board.standings") not in text
    assert plain_text("group.own_result") in text_of(result)


async def test_each_with_a_private_chat_gets_the_own_result(start_bot: StartBot) -> None:
    """Who wrote to the bot before learns privately what was missed, and can catch up; the host gets the summary."""
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
    privately = len(ben.messages()), len(group.teacher.messages()), len(cyd.messages())
    await group.leads(FINISH)
    assert (len(ben.messages()), len(group.teacher.messages()), len(cyd.messages())) == (
        privately[0] + 1,
        privately[1] + 1,
        privately[2],
    )
    (catch_up,) = [button for row in ben.messages()[-1].inline_keyboard for button in row]
    assert catch_up["callback_data"].startswith("missed:")
    await ben.presses(catch_up["text"])
    assert ben.poll().question.text.startswith("1/1.")
