"""Co-hosts of a live class: invitation links for one person and a limited time, who may be one, and their removal."""

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
    """Return the start parameter of the invitation link in the list of hosts."""
    (hosts,) = await teacher.presses(HOSTS)
    return teacher.payload(hosts)


async def co_host(teacher: Teacher, name: str = "Mr Ray") -> Teacher:
    """Invite a colleague; return them as a co-host of the teacher's class."""
    helper = Teacher(teacher.bot, name)
    await helper.says(f"/start {await link_of(teacher)}")
    helper.code, helper.session = teacher.code, teacher.session
    assert helper.id in host_ids(teacher)
    return helper


def host_ids(teacher: Teacher) -> list[int]:
    """Return the ids of the host and, after it, the co-hosts."""
    return [host.person_id for host in teacher.class_row().hosts.people]


async def test_a_link_works_once(teacher: Teacher) -> None:
    """The second person to open an invitation learns nothing about the class; the first person may open it again."""
    link = await link_of(teacher)
    first, second = Teacher(teacher.bot, "Mr Ray"), Teacher(teacher.bot, "Ms Lee")
    await first.says(f"/start {link}")
    (reply,) = await second.says(f"/start {link}")
    assert text_of(reply) == REFUSED
    assert host_ids(teacher) == [teacher.id, first.id]
    (controls,) = await first.says(f"/start {link}")
    assert words("control.start") in buttons_of(controls)


async def test_a_link_opened_by_two_people_at_once_makes_one_co_host(teacher: Teacher) -> None:
    """Of two people who open a link at the same time, handled in one batch, only one becomes a co-host."""
    link = await link_of(teacher)
    both = [Teacher(teacher.bot, name) for name in ("Mr Ray", "Ms Lee")]
    await teacher.does(lambda: [teacher.world.send_text(one.id, one.id, f"/start {link}") for one in both])
    assert len(host_ids(teacher)) == 2
    assert [text_of(one.messages()[-1]) for one in both].count(REFUSED) == 1


async def test_a_link_is_valid_for_a_day(teacher: Teacher) -> None:
    """An invitation expires exactly a day after it was created; the list of hosts then shows a new one."""
    link = await link_of(teacher)
    assert teacher.class_row().invited_until == teacher.bot.clock.now + timedelta(hours=24)
    # A class that has not started also ends after a day, so the link must expire before the class does.
    with teacher.bot.database.transaction() as unit:
        row = unit.live_classes.find(teacher.session)
        assert row
        row.invited_until = teacher.bot.clock.now + timedelta(hours=1)
    await teacher.bot.advance(minutes=59)
    assert await link_of(teacher) == link
    await teacher.bot.advance(minutes=1)
    (reply,) = await Teacher(teacher.bot, "Mr Ray").says(f"/start {link}")
    assert text_of(reply) == REFUSED
    assert host_ids(teacher) == [teacher.id]
    assert await link_of(teacher) != link
    await co_host(teacher)


async def test_a_link_is_valid_until_the_class_starts(teacher: Teacher) -> None:
    """A class that has started accepts no co-host: the old link is refused and no new one is created."""
    link = await link_of(teacher)
    await teacher.leads("start")
    helper = Teacher(teacher.bot, "Mr Ray")
    (reply,) = await helper.says(f"/start {link}")
    assert text_of(reply) == REFUSED
    (hosts,) = await teacher.presses(HOSTS)
    assert words("host.invite_started") in text_of(hosts)
    assert NEW_LINK not in buttons_of(hosts)
    await teacher.presses_forged(f"invite:{teacher.session}")
    (reply,) = await helper.says(f"/start {teacher.class_row().invitation}")
    assert text_of(reply) == REFUSED
    assert host_ids(teacher) == [teacher.id]


async def test_a_new_link_replaces_the_old(teacher: Teacher) -> None:
    """A new link revokes the old one, which may have gone to the wrong person."""
    old = await link_of(teacher)
    assert await teacher.presses(NEW_LINK) == []
    new = teacher.payload(teacher.button(NEW_LINK)[0])
    assert new != old
    helper = Teacher(teacher.bot, "Mr Ray")
    (reply,) = await helper.says(f"/start {old}")
    assert text_of(reply) == REFUSED
    await helper.says(f"/start {new}")
    assert host_ids(teacher) == [teacher.id, helper.id]


