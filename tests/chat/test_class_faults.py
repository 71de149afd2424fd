"""A live class under faults: failures of Telegram, questions removed from the bank, hundreds of pupils at once."""

import pytest
from bot_in_process import StartBot
from learner import buttons_of, text_of, words
from pupils import BY_HAND, Pupil, Teacher, seat_pupils
from whale_bank import HEART, LARGEST, NAME, YEAR, bank_in_order, bank_of_true_statements, make_bank

from bot.playground.faults import FaultKind
from bot.playground.world.events import WorldEvent

FAULTS = ("flood", "error", "gateway", "reset")
MANY = 300


@pytest.mark.usefixtures("no_retry_delays")
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_class_survives_failures_of_telegram(start_bot: StartBot, fault: FaultKind) -> None:
    """Failures of all methods delay the class, change neither marks nor order, and repeat no message."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST, NAME)))
    await teacher.opens(BY_HAND)
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    for method in ("sendPoll", "sendMessage", "stopPoll", "editMessageText", "setMessageReaction"):
        teacher.bot.api.faults.inject(method, fault, times=2, retry_after=0)
    await teacher.leads("start")
    await ann.votes("The blue whale")
    await ben.votes("The elephant")
    await teacher.leads("next")
    await ann.says("blue whale")
    await ben.says("blue whale")
    await teacher.leads("finish")
    assert words("seat.result", right=2, seen=2) in text_of(ann.messages()[-1])
    assert words("seat.result", right=1, seen=2) in text_of(ben.messages()[-1])
    assert ann.transcript().count(LARGEST.stem) == 1
    assert ben.transcript().count(LARGEST.why) == 1


@pytest.mark.usefixtures("no_retry_delays")
async def test_a_question_whose_response_was_lost_comes_twice_and_counts_once(start_bot: StartBot) -> None:
    """A vote in a copy that the bot does not know is refused with a message; a vote in the known copy counts."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await teacher.opens(BY_HAND)
    pupils = await seat_pupils(teacher, "Ann", "Ben")
    teacher.bot.api.faults.inject("sendPoll", "lost")
    await teacher.leads("start")
    twice = max(pupils, key=lambda pupil: len(pupil.polls()))
    lost, known = twice.polls()
    (reply,) = await twice.votes_in(lost, 0)
    assert text_of(reply) == words("vote.unknown_poll")
    await twice.votes_in(known, 0)
    assert teacher.state().answered == 1


async def test_a_vote_before_its_poll_is_recorded_counts(start_bot: StartBot) -> None:
    """Votes of pupils who tap as soon as the poll appears count, although the bot records the poll later."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await teacher.opens(BY_HAND)
    pupils = await seat_pupils(teacher, "Ann", "Ben", "Cyd")
    people = {pupil.id for pupil in pupils}

    voted: set[str] = set()

    def vote_at_once(event: WorldEvent) -> None:
        new = [poll for poll in teacher.world.polls.values() if poll.id not in voted and poll.sent_in[0] in people]
        for poll in new if event.kind == "sent" else ():
            voted.add(poll.id)
            teacher.world.vote(poll.sent_in[0], poll.id, [0])

    teacher.world.subscribe(vote_at_once)
    await teacher.leads("start")
    assert teacher.state().phase == "revealed"
    assert [row.seat.seen for row in teacher.pupil_rows().values()] == [1, 1, 1]


async def test_a_question_removed_from_the_bank_is_skipped(start_bot: StartBot) -> None:
    """A question that is removed from the bank before its round is skipped, and the class is one round shorter."""
    bot = await start_bot(bank_in_order(LARGEST, NAME, HEART))
    teacher = Teacher(bot)
    await teacher.opens()
    (ann,) = await seat_pupils(teacher, "Ann")
    await teacher.leads("start")
    await ann.votes("The blue whale")
    await bot.restart(make_bank(LARGEST, HEART))
    await teacher.leads("next")
    assert HEART.stem in text_of(ann.messages()[-1])
    await ann.says("180")
    await teacher.leads("finish")
    assert words("seat.result", right=2, seen=2) in text_of(ann.messages()[-1])


async def test_an_open_question_removed_from_the_bank_is_marked_as_asked(start_bot: StartBot) -> None:
    """Answers to an open question are marked by its wording at the time of asking, even after it left the bank."""
    bot = await start_bot(bank_in_order(LARGEST, NAME))
    teacher = Teacher(bot)
    await teacher.opens()
    (ann,) = await seat_pupils(teacher, "Ann")
    await teacher.leads("start")
    await bot.restart(make_bank(YEAR))
    await ann.votes("The blue whale")
    assert text_of(ann.messages()[-1]).startswith(words("seat.right", solution="The blue whale"))
    await teacher.leads("next")
    assert teacher.state().phase == "finished"
    assert words("seat.result", right=1, seen=1) in text_of(ann.messages()[-1])


async def test_a_class_without_pupils_reaches_its_end(start_bot: StartBot) -> None:
    """A teacher who tries a class alone can lead it through all rounds to a summary without names."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST, NAME)))
    await teacher.opens()
    await teacher.leads("start", "close", "next", "discuss", "again", "close", "finish")
    assert teacher.state().phase == "finished"
    assert words("host.everybody") not in text_of(teacher.messages()[-1])


