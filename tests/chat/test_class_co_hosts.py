"""Co-hosts: a link for one of them, once and for a while; who may not be one; and being one no longer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from bot_in_process import StartBot
from learner import buttons_of, text_of, words
from pupils import BY_HAND, Pupil, Teacher, seat_pupils
from whale_bank import HEART, LARGEST, NAME, make_bank

HOSTS, NEW_LINK = words("host.hosts"), words("host.invite_new")
REFUSED = words("host.unknown")


async def link_of(teacher: Teacher) -> str:
    """Return what the invitation sends that the host's list shows."""
    (hosts,) = await teacher.presses(HOSTS)
    return teacher.payload(hosts)


async def co_host(teacher: Teacher, name: str = "Mr Ray") -> Teacher:
    """Have a colleague become a co-host by a new invitation."""
    helper = Teacher(teacher.bot, name)
    await helper.says(f"/start {await link_of(teacher)}")
    helper.code, helper.session = teacher.code, teacher.session
    assert helper.id in leaders(teacher)
    return helper


def leaders(teacher: Teacher) -> list[int]:
    """Return who leads the class, its host first."""
    return [host.person_id for host in teacher.class_row().hosts.people]


async def test_a_link_works_once(teacher: Teacher) -> None:
    """The second person who opens an invitation is refused without a word on the class; the first may open it again."""
    link = await link_of(teacher)
    first, second = Teacher(teacher.bot, "Mr Ray"), Teacher(teacher.bot, "Ms Lee")
    await first.says(f"/start {link}")
    (told,) = await second.says(f"/start {link}")
    assert text_of(told) == REFUSED
    assert leaders(teacher) == [teacher.id, first.id]
    (controls,) = await first.says(f"/start {link}")
    assert words("control.start") in buttons_of(controls)


async def test_of_two_who_open_a_link_at_the_same_moment_one_gets_in(teacher: Teacher) -> None:
    """Two presses that are worked as one batch make one co-host."""
    link = await link_of(teacher)
    both = [Teacher(teacher.bot, name) for name in ("Mr Ray", "Ms Lee")]
    await teacher.does(lambda: [teacher.world.send_text(one.id, one.id, f"/start {link}") for one in both])
    assert len(leaders(teacher)) == 2
    assert [text_of(one.messages()[-1]) for one in both].count(REFUSED) == 1


async def test_a_link_is_good_for_a_day(teacher: Teacher) -> None:
    """A day after it was made an invitation is good no longer, to the minute; the list then holds a new one."""
    link = await link_of(teacher)
    assert teacher.class_row().invited_until == teacher.bot.clock.now + timedelta(hours=24)
    # A lobby lasts a day as well, so the link is made older than the class.
    with teacher.bot.database.transaction() as unit:
        room = unit.rooms.find(teacher.session)
        assert room
        room.invited_until = teacher.bot.clock.now + timedelta(hours=1)
    await teacher.bot.advance(minutes=59)
    assert await link_of(teacher) == link
    await teacher.bot.advance(minutes=1)
    (told,) = await Teacher(teacher.bot, "Mr Ray").says(f"/start {link}")
    assert text_of(told) == REFUSED
    assert leaders(teacher) == [teacher.id]
    assert await link_of(teacher) != link
    await co_host(teacher)


async def test_a_link_is_good_until_the_class_starts(teacher: Teacher) -> None:
    """Once the class has started nobody becomes a co-host: not by an old link, and no new one is made."""
    link = await link_of(teacher)
    await teacher.leads("start")
    helper = Teacher(teacher.bot, "Mr Ray")
    (told,) = await helper.says(f"/start {link}")
    assert text_of(told) == REFUSED
    (hosts,) = await teacher.presses(HOSTS)
    assert words("host.invite_started") in text_of(hosts)
    assert NEW_LINK not in buttons_of(hosts)
    await teacher.presses_forged(f"invite:{teacher.session}")
    (told,) = await helper.says(f"/start {teacher.class_row().invitation}")
    assert text_of(told) == REFUSED
    assert leaders(teacher) == [teacher.id]


async def test_a_new_link_replaces_the_old(teacher: Teacher) -> None:
    """A link that went to the wrong person is revoked by making another."""
    old = await link_of(teacher)
    assert await teacher.presses(NEW_LINK) == []
    new = teacher.payload(teacher.button(NEW_LINK)[0])
    assert new != old
    helper = Teacher(teacher.bot, "Mr Ray")
    (told,) = await helper.says(f"/start {old}")
    assert text_of(told) == REFUSED
    await helper.says(f"/start {new}")
    assert leaders(teacher) == [teacher.id, helper.id]


