"""Who may lead a quiz in a group: administrators, named or not, whom they allow, and its host; and one quiz a place."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from bot_in_process import StartBot
from group_buttons import CLOSE, NEXT, PAUSE, RESUME, START
from group_chat import GroupChat, plain_text
from learner import Learner, buttons_of, text_of, words
from whale_bank import FOOD, LARGEST, PROTECTED, bank_of_true_statements, make_bank

from bot.core.classroom import Phase
from bot.playground.bot_api import ApiResponse, BotApi


@pytest.fixture
async def group(start_bot: StartBot) -> GroupChat:
    """A class before five statements."""
    made = GroupChat(await start_bot(bank_of_true_statements(5)))
    await made.bot.wait_until_idle()
    return made


async def test_who_does_not_lead_is_told_how_to(group: GroupChat) -> None:
    """A pupil who writes ``/quiz`` learns how an administrator can allow it; nothing starts."""
    ben = group.pupils[0]
    (told,) = await group.says(ben, "/quiz 5")
    assert text_of(told) == words("group.not_leader")
    (told,) = await group.says(ben, "/stop")
    assert text_of(told) == words("group.not_leader")
    assert group.sessions() == []


async def test_a_pupils_press_gets_a_toast(group: GroupChat) -> None:
    """Neither the choice nor the controls obey a pupil."""
    ben = group.pupils[0]
    (setup,) = await group.says(group.teacher, "/quiz")
    before = buttons_of(setup)
    assert await group.presses(ben, "5", START) == []
    assert buttons_of(setup) == before
    await group.presses(group.teacher, START)
    for control in ("close", "pause", "more", "discuss", "skip", "end"):
        assert await group.presses(ben, plain_text(f"control.{control}")) == []
    assert set(group.toasts(ben)) == {plain_text("toast.not_leader")}
    assert group.state().phase is Phase.ASKING


async def test_whom_an_administrator_allows_leads(group: GroupChat) -> None:
    """``/allow`` in reply to somebody's message lets that person lead; the same again takes it back."""
    ben, cyd = group.pupils
    written = group.world.send_text(ben.id, group.id, "May I?")
    (told,) = await group.says(group.teacher, "/allow", reply_to=written.id)
    assert text_of(told) == words("group.allowed", name="Ben")
    (setup,) = await group.says(ben, "/quiz")
    assert START in buttons_of(setup)
    (told,) = await group.says(ben, "/allow", reply_to=group.world.send_text(cyd.id, group.id, "And I?").id)
    assert text_of(told) == words("group.only_administrators")
    (told,) = await group.says(group.teacher, "/allow", reply_to=written.id)
    assert text_of(told) == words("group.disallowed", name="Ben")
    (told,) = await group.says(ben, "/quiz")
    assert text_of(told) == words("group.not_leader")


async def test_allow_without_a_name_says_how(group: GroupChat) -> None:
    """``/allow`` by itself, or in reply to a bot, names nobody."""
    (told,) = await group.says(group.teacher, "/allow")
    assert text_of(told) == words("group.allow_how")
    (again,) = await group.says(group.teacher, "/allow", reply_to=told.id)
    assert text_of(again) == words("group.allow_how")


async def test_who_has_just_become_an_administrator_leads_soon(group: GroupChat) -> None:
    """A refusal is looked up again after half a minute, and who is an administrator by then may lead."""
    ben = group.pupils[0]
    await group.says(ben, "/quiz")
    group.world.set_member_status(group.id, ben.id, "administrator")
    group.bot.fire_deadlines_after(minutes=1)
    (setup,) = await group.says(ben, "/quiz")
    assert START in buttons_of(setup)


