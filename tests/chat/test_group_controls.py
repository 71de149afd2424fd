"""The controls of a group quiz: closing, pauses, more time, discussions, dropped questions, the end."""

import pytest
from bot_in_process import StartBot
from group_buttons import AGAIN, CLOSE, DISCUSS, END, END_NO, END_YES, FINISH, MORE, NEXT, PAUSE, RESUME, SKIP
from group_chat import GroupChat, plain_text
from learner import buttons_of, text_of, words
from whale_bank import LARGEST, PROTECTED, bank_of_true_statements, make_bank

from bot.core.classroom import Phase
from bot.core.question import Question


async def test_an_untimed_quiz_waits_for_the_teacher(start_bot: StartBot) -> None:
    """An untimed quiz closes no round and sends no question by itself."""
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


async def test_a_double_tap_on_show_the_answer_acts_once(start_bot: StartBot) -> None:
    """The second of two quick taps on "Show the answer" does not advance to the next question."""
    group = GroupChat(await start_bot(bank_of_true_statements(2)))
    await group.starts()
    await group.bot.advance(seconds=3)
    (revealed,) = await group.presses(group.teacher, CLOSE, CLOSE)
    assert not revealed.content.poll_id
    assert group.toasts(group.teacher)[-2:] == [plain_text("toast.close"), plain_text("toast.closed")]


async def test_a_discussion_comes_between_two_votes(start_bot: StartBot) -> None:
    """A discussion shows the first tally without the right answer; the second vote shows both tallies and it."""
    group = GroupChat(await start_bot(make_bank(LARGEST)))
    await group.starts()
    await group.vote("+-")
    (discussion,) = await group.leads(DISCUSS)
    assert group.polls() == []
    text = text_of(discussion)
    assert LARGEST.stem in text
    assert words("group.discussion") in text
    assert "▰▰▰▱▱ 1 · The blue whale" in text
    assert LARGEST.why not in text
    assert "✅" not in text
    assert buttons_of(discussion) == [AGAIN, SKIP, END]
    (asked,) = await group.leads(AGAIN)
    assert asked.content.poll_id
    assert buttons_of(discussion) == []
    assert DISCUSS not in buttons_of(asked)
    await group.vote(".+")
    (revealed,) = await group.leads(CLOSE)
    text = text_of(revealed)
    assert words("group.score", round=1, of=1, right=2, answered=2) in text
    assert f"{plain_text('board.first_vote')} → {plain_text('board.last_vote')}" in text
    assert "1 → 1 · The blue whale" in text


@pytest.mark.parametrize("asked", [LARGEST, PROTECTED], ids=["choice", "statement"])
async def test_a_discussion_before_any_vote_shows_zeros(start_bot: StartBot, asked: Question) -> None:
    """A discussion before any vote lists every option with zero votes."""
    group = GroupChat(await start_bot(make_bank(asked)))
    await group.starts()
    (discussion,) = await group.leads(DISCUSS)
    options = 3 if asked is LARGEST else 2
    assert text_of(discussion).count("▱▱▱▱▱ 0 · ") == options


async def test_a_dropped_question_counts_for_nobody(start_bot: StartBot) -> None:
    """Dropping a question deletes its poll, discards its answers and sends the next question."""
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


async def test_a_pause_does_not_use_up_the_time(start_bot: StartBot) -> None:
    """A paused round keeps its poll, accepts votes, and has its full remaining time after the pause."""
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
    """A pause under the explanation stops the timer of the next question."""
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
    """More time closes the round 15 seconds later and leaves the poll's buttons unchanged."""
    group = GroupChat(await start_bot(bank_of_true_statements(2)))
    await group.starts()
    edits = group.sent["edited"]
    await group.leads(MORE)
    assert group.toasts(group.teacher)[-1] == plain_text("toast.more")
    assert group.sent["edited"] == edits
    assert await group.waits(seconds=40) == []
    (revealed,) = await group.waits(seconds=8)
    assert not revealed.content.poll_id


async def test_the_end_must_be_confirmed(start_bot: StartBot) -> None:
    """End asks for confirmation, which can be declined; after it the votes of the open round count."""
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
    """An end before the first vote deletes the open question and ranks nobody."""
    group = GroupChat(await start_bot(bank_of_true_statements(3)))
    await group.starts()
    await group.leads(END)
    (result,) = await group.leads(END_YES)
    assert group.polls() == []
    assert text_of(result) == f"{words('group.over')} {words('group.people', n=0)}."


async def test_an_end_during_a_discussion_leaves_no_buttons(start_bot: StartBot) -> None:
    """An end during a discussion counts the first vote and removes the buttons of the discussion message."""
    group = GroupChat(await start_bot(bank_of_true_statements(3)))
    await group.starts()
    await group.vote("+-")
    (discussion,) = await group.leads(DISCUSS)
    await group.leads(END)
    await group.leads(END_YES)
    assert group.sessions() == []
    assert [buttons_of(message) for message in group.bot_messages()] == [[]] * len(group.bot_messages())
    assert discussion in group.bot_messages()


async def test_two_rounds_without_votes_pause_the_quiz(start_bot: StartBot) -> None:
    """After two rounds without votes the quiz pauses and says so; Next resumes it."""
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