async def test_there_is_no_valid_link_before_the_host_asks_for_one(teacher: Teacher) -> None:
    """The invitation that is stored with a new class is not valid before the host asks for a link."""
    (reply,) = await Pupil(teacher.bot, "Eve").says(f"/start {teacher.class_row().invitation}")
    assert text_of(reply) == REFUSED


@pytest.mark.parametrize("follows_again", [True, False])
async def test_a_removed_pupil_does_not_become_a_co_host(teacher: Teacher, *, follows_again: bool) -> None:
    """A pupil whom the host removed is refused like any stranger, and the link stays valid for a colleague."""
    link = await link_of(teacher)
    (ann,) = await seat_pupils(teacher, "Ann")
    if follows_again:
        await ann.says("/leave")
    for press in (words("host.pupils"), "💤 Ann" if follows_again else "Ann", words("host.remove")):
        await teacher.presses(press)
    (reply,) = await ann.says(f"/start {link}")
    assert text_of(reply) == REFUSED
    assert host_ids(teacher) == [teacher.id]
    helper = Teacher(teacher.bot, "Mr Ray")
    await helper.says(f"/start {link}")
    assert host_ids(teacher) == [teacher.id, helper.id]


async def test_a_co_host_has_no_seat(teacher: Teacher) -> None:
    """A pupil whom the host invites loses their seat, is told so, and gets no questions."""
    link = await link_of(teacher)
    (ann,) = await seat_pupils(teacher, "Ann")
    replies = await ann.says(f"/start {link}")
    assert words("host.no_seat") in [text_of(one) for one in replies]
    assert not teacher.pupil_rows()["Ann"].is_here
    (reply,) = await ann.says(f"/start {teacher.code}")
    assert text_of(reply) == words("class.own")


async def test_there_are_at_most_ten_co_hosts(teacher: Teacher) -> None:
    """A class with ten co-hosts has no invitation link until one of them is removed."""
    helpers = [await co_host(teacher, f"Colleague {number}") for number in range(10)]
    (hosts,) = await teacher.presses(HOSTS)
    assert words("host.invite_full") in text_of(hosts)
    assert NEW_LINK not in buttons_of(hosts)
    await teacher.presses_forged(f"invite:{teacher.session}")
    (reply,) = await Teacher(teacher.bot, "Eve").says(f"/start {teacher.class_row().invitation}")
    assert text_of(reply) == REFUSED
    assert len(host_ids(teacher)) == 11
    await teacher.presses(HOSTS)
    await teacher.presses(words("host.remove_host", name="Colleague 3"))
    assert helpers[3].id not in host_ids(teacher)
    await co_host(teacher, "Colleague 10")
    assert len(host_ids(teacher)) == 11


async def test_a_removed_co_host_can_no_longer_lead(teacher: Teacher) -> None:
    """A removed co-host is told so, loses all buttons of the class, and sees no names of pupils any more."""
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
    assert host_ids(teacher) == [teacher.id]
    assert text_of(helper.messages()[-1]) == words("host.removed")
    assert buttons_of(controls) == []
    session, ann = teacher.session, teacher.pupil_rows()["Ann"].id
    host_buttons = (
        *(f"ctl:{control}:{session}:0" for control in ("start", "end", "endnow")),
        *(f"{word}:{session}" for word in ("pupils", "hosts", "controls", "invite")),
        *(f"{word}:{session}:0" for word in ("pupils",)),
        *(f"{word}:{session}:{person}" for word in ("handover", "unhost") for person in (helper.id, teacher.id)),
        *(f"{word}:{ann}" for word in ("pupil", "rename", "remove", "readmit")),
        f"time:{ann}:0",
    )
    before = teacher.state(), teacher.class_row(), teacher.pupil_rows()
    shown = text_of(listed)
    for data in host_buttons:
        assert await helper.presses_forged(data) == []
        assert helper.toasts()[-1] == words("toast.not_host"), data
    assert (teacher.state(), teacher.class_row(), teacher.pupil_rows()) == before
    assert text_of(listed) == shown
    (reply,) = await helper.says(f"/start {link}")
    assert text_of(reply) == REFUSED
    await teacher.leads("start", "end", "end_yes")
    assert not any("🏁" in text_of(one) for one in helper.messages())


