"""What can go wrong around a quiz in a group: rights, moving, being put out, a failing network, a bot that is down."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import pytest
from classmates import Classmates, say
from learner import buttons_of, text_of, words
from sqlalchemy import select
from talk import TalkAbout
from whales import true_statements

from bot.app.desk import Delivery, Outgoing, StoreError
from bot.app.messages import GroupPoll, GroupReveal
from bot.core.classroom import Phase
from bot.playground.faults import Trouble
from bot.playground.world import Message
from bot.store.rooms import ROOMS

pytestmark = pytest.mark.usefixtures("impatient")
TROUBLES: tuple[Trouble, ...] = ("flood", "error", "gateway", "reset")
CLOSE, NEXT, RESUME, PAUSE, FINISH, DISCUSS, AGAIN, END, END_YES = (
    say(f"control.{name}")
    for name in ("close", "next", "resume", "pause", "finish", "discuss", "again", "end", "end_yes")
)
START, UNTIMED = say("setup.start"), say("group.untimed")


@pytest.fixture
async def group(talk_about: TalkAbout) -> Classmates:
    """A class before three statements."""
    made = Classmates(await talk_about(true_statements(3)))
    await made.talk.quiet()
    return made


async def test_without_the_right_to_send_polls_it_waits(group: Classmates) -> None:
    """The bot says what to switch on; Go on asks again, and again if that did not help."""
    group.world.forbid_polls(group.id)
    told, waits = await group.starts("15 s")
    assert text_of(told) == words("group.no_polls")
    assert text_of(waits) == words("group.waiting", round=1, of=3)
    assert await group.waits(hours=1) == []
    told, waits = await group.leads(RESUME)
    assert text_of(told) == words("group.no_polls")
    group.world.forbid_polls(group.id, forbidden=False)
    (asked,) = await group.leads(RESUME)
    assert asked.content.poll_id
    assert buttons_of(waits) == []
    await group.vote("++")
    (revealed,) = await group.waits(seconds=18)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=2, answered=2))


def holds_back(
    group: Classmates,
    monkeypatch: pytest.MonkeyPatch,
    shape: type,
    act: Callable[[], object],
    *,
    while_: Callable[[], bool],
) -> None:
    """Let the receipt of a message wait for as long as something is so; do something meanwhile, once."""
    monkeypatch.setattr("bot.tg.outgoing.STORE_SECONDS", 0.0)
    settle, done = group.talk.desk.settle, []

    def late(deliveries: Sequence[Delivery]) -> tuple[Outgoing, ...]:
        if any(isinstance(one.message, shape) for one in deliveries) and (not done or while_()):
            done.append(done or act())
            raise StoreError("The database cannot be used now.")
        return settle(deliveries)

    monkeypatch.setattr(group.talk.desk, "settle", late)


async def test_a_pause_before_the_question_is_known_keeps_its_button(
    group: Classmates, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who pauses while the receipt of the poll is still on its way can go on by the poll's button."""
    stop = partial(group.world.say, group.teacher.id, group.id, "/stop")
    holds_back(group, monkeypatch, GroupPoll, stop, while_=lambda: group.state().phase is Phase.ASKING)
    asked, *_ = await group.starts(UNTIMED)
    assert RESUME in buttons_of(asked)


@pytest.mark.parametrize(("control", "stays"), [(CLOSE, True), (DISCUSS, False)])
async def test_a_round_that_ends_before_its_question_is_known_leaves_no_open_poll(
    group: Classmates, monkeypatch: pytest.MonkeyPatch, control: str, *, stays: bool
) -> None:
    """A poll whose receipt comes after its round is closed; where its answer must stay hidden it is deleted."""

    def press() -> None:
        group.talk.clock.now += timedelta(seconds=2)
        message, data = group.button(control)
        group.world.press(group.teacher.id, group.id, message.id, data)

    holds_back(group, monkeypatch, GroupPoll, press, while_=lambda: group.state().phase is Phase.ASKING)
    await group.starts(UNTIMED)
    assert group.state().phase is (Phase.REVEALED if stays else Phase.DISCUSSING)
    assert [poll.is_closed for poll in group.polls()] == [True] * stays


