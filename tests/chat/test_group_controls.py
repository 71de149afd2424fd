"""The controls of a quiz in a group: closing, pauses, more time, discussions, questions taken back, the end."""

import pytest
from bot_in_process import StartBot
from group_buttons import AGAIN, CLOSE, DISCUSS, END, END_NO, END_YES, FINISH, MORE, NEXT, PAUSE, RESUME, SKIP
from group_chat import GroupChat, plain_text
from learner import buttons_of, text_of, words
from whale_bank import LARGEST, PROTECTED, bank_of_true_statements, make_bank

from bot.core.classroom import Phase
from bot.core.question import Question


async def test_the_teacher_says_when(start_bot: StartBot) -> None:
    """Without a limit of time nothing closes or goes on by itself."""
    group = GroupChat(await start_bot(bank_of_true_statements(2)))
    await group.starts(plain_text("group.untimed"))
    assert group.poll().description is None
    await group.vote("++")
    assert await group.waits(hours=5) == []
    (revealed,) = await group.leads(CLOSE)
    assert NEXT in buttons_of(revealed)
    assert await group.waits(hours=5) == []
    (asked,) = await group.leads(NEXT)
    assert asked.content.poll_id
    assert buttons_of(revealed) == []


async def test_two_taps_show_the_answer_and_no_more(start_bot: StartBot) -> None:
    """The second of two quick taps on "Show the answer" does not go on to the next question."""
    group = GroupChat(await start_bot(bank_of_true_statements(2)))
    await group.starts()
    await group.bot.advance(seconds=3)
    (revealed,) = await group.presses(group.teacher, CLOSE, CLOSE)
    assert not revealed.content.poll_id
    assert group.toasts(group.teacher)[-2:] == [plain_text("toast.close"), plain_text("toast.closed")]


async def test_a_discussion_comes_between_two_votes(start_bot: StartBot) -> None:
    """The poll goes, the tally comes without the right answer; the poll again; both tallies and the answer."""
    group = GroupChat(await start_bot(make_bank(LARGEST)))
    await group.starts()
    await group.vote("+-")
    (talked,) = await group.leads(DISCUSS)
    assert group.polls() == []
    told = text_of(talked)
    assert LARGEST.stem in told
    assert words("group.discussion") in told
    assert "▰▰▰▱▱ 1 · The blue whale" in told
    assert LARGEST.why not in told
    assert "✅" not in told
    assert buttons_of(talked) == [AGAIN, SKIP, END]
    (asked,) = await group.leads(AGAIN)
    assert asked.content.poll_id
    assert buttons_of(talked) == []
    assert DISCUSS not in buttons_of(asked)
    await group.vote(".+")
    (revealed,) = await group.leads(CLOSE)
    told = text_of(revealed)
    assert words("group.score", round=1, of=1, right=2, answered=2) in told
    assert f"{plain_text('board.first_vote')} → {plain_text('board.last_vote')}" in told
    assert "1 → 1 · The blue whale" in told


@pytest.mark.parametrize("asked", [LARGEST, PROTECTED], ids=["choice", "statement"])
async def test_a_discussion_before_any_vote_shows_noughts(start_bot: StartBot, asked: Question) -> None:
    """Who calls a discussion before anybody voted sees every option with no vote."""
    group = GroupChat(await start_bot(make_bank(asked)))
    await group.starts()
    (talked,) = await group.leads(DISCUSS)
    options = 3 if asked is LARGEST else 2
    assert text_of(talked).count("▱▱▱▱▱ 0 · ") == options


async def test_a_dropped_question_counts_for_nobody(start_bot: StartBot) -> None:
    """The poll is taken away, the next question comes, and what was answered is gone."""
    group = GroupChat(await start_bot(bank_of_true_statements(2)))
    await group.starts()
    await group.vote("++")
    (asked,) = await group.leads(SKIP)
    assert [poll.question.text[:4] for poll in group.polls()] == ["2/2."]
    assert asked.content.poll_id
    await group.vote("+-")
    await group.leads(CLOSE)
    (result,) = await group.leads(FINISH)
    assert "🥇 Ben · 1 of 1" in text_of(result)


