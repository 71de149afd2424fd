"""Who sends what was told: each message once, in order per chat, however many desks share the outbox."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import groupby
from random import Random

import psycopg
import pytest
from postgresql import MakeUrl
from small_bank import BANK

from bot.app.desk import Delivery, Desk, Outgoing, Taken
from bot.app.messages import NicknameChanged, PressAnswer
from bot.app.messages.urgency import Urgency
from bot.store.database import Database, open_database
from bot.store.outbox import ToSend
from bot.store.processes import LOCKS

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANN, BEN = 7, 8
RARELY = 0.6


class Process:
    """A desk with a number, which lives as long as its session."""

    def __init__(self, url: str, number: int) -> None:
        self.database = open_database(url)
        self.desk = Desk(self.database, BANK, lambda: NOW, UTC)
        self.desk.open("quiz_bot")
        self._url = url
        self.join(number)

    def join(self, number: int) -> None:
        """Live under a number."""
        self.desk.join(number)
        self._session = psycopg.connect(self._url, autocommit=True) if self.desk.is_remote else None
        if self._session:
            self._session.execute("SELECT pg_advisory_lock(%s, %s)", (LOCKS, number))

    def tell(self, chat_id: int, *names: str) -> list[Outgoing]:
        """Tell a chat something, in one story; give what is this process' to send."""
        with self.database.transaction() as unit:
            work = self.desk._work(unit)
            for name in names:
                work.post(chat_id, "en", NicknameChanged(name) if name else PressAnswer("1"))
            return list(work.send_off())

    def settle(self, *sent: Outgoing) -> list[Outgoing]:
        """Let messages be sent; give what is to be sent after them."""
        deliveries = [Delivery(one.id, one.claimed_by, one.chat_id, one.message, busy=3000.0) for one in sent]
        return list(self.desk.settle(deliveries))

    def lose(self) -> None:
        """Pass for dead, as a process does whose session was ended."""
        if self._session:
            # Not by the close alone, which the server may come to know a moment later.
            self._session.execute("SELECT pg_advisory_unlock_all()")
            self._session.close()
            self._session = None

    def die(self) -> None:
        """End as a killed process does."""
        self.lose()
        self.database.close()


def names(messages: list[Outgoing] | Taken) -> list[str]:
    """Give what messages say."""
    its = messages.outgoing if isinstance(messages, Taken) else messages
    return [one.message.nickname for one in its if isinstance(one.message, NicknameChanged)]


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
    assert one.desk.claim() == Taken((), more=False)
    assert one.settle(*told) == []
    one.die()


def test_behind_anothers_messages_nobody_is_owner_until_those_are_sent(join: Callable[[], Process]) -> None:
    """What is told in a chat that another process serves is sent by that one, behind its own."""
    one, other = join(), join()
    first = one.tell(ANN, "a")
    assert names(other.tell(ANN, "b", "c")) == []
    assert names(other.tell(BEN, "d")) == ["d"]
    assert names(one.tell(ANN, "e")) == []
    assert other.desk.claim().outgoing == ()
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
    assert third.desk.claim().outgoing == ()
    one.die()
    claimed = other.desk.claim()
    assert (names(claimed), claimed.more) == (["a", "b", "c"], False)
    assert third.desk.claim().outgoing == other.desk.claim().outgoing == ()


@pytest.mark.parametrize("number", [1, 77])
def test_nothing_overtakes_what_is_sent_again(join: Callable[[], Process], number: int) -> None:
    """Where a process that passed for dead did send its message, another is about to; all that follows waits for it.

    It notes that under the number that died, or under its next one, under which it may tell something, too.
    """
    one, other, third = join(), join(), join()
    told = one.tell(ANN, "a")
    one.lose()
    claimed = list(other.desk.claim().outgoing)
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
    (claimed,) = one.desk.claim().outgoing
    assert one.settle(*told, *one.tell(BEN, "b")) == []
    with one.database.transaction() as unit:
        assert unit.outbox.standing([claimed.id], 77) == {claimed.id}
    assert one.settle(claimed) == []
    with one.database.transaction() as unit:
        assert unit.backlog(NOW).messages == 0


def test_how_busy_a_chat_is_goes_along(join: Callable[[], Process]) -> None:
    """Who sends to a chat next knows what it was sent by others."""
    one, other = join(), join()
    one.settle(*one.tell(ANN, "a"))
    (told,) = other.tell(ANN, "b")
    assert 2900 < told.busy <= 3000
    other.die()
    assert [2900 < claimed.busy <= 3000 for claimed in one.desk.claim().outgoing] == [True]


def test_a_start_takes_everything_once(url: str) -> None:
    """On either engine a start finds what the last process left; what is told before that keeps its place behind it."""
    old = Process(url, 5)
    old.tell(ANN, "a")
    old.die()
    new = Process(url, 6)
    assert names(new.tell(ANN, "b")) == []
    assert names(new.desk.claim(Urgency.LIVE)) == []
    assert names(new.desk.claim()) == ["a", "b"]
    assert names(new.tell(ANN, "c")) == ["c"]
    assert new.desk.claim() == Taken((), more=False)
    new.die()


