"""The way out of one process and of several: once, in order per chat, within limits, and nothing for what is lost."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from idle_time import IdleTime
from postgresql import MakeUrl
from sending_process import Post, Telegram
from telegram.error import BadRequest

from bot.app.desk import Delivery, Outgoing
from bot.app.messages import Help, MemberCheck
from bot.tg.delivery import ASKED_SIDE_BY_SIDE, _sent
from bot.tg.errand import Errand
from bot.tg.limits import Limits

ANN, BEN, CID, GROUP = 7, 8, 9, -10


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> IdleTime:
    """Time that stands still."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # as the product has it
    return IdleTime()


@pytest.fixture
async def telegram(time: IdleTime) -> Telegram:
    """A Telegram that takes everything."""
    return Telegram(time)


OpenPost = Callable[..., Post]


@pytest.fixture
async def post_at(telegram: Telegram, time: IdleTime) -> AsyncIterator[OpenPost]:
    """Give a way to open processes; each ends with the test."""
    opened: list[Post] = []

    def open_one(url: str, limits: Limits | None = None) -> Post:
        opened.append(Post(url, len(opened) + 1, telegram, time, limits or Limits(0)))
        return opened[-1]

    yield open_one
    for one in opened:
        await one.end()


@pytest.fixture
def post(post_at: OpenPost, tmp_path: Path) -> Post:
    """Give a process that is alone, with Telegram's limits."""
    return post_at(f"sqlite:///{tmp_path}/bot.sqlite3", Limits(30))


@pytest.fixture
def pair(post_at: OpenPost, make_postgresql: MakeUrl) -> tuple[Post, Post]:
    """Give two processes on one database, without limits."""
    url = make_postgresql("")
    return post_at(url), post_at(url)


async def test_each_message_goes_once_and_in_order(pair: tuple[Post, Post], telegram: Telegram, time: IdleTime) -> None:
    """What two processes tell the same chats arrives once, in the order of telling, and nothing is left."""
    for number in range(30):
        pair[number % 2].tell((ANN, BEN)[number % 3 == 0], f"({number})")
    for _ in range(60):
        await time.rest()
        for one in pair:
            await one.sender._settle_some()
            await one.sender._claim_some()
    for chat in (ANN, BEN):
        expected = [f"({number})" for number in range(30) if (ANN, BEN)[number % 3 == 0] == chat]
        assert [text[text.index("(") : text.index(")") + 1] for text in telegram.texts(chat)] == expected
    assert pair[0].unsent() == 0
    assert sorted(pair[0].settled + pair[1].settled) == sorted([ANN] * 20 + [BEN] * 10)


async def test_what_was_let_go_is_sent_by_another(pair: tuple[Post, Post], telegram: Telegram, time: IdleTime) -> None:
    """A process that lost its presence ends its request under way and sends no more; another sends all, in order."""
    one, other = pair
    telegram.is_open.clear()
    one.tell(ANN, "(a)", "(b)")
    await time.rest()
    one.lose()
    one.sender.abandon()
    one.tell(ANN, "(c)")
    one.desk.join(3)
    other.start()
    await time.rest()
    telegram.is_open.set()
    one.start()
    while other.unsent():
        await time.rest()
    assert len(telegram.texts(ANN)) == 4
    assert [text.count("(a)") for text in telegram.texts(ANN)] == [1, 1, 0, 0]
    assert one.settled == [ANN]


@pytest.mark.parametrize("is_told", [True, False])
async def test_what_has_not_left_yet_when_its_process_passes_for_dead_never_does(
    pair: tuple[Post, Post], telegram: Telegram, time: IdleTime, *, is_told: bool
) -> None:
    """A request on its way to a connection ends there, whether its process knows already that it is lost or doubts."""
    one, other = pair
    telegram.is_near.clear()
    one.tell(ANN, "(a)")
    await time.rest()
    one.is_certain = is_told
    one.lose()
    if is_told:
        one.sender.abandon()
    telegram.is_near.set()
    await time.rest()
    assert telegram.texts(ANN) == []
    one.sender.abandon()
    one.is_certain = True
    await other.sender._claim_some()
    await time.reach(time.moment + 1)
    assert len(telegram.texts(ANN)) == 1
    await other.sender._settle_some()
    assert (one.settled, other.settled) == ([], [ANN])


