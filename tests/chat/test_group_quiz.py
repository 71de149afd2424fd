"""A live quiz in a group, from the choice to the podium."""

import pytest
from classmates import Classmates, say
from learner import buttons_of, text_of, words
from talk import TalkAbout
from whales import FOOD, HEART, LARGEST, NAME, PROTECTED, bank, question, true_statements

from bot.core.classroom import Phase
from bot.core.kind import Option
from bot.core.kinds.several_right import SeveralRight
from bot.core.question import Question

NEXT, PAUSE, RESUME = say("control.next"), say("control.pause"), say("control.resume")
CLOSE, DISCUSS, AGAIN, SKIP = say("control.close"), say("control.discuss"), say("control.again"), say("control.skip")
MORE, END, END_YES, END_NO = say("control.more"), say("control.end"), say("control.end_yes"), say("control.end_no")
FINISH = say("control.finish")


@pytest.fixture
async def group(talk_about: TalkAbout) -> Classmates:
    """A class before a bank with three questions for polls and one to be written."""
    made = Classmates(await talk_about(bank(LARGEST, FOOD, PROTECTED, NAME)))
    await made.talk.quiet()
    return made


async def test_a_group_that_lets_the_bot_in_is_greeted_once(group: Classmates) -> None:
    """One short hello says how to start."""
    assert [text_of(message) for message in group.said()] == [words("group.hello")]


async def test_an_administrator_chooses_in_one_message(group: Classmates) -> None:
    """Topics are offered with how many questions a poll can put; what is chosen is ticked in the same message."""
    (setup,) = await group.says(group.teacher, "/quiz")
    assert text_of(setup) == words("group.setup")
    assert buttons_of(setup) == [
        f"✅ {say('setup.mixed')} (3)",
        "Body (3)",
        "5",
        "✅ 10",
        "20",
        "15 s",
        "✅ 30 s",
        "60 s",
        say("group.untimed"),
        say("group.bonus_off"),
        say("setup.start"),
    ]
    assert await group.presses(group.teacher, "Body (3)") == []
    assert await group.presses(group.teacher, "15 s") == []
    assert await group.presses(group.teacher, say("group.bonus_off")) == []
    ticked = [text for text in buttons_of(setup) if "✅" in text or "⚡" in text]
    assert ticked == ["✅ Body (3)", "✅ 10", "✅ 15 s", say("group.bonus_on")]
    await group.presses(group.teacher, say("group.untimed"))
    assert say("group.bonus_on") not in buttons_of(setup)


async def test_a_whole_quiz_has_two_messages_a_round(group: Classmates) -> None:
    """Each round is one poll and one message; the end is a podium; a vote makes no message and no edit."""
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
    result = text_of(group.said()[-1])
    assert result.startswith(words("group.over"))
    assert words("group.people", n=2) in result
    assert result.index("🥇 Ben · 3 of 3") < result.index("🥈 Cyd · 1 of 3")


async def test_a_round_is_one_quiz_poll_for_all(group: Classmates) -> None:
    """The poll shows names, shuffles for each viewer, hides the tally until it closes, explains, has the controls."""
    await group.says(group.teacher, "/quiz 5")
    (asked,) = await group.presses(group.teacher, say("setup.start"))
    poll = group.poll()
    assert poll.question.text.startswith("1/3. ")
    assert (poll.type, poll.is_anonymous, poll.hide_results_until_closes) == ("quiz", False, True)
    assert poll.shuffle_options == ("True" not in [option.text.text for option in poll.options])
    assert poll.explanation
    assert poll.explanation.text.startswith("Because of ")
    assert poll.description
    assert poll.description.text == f"⏱ {say('count.seconds', n=30)}"
    assert buttons_of(asked) == [CLOSE, PAUSE, MORE, DISCUSS, SKIP, END]