def test_helpings_come_until_all_is_claimed(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim gives so much at a time, and says whether there may be more."""
    monkeypatch.setattr("bot.app.desk.CLAIMED_AT_ONCE", 2)
    old = Process(url, 5)
    for chat in range(1, 6):
        old.tell(chat, str(chat))
    old.die()
    new = Process(url, 6)
    helpings = [new.desk.claim() for _ in range(3)]
    assert [(names(one), one.more) for one in helpings] == [(["1", "2"], True), (["3", "4"], True), (["5"], False)]
    new.die()


def test_what_cannot_be_read_is_set_aside(url: str, database: Database) -> None:
    """A message of another version of the program is set aside, and those beside it are sent."""
    one = Process(url, 5)
    with database.transaction() as unit:
        for kind, body in (("Unheard", "{}"), ("NicknameChanged", "{}"), ("NicknameChanged", '{"nickname": "a"}')):
            assert json.loads(body) is not None
            unit.outbox.add([ToSend(ANN, kind, body, "en", NOW)])
    assert names(one.desk.claim()) == ["a"]
    with database.transaction() as unit:
        assert (unit.backlog(NOW).messages, len(unit.aside.messages())) == (1, 2)
    one.die()


class PostOffice:
    """Processes that tell, send, die, and pass for dead at random."""

    def __init__(self, join: Callable[[], Process], dice: Random) -> None:
        self._join = join
        self._dice = dice
        self._queues: dict[Process, dict[int, list[Outgoing]]] = {join(): defaultdict(list) for _ in range(4)}
        self._steps = 0
        self._stalled: dict[Process, list[Outgoing]] = {}
        self.told: dict[int, list[str]] = defaultdict(list)
        self.sent: dict[int, list[str]] = defaultdict(list)

    def step(self) -> None:
        """Let one process do something."""
        process = self._dice.choice(list(self._queues))
        acts = [self.tell] * 2 + [self.send] * 3 + [self.claim] * 2
        rarely = [self.die, self.stall, self.go_on] if self._dice.random() < RARELY else []
        self._dice.choice(acts + rarely)(process)

    def tell(self, process: Process) -> None:
        """Let a process tell a chat something."""
        self._steps += 1
        chat = self._dice.randrange(1, 9)
        self.told[chat].append(str(self._steps))
        self._take(process, process.tell(chat, str(self._steps)))

    def send(self, process: Process) -> None:
        """Let a process send the first message to some of its chats."""
        waiting = [chat for chat, queue in self._queues[process].items() if queue]
        for chat in self._dice.sample(waiting, min(len(waiting), 2)):
            one = self._queues[process][chat].pop(0)
            self.sent[chat] += names([one])
            self._take(process, process.settle(one))

    def claim(self, process: Process) -> None:
        """Let a process look for what nobody sends."""
        self._take(process, list(process.desk.claim().outgoing))

    def die(self, process: Process) -> None:
        """Let a process die, and another come."""
        process.die()
        del self._queues[process]
        self._queues[self._join()] = defaultdict(list)

    def stall(self, process: Process) -> None:
        """Let a process pass for dead when it has sent something and not noted it yet."""
        sent = [queue[0] for queue in self._queues[process].values() if queue]
        if sent and len(self._queues) > 1:
            process.lose()
            del self._queues[process]
            self._stalled[process] = sent
            for one in sent:
                self.sent[one.chat_id] += names([one])

    def go_on(self, _process: Process) -> None:
        """Let a process that passed for dead live under another number, and note what it sent."""
        if self._stalled:
            process, sent = self._stalled.popitem()
            self._steps += 1
            process.join(1000 + self._steps)
            self._queues[process] = defaultdict(list)
            self._take(process, process.settle(*sent))

    def finish(self) -> None:
        """Let everything be sent."""
        while self._stalled:
            self.go_on(next(iter(self._queues)))
        while {chat: [name for name, _ in groupby(sent)] for chat, sent in self.sent.items()} != self.told:
            before = sum(map(len, self.sent.values()))
            for process in self._queues:
                self.claim(process)
                self.send(process)
            assert sum(map(len, self.sent.values())) > before

    def _take(self, process: Process, messages: list[Outgoing]) -> None:
        for one in messages:
            self._queues[process][one.chat_id].append(one)


@pytest.mark.parametrize("seed", [0, 9, 12])
def test_however_processes_tell_send_and_die_order_holds(join: Callable[[], Process], seed: int) -> None:
    """Over many random steps every message is sent, in each chat in the order in which they were told.

    It is sent again only by whoever took it for unsent, and before the next one.
    """
    office = PostOffice(join, Random(seed))  # noqa: S311 - no secrets here
    for _ in range(200):
        office.step()
    office.finish()
