"""The leaders of a group quiz (administrators, people they allow, its host), and one quiz per chat or topic."""

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
    """A group and a bank of five statements."""
    chat = GroupChat(await start_bot(bank_of_true_statements(5)))
    await chat.bot.wait_until_idle()
    return chat


async def test_quiz_from_a_pupil_starts_nothing(group: GroupChat) -> None:
    """A pupil's ``/quiz`` or ``/stop`` is answered with how an administrator can allow it, and starts nothing."""
    ben = group.pupils[0]
    (reply,) = await group.says(ben, "/quiz 5")
    assert text_of(reply) == words("group.not_leader")
    (reply,) = await group.says(ben, "/stop")
    assert text_of(reply) == words("group.not_leader")
    assert group.sessions() == []


async def test_a_pupils_press_gets_a_toast(group: GroupChat) -> None:
    """A pupil's press on the setup or a control changes nothing and is answered by a toast."""
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


async def test_a_person_allowed_by_an_administrator_can_lead(group: GroupChat) -> None:
    """``/allow`` in reply to a person's message allows that person to lead; a second one revokes it."""
    ben, cyd = group.pupils
    written = group.world.send_text(ben.id, group.id, "May I?")
    (reply,) = await group.says(group.teacher, "/allow", reply_to=written.id)
    assert text_of(reply) == words("group.allowed", name="Ben")
    (setup,) = await group.says(ben, "/quiz")
    assert START in buttons_of(setup)
    (reply,) = await group.says(ben, "/allow", reply_to=group.world.send_text(cyd.id, group.id, "And I?").id)
    assert text_of(reply) == words("group.only_administrators")
    (reply,) = await group.says(group.teacher, "/allow", reply_to=written.id)
    assert text_of(reply) == words("group.disallowed", name="Ben")
    (reply,) = await group.says(ben, "/quiz")
    assert text_of(reply) == words("group.not_leader")


async def test_allow_without_a_person_explains_its_use(group: GroupChat) -> None:
    """``/allow`` by itself, or in reply to a bot, is answered with how to use it."""
    (reply,) = await group.says(group.teacher, "/allow")
    assert text_of(reply) == words("group.allow_how")
    (again,) = await group.says(group.teacher, "/allow", reply_to=reply.id)
    assert text_of(again) == words("group.allow_how")


async def test_a_new_administrator_can_lead_after_half_a_minute(group: GroupChat) -> None:
    """After half a minute the bot asks again who is an administrator, so a promoted member can lead."""
    ben = group.pupils[0]
    await group.says(ben, "/quiz")
    group.world.set_member_status(group.id, ben.id, "administrator")
    group.bot.fire_deadlines_after(minutes=1)
    (setup,) = await group.says(ben, "/quiz")
    assert START in buttons_of(setup)


async def test_any_administrator_controls_a_quiz_that_another_started(group: GroupChat) -> None:
    """A second administrator can pause a quiz, and its host can resume it after a demotion."""
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
    """An anonymous administrator can start a quiz by text and control it by presses; their vote does not count."""
    group.world.set_anonymous(group.id, group.teacher.id)
    await group.says(group.teacher, "/quiz")
    (asked,) = await group.presses(group.teacher, START)
    assert asked.content.poll_id
    poll = group.poll()
    await group.does(lambda: group.world.vote(group.teacher.id, poll.id, [0]))
    assert group.state().answered == 0
    (reply,) = await group.says(group.teacher, "/stop")
    assert text_of(reply) == words("group.waiting", round=1, of=5)
    written = group.world.send_text(group.pupils[0].id, group.id, "May I?")
    (reply,) = await group.says(group.teacher, "/allow", reply_to=written.id)
    assert text_of(reply) == words("group.allowed", name="Ben")


async def test_an_anonymous_administrator_gets_the_groups_language(group: GroupChat) -> None:
    """An anonymous administrator, whose language Telegram hides, gets the language of the group's last quiz."""
    group.teacher.switches("ru")
    await group.starts_in("ru")
    for button in ("end", "end_yes"):
        await group.leads(plain_text(f"control.{button}", "ru"))
    group.world.set_anonymous(group.id, group.teacher.id)
    (setup,) = await group.says(group.teacher, "/quiz")
    assert text_of(setup).startswith(words("group.setup", "ru"))


