"""While a live class lasts, its pupils cannot read its answers in another class or in a group."""

from dataclasses import replace

import pytest
from bot_in_process import BotInProcess, StartBot
from group_chat import GroupChat
from learner import text_of, words
from pupils import BY_HAND, Pupil, Teacher, seat_pupils
from secrecy_bank import BANK, FREE, LIFE, finish_quiz
from whale_bank import HEART, NAME, PROTECTED, bank_in_order

from bot.core.question import Question


@pytest.fixture
async def bot(start_bot: StartBot) -> BotInProcess:
    """The bot on a bank in which a class withholds three of six questions."""
    return await start_bot(BANK)


@pytest.fixture
async def teacher(bot: BotInProcess) -> Teacher:
    """A teacher with an open class on the topic ``LIFE``, without a time limit."""
    host = Teacher(bot)
    await host.opens(LIFE, BY_HAND)
    return host


async def test_a_class_opened_by_a_pupil_asks_no_question_of_their_class(teacher: Teacher) -> None:
    """A class that a pupil opens, whose answers they would see as its host, asks none of their class's questions."""
    (ann,) = await seat_pupils(teacher, "Ann")
    await ann.says("/leave")
    own = Teacher(teacher.bot)
    own.id = ann.id
    await own.opens()
    assert set(own.state().questions) == {one.id for one in FREE}
    await ann.presses_forged("copen:life:10:0:0:0")
    assert text_of(ann.messages()[-1]) == words("quiz.after_class")


async def test_a_host_of_a_class_on_the_same_sentences_gets_no_seat(teacher: Teacher) -> None:
    """A host whose own class asks about the same sentences must end it before joining another class."""
    other = Teacher(teacher.bot, "Mr Ray")
    await other.opens("Body", BY_HAND)
    (reply,) = await other.says(f"/start {teacher.code}")
    assert text_of(reply) == words("class.leads_same")
    await other.leads("end", "end_yes")
    (asked,) = await other.says(f"/start {teacher.code}")
    assert words("seat.nickname") in text_of(asked)


async def test_joining_a_class_with_the_same_questions_ends_the_first_seat(teacher: Teacher) -> None:
    """A pupil who moves to a class with some of the same questions can only go back if the teacher readmits them."""
    other = Teacher(teacher.bot, "Mr Ray")
    await other.opens("Body", BY_HAND)
    (ann,) = await seat_pupils(teacher, "Ann")
    await teacher.leads("start")
    moved, seated = await ann.joins(other.code)
    assert text_of(moved) == words("class.moved")
    assert text_of(seated).startswith(words("seat.welcome", name="Ann"))
    assert (teacher.pupil_rows()["Ann"].seat.removed, teacher.state().awaited) == (True, 0)
    (reply,) = await ann.says(f"/start {teacher.code}")
    assert text_of(reply) == words("class.removed")
    for press in (words("host.pupils"), "🚪 Ann", words("host.readmit")):
        await teacher.presses(press)
    moved, back = await ann.says(f"/start {teacher.code}")
    assert text_of(moved) == words("class.moved")
    assert text_of(back).startswith(words("seat.back", name="Ann"))
    assert other.pupil_rows()["Ann"].seat.removed


async def test_a_pupil_may_join_two_classes_on_different_sentences(bot: BotInProcess) -> None:
    """A pupil may have seats in two classes that share no sentence; both withhold their questions."""
    teacher, other = Teacher(bot), Teacher(bot, "Mr Ray")
    await teacher.opens(LIFE, BY_HAND)
    bot.bank = replace(BANK, questions=(*BANK.questions[:2], *BANK.questions[3:]))
    await bot.restart()
    await other.opens("Body", BY_HAND)
    (ann,) = await seat_pupils(teacher, "Ann")
    await ann.joins(other.code)
    assert not teacher.pupil_rows()["Ann"].seat.removed
    await ann.says("/leave")
    (reply,) = await ann.says("/quiz 100")
    assert text_of(reply) == words("quiz.after_class")
    await other.leads("end", "end_yes")
    await ann.says("/quiz 100")
    assert set(await finish_quiz(ann)) == {one.id for one in FREE}


async def test_a_vote_in_a_group_withholds_its_questions(bot: BotInProcess) -> None:
    """A first vote in a group quiz removes its questions from the voter's solo quiz, including the open one."""
    group = GroupChat(bot)
    ben = group.pupils[0]
    await ben.says("/quiz 100")
    while ben.question().id != "protected":
        await ben.presses(words("question.skip"))
    await group.starts(f"{LIFE} (1)", words("group.untimed"))
    await group.vote("-")
    assert not [poll for poll in ben.polls() if PROTECTED.stem in poll.question.text]
    assert {"protected", "year"}.isdisjoint(await finish_quiz(ben))
    (reply,) = await ben.says("/quiz life 100")
    assert HEART.stem in text_of(reply)
    await ben.presses(words("question.skip"))
    await group.leads(words("control.close"))
    await group.leads(words("control.finish"))
    await ben.says("/quiz life 100")
    assert set(await finish_quiz(ben)) == {"heart", "protected"}


async def test_a_group_quiz_started_by_a_pupil_asks_no_question_of_their_class(teacher: Teacher) -> None:
    """A quiz that a pupil starts in a group asks none of the class's questions."""
    group = GroupChat(teacher.bot)
    await Pupil.joins(group.teacher, teacher.code)  # type: ignore[arg-type] - anybody can join
    await group.starts(words("group.untimed"))
    assert set(group.state().questions) == {"largest", "food"}
    await group.leads(words("control.end"))
    await group.leads(words("control.end_yes"))
    (reply,) = await group.starts(f"{LIFE} (1)")
    assert text_of(reply) == words("group.after_class")


