"""Failures of Telegram and the database: messages arrive in order, and each answer counts once."""

import pytest
from bot_in_process import StartBot
from learner import Learner, buttons_of, text_of, words
from whale_bank import LARGEST, NAME, YEAR, bank_in_order

from bot.app.dispatch.service import QuizService, StoreError
from bot.playground.faults import FaultKind

pytestmark = pytest.mark.usefixtures("no_retry_delays")
FAULTS: tuple[FaultKind, ...] = ("flood", "error", "gateway", "reset")


@pytest.fixture
async def ann(start_bot: StartBot) -> Learner:
    """A learner with a bank of a poll, a name and a year."""
    return Learner(await start_bot(bank_in_order(LARGEST, NAME, YEAR)))


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_quiz_survives_each_fault(ann: Learner, fault: FaultKind) -> None:
    """Two failures before each message delay it, and change neither the order nor the marks."""
    for method in ("sendMessage", "sendPoll", "setMessageReaction", "editMessageText"):
        ann.bot.api.faults.inject(method, fault, times=2, retry_after=0)
    asked = await ann.says("/quiz 3")
    explained, following = await ann.votes("The giraffe")
    assert [bool(one.content.poll_id) for one in (*asked, explained, following)] == [True, False, False]
    assert text_of(explained).startswith(words("explanation.wrong", solution="The blue whale"))
    assert NAME.stem in text_of(following)
    await ann.says("blue whale")
    (result,) = await ann.says("1966")
    assert words("result.title", right=2, of=3) in text_of(result)


@pytest.mark.parametrize("fault", FAULTS)
async def test_updates_survive_each_fault(ann: Learner, fault: FaultKind) -> None:
    """Updates that could not be fetched wait at Telegram and are handled once."""
    await ann.bot.stop()
    ann.bot.api.faults.inject("getUpdates", fault, times=3, retry_after=0)
    await ann.bot.start()
    replies = await ann.says("/help")
    assert [text_of(one) for one in replies] == [words("help.text")]


async def test_a_poll_with_a_lost_response_is_sent_twice_and_counts_once(ann: Learner) -> None:
    """A lost response to sendPoll causes two polls: a vote in the known one counts, a vote in the other is refused."""
    ann.bot.api.faults.inject("sendPoll", "lost")
    await ann.says("/quiz 3")
    lost, known = ann.polls()
    (reply,) = await ann.votes_in(lost, *lost.correct_option_ids)
    assert text_of(reply) == words("vote.unknown_poll")
    assert ann.marks() == {}
    (following,) = await ann.votes_in(known, *known.correct_option_ids)
    assert ann.marks() == {"largest": True}
    assert NAME.stem in text_of(following)


async def test_a_written_question_with_a_lost_response_can_be_answered(ann: Learner) -> None:
    """A written question whose response was lost is sent twice and answered once, and the quiz continues."""
    await ann.says("/quiz 3")
    ann.bot.api.faults.inject("sendMessage", "lost")
    first, second = await ann.votes("The blue whale")
    assert text_of(first) == text_of(second)
    (following,) = await ann.says("blue whale")
    assert YEAR.stem in text_of(following)
    assert ann.marks() == {"largest": True, "name": True}


async def test_updates_with_a_lost_response_are_handled_once(ann: Learner) -> None:
    """Updates whose getUpdates response was lost are fetched again, and each is handled once."""
    await ann.bot.stop()
    ann.world.send_text(ann.id, ann.id, "/quiz 3")
    ann.bot.api.faults.inject("getUpdates", "lost")
    await ann.bot.start()
    await ann.bot.wait_until_idle()
    assert len(ann.polls()) == 1


async def test_a_quiz_can_be_resumed_after_blocking_the_bot(ann: Learner) -> None:
    """A learner who blocked the bot and unblocks it can resume the quiz at the question that was not delivered."""
    await ann.says("/quiz 3")
    await ann.votes("The blue whale")
    await ann.does(lambda: ann.world.block_bot(ann.id))
    await ann.does(lambda: ann.world.unblock_bot(ann.id))
    (reply,) = await ann.says("hello again")
    assert text_of(reply) == words("quiz.waits", round=2, of=3)
    (again,) = await ann.presses(words("quiz.go_on"))
    assert NAME.stem in text_of(again)
    await ann.says("blue whale")
    assert ann.marks() == {"largest": True, "name": True}