async def test_a_removed_co_host_cannot_finish_renaming(teacher: Teacher) -> None:
    """A nickname that a co-host was asked for is ignored if the co-host is removed before sending it."""
    helper = await co_host(teacher)
    await seat_pupils(teacher, "Ann")
    await helper.presses(words("host.pupils"))
    await helper.presses("Ann")
    await helper.presses(words("host.rename"))
    await teacher.presses(HOSTS)
    await teacher.presses(words("host.remove_host", name="Mr Ray"))
    (reply,) = await helper.says("Zed")
    assert text_of(reply) == words("host.removed")
    assert set(teacher.pupil_rows()) == {"Ann"}


async def test_only_the_host_invites_and_removes(teacher: Teacher) -> None:
    """A co-host sees the hosts but no link, and can neither invite nor remove anyone; the host cannot be removed."""
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


async def test_after_handing_over_only_the_new_host_removes(teacher: Teacher) -> None:
    """Handing over revokes the link; the new host can remove the old one, who can remove no one."""
    helper = await co_host(teacher)
    link = await link_of(teacher)
    await teacher.presses(words("host.hand_over", name="Mr Ray"))
    (reply,) = await Teacher(teacher.bot, "Eve").says(f"/start {link}")
    assert text_of(reply) == REFUSED
    await teacher.presses_forged(f"unhost:{teacher.session}:{helper.id}")
    assert teacher.toasts()[-1] == words("toast.stale")
    await helper.presses(HOSTS)
    await helper.presses(words("host.remove_host", name="Mrs Kim"))
    assert host_ids(teacher) == [helper.id]
    assert text_of(teacher.messages()[-1]) == words("host.removed")


async def test_a_pupil_cannot_co_host_a_class_with_the_same_questions(start_bot: StartBot) -> None:
    """A pupil of one class cannot read its answers as the co-host of another class with the same questions."""
    teacher = Teacher(await start_bot(make_bank(replace(HEART, topic="life"), LARGEST, NAME)))
    await teacher.opens("Body", BY_HAND)
    other = Teacher(teacher.bot, "Mr Ray")
    await other.opens("Body", BY_HAND)
    link = await link_of(other)
    (ann,) = await seat_pupils(teacher, "Ann")
    await ann.says("/leave")
    (reply,) = await ann.says(f"/start {link}")
    assert text_of(reply) == words("host.has_seat")
    await teacher.leads("end", "end_yes")
    await ann.says(f"/start {link}")
    assert host_ids(other) == [other.id, ann.id]


async def test_the_longest_names_fit_into_the_list(teacher: Teacher) -> None:
    """Ten co-hosts with the longest names that Telegram allows, full of HTML characters, are listed in one message."""
    for number in range(10):
        await co_host(teacher, f"{number}" + "&<😀>" * 15 + "&&&")
    (hosts,) = await teacher.presses(HOSTS)
    assert text_of(hosts).count("😀>") >= 10
    assert len(buttons_of(hosts)) == 21


async def test_co_hosts_with_the_same_name_are_distinguished(teacher: Teacher) -> None:
    """The list and its buttons show co-hosts with the same first name by the initial of their surnames."""
    for surname in ("Kim", "Norman", ""):
        helper = Teacher(teacher.bot, "Anna")
        teacher.world.people[helper.id] = replace(teacher.world.people[helper.id], last_name=surname)
        await helper.says(f"/start {await link_of(teacher)}")
    (hosts,) = await teacher.presses(HOSTS)
    names = ("Anna K.", "Anna N.", "Anna")
    assert words("host.others", names=names) in text_of(hosts)
    assert {words("host.remove_host", name=name) for name in names} <= set(buttons_of(hosts))