async def test_any_administrator_controls_a_quiz_that_another_started(group: GroupChat) -> None:
    """A second administrator pauses it; the host goes on with it after being one no longer."""
    ben = group.pupils[0]
    group.world.set_member_status(group.id, ben.id, "administrator")
    await group.starts()
    await group.presses(ben, PAUSE)
    assert group.state().phase is Phase.HELD
    group.world.set_member_status(group.id, group.teacher.id, "member", by=ben.id)
    group.bot.fire_deadlines_after(hours=1)
    await group.presses(group.teacher, RESUME)
    assert group.state().phase is Phase.ASKING


async def test_an_anonymous_administrator_leads(group: GroupChat) -> None:
    """Who writes in the group's name may start; a press names its person; a vote is nobody's."""
    group.world.set_anonymous(group.id, group.teacher.id)
    await group.says(group.teacher, "/quiz")
    (asked,) = await group.presses(group.teacher, START)
    assert asked.content.poll_id
    poll = group.poll()
    await group.does(lambda: group.world.vote(group.teacher.id, poll.id, [0]))
    assert group.state().answered == 0
    (told,) = await group.says(group.teacher, "/stop")
    assert text_of(told) == words("group.waiting", round=1, of=5)
    written = group.world.send_text(group.pupils[0].id, group.id, "May I?")
    (told,) = await group.says(group.teacher, "/allow", reply_to=written.id)
    assert text_of(told) == words("group.allowed", name="Ben")


async def test_an_anonymous_administrator_is_spoken_to_in_the_groups_language(group: GroupChat) -> None:
    """Telegram does not tell whose language it is, so it is that of the last quiz there."""
    group.teacher.switches("ru")
    await group.starts_in("ru")
    for button in ("end", "end_yes"):
        await group.leads(plain_text(f"control.{button}", "ru"))
    group.world.set_anonymous(group.id, group.teacher.id)
    (setup,) = await group.says(group.teacher, "/quiz")
    assert text_of(setup).startswith(words("group.setup", "ru"))