async def test_before_the_host_asks_there_is_no_link(teacher: Teacher) -> None:
    """What is stored as a class is opened invites nobody, though somebody may have read it."""
    (told,) = await Pupil(teacher.bot, "Eve").says(f"/start {teacher.class_row().invitation}")
    assert text_of(told) == REFUSED


@pytest.mark.parametrize("follows_again", [True, False])
async def test_a_removed_pupil_does_not_become_a_co_host(teacher: Teacher, *, follows_again: bool) -> None:
    """A pupil who was taken out is refused by the same words as anybody, and the link stays good for a colleague."""
    link = await link_of(teacher)
    (ann,) = await seat_pupils(teacher, "Ann")
    if follows_again:
        await ann.says("/leave")
    for press in (words("host.pupils"), "💤 Ann" if follows_again else "Ann", words("host.remove")):
        await teacher.presses(press)
    (told,) = await ann.says(f"/start {link}")
    assert text_of(told) == REFUSED
    assert leaders(teacher) == [teacher.id]
    helper = Teacher(teacher.bot, "Mr Ray")
    await helper.says(f"/start {link}")
    assert leaders(teacher) == [teacher.id, helper.id]


async def test_a_co_host_has_no_seat(teacher: Teacher) -> None:
    """A pupil whom the host invites leaves the seat, is told so, and is asked nothing."""
    link = await link_of(teacher)
    (ann,) = await seat_pupils(teacher, "Ann")
    said = await ann.says(f"/start {link}")
    assert words("host.no_seat") in [text_of(one) for one in said]
    assert not teacher.pupil_rows()["Ann"].is_here
    (told,) = await ann.says(f"/start {teacher.code}")
    assert text_of(told) == words("class.own")


async def test_there_are_at_most_ten_co_hosts(teacher: Teacher) -> None:
    """With ten co-hosts there is no link; once one of them is removed there is one again."""
    helpers = [await co_host(teacher, f"Colleague {number}") for number in range(10)]
    (hosts,) = await teacher.presses(HOSTS)
    assert words("host.invite_full") in text_of(hosts)
    assert NEW_LINK not in buttons_of(hosts)
    await teacher.presses_forged(f"invite:{teacher.session}")
    (told,) = await Teacher(teacher.bot, "Eve").says(f"/start {teacher.class_row().invitation}")
    assert text_of(told) == REFUSED
    assert len(leaders(teacher)) == 11
    await teacher.presses(HOSTS)
    await teacher.presses(words("host.remove_host", name="Colleague 3"))
    assert helpers[3].id not in leaders(teacher)
    await co_host(teacher, "Colleague 10")
    assert len(leaders(teacher)) == 11


async def test_a_removed_co_host_leads_no_longer(teacher: Teacher) -> None:
    """The host removes a co-host, who is told, whose controls lose their buttons, and who is shown no name any more."""
    link = await link_of(teacher)
    helper = Teacher(teacher.bot, "Mr Ray")
    await helper.says(f"/start {link}")
    helper.session = teacher.session
    await seat_pupils(teacher, "Ann")
    controls = helper.controls()
    await helper.presses(words("host.pupils"))
    listed = helper.messages()[-1]
    await teacher.presses(HOSTS)
    await teacher.presses(words("host.remove_host", name="Mr Ray"))
    assert leaders(teacher) == [teacher.id]
    assert text_of(helper.messages()[-1]) == words("host.removed")
    assert buttons_of(controls) == []
    session, ann = teacher.session, teacher.pupil_rows()["Ann"].id
    rights = (
        *(f"ctl:{control}:{session}:0" for control in ("start", "end", "endnow")),
        *(f"{word}:{session}" for word in ("pupils", "hosts", "controls", "invite")),
        *(f"{word}:{session}:0" for word in ("pupils",)),
        *(f"{word}:{session}:{person}" for word in ("handover", "unhost") for person in (helper.id, teacher.id)),
        *(f"{word}:{ann}" for word in ("pupil", "rename", "remove", "readmit")),
        f"time:{ann}:0",
    )
    before = teacher.state(), teacher.class_row(), teacher.pupil_rows()
    shown = text_of(listed)
    for data in rights:
        assert await helper.presses_forged(data) == []
        assert helper.toasts()[-1] == words("toast.not_host"), data
    assert (teacher.state(), teacher.class_row(), teacher.pupil_rows()) == before
    assert text_of(listed) == shown
    (told,) = await helper.says(f"/start {link}")
    assert text_of(told) == REFUSED
    await teacher.leads("start", "end", "end_yes")
    assert not any("🏁" in text_of(one) for one in helper.messages())