async def test_a_group_that_moves_under_the_question_is_asked_in_the_new_chat(
    group: Classmates, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question that reached the old chat just before the move is put again in the new one."""
    old = group.id

    def move() -> None:
        group.id = group.world.migrate_group(old).id

    def is_there() -> bool:
        return [room.chat_id for room in group.talk.rows(select(ROOMS))] == [old]

    holds_back(group, monkeypatch, GroupPoll, move, while_=is_there)
    await group.says(group.teacher, "/quiz")
    setup, data = group.button(START)
    group.world.press(group.teacher.id, group.id, setup.id, data)
    await group.talk.quiet()
    assert [poll.home[0] for poll in group.world.polls.values()] == [old, group.id]
    await group.vote("+-")
    assert group.state().answered == 2


async def test_an_explanation_that_is_left_before_it_is_known_loses_its_buttons(
    group: Classmates, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the next question is asked before the receipt of the explanation came, the buttons go all the same."""
    await group.starts(UNTIMED)

    def press() -> None:
        group.talk.clock.now += timedelta(seconds=2)
        message, data = group.button(NEXT)
        group.world.press(group.teacher.id, group.id, message.id, data)

    holds_back(group, monkeypatch, GroupReveal, press, while_=lambda: group.state().phase is Phase.REVEALED)
    revealed, asked = await group.leads(CLOSE)
    assert buttons_of(revealed) == []
    assert asked.content.poll_id


async def test_whom_a_group_allowed_leads_in_the_supergroup_too(group: Classmates) -> None:
    """Those allowed to lead go along when the group moves."""
    ben = group.pupils[0]
    written = group.world.say(ben.id, group.id, "May I?")
    await group.says(group.teacher, "/allow", reply_to=written.id)
    await moves(group)
    (setup,) = await group.says(ben, "/quiz")
    assert START in buttons_of(setup)


async def test_a_bot_that_becomes_an_administrator_may_send_polls(group: Classmates) -> None:
    """Where members may not send polls, an administrator may."""
    group.world.forbid_polls(group.id)
    await group.starts()
    group.world.set_status(group.id, group.world.bot.id, "administrator")
    (asked,) = await group.leads(RESUME)
    assert asked.content.poll_id


async def test_a_group_that_puts_the_bot_out_finds_the_quiz_waiting(group: Classmates) -> None:
    """The quiz waits while the bot is out, and shows its controls when it is let in again."""
    await group.starts("15 s")
    await group.vote("+-")
    await group.does(lambda: group.world.set_status(group.id, group.world.bot.id, "kicked"))
    assert group.state().phase is Phase.HELD
    await group.talk.passes(hours=1)
    (waits,) = await group.does(lambda: group.world.set_status(group.id, group.world.bot.id, "member"))
    assert text_of(waits) == words("group.waiting", round=1, of=3)
    await group.leads(RESUME)
    (revealed,) = await group.waits(seconds=18)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=1, answered=2))


async def test_a_bot_put_out_under_the_question_asks_it_when_it_is_back(group: Classmates) -> None:
    """A question that met a closed door is put again by Go on."""
    await group.starts(UNTIMED)
    await group.vote("++")
    await group.leads(CLOSE)
    message, data = group.button(NEXT)
    group.talk.let_pass(seconds=2)

    def press_and_put_out() -> None:
        group.world.press(group.teacher.id, group.id, message.id, data)
        group.world.set_status(group.id, group.world.bot.id, "kicked")

    assert await group.does(press_and_put_out) == []
    assert group.state().phase is Phase.HELD
    await group.does(lambda: group.world.set_status(group.id, group.world.bot.id, "member"))
    (asked,) = await group.leads(RESUME)
    assert asked.content.poll_id
    assert group.poll().question.text.startswith("2/3.")


async def test_a_group_that_becomes_a_supergroup_is_followed(group: Classmates) -> None:
    """An open question is put again in the new chat, the votes given stand, and the quiz goes on there."""
    await group.starts(UNTIMED)
    await group.vote("+.")
    (asked,) = await moves(group)
    assert asked.content.poll_id
    assert group.poll().question.text.startswith("1/3.")
    await group.vote("+-")
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=1, answered=2))
    (asked,) = await group.leads(NEXT)
    assert asked.content.poll_id
    await group.leads(END)
    await group.leads(END_YES)
    assert group.sessions() == []


async def moves(group: Classmates) -> list[Message]:
    """Turn the group into a supergroup; give what the bot says there."""
    new = group.world.migrate_group(group.id)
    group.id = new.id
    return await group.does(lambda: None)


async def test_a_move_between_rounds_asks_nothing_again(group: Classmates) -> None:
    """Where no question is open the next one simply comes in the new chat."""
    await group.starts("15 s")
    await group.vote("++")
    await group.leads(CLOSE)
    assert await moves(group) == []
    (asked,) = await group.waits(seconds=21)
    assert asked.content.poll_id