async def test_who_rests_when_all_is_let_go_sends_nothing_after(
    pair: tuple[Post, Post], telegram: Telegram, time: IdleTime
) -> None:
    """A message that waits for Telegram's leave when its process lets go is the other's: it goes once."""
    one, other = pair
    telegram.closed[ANN] = 60.0
    one.tell(ANN, "(a)")
    await time.rest()
    assert len(telegram.refused) == 1
    one.lose()
    one.sender.abandon()
    await other.sender._claim_some()
    await time.reach(60.0)
    await time.rest()
    assert len(telegram.texts(ANN)) == 1
    await other.sender._settle_some()
    assert (one.settled, other.settled) == ([], [ANN])


async def test_a_start_sends_what_the_last_process_left(
    url: str, post_at: OpenPost, telegram: Telegram, time: IdleTime
) -> None:
    """On either engine a new process claims what an ended one had told and not sent."""
    old = post_at(url)
    telegram.closed[ANN] = 60.0
    old.tell(ANN, "(a)", "(b)")
    await time.rest()
    await old.end()
    telegram.closed.clear()
    new = post_at(url)
    new.start()
    while new.unsent():
        await time.rest()
    assert len(telegram.texts(ANN)) == 2


async def test_one_chats_429_delays_no_other(post: Post, telegram: Telegram, time: IdleTime) -> None:
    """A chat that was told to wait an hour waits; the others go at their pace; then it goes on in its order."""
    telegram.closed[ANN] = 3600.0
    post.tell(ANN, "(a)", "(b)")
    for person in range(100, 160):
        post.tell(person, "(x)")
    await time.reach(3.0)
    assert len(telegram.got) == 60
    await time.reach(3605.0)
    assert [text.index("(a)" if not place else "(b)") > 0 for place, text in enumerate(telegram.texts(ANN))] == [
        True
    ] * 2
    assert telegram.refused == [(telegram.refused[0][0], ANN)]


async def test_a_429_of_several_chats_stops_all_for_as_long(post: Post, telegram: Telegram, time: IdleTime) -> None:
    """When Telegram refuses several chats at once nothing goes to any chat until the wait is over; then all goes."""
    people = range(100, 130)
    telegram.closed = dict.fromkeys(people, 50.0)
    for person in people:
        post.tell(person, "(a)", "(b)")
    await time.reach(20.0)
    refused = len(telegram.refused)
    post.tell(ANN, "(a)")
    await time.reach(49.0)
    assert (telegram.got, len(telegram.refused)) == ([], refused)
    assert refused <= 4
    await time.reach(60.0)
    assert len(telegram.got) == 61
    assert all(["(a)" in text for text in telegram.texts(person)] == [True, False] for person in people)


async def test_a_long_429_does_not_hold_up_the_end(post: Post, telegram: Telegram, time: IdleTime) -> None:
    """A process ends though a chat waits for hours, and its message stays in the outbox."""
    telegram.closed = {ANN: 36_000.0, BEN: 36_000.0, CID: 36_000.0}
    for chat in telegram.closed:
        post.tell(chat, "(a)")
    await time.reach(1.0)
    await asyncio.wait_for(post.sender.finish(0.0), 5)
    assert post.unsent() == 3


async def test_a_press_waits_behind_no_chat(post: Post, telegram: Telegram, time: IdleTime) -> None:
    """A press in a chat that Telegram holds up is answered at once."""
    telegram.closed[ANN] = 60.0
    post.tell(ANN, "(a)", "")
    await time.rest()
    assert [text for _, _, text in telegram.got] == ["answerCallbackQuery"]