async def test_a_pause_is_no_part_of_the_time(start_bot: StartBot) -> None:
    """A paused round waits under the same poll, takes votes, and lasts as long as was promised after it."""
    group = GroupChat(await start_bot(bank_of_true_statements(2)))
    (asked,) = await group.starts()
    await group.leads(PAUSE)
    assert buttons_of(asked)[0] == RESUME
    await group.vote("+.")
    assert await group.waits(hours=1) == []
    await group.leads(RESUME)
    assert buttons_of(asked)[:2] == [CLOSE, PAUSE]
    assert await group.waits(seconds=25) == []
    (revealed,) = await group.waits(seconds=8)
    assert text_of(revealed).startswith("1/2.")


async def test_a_pause_between_rounds_waits_for_the_teacher(start_bot: StartBot) -> None:
    """A pause under the explanation stops the next question from coming by itself."""
    group = GroupChat(await start_bot(bank_of_true_statements(2)))
    await group.starts()
    await group.vote("++")
    (revealed,) = await group.leads(CLOSE)
    await group.leads(PAUSE)
    assert buttons_of(revealed) == [NEXT, END]
    assert await group.waits(hours=1) == []
    (asked,) = await group.leads(NEXT)
    assert asked.content.poll_id


async def test_more_time_is_added(start_bot: StartBot) -> None:
    """The round closes 15 seconds later, and the poll's buttons stay as they are."""
    group = GroupChat(await start_bot(bank_of_true_statements(2)))
    await group.starts()
    edits = group.sent["edited"]
    await group.leads(MORE)
    assert group.toasts(group.teacher)[-1] == plain_text("toast.more")
    assert group.sent["edited"] == edits
    assert await group.waits(seconds=40) == []
    (revealed,) = await group.waits(seconds=8)
    assert not revealed.content.poll_id


async def test_the_end_is_asked_once_more(start_bot: StartBot) -> None:
    """End turns into a question that can be taken back; confirmed, what was answered in the open round counts."""
    group = GroupChat(await start_bot(bank_of_true_statements(3)))
    (asked,) = await group.starts()
    await group.leads(END)
    assert buttons_of(asked) == [END_YES, END_NO]
    await group.leads(END_NO)
    assert buttons_of(asked)[0] == CLOSE
    await group.vote("+-")
    await group.leads(END)
    revealed, result = await group.leads(END_YES)
    assert text_of(revealed).startswith("1/3.")
    assert buttons_of(revealed) == buttons_of(asked) == []
    assert "🥇 Ben · 1 of 1" in text_of(result)
    assert group.sessions() == []


async def test_an_end_before_anybody_answered_has_no_podium(start_bot: StartBot) -> None:
    """The open question is taken away, and nobody is ranked."""
    group = GroupChat(await start_bot(bank_of_true_statements(3)))
    await group.starts()
    await group.leads(END)
    (result,) = await group.leads(END_YES)
    assert group.polls() == []
    assert text_of(result) == f"{words('group.over')} {words('group.people', n=0)}."


async def test_an_end_while_it_is_talked_over_leaves_no_buttons(start_bot: StartBot) -> None:
    """The first vote counts, and the message that asked for the discussion can no longer be pressed."""
    group = GroupChat(await start_bot(bank_of_true_statements(3)))
    await group.starts()
    await group.vote("+-")
    (talked,) = await group.leads(DISCUSS)
    await group.leads(END)
    await group.leads(END_YES)
    assert group.sessions() == []
    assert [buttons_of(message) for message in group.bot_messages()] == [[]] * len(group.bot_messages())
    assert talked in group.bot_messages()


async def test_two_quiet_rounds_pause_it(start_bot: StartBot) -> None:
    """Where nobody votes in two rounds the quiz waits and says so; Next goes on."""
    group = GroupChat(await start_bot(bank_of_true_statements(4)))
    await group.starts("15 s")
    (first,) = await group.waits(seconds=18)
    assert text_of(first).startswith(words("group.silence", round=1, of=4))
    assert words("group.quiet") not in text_of(first)
    await group.waits(seconds=21)
    (second,) = await group.waits(seconds=18)
    assert words("group.quiet") in text_of(second)
    assert group.state().phase is Phase.RESTING
    assert await group.waits(hours=9) == []
    (asked,) = await group.leads(NEXT)
    assert asked.content.poll_id
