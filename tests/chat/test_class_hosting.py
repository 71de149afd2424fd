"""Hosting a live class: its setup, its pupils, several teachers, several classes, and people without the right."""

import pytest
from bot_in_process import StartBot
from learner import Learner, buttons_of, text_of, words
from pupils import Pupil, Teacher, caption_of, seat_pupils
from whale_bank import HEART, LARGEST, NAME, bank_in_order, bank_of_true_statements


async def test_a_class_is_set_up_in_one_message(start_bot: StartBot) -> None:
    """Topic, number, time limit, bonus and real names are chosen by buttons of one message, which then sums them up."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST, NAME, HEART)))
    (setup,) = await teacher.says("/class")
    for button in ("Body", "20", words("seat.seconds", seconds=60), words("host.bonus"), words("host.names")):
        assert await teacher.presses(button) == []
        assert f"✅ {button}" in buttons_of(setup)
    await teacher.presses(words("host.by_hand"))
    assert not any(words("host.bonus") in button for button in buttons_of(setup))
    await teacher.presses(words("seat.seconds", seconds=15))
    await teacher.presses(words("host.open"))
    limit = words("seat.seconds", seconds=15)
    questions = words("count.questions", n=3)
    assert text_of(setup) == words("host.chosen", topic="Body", questions=questions, pace=limit)
    assert buttons_of(setup) == []


async def test_a_double_tap_on_open_opens_one_class(start_bot: StartBot) -> None:
    """A double tap on Open opens only one class."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await teacher.says("/class")
    replies = await teacher.presses(words("host.open"), words("host.open"))
    assert len([one for one in replies if one.content.photo]) == 1
    assert teacher.toasts()[-1] == words("toast.class_begun")


async def test_the_class_command_sends_the_controls_again(teacher: Teacher) -> None:
    """The command /class moves the controls of an open class to a new message and offers to open another class."""
    old = teacher.controls()
    offered, fresh = await teacher.says("/class")
    assert buttons_of(offered) == [words("host.another")]
    assert buttons_of(old) == []
    assert teacher.controls() is fresh
    await teacher.presses(words("host.another"))
    assert text_of(offered) == words("host.setup")
    await teacher.presses(words("host.open"))
    assert len([one for one in teacher.messages() if one.content.photo]) == 2


async def test_two_classes_at_once_do_not_mix(teacher: Teacher) -> None:
    """Two teachers, and one teacher with two classes, lead separate classes."""
    other = Teacher(teacher.bot, "Mr Ray")
    await other.opens()
    second = await teacher.opens_another()
    assert len({teacher.code, other.code, second.code}) == 3
    ann, ben, cyd = [(await seat_pupils(host, "Ann"))[0] for host in (teacher, other, second)]
    await teacher.leads("start")
    await other.leads("start")
    assert [len(pupil.polls()) for pupil in (ann, ben, cyd)] == [1, 1, 0]
    await ann.votes("The blue whale")
    await ben.votes("The elephant")
    await second.leads("start")
    await second.leads("end", "end_yes")
    assert [one.state().phase for one in (teacher, other, second)] == ["revealed", "revealed", "finished"]
    assert (ann.marks(), ben.marks()) == ({"largest": True}, {"largest": False})


async def test_the_pupils_are_listed_page_by_page(start_bot: StartBot) -> None:
    """The list of pupils is one message with pages of twenty, in alphabetical order."""
    teacher = Teacher(await start_bot(bank_of_true_statements(5)))
    await teacher.opens()
    (empty,) = await teacher.presses(words("host.pupils"))
    assert text_of(empty) == words("host.list_empty")
    await seat_pupils(teacher, *(f"P{number:02}" for number in reversed(range(45))))
    (listed,) = await teacher.presses(words("host.pupils"))
    assert buttons_of(listed)[:2] == ["P00", "P01"]
    assert await teacher.presses("▶️") == []
    await teacher.presses("▶️")
    assert buttons_of(listed) == ["P40", "P41", "P42", "P43", "P44", "◀️", words("host.controls")]
    assert words("read.place", number=3, of=3) in text_of(listed)