async def test_a_removed_co_host_renames_nobody(teacher: Teacher) -> None:
    """A text that a co-host was asked for, as another nickname, counts for nothing once they are removed."""
    helper = await co_host(teacher)
    await seat_pupils(teacher, "Ann")
    await helper.presses(words("host.pupils"))
    await helper.presses("Ann")
    await helper.presses(words("host.rename"))
    await teacher.presses(HOSTS)
    await teacher.presses(words("host.remove_host", name="Mr Ray"))
    (told,) = await helper.says("Zed")
    assert text_of(told) == words("host.removed")
    assert set(teacher.pupil_rows()) == {"Ann"}


async def test_the_host_alone_invites_and_removes(teacher: Teacher) -> None:
    """A co-host sees who leads, but no link, and can neither invite nor remove anybody; nor can the host be removed."""
    link = await link_of(teacher)
    helper, other = await co_host(teacher), await co_host(teacher, "Ms Lee")
    await teacher.presses(HOSTS)
    (hosts,) = await helper.presses(HOSTS)
    assert words("host.only_host") in text_of(hosts)
    assert "start=" not in text_of(hosts)
    assert buttons_of(hosts) == [words("host.controls")]
    before = teacher.class_row()
    for data in (f"invite:{teacher.session}", *(f"unhost:{teacher.session}:{one}" for one in (teacher.id, other.id))):
        assert await helper.presses_forged(data) == []
        assert helper.toasts()[-1] == words("toast.stale")
    await teacher.presses_forged(f"unhost:{teacher.session}:{teacher.id}")
    assert teacher.toasts()[-1] == words("toast.stale")
    assert teacher.class_row() == before
    assert link != teacher.class_row().invitation


async def test_after_handing_over_the_new_host_decides(teacher: Teacher) -> None:
    """The host's link ends with handing over; the new host can remove the old one, and the old one nobody."""
    helper = await co_host(teacher)
    link = await link_of(teacher)
    await teacher.presses(words("host.hand_over", name="Mr Ray"))
    (told,) = await Teacher(teacher.bot, "Eve").says(f"/start {link}")
    assert text_of(told) == REFUSED
    await teacher.presses_forged(f"unhost:{teacher.session}:{helper.id}")
    assert teacher.toasts()[-1] == words("toast.stale")
    await helper.presses(HOSTS)
    await helper.presses(words("host.remove_host", name="Mrs Kim"))
    assert leaders(teacher) == [helper.id]
    assert text_of(teacher.messages()[-1]) == words("host.removed")


async def test_whoever_has_a_seat_where_the_same_is_asked_leads_no_other_class(start_bot: StartBot) -> None:
    """A pupil of one class cannot read its answers as a co-host of another."""
    teacher = Teacher(await start_bot(make_bank(replace(HEART, topic="life"), LARGEST, NAME)))
    await teacher.opens("Body", BY_HAND)
    other = Teacher(teacher.bot, "Mr Ray")
    await other.opens("Body", BY_HAND)
    link = await link_of(other)
    (ann,) = await seat_pupils(teacher, "Ann")
    await ann.says("/leave")
    (told,) = await ann.says(f"/start {link}")
    assert text_of(told) == words("host.has_seat")
    await teacher.leads("end", "end_yes")
    await ann.says(f"/start {link}")
    assert leaders(other) == [other.id, ann.id]


async def test_names_as_long_as_they_may_be_fit_into_the_list(teacher: Teacher) -> None:
    """Ten co-hosts with the longest names that Telegram has, full of signs of HTML, are listed in one message."""
    for number in range(10):
        await co_host(teacher, f"{number}" + "&<😀>" * 15 + "&&&")
    (hosts,) = await teacher.presses(HOSTS)
    assert text_of(hosts).count("😀>") >= 10
    assert len(buttons_of(hosts)) == 21


async def test_co_hosts_of_one_name_are_told_apart(teacher: Teacher) -> None:
    """In the list, and on the buttons that hand over and remove, by the initial of the surname or else by a number."""
    for surname in ("Kim", "Norman", ""):
        helper = Teacher(teacher.bot, "Anna")
        teacher.world.people[helper.id] = replace(teacher.world.people[helper.id], last_name=surname)
        await helper.says(f"/start {await link_of(teacher)}")
    (hosts,) = await teacher.presses(HOSTS)
    names = ("Anna K.", "Anna N.", "Anna")
    assert words("host.others", names=names) in text_of(hosts)
    assert {words("host.remove_host", name=name) for name in names} <= set(buttons_of(hosts))
