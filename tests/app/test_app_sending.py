"""Who sends what was told: each message once, in order per chat, however many desks share the outbox."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from random import Random

import pytest
from post_office import NOW, PostOffice, Process, names
from postgresql import MakeUrl

from bot.app.dispatch.service import ClaimedMessages
from bot.app.messages.urgency import Urgency
from bot.store.database import Database
from bot.store.outbox import NewMessage

ANN, BEN = 7, 8


@pytest.fixture
def join(make_postgresql: MakeUrl) -> Iterator[Callable[[], Process]]:
    """Give a way to let one more process join on one PostgreSQL."""
    url = make_postgresql("")
    with ExitStack() as stack:
        joined: list[Process] = []

        def one_more() -> Process:
            joined.append(Process(url, len(joined) + 1))
            stack.callback(joined[-1].die)
            return joined[-1]

        yield one_more


def test_what_is_told_is_sent_by_who_told_it(url: str) -> None:
    """Messages of a story are its process' own at once, in every chat where nobody else has something to send."""
    one = Process(url, 5)
    told = one.tell(ANN, "a", "b", "")
    assert [message.claimed_by for message in told] == [5, 5, 5]
    assert names(told) == ["a", "b"]
    assert one.service.claim_messages() == ClaimedMessages((), more=False)
    assert one.settle(*told) == []
    one.die()


def test_behind_anothers_messages_nobody_is_owner_until_those_are_sent(join: Callable[[], Process]) -> None:
    """What is told in a chat that another process serves is sent by that one, behind its own."""
    one, other = join(), join()
    first = one.tell(ANN, "a")
    assert names(other.tell(ANN, "b", "c")) == []
    assert names(other.tell(BEN, "d")) == ["d"]
    assert names(one.tell(ANN, "e")) == []
    assert other.service.claim_messages().outgoing == ()
    assert names(one.settle(*first)) == ["b", "c", "e"]


def test_a_press_is_answered_by_who_heard_it(join: Callable[[], Process]) -> None:
    """An answer to a press waits behind no chat, and no chat waits behind it."""
    one, other = join(), join()
    one.tell(ANN, "a")
    assert len(other.tell(ANN, "", "b")) == 1
    assert len(one.tell(BEN, "")) == 1
    assert names(other.tell(BEN, "c")) == ["c"]


def test_what_the_dead_leave_is_claimed_in_order(join: Callable[[], Process]) -> None:
    """When a process dies another takes what it had and what waited behind that, once."""
    one, other, third = join(), join(), join()
    one.tell(ANN, "a", "b")
    other.tell(ANN, "c")
    assert third.service.claim_messages().outgoing == ()
    one.die()
    claimed = other.service.claim_messages()
    assert (names(claimed), claimed.more) == (["a", "b", "c"], False)
    assert third.service.claim_messages().outgoing == other.service.claim_messages().outgoing == ()


@pytest.mark.parametrize("number", [1, 77])
def test_nothing_overtakes_what_is_sent_again(join: Callable[[], Process], number: int) -> None:
    """Where a process that passed for dead did send its message, another is about to; all that follows waits for it.

    It notes that under the number that died, or under its next one, under which it may tell something, too.
    """
    one, other, third = join(), join(), join()
    told = one.tell(ANN, "a")
    one.lose()
    claimed = list(other.service.claim_messages().outgoing)
    one.join(number)
    assert one.settle(*told) == []
    assert names(third.tell(ANN, "b")) == names(one.tell(ANN, "c")) == []
    assert names(claimed) == ["a"]
    assert names(other.settle(*claimed)) == ["b", "c"]


def test_what_a_process_claims_of_its_own_former_number_is_sent_again(join: Callable[[], Process]) -> None:
    """Who passed for dead and came back settles the copy sent before and the one it sends again each for itself."""
    one = join()
    told = one.tell(ANN, "a")
    one.lose()
    one.join(77)
    (claimed,) = one.service.claim_messages().outgoing
    assert one.settle(*told, *one.tell(BEN, "b")) == []
    with one.database.transaction() as unit:
        assert unit.outbox.still_unsent([claimed.id], 77) == {claimed.id}
    assert one.settle(claimed) == []
    with one.database.transaction() as unit:
        assert unit.backlog(NOW).messages == 0


def test_how_busy_a_chat_is_goes_along(join: Callable[[], Process]) -> None:
    """Who sends to a chat next knows what it was sent by others."""
    one, other = join(), join()
    one.settle(*one.tell(ANN, "a"))
    (told,) = other.tell(ANN, "b")
    assert 2900 < told.busy_seconds <= 3000
    other.die()
    assert [2900 < claimed.busy_seconds <= 3000 for claimed in one.service.claim_messages().outgoing] == [True]


def test_a_start_takes_everything_once(url: str) -> None:
    """On either engine a start finds what the last process left; what is told before that keeps its place behind it."""
    old = Process(url, 5)
    old.tell(ANN, "a")
    old.die()
    new = Process(url, 6)
    assert names(new.tell(ANN, "b")) == []
    assert names(new.service.claim_messages(Urgency.LIVE)) == []
    assert names(new.service.claim_messages()) == ["a", "b"]
    assert names(new.tell(ANN, "c")) == ["c"]
    assert new.service.claim_messages() == ClaimedMessages((), more=False)
    new.die()


def test_helpings_come_until_all_is_claimed(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim gives so much at a time, and says whether there may be more."""
    monkeypatch.setattr("bot.app.dispatch.service.CLAIMED_AT_ONCE", 2)
    old = Process(url, 5)
    for chat in range(1, 6):
        old.tell(chat, str(chat))
    old.die()
    new = Process(url, 6)
    helpings = [new.service.claim_messages() for _ in range(3)]
    assert [(names(one), one.more) for one in helpings] == [(["1", "2"], True), (["3", "4"], True), (["5"], False)]
    new.die()


def test_what_cannot_be_read_is_set_aside(url: str, database: Database) -> None:
    """A message of another version of the program is set aside, and those beside it are sent."""
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
def test_however_processes_tell_send_and_die_order_holds(join: Callable[[], Process], seed: int) -> None:
    """Over many random steps every message is sent, in each chat in the order in which they were told.

    It is sent again only by whoever took it for unsent, and before the next one.
    """
    office = PostOffice(join, Random(seed))  # noqa: S311 - no secrets here
    for _ in range(200):
        office.step()
    office.finish()