async def test_a_pupil_is_renamed(teacher: Teacher) -> None:
    """The teacher's next text is the new nickname; a bad one is refused, and the pupil is told the new one."""
    ann, _ = await seat_pupils(teacher, "Ann", "Ben")
    for press in (words("host.pupils"), "Ann", words("host.rename")):
        await teacher.presses(press)
    for typed, fault in (("fuck", "rude"), ("ben", "taken"), ("x" * 21, "long")):
        (reply,) = await teacher.says(typed)
        assert words(f"seat.fault_{fault}") in text_of(reply)
    (card,) = await teacher.says("Annabel <3")
    assert text_of(card).startswith(words("host.card", name="Annabel <3", right=0, seen=0))
    assert text_of(ann.messages()[-1]) == words("seat.renamed", name="Annabel <3")
    assert set(teacher.pupil_rows()) == {"Annabel <3", "Ben"}
    (reply,) = await teacher.says("something else")
    assert text_of(reply) == words("write.no_quiz")


async def test_a_renaming_can_be_cancelled(teacher: Teacher) -> None:
    """After the teacher goes back to the pupil's card, their next text is no nickname."""
    await seat_pupils(teacher, "Ann")
    for press in (words("host.pupils"), "Ann", words("host.rename"), words("host.rename_not")):
        await teacher.presses(press)
    await teacher.says("Zed")
    assert set(teacher.pupil_rows()) == {"Ann"}


async def test_a_removed_pupil_cannot_come_back_without_permission(teacher: Teacher) -> None:
    """A removed pupil gets no questions, and the link gives no seat until the teacher readmits them."""
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ben.votes("The blue whale")
    for press in (words("host.pupils"), "Ann", words("host.remove")):
        await teacher.presses(press)
    assert words("host.card_out") in text_of(teacher.messages()[-1])
    assert text_of(ann.messages()[-1]) == words("class.removed")
    assert teacher.state().phase == "revealed"
    (reply,) = await ann.says(f"/start {teacher.code}")
    assert text_of(reply) == words("class.removed")
    assert not teacher.pupil_rows()["Ann"].is_here
    await teacher.presses(words("host.readmit"))
    assert text_of(ann.messages()[-1]) == words("class.readmitted")
    (reply,) = await ann.says(f"/start {teacher.code}")
    assert text_of(reply).startswith(words("seat.back", name="Ann"))
    assert teacher.pupil_rows()["Ann"].is_here


async def test_a_co_host_can_lead(teacher: Teacher) -> None:
    """A co-host gets a control message of their own; the bot edits both messages, and both people can press buttons."""
    (hosts,) = await teacher.presses(words("host.hosts"))
    helper = Teacher(teacher.bot, "Mr Ray")
    welcomed, controls = await helper.says(f"/start {teacher.payload(hosts)}")
    helper.code, helper.session = teacher.code, teacher.session
    assert text_of(welcomed) == words("host.welcome")
    assert helper.controls() is controls
    assert words("host.others", names="Mr Ray") in text_of(teacher.messages()[-1])
    (ann,) = await seat_pupils(teacher, "Ann")
    await helper.leads("start")
    assert len(ann.polls()) == 1
    await teacher.leads("close")
    for host in (teacher, helper):
        assert words("control.next") in buttons_of(host.controls())
    (again,) = await helper.says(f"/start {teacher.payload(hosts)}")
    assert helper.controls() is again
    await helper.leads("end", "end_yes")
    for host in (teacher, helper):
        assert text_of(host.messages()[-1]).startswith("🏁 The class is over: 1 question, 1 pupil")
    (reply,) = await helper.says(f"/start {teacher.payload(hosts)}")
    assert text_of(reply) == words("host.unknown")


async def test_a_class_is_handed_over(teacher: Teacher) -> None:
    """The host who hands over to a co-host becomes a co-host and can no longer hand over."""
    (hosts,) = await teacher.presses(words("host.hosts"))
    helper = Teacher(teacher.bot, "Mr Ray")
    await helper.says(f"/start {teacher.payload(hosts)}")
    await teacher.presses(words("host.hand_over", name="Mr Ray"))
    assert text_of(helper.messages()[-1]) == words("host.handed")
    assert [host.person_id for host in teacher.class_row().hosts.people] == [helper.id, teacher.id]
    assert words("host.hand_over", name="Mr Ray") not in buttons_of(teacher.messages()[-1])
    await teacher.presses_forged(f"handover:{teacher.session}:{teacher.id}")
    assert teacher.toasts()[-1] == words("toast.stale")
    await teacher.leads("start")


async def test_a_pupil_who_becomes_a_co_host_loses_the_seat(teacher: Teacher) -> None:
    """A pupil who opens an invitation becomes a co-host and has no seat any more."""
    (hosts,) = await teacher.presses(words("host.hosts"))
    (ann,) = await seat_pupils(teacher, "Ann")
    await ann.says(f"/start {teacher.payload(hosts)}")
    assert not teacher.pupil_rows()["Ann"].is_here
    assert len(teacher.class_row().hosts.people) == 2


