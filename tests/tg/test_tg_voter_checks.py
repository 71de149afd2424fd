"""Questions to Telegram about voters: they hold up nothing that is sent, and every answer to them is understood."""

from dataclasses import replace

import pytest
from idle_time import IdleTime
from sending_process import Post, Telegram
from telegram.error import BadRequest

from bot.app.dispatch.service import Delivery, OutgoingMessage
from bot.app.messages import Help, MemberCheck
from bot.tg.outbound.caller import ASKED_SIDE_BY_SIDE, _sent
from bot.tg.outbound.queued_message import QueuedMessage

ANN, BEN, GROUP = 7, 8, -10


async def test_questions_about_voters_delay_nothing_that_is_sent(
    post: Post, telegram: Telegram, time: IdleTime
) -> None:
    """Hundreds of them are asked in any order, thirty a second; what the group is told goes at once beside them."""
    telegram.is_open.clear()
    with post.database.transaction() as unit:
        work = post.service._context(unit)
        for person in range(300):
            work.send_to_chat(GROUP, "en", MemberCheck(1, person))
        work.send_to_chat(GROUP, "en", Help())
        told = work.flush()
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
        work = post.service._context(unit)
        work.send_to_chat(GROUP, "en", Help())
        work.send_to_chat(GROUP, "en", MemberCheck(1, ANN))
        told = work.flush()
    post.sender.send(told)
    await time.rest()
    assert sorted(telegram.under_way) == ["getChatMember", "sendMessage"]
    telegram.is_open.set()


@pytest.mark.parametrize("refused", ["getChatMember", "sendMessage"])
async def test_questions_about_voters_and_messages_hold_up_one_another_by_no_429(
    post: Post, telegram: Telegram, time: IdleTime, refused: str
) -> None:
    """A refused membership check does not delay messages to the group, nor the reverse."""
    telegram.refused_methods[refused] = 60
    with post.database.transaction() as unit:
        work = post.service._context(unit)
        work.send_to_chat(GROUP, "en", MemberCheck(1, ANN))
        work.send_to_chat(GROUP, "en", Help())
        told = work.flush()
    post.sender.send(told)
    await time.reach(2.0)
    del telegram.refused_methods[refused]
    with post.database.transaction() as unit:
        work = post.service._context(unit)
        work.send_to_chat(GROUP, "en", MemberCheck(1, BEN))
        work.send_to_chat(GROUP, "en", Help())
        told = work.flush()
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
def test_each_member_status_is_inside_or_outside(member: dict[str, object], people: tuple[int, ...]) -> None:
    """Each kind of ChatMember is reported as present or absent."""
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
    check = OutgoingMessage(1, GROUP, MemberCheck(1, ANN), "en", 1)
    delivery = await post.sender._deliver(QueuedMessage(check, 0.0))
    assert delivery == replace(Delivery(1, 1, GROUP, check.message), **outcome)  # type: ignore[arg-type] # its fields