async def test_the_choice_becomes_a_statement(group: Classmates) -> None:
    """After Start the message only tells what was chosen."""
    await group.says(group.teacher, "/quiz body 2")
    (setup,) = [one for one in group.said() if say("setup.start") in buttons_of(one)]
    await group.presses(group.teacher, say("group.bonus_off"))
    await group.presses(group.teacher, say("setup.start"))
    chosen = words("quiz.chosen", topic="Body", questions=words("count.questions", n=2))
    told = [chosen, words("group.timed", seconds=words("count.seconds", n=30)), words("group.bonus_on")]
    assert text_of(setup).split("\n") == told
    assert buttons_of(setup) == []


async def test_the_reveal_teaches(talk_about: TalkAbout) -> None:
    """It says how many were right, how the votes went, what is right and why, with the sentence of the text."""
    group = Classmates(await talk_about(bank(LARGEST)), ("Ben", "Cyd", "Dan"))
    await group.starts()
    poll = group.poll()
    await group.vote("++-")
    (revealed,) = await group.leads(CLOSE)
    assert poll.is_closed
    told = text_of(revealed)
    assert told.startswith(words("group.score", round=1, of=1, right=2, answered=3))
    assert "▰▰▰▰▰ 2 · The blue whale" in told
    assert " 0 · " in told
    assert words("group.right", solution="The blue whale") in told
    assert LARGEST.why in told
    assert "The blue whale is the largest animal" in told
    assert buttons_of(revealed) == [FINISH, PAUSE, END]


async def test_every_third_round_tells_who_leads(talk_about: TalkAbout) -> None:
    """Standings come after the third round, with how many places somebody rose."""
    group = Classmates(await talk_about(true_statements(5)))
    await group.starts(say("group.untimed"))
    told = []
    for votes in ("-+", "++", "+-", "+-"):
        await group.vote(votes)
        (revealed,) = await group.leads(CLOSE)
        told.append(text_of(revealed))
        await group.leads(NEXT)
    standings = say("board.standings")
    assert [standings in text for text in told] == [False, False, True, False]
    assert "🥇 Ben · 2 of 3 ▲1\n🥇 Cyd · 2 of 3" in told[2]


async def test_the_teacher_says_when(talk_about: TalkAbout) -> None:
    """Without a limit of time nothing closes or goes on by itself."""
    group = Classmates(await talk_about(true_statements(2)))
    await group.starts(say("group.untimed"))
    assert group.poll().description is None
    await group.vote("++")
    assert await group.waits(hours=5) == []
    (revealed,) = await group.leads(CLOSE)
    assert NEXT in buttons_of(revealed)
    assert await group.waits(hours=5) == []
    (asked,) = await group.leads(NEXT)
    assert asked.content.poll_id
    assert buttons_of(revealed) == []


async def test_two_taps_show_the_answer_and_no_more(talk_about: TalkAbout) -> None:
    """The second of two quick taps on "Show the answer" does not go on to the next question."""
    group = Classmates(await talk_about(true_statements(2)))
    await group.starts()
    await group.talk.passes(seconds=3)
    (revealed,) = await group.presses(group.teacher, CLOSE, CLOSE)
    assert not revealed.content.poll_id
    assert group.toasts(group.teacher)[-2:] == [say("toast.close"), say("toast.closed")]


async def test_a_discussion_comes_between_two_votes(talk_about: TalkAbout) -> None:
    """The poll goes, the tally comes without the right answer; the poll again; both tallies and the answer."""
    group = Classmates(await talk_about(bank(LARGEST)))
    await group.starts()
    await group.vote("+-")
    (talked,) = await group.leads(DISCUSS)
    assert group.polls() == []
    told = text_of(talked)
    assert LARGEST.stem in told
    assert words("group.discussion") in told
    assert "1 · The blue whale" in told
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
    assert f"{say('board.first_vote')} → {say('board.last_vote')}" in told
    assert "1 → 1 · The blue whale" in told


@pytest.mark.parametrize("asked", [LARGEST, PROTECTED], ids=["choice", "statement"])
async def test_a_discussion_before_any_vote_shows_noughts(talk_about: TalkAbout, asked: Question) -> None:
    """Who calls a discussion before anybody voted sees every option with no vote."""
    group = Classmates(await talk_about(bank(asked)))
    await group.starts()
    (talked,) = await group.leads(DISCUSS)
    options = 3 if asked is LARGEST else 2
    assert text_of(talked).count("▱▱▱▱▱ 0 · ") == options