FORGED = (
    "ctl:start:{}:0",
    "pupils:{}",
    "pupils:{}:1",
    "hosts:{}",
    "controls:{}",
    "handover:{}:{}",
    "nick:{}",
    "invite:{}",
)
FORGED_ABOUT = ("pupil:{}", "time:{}:0", "rename:{}", "remove:{}", "readmit:{}")


async def test_forged_buttons_of_other_people_do_nothing(teacher: Teacher) -> None:
    """Forged buttons of a class, pressed by another teacher or a pupil, change nothing and show nothing."""
    (ann,) = await seat_pupils(teacher, "Ann")
    stranger = Teacher(teacher.bot, "Mr Ray")
    await stranger.opens()
    before = (teacher.state(), teacher.class_row().hosts, teacher.pupil_rows()["Ann"].seat)
    for person in (stranger, ann):
        for data in (
            *(one.format(teacher.session, person.id) for one in FORGED),
            *(one.format(teacher.pupil_rows()["Ann"].id) for one in FORGED_ABOUT),
        ):
            assert await person.presses_forged(data) == [], data
        assert "(not answered)" not in person.toasts()
        await person.says("Zed")
    assert (teacher.state(), teacher.class_row().hosts, teacher.pupil_rows()["Ann"].seat) == before


INVALID_DATA = (
    "ctl", "ctl:start", "ctl:fly:1:0", "ctl:start:x:0", "ctl:start:1:-1", "ctl:start:9223372036854775808:0",
    "ctl:start:999999:0", "pupils", "pupils:1:x", "pupil:-1", "pupil:999999", "time:1:120", "time:1", "nick:x",
    "cset:body:7:30:0:0", "cset:body:10:31:0:0", "cset:body:10:30:2:0", "copen:body", "handover:1", "controls:",
)  # fmt: skip


@pytest.mark.parametrize("data", INVALID_DATA)
async def test_invalid_callback_data_does_nothing(start_bot: StartBot, data: str) -> None:
    """A press with invalid callback data is answered and changes nothing."""
    ann = Learner(await start_bot(bank_in_order(LARGEST)))
    await ann.says("/start")
    assert await ann.presses_forged(data) == []
    assert ann.toasts() in ([words("toast.stale")], [words("toast.not_leader")])


async def test_a_class_on_a_removed_topic_asks_all_topics(start_bot: StartBot) -> None:
    """A class opens even if its topic was removed from the bank after the host chose it."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await teacher.says("/start")
    replies = await teacher.presses_forged("copen:gone:5:30:0:0")
    assert any(one.content.photo for one in replies)


async def test_buttons_of_a_finished_class_say_so(teacher: Teacher) -> None:
    """A button of a finished class is answered with the message that the class is over."""
    await seat_pupils(teacher, "Ann")
    await teacher.presses(words("host.pupils"))
    await teacher.leads("end", "end_yes")
    await teacher.presses("Ann")
    assert teacher.toasts()[-1] == words("toast.class_over")


async def test_only_the_teacher_gets_the_address_of_the_board(start_bot: StartBot) -> None:
    """The teacher gets the address of the class's board, if boards are served; pupils never see it."""
    bot = await start_bot(bank_in_order(LARGEST))
    bot.boards = "https://board.example.org"
    await bot.restart()
    teacher = Teacher(bot)
    messages = await teacher.opens()
    (picture,) = [one for one in messages if one.content.photo]
    address = f"https://board.example.org/board/{teacher.class_row().key}"
    assert words("host.board", link=address) in caption_of(picture)
    (ann,) = await seat_pupils(teacher, "Ann")
    assert teacher.class_row().key not in ann.transcript()
    assert teacher.class_row().invitation not in ann.transcript() + caption_of(picture)


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
async def test_a_class_speaks_the_language_of_each_pupil(start_bot: StartBot, language: str) -> None:
    """A pupil reads their own language, independent of the teacher's."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await teacher.opens()
    pupil = Pupil(teacher.bot, "Aru", language)
    (reply,) = await pupil.says(f"/start {teacher.code}")
    assert text_of(reply).startswith(words("seat.nickname", language))
    await pupil.says("Aru")
    await teacher.leads("start")
    await pupil.votes("The elephant")
    assert text_of(pupil.messages()[-1]).startswith(words("seat.wrong", language, solution="The blue whale"))
