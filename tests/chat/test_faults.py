"""Telegram fails in every way it knows; every message comes in its order, and every answer counts once."""

import pytest
from bot_in_process import StartBot
from learner import Learner, buttons_of, text_of, words
from whale_bank import LARGEST, NAME, YEAR, bank_in_order

from bot.app.dispatch.service import Desk, StoreError
from bot.playground.faults import FaultKind

pytestmark = pytest.mark.usefixtures("no_retry_delays")
TROUBLES = ("flood", "error", "gateway", "reset")


@pytest.fixture
async def ann(start_bot: StartBot) -> Learner:
    """A learner before a bank with a poll, a name and a year."""
    return Learner(await start_bot(bank_in_order(LARGEST, NAME, YEAR)))


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_quiz_goes_through_every_trouble(ann: Learner, trouble: FaultKind) -> None:
    """Two failures before each message delay it, and change neither the order nor the marks."""
    for method in ("sendMessage", "sendPoll", "setMessageReaction", "editMessageText"):
        ann.bot.api.faults.inject(method, trouble, times=2, retry_after=0)
    asked = await ann.says("/quiz 3")
    explained, following = await ann.votes("The giraffe")
    assert [bool(one.content.poll_id) for one in (*asked, explained, following)] == [True, False, False]
    assert text_of(explained).startswith(words("explanation.wrong", solution="The blue whale"))
    assert NAME.stem in text_of(following)
    await ann.says("blue whale")
    (result,) = await ann.says("1966")
    assert words("result.title", right=2, of=3) in text_of(result)


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_updates_come_through_every_trouble(ann: Learner, trouble: FaultKind) -> None:
    """When fetching fails, what people did waits at Telegram and is handled once."""
    await ann.bot.stop()
    ann.bot.api.faults.inject("getUpdates", trouble, times=3, retry_after=0)
    await ann.bot.start()
    said = await ann.says("/help")
    assert [text_of(one) for one in said] == [words("help.text")]


async def test_a_poll_whose_receipt_was_lost_comes_twice_and_counts_once(ann: Learner) -> None:
    """A lost answer of sendPoll makes two polls: a vote in the known copy counts, one in the other is told."""
    ann.bot.api.faults.inject("sendPoll", "lost")
    await ann.says("/quiz 3")
    lost, known = ann.polls()
    (said,) = await ann.votes_in(lost, *lost.correct_option_ids)
    assert text_of(said) == words("vote.unknown_poll")
    assert ann.marks() == {}
    (following,) = await ann.votes_in(known, *known.correct_option_ids)
    assert ann.marks() == {"largest": True}
    assert NAME.stem in text_of(following)


async def test_a_question_in_writing_whose_receipt_was_lost_can_be_answered(ann: Learner) -> None:
    """The question comes twice, is answered once, and the quiz goes on."""
    await ann.says("/quiz 3")
    ann.bot.api.faults.inject("sendMessage", "lost")
    first, second = await ann.votes("The blue whale")
    assert text_of(first) == text_of(second)
    (following,) = await ann.says("blue whale")
    assert YEAR.stem in text_of(following)
    assert ann.marks() == {"largest": True, "name": True}


async def test_updates_whose_receipt_was_lost_are_handled_once(ann: Learner) -> None:
    """An answer of getUpdates that never arrives brings the same updates again, and each is handled once."""
    await ann.bot.stop()
    ann.world.send_text(ann.id, ann.id, "/quiz 3")
    ann.bot.api.faults.inject("getUpdates", "lost")
    await ann.bot.start()
    await ann.bot.wait_until_idle()
    assert len(ann.polls()) == 1


async def test_who_blocks_the_bot_finds_the_quiz_again(ann: Learner) -> None:
    """A question that could not be delivered is not lost: whoever lets the bot in again goes on with it."""
    await ann.says("/quiz 3")
    await ann.votes("The blue whale")
    await ann.does(lambda: ann.world.block_bot(ann.id))
    await ann.does(lambda: ann.world.unblock_bot(ann.id))
    (said,) = await ann.says("hello again")
    assert text_of(said) == words("quiz.waits", round=2, of=3)
    (again,) = await ann.presses(words("quiz.go_on"))
    assert NAME.stem in text_of(again)
    await ann.says("blue whale")
    assert ann.marks() == {"largest": True, "name": True}