async def test_a_dropped_question_counts_for_nobody(talk_about: TalkAbout) -> None:
    """The poll is taken away, the next question comes, and what was answered is gone."""
    group = Classmates(await talk_about(true_statements(2)))
    await group.starts()
    await group.vote("++")
    (asked,) = await group.leads(SKIP)
    assert [poll.question.text[:4] for poll in group.polls()] == ["2/2."]
    assert asked.content.poll_id
    await group.vote("+-")
    await group.leads(CLOSE)
    (result,) = await group.leads(FINISH)
    assert "🥇 Ben · 1 of 1" in text_of(result)


async def test_a_pause_is_no_part_of_the_time(talk_about: TalkAbout) -> None:
    """A paused round waits under the same poll, takes votes, and lasts as long as was promised after it."""
    group = Classmates(await talk_about(true_statements(2)))
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


async def test_a_pause_between_rounds_waits_for_the_teacher(talk_about: TalkAbout) -> None:
    """A pause under the explanation stops the next question from coming by itself."""
    group = Classmates(await talk_about(true_statements(2)))
    await group.starts()
    await group.vote("++")
    (revealed,) = await group.leads(CLOSE)
    await group.leads(PAUSE)
    assert buttons_of(revealed) == [NEXT, END]
    assert await group.waits(hours=1) == []
    (asked,) = await group.leads(NEXT)
    assert asked.content.poll_id


async def test_more_time_is_added(talk_about: TalkAbout) -> None:
    """The round closes 15 seconds later, and the poll's buttons stay as they are."""
    group = Classmates(await talk_about(true_statements(2)))
    await group.starts()
    edits = group.sent["edited"]
    await group.leads(MORE)
    assert group.toasts(group.teacher)[-1] == say("toast.more")
    assert group.sent["edited"] == edits
    assert await group.waits(seconds=40) == []
    (revealed,) = await group.waits(seconds=8)
    assert not revealed.content.poll_id


async def test_the_end_is_asked_once_more(talk_about: TalkAbout) -> None:
    """End turns into a question that can be taken back; confirmed, what was answered in the open round counts."""
    group = Classmates(await talk_about(true_statements(3)))
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


async def test_an_end_before_anybody_answered_has_no_podium(talk_about: TalkAbout) -> None:
    """The open question is taken away, and nobody is ranked."""
    group = Classmates(await talk_about(true_statements(3)))
    await group.starts()
    await group.leads(END)
    (result,) = await group.leads(END_YES)
    assert group.polls() == []
    assert text_of(result) == f"{words('group.over')} {words('group.people', n=0)}."


async def test_an_end_while_it_is_talked_over_leaves_no_buttons(talk_about: TalkAbout) -> None:
    """The first vote counts, and the message that asked for the discussion can no longer be pressed."""
    group = Classmates(await talk_about(true_statements(3)))
    await group.starts()
    await group.vote("+-")
    (talked,) = await group.leads(DISCUSS)
    await group.leads(END)
    await group.leads(END_YES)
    assert group.sessions() == []
    assert [buttons_of(message) for message in group.said()] == [[]] * len(group.said())
    assert talked in group.said()


async def test_two_quiet_rounds_pause_it(talk_about: TalkAbout) -> None:
    """Where nobody votes in two rounds the quiz waits and says so; Next goes on."""
    group = Classmates(await talk_about(true_statements(4)))
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


async def test_a_question_that_left_the_bank_is_passed_over(talk_about: TalkAbout) -> None:
    """A question taken out of the bank meanwhile is not asked; the next one is."""
    talk = await talk_about(true_statements(3))
    group = Classmates(talk)
    await group.starts()
    gone = group.state().questions[1]
    await talk.restart(bank(*(one for one in talk.bank.questions if one.id != gone)))
    await group.vote("++")
    await group.leads(CLOSE)
    (asked,) = await group.leads(NEXT)
    assert asked.content.poll_id
    assert group.poll().question.text.startswith("3/3.")