async def test_a_class_continues_after_all_pupils_left(start_bot: StartBot) -> None:
    """A class whose pupils have all left continues with a pupil who comes back."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST, NAME)))
    await teacher.opens(BY_HAND)
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    for pupil in (ann, ben):
        await pupil.says("/leave")
    await teacher.leads("close", "next")
    _, asked = await ann.says(f"/start {teacher.code}")
    assert NAME.stem in text_of(asked)
    await ann.says("blue whale")
    assert teacher.state().phase == "revealed"


async def test_the_summary_of_a_large_class_names_all_pupils(start_bot: StartBot) -> None:
    """Hundreds of pupils join and answer at once, and the summary, split into several messages, names all of them."""
    teacher = Teacher(await start_bot(bank_of_true_statements(5)))
    await teacher.opens("5", BY_HAND)
    pupils = [Pupil(teacher.bot, f"Pupil {number:04}") for number in range(MANY)]
    world = teacher.world
    for pupil in pupils:
        world.send_text(pupil.id, pupil.id, f"/start {teacher.code}")
    await teacher.bot.wait_until_idle()
    for pupil in pupils:
        world.send_text(pupil.id, pupil.id, f"Pupil {pupil.id}")
    await teacher.bot.wait_until_idle()
    await teacher.leads("start")
    for pupil in pupils:
        world.vote(pupil.id, pupil.poll().id, [0])
    await teacher.bot.wait_until_idle()
    assert (teacher.state().phase, teacher.state().answered) == ("revealed", MANY)
    replies = await teacher.leads("end", "end_yes")
    assert len(replies) > 1
    named = "\n".join(map(text_of, replies))
    assert all(f"Pupil {pupil.id}: 1/1" in named for pupil in pupils)


async def test_a_deleted_control_message_can_be_sent_again(start_bot: StartBot) -> None:
    """A teacher who deleted the control message gets a new one by /class."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await teacher.opens()
    teacher.world.delete_own_message(teacher.id, teacher.id, teacher.controls().id)
    await seat_pupils(teacher, "Ann")
    await teacher.says("/class")
    assert words("control.start") in buttons_of(teacher.controls())
    await teacher.leads("start")
    assert teacher.state().phase == "asking"


async def test_a_change_while_the_controls_are_sent_is_shown(start_bot: StartBot) -> None:
    """A pupil who joins before Telegram has accepted the control message is shown in it a few seconds later."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await teacher.opens()
    ann = Pupil(teacher.bot, "Ann")
    (asked,) = await ann.says(teacher.code)
    (offer,) = buttons_of(asked)
    message, take = ann.button(offer)

    def ask_and_join() -> None:
        teacher.world.send_text(teacher.id, teacher.id, "/class")
        ann.world.press_button(ann.id, ann.id, message.id, take)

    await teacher.does(ask_and_join)
    await teacher.bot.advance(seconds=4)
    assert words("host.newest", names=offer) in text_of(teacher.controls())


@pytest.mark.parametrize("typed", ["x" * 4096, "<b>", "=cmd|' /C calc'!A0", "\u200b", "🐋" * 2000])
async def test_any_text_can_be_an_answer(start_bot: StartBot, typed: str) -> None:
    """A very long or strange written answer is marked or asked for again, and the class goes on."""
    teacher = Teacher(await start_bot(bank_in_order(NAME)))
    await teacher.opens(BY_HAND)
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    replies = await ann.says(typed)
    assert [text_of(one) for one in replies] in ([], [words("expected.text")])
    await ben.says("blue whale")
    await teacher.leads(*([] if teacher.state().phase == "revealed" else ["close"]), "finish")
    assert words("seat.result", right=0, seen=1) in ann.transcript()
    assert ann.transcript().replace("\n", "").count(typed) == (0 if replies else 1)
    assert ben.marks() == {"name": True}