async def test_a_block_between_vote_and_question_loses_nothing(ann: Learner) -> None:
    """The vote counts although the next question met a closed door, and nobody else has to wait for it."""
    ben = Learner(ann.bot, "Ben")
    await ann.says("/quiz 3")
    poll = ann.poll()

    def vote_and_block() -> None:
        ann.world.vote(ann.id, poll.id, list(poll.correct_option_ids))
        ann.world.block_bot(ann.id)

    assert await ann.does(vote_and_block) == []
    assert ann.marks() == {"largest": True}
    (said,) = await ben.says("/help")
    assert text_of(said) == words("help.text")
    await ann.does(lambda: ann.world.unblock_bot(ann.id))
    (waits,) = await ann.says("hi")
    assert words("quiz.go_on") in buttons_of(waits)


async def test_one_persons_flood_makes_nobody_else_wait(ann: Learner) -> None:
    """Of two people who start at once one is told to come again later; both get their question."""
    ann.bot.api.faults.inject("sendPoll", "flood", retry_after=0)
    ben = Learner(ann.bot, "Ben")
    await ann.does(
        lambda: (ann.world.send_text(ann.id, ann.id, "/quiz 3"), ben.world.send_text(ben.id, ben.id, "/quiz 3"))
    )
    assert len(ann.polls()) == len(ben.polls()) == 1


async def test_an_answer_that_was_deleted_is_marked_all_the_same(ann: Learner) -> None:
    """The sign of a right answer has nowhere to go when its message is gone; the quiz goes on."""
    await ann.says("/quiz 3")
    await ann.votes("The blue whale")

    def write_and_delete() -> None:
        written = ann.world.send_text(ann.id, ann.id, "blue whale")
        ann.world.delete_own_message(ann.id, ann.id, written.id)

    (following,) = await ann.does(write_and_delete)
    assert YEAR.stem in text_of(following)
    assert ann.marks() == {"largest": True, "name": True}


async def test_a_deleted_question_can_be_had_again(ann: Learner) -> None:
    """Whoever deletes the question's message gets it again by going on."""
    await ann.says("/quiz 3")
    (asked,) = [message for message in ann.messages() if message.content.poll_id]
    ann.world.delete_own_message(ann.id, ann.id, asked.id)
    ann.bot.fire_deadlines_after(minutes=1)
    await ann.says("/quiz")
    await ann.presses(words("quiz.go_on"))
    await ann.votes("The blue whale")
    assert ann.marks() == {"largest": True}


async def test_a_group_that_moves_or_throws_the_bot_out_harms_nobody(ann: Learner) -> None:
    """The reply follows a group that becomes a supergroup; where the bot was thrown out there is none."""
    moving, closing = (ann.world.create_group(title, [ann.id]) for title in ("Moving", "Closing"))

    def call_in_both() -> None:
        ann.world.send_text(ann.id, moving.id, "/score")
        ann.world.migrate_group(moving.id)
        ann.world.send_text(ann.id, closing.id, "/score")
        ann.world.set_member_status(closing.id, ann.world.bot.id, "kicked", by=ann.id)

    await ann.does(call_in_both)
    said = ann.world.messages(ann.world.chats[moving.id].migrated_to, ann.id)
    assert words("group.private_only") in map(text_of, said)
    (helped,) = await ann.says("/help")
    assert text_of(helped) == words("help.text")


@pytest.mark.parametrize("step", ["receive", "work", "settle"])
async def test_a_database_that_fails_for_a_while_loses_nothing(
    ann: Learner, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the database cannot be used, updates and deliveries wait; afterwards everything is there once."""
    monkeypatch.setattr("bot.tg.inbound.worker.STORE_SECONDS", 0.0)
    monkeypatch.setattr("bot.tg.outbound.sender.STORE_SECONDS", 0.0)
    untroubled, failures = getattr(Desk, step), iter(("once", "twice"))

    def troubled(desk: Desk, *given: object, **named: object) -> object:
        if next(failures, None):
            raise StoreError("The database cannot be used now: the disk is full.")
        return untroubled(desk, *given, **named)

    monkeypatch.setattr(Desk, step, troubled)
    (asked,) = await ann.says("/quiz 3")
    assert asked.content.poll_id
    (following,) = await ann.votes("The blue whale")
    assert NAME.stem in text_of(following)
    (last,) = await ann.says("blue whale")
    assert YEAR.stem in text_of(last)
