"""Ownership of messages: each is sent once, in order per chat, by any number of processes on one outbox."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from random import Random

import pytest
from postgresql import MakeUrl
from random_cluster import NOW, Process, RandomCluster, names

from bot.app.dispatch.service import ClaimedMessages
from bot.app.messages.urgency import Urgency
from bot.store.database import Database
from bot.store.outbox import NewMessage

ANN, BEN = 7, 8


@pytest.fixture
def join(make_postgresql: MakeUrl) -> Iterator[Callable[[], Process]]:
    """A function that starts one more process on the same PostgreSQL database."""
    url = make_postgresql("")
    with ExitStack() as stack:
        joined: list[Process] = []

        def one_more() -> Process:
            joined.append(Process(url, len(joined) + 1))
            stack.callback(joined[-1].die)
            return joined[-1]

        yield one_more


def test_messages_belong_to_the_process_that_created_them(url: str) -> None:
    """A process owns the messages that it creates, in every chat without messages of another process."""
    one = Process(url, 5)
    outgoing = one.send_to_chat(ANN, "a", "b", "")
    assert [message.claimed_by for message in outgoing] == [5, 5, 5]
    assert names(outgoing) == ["a", "b"]
    assert one.service.claim_messages() == ClaimedMessages((), more=False)
    assert one.record_sent(*outgoing) == []
    one.die()


def test_messages_behind_those_of_another_process_have_no_owner(join: Callable[[], Process]) -> None:
    """Messages behind those of another process are sent by that process, after its own."""
    one, other = join(), join()
    first = one.send_to_chat(ANN, "a")
    assert names(other.send_to_chat(ANN, "b", "c")) == []
    assert names(other.send_to_chat(BEN, "d")) == ["d"]
    assert names(one.send_to_chat(ANN, "e")) == []
    assert other.service.claim_messages().outgoing == ()
    assert names(one.record_sent(*first)) == ["b", "c", "e"]


def test_answers_to_presses_wait_for_no_other_message(join: Callable[[], Process]) -> None:
    """An answer to a press does not wait for other messages to the chat, and no message waits for it."""
    one, other = join(), join()
    one.send_to_chat(ANN, "a")
    assert len(other.send_to_chat(ANN, "", "b")) == 1
    assert len(one.send_to_chat(BEN, "")) == 1
    assert names(other.send_to_chat(BEN, "c")) == ["c"]


def test_messages_of_a_dead_process_are_claimed_in_order(join: Callable[[], Process]) -> None:
    """Another process claims the messages of a dead process, and those that waited behind them, once."""
    one, other, third = join(), join(), join()
    one.send_to_chat(ANN, "a", "b")
    other.send_to_chat(ANN, "c")
    assert third.service.claim_messages().outgoing == ()
    one.die()
    claimed = other.service.claim_messages()
    assert (names(claimed), claimed.more) == (["a", "b", "c"], False)
    assert third.service.claim_messages().outgoing == other.service.claim_messages().outgoing == ()


@pytest.mark.parametrize("number", [1, 77])
def test_no_message_overtakes_one_that_is_sent_again(join: Callable[[], Process], number: int) -> None:
    """If a process counted as dead but sent its message, and another sends it again, all later messages wait for that.

    The process records its delivery under its old number or a new one, under which it may create messages too.
    """
    one, other, third = join(), join(), join()
    outgoing = one.send_to_chat(ANN, "a")
    one.lose_session()
    claimed = list(other.service.claim_messages().outgoing)
    one.use_number(number)
    assert one.record_sent(*outgoing) == []
    assert names(third.send_to_chat(ANN, "b")) == names(one.send_to_chat(ANN, "c")) == []
    assert names(claimed) == ["a"]
    assert names(other.record_sent(*claimed)) == ["b", "c"]


def test_messages_of_a_processs_own_former_number_are_sent_again(join: Callable[[], Process]) -> None:
    """A process that claims messages of its own former number sends them again, and records each copy separately."""
    one = join()
    outgoing = one.send_to_chat(ANN, "a")
    one.lose_session()
    one.use_number(77)
    (claimed,) = one.service.claim_messages().outgoing
    assert one.record_sent(*outgoing, *one.send_to_chat(BEN, "b")) == []
    with one.database.transaction() as unit:
        assert unit.outbox.still_unsent([claimed.id], 77) == {claimed.id}
    assert one.record_sent(claimed) == []
    with one.database.transaction() as unit:
        assert unit.backlog(NOW).messages == 0


def test_busy_seconds_pass_to_the_next_process(join: Callable[[], Process]) -> None:
    """A process gets the busy seconds that another process's messages caused in the chat."""
    one, other = join(), join()
    one.record_sent(*one.send_to_chat(ANN, "a"))
    (outgoing,) = other.send_to_chat(ANN, "b")
    assert 2900 < outgoing.busy_seconds <= 3000
    other.die()
    assert [2900 < claimed.busy_seconds <= 3000 for claimed in one.service.claim_messages().outgoing] == [True]


def test_a_new_process_claims_all_messages_once(url: str) -> None:
    """A new process claims the messages that the last one left, followed by those created before the claim."""
    old = Process(url, 5)
    old.send_to_chat(ANN, "a")
    old.die()
    new = Process(url, 6)
    assert names(new.send_to_chat(ANN, "b")) == []
    assert names(new.service.claim_messages(Urgency.LIVE)) == []
    assert names(new.service.claim_messages()) == ["a", "b"]
    assert names(new.send_to_chat(ANN, "c")) == ["c"]
    assert new.service.claim_messages() == ClaimedMessages((), more=False)
    new.die()


def test_messages_are_claimed_in_batches(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim returns a limited number of messages, and whether there may be more."""
    monkeypatch.setattr("bot.app.dispatch.service.CLAIMED_AT_ONCE", 2)
    old = Process(url, 5)
    for chat in range(1, 6):
        old.send_to_chat(chat, str(chat))
    old.die()
    new = Process(url, 6)
    batches = [new.service.claim_messages() for _ in range(3)]
    assert [(names(one), one.more) for one in batches] == [(["1", "2"], True), (["3", "4"], True), (["5"], False)]
    new.die()


def test_an_unreadable_message_is_set_aside(url: str, database: Database) -> None:
    """A message of another version of the program is set aside, and the other messages are sent."""
    one = Process(url, 5)
    with database.transaction() as unit:
        for kind, body in (("Unheard", "{}"), ("NicknameChanged", "{}"), ("NicknameChanged", '{"nickname": "a"}')):
            assert json.loads(body) is not None
            unit.outbox.add([NewMessage(ANN, kind, body, "en", NOW)])
    assert names(one.service.claim_messages()) == ["a"]
    with database.transaction() as unit:
        assert (unit.backlog(NOW).messages, len(unit.dead_letters.messages())) == (1, 2)
    one.die()


@pytest.mark.parametrize("seed", [0, 9, 12])
def test_messages_keep_their_order_under_random_failures(join: Callable[[], Process], seed: int) -> None:
    """Over many random steps every message is sent, in each chat in the order of creation.

    A message may be sent twice, but the copies precede the next message.
    """
    cluster = RandomCluster(join, Random(seed))  # noqa: S311 - no secrets here
    for _ in range(200):
        cluster.step()
    cluster.finish()