async def test_a_move_that_a_message_meets_first_is_followed(
    group: Classmates, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram's answer to a question for the old chat names the new one, before any update tells of the move."""
    await group.starts("15 s")
    await group.vote("++")
    await group.leads(CLOSE)
    with monkeypatch.context() as silence:
        silence.setattr(group.world, "put_update", lambda _kind, _body: None)
        group.id = group.world.migrate_group(group.id).id
    await group.talk.passes(seconds=21)
    assert group.poll().question.text.startswith("2/3.")
    assert len(group.sessions()) == 1
    await group.vote("+-")
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=2, of=3, right=1, answered=2))
    (shown,) = await group.says(group.teacher, "/quiz")
    assert text_of(shown) == words("group.running", round=2, of=3)


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_quiz_goes_through_every_trouble(group: Classmates, trouble: Trouble) -> None:
    """Failures while asking and closing delay, and change neither what is said nor what counts."""
    for method in ("sendMessage", "sendPoll", "stopPoll", "editMessageText", "getChatAdministrators"):
        group.talk.api.faults.order(method, trouble, times=2, retry_after=0)
    (asked,) = await group.starts(UNTIMED)
    assert asked.content.poll_id
    poll = group.poll()
    await group.vote("+-")
    (revealed,) = await group.leads(CLOSE)
    assert poll.is_closed
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=1, answered=2))
    (asked,) = await group.leads(NEXT)
    assert asked.content.poll_id


async def test_a_poll_whose_receipt_was_lost_comes_twice_and_counts_once(group: Classmates) -> None:
    """Votes in the known copy count; those in the other count for nothing, and nobody is told in private."""
    group.talk.api.faults.order("sendPoll", "lost")
    await group.starts(UNTIMED)
    lost, known = group.polls()
    ben, cyd = group.pupils
    await group.does(lambda: (group.world.vote(ben.id, lost.id, [0]), group.world.vote(cyd.id, known.id, [0])))
    assert group.state().answered == 1
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=1, answered=1))
    assert ben.messages() == []


async def test_a_close_whose_receipt_was_lost_counts_once(group: Classmates) -> None:
    """A lost answer of stopPoll, or of the message after it, closes the round once."""
    await group.starts(UNTIMED)
    await group.vote("+-")
    group.talk.api.faults.order("stopPoll", "lost")
    group.talk.api.faults.order("sendMessage", "lost")
    first, second = await group.leads(CLOSE)
    assert text_of(first) == text_of(second)
    assert group.state().phase is Phase.REVEALED
    assert group.poll().is_closed
    (asked,) = await group.leads(NEXT)
    assert asked.content.poll_id


async def test_a_restart_in_every_phase_changes_nothing(group: Classmates) -> None:
    """The bot is stopped and started before each step of a quiz, and everything is as it would have been."""
    restart = group.talk.restart
    await group.says(group.teacher, "/quiz 2")
    await restart()
    await group.presses(group.teacher, UNTIMED)
    await restart()
    (asked,) = await group.presses(group.teacher, START)
    await restart()
    await group.vote("-.")
    await restart()
    (talked,) = await group.leads(DISCUSS)
    await restart()
    (asked,) = await group.leads(AGAIN)
    await restart()
    await group.vote("+-")
    await restart()
    await group.leads(PAUSE)
    assert RESUME in buttons_of(asked)
    await restart()
    await group.leads(RESUME)
    await restart()
    (revealed,) = await group.leads(CLOSE)
    assert "0 → 1 · " in text_of(revealed)
    assert buttons_of(talked) == []
    await restart()
    await group.leads(NEXT)
    await restart()
    await group.vote("++")
    await restart()
    (revealed,) = await group.leads(CLOSE)
    await restart()
    (result,) = await group.leads(FINISH)
    assert "🥇 Ben · 2 of 2\n🥈 Cyd · 1 of 2" in text_of(result)
    await restart()
    assert await group.does(lambda: None) == []


async def test_time_that_ran_out_while_the_bot_was_down_closes_at_start(group: Classmates) -> None:
    """What was voted meanwhile counts, and one round is closed, not all of them."""
    await group.starts("15 s")
    poll = group.poll()
    await group.talk.stop()
    group.cast("+-")
    group.talk.clock.now = group.talk.clock.now.replace(minute=30)
    await group.talk.start()
    await group.talk.until(lambda: poll.is_closed)
    await group.talk.quiet()
    revealed = group.said()[-1]
    assert text_of(revealed).startswith("1/3.")
    assert group.state().phase is Phase.REVEALED