async def test_questions_about_voters_delay_nothing_that_is_sent(
    post: Post, telegram: Telegram, time: IdleTime
) -> None:
    """Hundreds of them are asked in any order, thirty a second; what the group is told goes at once beside them."""
    telegram.is_open.clear()
    with post.database.transaction() as unit:
        work = post.desk._work(unit)
        for person in range(300):
            work.post(GROUP, "en", MemberCheck(1, person))
        work.post(GROUP, "en", Help())
        told = work.send_off()
    post.sender.send(told)
    await time.rest()
    assert len(telegram.under_way) == ASKED_SIDE_BY_SIDE + 1
    telegram.is_open.set()
    await time.reach(0.9)
    assert [moment for moment, _, text in telegram.got if text != "getChatMember"] == [0.0]
    await time.reach(20.0)
    asked = [moment for moment, _, text in telegram.got if text == "getChatMember"]
    assert len(asked) == 300
    assert max(sum(first <= other < first + 1 for other in asked) for first in asked) <= 60
    assert asked[-1] == pytest.approx(9.0, abs=0.1)


async def test_a_group_that_is_held_up_is_asked_about_all_the_same(
    post: Post, telegram: Telegram, time: IdleTime
) -> None:
    """A question about a voter waits behind nothing that the group is told."""
    telegram.is_open.clear()
    with post.database.transaction() as unit:
        work = post.desk._work(unit)
        work.post(GROUP, "en", Help())
        work.post(GROUP, "en", MemberCheck(1, ANN))
        told = work.send_off()
    post.sender.send(told)
    await time.rest()
    assert sorted(telegram.under_way) == ["getChatMember", "sendMessage"]
    telegram.is_open.set()


@pytest.mark.parametrize("refused", ["getChatMember", "sendMessage"])
async def test_questions_about_voters_and_messages_hold_up_one_another_by_no_429(
    post: Post, telegram: Telegram, time: IdleTime, refused: str
) -> None:
    """What Telegram refuses of the one to ask, or to send, does not keep the group from the other."""
    telegram.refused_methods[refused] = 60
    with post.database.transaction() as unit:
        work = post.desk._work(unit)
        work.post(GROUP, "en", MemberCheck(1, ANN))
        work.post(GROUP, "en", Help())
        told = work.send_off()
    post.sender.send(told)
    await time.reach(2.0)
    del telegram.refused_methods[refused]
    with post.database.transaction() as unit:
        work = post.desk._work(unit)
        work.post(GROUP, "en", MemberCheck(1, BEN))
        work.post(GROUP, "en", Help())
        told = work.send_off()
    post.sender.send(told)
    await time.reach(3.0)
    texts = [("getChatMember" if text == "getChatMember" else "sendMessage") for text in telegram.texts(GROUP)]
    assert set(texts) == {"getChatMember", "sendMessage"} - {refused}
    await time.reach(70.0)
    assert len(telegram.texts(GROUP)) == 4


@pytest.mark.parametrize(
    ("member", "people"),
    [
        ({"status": "creator"}, (ANN,)),
        ({"status": "administrator"}, (ANN,)),
        ({"status": "member"}, (ANN,)),
        ({"status": "restricted", "is_member": True}, (ANN,)),
        ({"status": "restricted", "is_member": False}, ()),
        ({"status": "restricted"}, ()),
        ({"status": "left"}, ()),
        ({"status": "kicked", "until_date": 0}, ()),
    ],
)
def test_who_is_in_a_chat(member: dict[str, object], people: tuple[int, ...]) -> None:
    """Of each kind of ChatMember it is told whether that one is there now."""
    assert _sent(GROUP, {"user": {"id": ANN, "is_bot": False, "first_name": "Ann"}, **member}).people == people