async def test_a_block_between_vote_and_question_loses_nothing(ann: Learner) -> None:
    """A vote right before blocking the bot counts, and other people need not wait for the failed question."""
    ben = Learner(ann.bot, "Ben")
    await ann.says("/quiz 3")
    poll = ann.poll()

    def vote_and_block() -> None:
        ann.world.vote(ann.id, poll.id, list(poll.correct_option_ids))
        ann.world.block_bot(ann.id)

    assert await ann.does(vote_and_block) == []
    assert ann.marks() == {"largest": True}
    (reply,) = await ben.says("/help")
    assert text_of(reply) == words("help.text")
    await ann.does(lambda: ann.world.unblock_bot(ann.id))
    (waits,) = await ann.says("hi")
    assert words("quiz.go_on") in buttons_of(waits)


async def test_one_persons_flood_makes_nobody_else_wait(ann: Learner) -> None:
    """A flood error for one of two people who start at once delays only that person; both get their question."""
    ann.bot.api.faults.inject("sendPoll", "flood", retry_after=0)
    ben = Learner(ann.bot, "Ben")
    await ann.does(
        lambda: (ann.world.send_text(ann.id, ann.id, "/quiz 3"), ben.world.send_text(ben.id, ben.id, "/quiz 3"))
    )
    assert len(ann.polls()) == len(ben.polls()) == 1


async def test_a_deleted_answer_is_marked(ann: Learner) -> None:
    """An answer whose message was deleted is marked without a reaction, and the quiz continues."""
    await ann.says("/quiz 3")
    await ann.votes("The blue whale")

    def write_and_delete() -> None:
        written = ann.world.send_text(ann.id, ann.id, "blue whale")
        ann.world.delete_own_message(ann.id, ann.id, written.id)

    (following,) = await ann.does(write_and_delete)
    assert YEAR.stem in text_of(following)
    assert ann.marks() == {"largest": True, "name": True}


async def test_a_deleted_question_is_sent_again(ann: Learner) -> None:
    """A learner who deleted the question's message gets it again by resuming the quiz."""
    await ann.says("/quiz 3")
    (asked,) = [message for message in ann.messages() if message.content.poll_id]
    ann.world.delete_own_message(ann.id, ann.id, asked.id)
    ann.bot.fire_deadlines_after(minutes=1)
    await ann.says("/quiz")
    await ann.presses(words("quiz.go_on"))
    await ann.votes("The blue whale")
    assert ann.marks() == {"largest": True}


async def test_a_group_that_moves_or_removes_the_bot_is_harmless(ann: Learner) -> None:
    """A reply follows a group that becomes a supergroup; a group that removed the bot gets none."""
    moving, closing = (ann.world.create_group(title, [ann.id]) for title in ("Moving", "Closing"))

    def write_in_both() -> None:
        ann.world.send_text(ann.id, moving.id, "/score")
        ann.world.migrate_group(moving.id)
        ann.world.send_text(ann.id, closing.id, "/score")
        ann.world.set_member_status(closing.id, ann.world.bot.id, "kicked", by=ann.id)

    await ann.does(write_in_both)
    replies = ann.world.messages(ann.world.chats[moving.id].migrated_to, ann.id)
    assert words("group.private_only") in map(text_of, replies)
    (helped,) = await ann.says("/help")
    assert text_of(helped) == words("help.text")


@pytest.mark.parametrize("step", ["store_updates", "process_batch", "record_deliveries"])
async def test_a_database_that_fails_for_a_while_loses_nothing(
    ann: Learner, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Updates and deliveries wait while the database fails, and each is stored once afterwards."""
    monkeypatch.setattr("bot.tg.inbound.worker.STORE_SECONDS", 0.0)
    monkeypatch.setattr("bot.tg.outbound.sender.STORE_SECONDS", 0.0)
    method, failures = getattr(QuizService, step), iter(("once", "twice"))

    def failing_twice(service: QuizService, *args: object, **kwargs: object) -> object:
        if next(failures, None):
            raise StoreError("The database cannot be used now: the disk is full.")
        return method(service, *args, **kwargs)

    monkeypatch.setattr(QuizService, step, failing_twice)
    (asked,) = await ann.says("/quiz 3")
    assert asked.content.poll_id
    (following,) = await ann.votes("The blue whale")
    assert NAME.stem in text_of(following)
    (last,) = await ann.says("blue whale")
    assert YEAR.stem in text_of(last)