async def test_many_presses_request_the_administrators_once(group: GroupChat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several presses at once cause a single request for the group's administrators."""
    await group.starts(plain_text("group.untimed"))
    group.bot.fire_deadlines_after(minutes=11)
    methods: list[str] = []
    call = BotApi.call

    async def recording(api: BotApi, token: str, method: str, raw: Mapping[str, object]) -> ApiResponse:
        methods.append(method)
        return await call(api, token, method, raw)

    monkeypatch.setattr(BotApi, "call", recording)
    message, data = group.button(PAUSE)
    await group.does(
        lambda: [
            group.world.press_button(pupil.id, group.id, message.id, data) for pupil in group.pupils for _ in range(3)
        ]
    )
    assert methods.count("getChatAdministrators") == 1


async def test_quiz_during_a_quiz_shows_its_controls(group: GroupChat) -> None:
    """``/quiz``, or Start under an older setup, shows the controls of the running quiz and starts no second one."""
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


async def test_a_double_tap_on_start_starts_one_quiz(group: GroupChat) -> None:
    """Two quick taps on Start send one question."""
    await group.says(group.teacher, "/quiz")
    replies = await group.presses(group.teacher, START, START)
    assert len(replies) == 1
    assert group.toasts(group.teacher)[-1] == plain_text("toast.begun")


async def test_stop_pauses_and_offers_to_resume(group: GroupChat) -> None:
    """``/stop`` pauses the open round; the poll and the new message both have a button to resume."""
    (asked,) = await group.starts()
    (reply,) = await group.says(group.teacher, "/stop")
    assert text_of(reply) == words("group.waiting", round=1, of=5)
    assert buttons_of(reply) == buttons_of(asked)
    assert RESUME in buttons_of(reply)
    (again,) = await group.says(group.teacher, "/stop")
    await group.presses(group.teacher, RESUME)
    assert group.state().phase is Phase.ASKING
    assert buttons_of(asked)[0] == buttons_of(again)[0] == CLOSE


async def test_stop_without_a_quiz_says_so(group: GroupChat) -> None:
    """``/stop`` without a quiz is answered that there is none."""
    (reply,) = await group.says(group.teacher, "/stop")
    assert text_of(reply) == words("group.none")


async def test_help_says_how_to_start(group: GroupChat) -> None:
    """``/help`` and ``/start`` in the group are answered with the welcome message, for any member."""
    for command in ("/help", "/start"):
        (reply,) = await group.says(group.pupils[0], command)
        assert text_of(reply) == words("group.hello")


async def test_a_private_command_in_a_group_points_to_the_private_chat(group: GroupChat) -> None:
    """A command for one person is answered with where it works, not in front of everybody."""
    (reply,) = await group.says(group.pupils[0], "/score")
    assert text_of(reply) == words("group.private_only")


async def test_buttons_of_a_closed_round_do_nothing(group: GroupChat) -> None:
    """A press on a control of an earlier round is answered as outdated."""
    (asked,) = await group.starts()
    _, data = group.button(CLOSE)
    await group.leads(CLOSE)
    await group.leads(NEXT)
    asked.reply_markup = {"inline_keyboard": [[{"text": "?", "callback_data": data}]]}
    assert await group.does(lambda: group.world.press_button(group.teacher.id, group.id, asked.id, data)) == []
    assert group.toasts(group.teacher)[-1] == plain_text("toast.closed")


async def test_each_topic_of_a_forum_has_its_own_quiz(start_bot: StartBot) -> None:
    """Two topics run their quizzes at the same time; the messages of each stay in its topic."""
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
    topics = [message.thread_id for message in group.bot_messages() if message.content.poll_id]
    assert topics == [maths, history]


async def test_allow_in_a_topic_does_not_mean_its_creator(start_bot: StartBot) -> None:
    """``/allow`` in a topic, where each message replies to the topic's first one, is not meant for its creator."""
    group = GroupChat(await start_bot(bank_of_true_statements(1)), forum=True)
    await group.bot.wait_until_idle()
    ben = group.pupils[0]
    group.topic = group.world.create_topic(group.id, "Maths", by=ben.id)
    (reply,) = await group.says(group.teacher, "/allow")
    assert text_of(reply) == words("group.allow_how")


async def test_a_private_quiz_and_a_group_quiz_run_side_by_side(start_bot: StartBot) -> None:
    """A learner's own quiz on other sentences and a group quiz do not affect each other."""
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