async def test_a_vote_on_the_same_question_in_a_group_ends_the_seat(teacher: Teacher) -> None:
    """A pupil who votes on the class's question in a group loses the seat: Telegram shows the answer at once."""
    group = GroupChat(teacher.bot)
    await group.starts(f"{LIFE} (1)", words("group.untimed"))
    ben = Pupil.__new__(Pupil)
    ben.__dict__.update(group.pupils[0].__dict__)
    await ben.joins(teacher.code)
    await teacher.leads("start")
    await group.vote("+")
    assert text_of(ben.messages()[-1]) == words("class.moved")
    assert teacher.pupil_rows()["Ben"].seat.removed


async def test_a_class_opened_while_joining_prevents_the_seat(teacher: Teacher) -> None:
    """A person who opens a class on the same questions before giving a nickname gets no seat before it ends."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says(f"/start {teacher.code}")
    await ann.presses_forged("copen:body:10:0:0:0")
    (reply,) = await ann.says("Ann")
    assert text_of(reply) == words("class.leads_same")
    assert teacher.pupil_rows().keys() <= {""}


@pytest.mark.parametrize("asked", [HEART, NAME])
async def test_a_text_in_the_lobby_does_not_answer_a_question_of_the_class(
    start_bot: StartBot, asked: Question
) -> None:
    """A seated pupil's written answer to a withheld question of a solo quiz is neither marked nor explained."""
    first = PROTECTED if asked is HEART else HEART
    teacher = Teacher(await start_bot(bank_in_order(replace(first, kind=PROTECTED.kind), replace(asked, topic="life"))))
    await teacher.opens(LIFE, BY_HAND)
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 2")
    assert ann.question().id == first.id
    (offered,) = await ann.says(f"/start {teacher.code}")
    await ann.votes_in(ann.poll(), 0)
    assert ann.question().id == asked.id
    (data,) = [one["callback_data"] for one in offered.inline_keyboard[0]]
    await ann.does(lambda: ann.world.press_button(ann.id, ann.id, offered.id, data))
    replies = await ann.says("7")
    assert not any(asked.why in text_of(one) for one in replies)
    assert asked.id not in ann.marks()


async def opens_a_class(teacher: Teacher, ann: Pupil) -> None:
    """Open a class on the same questions as ``ann``, see both answers, and end it."""
    own = Teacher(teacher.bot)
    own.id = ann.id
    await own.opens(LIFE, BY_HAND)
    await seat_pupils(own, "Cyd")
    await own.leads("start", "close", "next", "close", "end", "end_yes")


async def attends_a_class(teacher: Teacher, ann: Pupil) -> None:
    """Attend, as ``ann``, another teacher's class on the same questions until it ends."""
    other = Teacher(teacher.bot, "Mr Ray")
    await other.opens(LIFE, BY_HAND)
    await ann.joins(other.code)
    await other.leads("start", "close", "next", "close", "end", "end_yes")


async def votes_in_a_group(teacher: Teacher, ann: Pupil) -> None:
    """Vote as ``ann`` in a group, where Telegram shows the right answer at once."""
    group = GroupChat(teacher.bot, ("Ann",))
    ann.__dict__.update(group.pupils[0].__dict__)
    await group.starts(f"{LIFE} (1)", words("group.untimed"))
    await group.vote("+")


@pytest.mark.parametrize("see_answer", [opens_a_class, attends_a_class, votes_in_a_group])
async def test_a_new_pupil_who_saw_the_answer_elsewhere_joins_at_the_next_question(
    start_bot: StartBot, see_answer: object
) -> None:
    """A new pupil who saw the answer to the open question in another class or a group joins at the next question."""
    teacher = Teacher(await start_bot(bank_in_order(replace(PROTECTED, topic="life"), replace(HEART, topic="life"))))
    await teacher.opens(BY_HAND)
    await seat_pupils(teacher, "Ben")
    ann = Pupil(teacher.bot, "Ann")
    await teacher.leads("start")
    await see_answer(teacher, ann)  # type: ignore[operator]
    replies = await ann.joins(teacher.code)
    assert words("seat.left_round", round=1, of=2) in text_of(replies[-1])
    assert teacher.state().awaited == 1
    await teacher.leads("close", "next")
    assert teacher.question().stem in ann.transcript(replies[-1])


@pytest.mark.parametrize("saw_answer", [True, False])
async def test_a_removed_co_host_is_not_asked_a_question_whose_answer_they_saw(
    teacher: Teacher, *, saw_answer: bool
) -> None:
    """A removed co-host who takes their seat again joins the open round, unless they have seen its answer in a quiz."""
    (ann, _) = await seat_pupils(teacher, "Ann", "Ben")
    (hosts,) = await teacher.presses(words("host.hosts"))
    await ann.says(f"/start {teacher.payload(hosts)}")
    await teacher.leads("start")
    await teacher.presses(words("host.hosts"))
    await teacher.presses(words("host.remove_host", name="Ann"))
    if saw_answer:
        await ann.says("/quiz life 100")
        await finish_quiz(ann)
    replies = await ann.says(f"/start {teacher.code}")
    assert (words("seat.left_round", round=1, of=2) in text_of(replies[0])) == saw_answer
    assert teacher.pupil_rows()["Ann"].seat.open != saw_answer