@pytest.mark.parametrize(
    ("refusal", "outcome"),
    [
        ("Bad Request: member not found", {"people": ()}),
        ("Bad Request: user not found", {"people": ()}),
        ("Bad Request: USER_NOT_PARTICIPANT", {"people": ()}),
        ("Bad Request: PARTICIPANT_ID_INVALID", {"people": ()}),
        ("Bad Request: CHAT_ADMIN_REQUIRED", {"forbidden": True}),
        ("Bad Request: member list is inaccessible", {"forbidden": True}),
        ("Bad Request: chat not found", {"problem": "BadRequest: Chat not found"}),
    ],
)
async def test_a_refusal_says_whether_somebody_is_outside(
    post: Post, telegram: Telegram, refusal: str, outcome: dict[str, object]
) -> None:
    """Some refusals say that nobody such is there, some that the bot may not know; only others are set aside."""
    telegram.refusal = BadRequest(refusal.removeprefix("Bad Request: ").capitalize())
    check = Outgoing(1, GROUP, MemberCheck(1, ANN), "en", 1)
    delivery = await post.sender._deliver(Errand(check, 0.0))
    assert delivery == replace(Delivery(1, 1, GROUP, check.message), **outcome)  # type: ignore[arg-type] # its fields


async def test_what_is_urgent_hurries_what_stands_before_it(post: Post, telegram: Telegram, time: IdleTime) -> None:
    """Behind hundreds that nobody waits for, a reply and what goes before it in its chat go with the replies."""
    for person in range(100, 400):
        post.tell(person, "(x)")
    post.tell(ANN, "(a)")
    with post.database.transaction() as unit:
        work = post.desk._work(unit)
        work.post(ANN, "en", Help())
        told = work.send_off()
    post.sender.send(told)
    await time.reach(1.0)
    assert len(telegram.texts(ANN)) == 2
    assert "(a)" in telegram.texts(ANN)[0]


@pytest.mark.parametrize("is_paid", [True, False])
async def test_paid_messages_say_so(
    post_at: OpenPost, telegram: Telegram, time: IdleTime, tmp_path: Path, *, is_paid: bool
) -> None:
    """New messages carry the leave to be paid for where that is set, and never else; answers to presses never do."""
    post = post_at(f"sqlite:///{tmp_path}/bot.sqlite3", Limits(1000, is_paid=is_paid))
    post.tell(ANN, "(a)", "")
    await time.reach(0.0)
    await time.rest()
    assert {given.get("chat_id"): given.get("allow_paid_broadcast") for given in telegram.given} == {
        ANN: is_paid or None,
        None: None,
    }


async def test_what_others_sent_to_a_chat_counts(post: Post, telegram: Telegram, time: IdleTime) -> None:
    """A chat that others have just filled up is given time before the next message."""
    with post.database.transaction() as unit:
        work = post.desk._work(unit)
        work.post(ANN, "en", Help())
        (told,) = work.send_off()
    post.sender.send([type(told)(told.id, ANN, told.message, "en", told.claimed_by, busy=5.0)])
    await time.reach(0.9)
    assert telegram.got == []
    await time.reach(1.0)
    await time.rest()
    assert len(telegram.got) == 1


async def test_who_may_be_dead_sends_nothing_before_it_knows(
    pair: tuple[Post, Post], telegram: Telegram, time: IdleTime
) -> None:
    """A process that went on after a standstill waits; let go, its messages are another's, and else they go."""
    one, other = pair
    one.is_certain = False
    one.tell(ANN, "of Ann")
    one.tell(BEN, "of Ben")
    await time.reach(time.moment + 1)
    assert telegram.got == []
    one.sender.abandon()
    one.lose()
    await other.sender._claim_some()
    await time.rest()
    one.is_certain = True
    await time.reach(time.moment + 1)
    assert [chat for _, chat, _ in telegram.got] == [ANN, BEN]
    other.is_certain = False
    other.tell(CID, "of Cid")
    await time.reach(time.moment + 1)
    assert telegram.texts(CID) == []
    other.is_certain = True
    await time.reach(time.moment + 1)
    assert len(telegram.texts(CID)) == 1