async def test_names_are_shown_as_they_are(talk_about: TalkAbout) -> None:
    """A name that looks like HTML or a formula is shown letter by letter."""
    group = Classmates(await talk_about(true_statements(1)), ("<b>&", "=cmd|' /C calc'!A0"))
    await group.starts()
    await group.vote("+-")
    await group.leads(CLOSE)
    (result,) = await group.leads(FINISH)
    assert "🥇 <b>& · 1 of 1" in text_of(result)
    assert "🥈 =cmd|' /C calc'!A0 · 0 of 1" in text_of(result)


async def test_only_the_best_five_are_named(talk_about: TalkAbout) -> None:
    """Nobody is named as the last."""
    group = Classmates(await talk_about(true_statements(1)), "ABCDEFG")
    await group.starts()
    await group.vote("+++++--")
    await group.leads(CLOSE)
    (result,) = await group.leads(FINISH)
    assert [line for line in text_of(result).split("\n") if " · " in line] == [
        f"🥇 {name} · 1 of 1" for name in "ABCDE"
    ]


async def test_each_with_a_private_chat_gets_the_own_result(talk_about: TalkAbout) -> None:
    """Who wrote to the bot before learns privately what was missed, and can catch up; the host gets the summary."""
    group = Classmates(await talk_about(true_statements(2)))
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


async def test_a_bank_of_written_answers_has_nothing_for_a_group(talk_about: TalkAbout) -> None:
    """Where no question can be put by a poll, the bot says so."""
    group = Classmates(await talk_about(bank(NAME, HEART)))
    await group.talk.quiet()
    (told,) = await group.says(group.teacher, "/quiz")
    assert text_of(told) == words("group.no_questions")


async def test_a_topic_that_is_none_leads_to_the_choice(group: Classmates) -> None:
    """An unknown topic is told, and those there are are offered."""
    told, setup = await group.says(group.teacher, "/quiz nonsense 2")
    assert text_of(told) == words("quiz.no_such_topic")
    assert f"✅ {say('setup.mixed')} (3)" in buttons_of(setup)
    assert "✅ 2" in buttons_of(setup)


async def test_long_texts_stay_whole(talk_about: TalkAbout) -> None:
    """A question and options too long for a poll stand above it; votes are told by the letters."""
    long = "word " * 30
    asked = question("long", SeveralRight((long + "a", long + "b"), (Option(long + "c"),)), "Why? " * 200)
    group = Classmates(await talk_about(bank(asked)))
    above, put = await group.starts()
    assert asked.stem.strip() in text_of(above)
    assert put.content.poll_id
    await group.vote("+-")
    (revealed,) = await group.leads(CLOSE)
    assert "1 · C" in text_of(revealed) or "1 · A" in text_of(revealed) or "1 · B" in text_of(revealed)


async def test_kazakh_and_russian_groups_are_spoken_to_in_their_language(talk_about: TalkAbout) -> None:
    """The group is told everything in the language of who started the quiz."""
    group = Classmates(await talk_about(true_statements(1)))
    group.teacher.switches("kk")
    await group.says(group.teacher, "/quiz")
    await group.presses(group.teacher, say("setup.start", "kk"))
    assert [option.text.text for option in group.poll().options] == ["Ақиқат", "Жалған"]
    await group.vote("++")
    (revealed,) = await group.leads(say("control.close", "kk"))
    assert text_of(revealed).startswith(words("group.score", "kk", round=1, of=1, right=2, answered=2))


async def test_who_starts_a_quiz_gets_its_board_in_private(talk_about: TalkAbout) -> None:
    """With boards, the host with a private chat is told this quiz's address there; the group is not."""
    talk = await talk_about(bank(LARGEST))
    talk.boards = "https://board.example.org"
    await talk.restart()
    group = Classmates(talk)
    await group.teacher.says("/start")
    await group.starts()
    (session,) = group.sessions()
    with talk.database.transaction() as unit:
        room = unit.rooms.find(session.id)
        assert room is not None
    told = text_of(group.teacher.messages()[-1])
    assert told == words("host.board", link=f"https://board.example.org/board/{room.key}")
    assert not any(room.key in text_of(message) for message in group.said())