async def test_telegram_is_asked_once_for_many(group: GroupChat, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many press at once, Telegram is asked once who administers the group."""
    await group.starts(plain_text("group.untimed"))
    group.bot.fire_deadlines_after(minutes=11)
    asked: list[str] = []
    untold = BotApi.call

    async def told(api: BotApi, token: str, method: str, raw: Mapping[str, object]) -> ApiResponse:
        asked.append(method)
        return await untold(api, token, method, raw)

    monkeypatch.setattr(BotApi, "call", told)
    message, data = group.button(PAUSE)
    await group.does(
        lambda: [
            group.world.press_button(pupil.id, group.id, message.id, data) for pupil in group.pupils for _ in range(3)
        ]
    )
    assert asked.count("getChatAdministrators") == 1


async def test_a_second_quiz_by_mistake_shows_the_first(group: GroupChat) -> None:
    """``/quiz``, or Start under an older choice, brings the running quiz's controls; there are never two."""
    await group.says(group.teacher, "/quiz")
    old, data = group.button(START)
    await group.starts()
    (shown,) = await group.says(group.teacher, "/quiz")
    assert text_of(shown) == words("group.running", round=1, of=5)
    await group.vote("+.")
    (revealed,) = await group.leads(CLOSE)
    assert buttons_of(shown) == []
    assert text_of(revealed).startswith("1/5.")
    (again,) = await group.does(lambda: group.world.press_button(group.teacher.id, group.id, old.id, data))
    assert text_of(again) == words("group.running", round=1, of=5)
    assert len(group.sessions()) == 1


async def test_one_choice_starts_one_quiz(group: GroupChat) -> None:
    """Two quick taps on Start put one question."""
    await group.says(group.teacher, "/quiz")
    said = await group.presses(group.teacher, START, START)
    assert len(said) == 1
    assert group.toasts(group.teacher)[-1] == plain_text("toast.begun")


async def test_stop_pauses_and_shows_how_to_go_on(group: GroupChat) -> None:
    """``/stop`` holds the open round; the poll and the new message both say Go on."""
    (asked,) = await group.starts()
    (told,) = await group.says(group.teacher, "/stop")
    assert text_of(told) == words("group.waiting", round=1, of=5)
    assert buttons_of(told) == buttons_of(asked)
    assert RESUME in buttons_of(told)
    (again,) = await group.says(group.teacher, "/stop")
    await group.presses(group.teacher, RESUME)
    assert group.state().phase is Phase.ASKING
    assert buttons_of(asked)[0] == buttons_of(again)[0] == CLOSE


async def test_stop_without_a_quiz_says_so(group: GroupChat) -> None:
    """There is nothing to pause."""
    (told,) = await group.says(group.teacher, "/stop")
    assert text_of(told) == words("group.none")


async def test_help_says_how_to_start(group: GroupChat) -> None:
    """``/help`` and ``/start`` in the group bring the hello again, to anybody."""
    for command in ("/help", "/start"):
        (told,) = await group.says(group.pupils[0], command)
        assert text_of(told) == words("group.hello")


async def test_what_needs_a_private_chat_is_told_so(group: GroupChat) -> None:
    """Commands for one person are not answered in front of all."""
    (told,) = await group.says(group.pupils[0], "/score")
    assert text_of(told) == words("group.private_only")


async def test_buttons_of_a_closed_round_do_nothing(group: GroupChat) -> None:
    """A control button that was left behind by a round is out of date."""
    (asked,) = await group.starts()
    _, data = group.button(CLOSE)
    await group.leads(CLOSE)
    await group.leads(NEXT)
    asked.reply_markup = {"inline_keyboard": [[{"text": "?", "callback_data": data}]]}
    assert await group.does(lambda: group.world.press_button(group.teacher.id, group.id, asked.id, data)) == []
    assert group.toasts(group.teacher)[-1] == plain_text("toast.closed")


async def test_each_topic_of_a_forum_has_its_own_quiz(start_bot: StartBot) -> None:
    """Two topics play side by side; whatever is said of one stays in its topic."""
    group = GroupChat(await start_bot(bank_of_true_statements(5)), forum=True)
    await group.bot.wait_until_idle()
    maths, history = (group.world.create_topic(group.id, title) for title in ("Maths", "History"))
    for topic in (maths, history):
        group.topic = topic
        await group.starts()
    assert len(group.sessions()) == 2
    await group.vote("+-")
    (revealed,) = await group.leads(CLOSE)
    assert revealed.thread_id == history
    assert [poll.is_closed for poll in group.polls()] == [False, True]
    (shown,) = await group.says(group.teacher, "/quiz")
    assert shown.thread_id == history
    group.topic = None
    (setup,) = await group.says(group.teacher, "/quiz")
    assert START in buttons_of(setup)
    assert setup.thread_id is None
    places = [message.thread_id for message in group.bot_messages() if message.content.poll_id]
    assert places == [maths, history]


async def test_allow_in_a_topic_does_not_mean_who_opened_it(start_bot: StartBot) -> None:
    """In a topic every message counts as a reply to the topic's beginning; that names nobody."""
    group = GroupChat(await start_bot(bank_of_true_statements(1)), forum=True)
    await group.bot.wait_until_idle()
    ben = group.pupils[0]
    group.topic = group.world.create_topic(group.id, "Maths", by=ben.id)
    (told,) = await group.says(group.teacher, "/allow")
    assert text_of(told) == words("group.allow_how")


async def test_a_private_quiz_goes_on_beside_the_groups(start_bot: StartBot) -> None:
    """A learner's own quiz on other sentences is not disturbed by the group's, nor the other way round."""
    group = GroupChat(await start_bot(make_bank(replace(PROTECTED, topic="life"), LARGEST, FOOD)))
    ben: Learner = group.pupils[0]
    await ben.says("/quiz body 2")
    await group.starts("Life & <death> (1)")
    await group.vote("++")
    await ben.answers()
    quiz = ben.quiz()
    assert quiz
    assert quiz.state.round == 2
    assert group.state().answered == 2
