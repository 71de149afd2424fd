"""While a class lasts, whoever has a seat in it reads its answers in no other class, and in no group."""

from dataclasses import replace

import pytest
from bot_in_process import BotInProcess, StartBot
from group_chat import GroupChat
from learner import text_of, words
from pupils import BY_HAND, Pupil, Teacher, seat_pupils
from secrecy_bank import BANK, FREE, LIFE, takes_all
from whale_bank import HEART, NAME, PROTECTED, bank_in_order

from bot.core.question import Question


@pytest.fixture
async def bot(start_bot: StartBot) -> BotInProcess:
    """The bot on that bank."""
    return await start_bot(BANK)


@pytest.fixture
async def teacher(bot: BotInProcess) -> Teacher:
    """A teacher with an open class on life, led by hand."""
    made = Teacher(bot)
    await made.opens(LIFE, BY_HAND)
    return made


async def test_a_pupil_opens_no_class_on_the_questions_of_the_class(teacher: Teacher) -> None:
    """Whoever leads a class sees its answers: one that a pupil opens asks nothing of the class they have a seat in."""
    (ann,) = await seat_pupils(teacher, "Ann")
    await ann.says("/leave")
    own = Teacher(teacher.bot)
    own.id = ann.id
    await own.opens()
    assert set(own.state().questions) == {one.id for one in FREE}
    await ann.presses_forged("copen:life:10:0:0:0")
    assert text_of(ann.messages()[-1]) == words("quiz.after_class")


async def test_a_seat_needs_that_one_leads_no_class_on_the_same(teacher: Teacher) -> None:
    """Whoever leads a class on the same sentences is kindly asked to end it before taking a seat in another."""
    other = Teacher(teacher.bot, "Mr Ray")
    await other.opens("Body", BY_HAND)
    (told,) = await other.says(f"/start {teacher.code}")
    assert text_of(told) == words("class.leads_same")
    await other.leads("end", "end_yes")
    (asked,) = await other.says(f"/start {teacher.code}")
    assert words("seat.nickname") in text_of(asked)


async def test_a_second_class_on_the_same_questions_ends_the_first_seat(teacher: Teacher) -> None:
    """A pupil who moves to a class with some of the same questions cannot go back unless the teacher allows it."""
    other = Teacher(teacher.bot, "Mr Ray")
    await other.opens("Body", BY_HAND)
    (ann,) = await seat_pupils(teacher, "Ann")
    await teacher.leads("start")
    moved, seated = await ann.joins(other.code)
    assert text_of(moved) == words("class.moved")
    assert text_of(seated).startswith(words("seat.welcome", name="Ann"))
    assert (teacher.pupil_rows()["Ann"].seat.removed, teacher.state().awaited) == (True, 0)
    (told,) = await ann.says(f"/start {teacher.code}")
    assert text_of(told) == words("class.removed")
    for press in (words("host.pupils"), "🚪 Ann", words("host.readmit")):
        await teacher.presses(press)
    moved, back = await ann.says(f"/start {teacher.code}")
    assert text_of(moved) == words("class.moved")
    assert text_of(back).startswith(words("seat.back", name="Ann"))
    assert other.pupil_rows()["Ann"].seat.removed


async def test_classes_on_different_sentences_leave_one_another_alone(bot: BotInProcess) -> None:
    """A pupil may have seats in two classes that share no sentence, and both keep their questions from them."""
    teacher, other = Teacher(bot), Teacher(bot, "Mr Ray")
    await teacher.opens(LIFE, BY_HAND)
    bot.bank = replace(BANK, questions=(*BANK.questions[:2], *BANK.questions[3:]))
    await bot.restart()
    await other.opens("Body", BY_HAND)
    (ann,) = await seat_pupils(teacher, "Ann")
    await ann.joins(other.code)
    assert not teacher.pupil_rows()["Ann"].seat.removed
    await ann.says("/leave")
    (told,) = await ann.says("/quiz 100")
    assert text_of(told) == words("quiz.after_class")
    await other.leads("end", "end_yes")
    await ann.says("/quiz 100")
    assert set(await takes_all(ann)) == {one.id for one in FREE}


async def test_a_vote_in_a_group_is_a_seat(bot: BotInProcess) -> None:
    """A first vote in a group takes the quiz's questions out of the voter's own quiz, the open one at once."""
    group = GroupChat(bot)
    ben = group.pupils[0]
    await ben.says("/quiz 100")
    while ben.question().id != "protected":
        await ben.presses(words("question.skip"))
    await group.starts(f"{LIFE} (1)", words("group.untimed"))
    await group.vote("-")
    assert not [poll for poll in ben.polls() if PROTECTED.stem in poll.question.text]
    assert {"protected", "year"}.isdisjoint(await takes_all(ben))
    (told,) = await ben.says("/quiz life 100")
    assert HEART.stem in text_of(told)
    await ben.presses(words("question.skip"))
    await group.leads(words("control.close"))
    await group.leads(words("control.finish"))
    await ben.says("/quiz life 100")
    assert set(await takes_all(ben)) == {"heart", "protected"}


async def test_a_pupil_starts_no_group_quiz_on_the_questions_of_the_class(teacher: Teacher) -> None:
    """A quiz that somebody with a seat starts in a group asks none of the class's questions."""
    group = GroupChat(teacher.bot)
    await Pupil.joins(group.teacher, teacher.code)  # type: ignore[arg-type] - anybody can join
    await group.starts(words("group.untimed"))
    assert set(group.state().questions) == {"largest", "food"}
    await group.leads(words("control.end"))
    await group.leads(words("control.end_yes"))
    (told,) = await group.starts(f"{LIFE} (1)")
    assert text_of(told) == words("group.after_class")


async def test_a_vote_on_the_same_question_in_a_group_ends_the_seat(teacher: Teacher) -> None:
    """Telegram marks a vote in a group at once, so whoever votes there on the same question is out of the class."""
    group = GroupChat(teacher.bot)
    await group.starts(f"{LIFE} (1)", words("group.untimed"))
    ben = Pupil.__new__(Pupil)
    ben.__dict__.update(group.pupils[0].__dict__)
    await ben.joins(teacher.code)
    await teacher.leads("start")
    await group.vote("+")
    assert text_of(ben.messages()[-1]) == words("class.moved")
    assert teacher.pupil_rows()["Ben"].seat.removed


async def test_a_class_of_ones_own_opened_before_the_nickname_is_in_the_way_too(teacher: Teacher) -> None:
    """Whoever gives the code, opens a class on the same questions and then wants a seat is asked to end that class."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says(f"/start {teacher.code}")
    await ann.presses_forged("copen:body:10:0:0:0")
    (told,) = await ann.says("Ann")
    assert text_of(told) == words("class.leads_same")
    assert teacher.pupil_rows().keys() <= {""}


@pytest.mark.parametrize("asked", [HEART, NAME])
async def test_a_text_in_the_lobby_answers_no_question_of_the_class(start_bot: StartBot, asked: Question) -> None:
    """A written question that a quiz alone asked while a nickname was awaited shows nothing to whoever has the seat."""
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
    said = await ann.says("7")
    assert not any(asked.why in text_of(one) for one in said)
    assert asked.id not in ann.marks()


async def opens_a_class(teacher: Teacher, ann: Pupil) -> None:
    """Open a class on the same questions, see both answers, and end it."""
    own = Teacher(teacher.bot)
    own.id = ann.id
    await own.opens(LIFE, BY_HAND)
    await seat_pupils(own, "Cyd")
    await own.leads("start", "close", "next", "close", "end", "end_yes")


async def attends_a_class(teacher: Teacher, ann: Pupil) -> None:
    """Take part in a class of another teacher on the same questions, to its end."""
    other = Teacher(teacher.bot, "Mr Ray")
    await other.opens(LIFE, BY_HAND)
    await ann.joins(other.code)
    await other.leads("start", "close", "next", "close", "end", "end_yes")


async def votes_in_a_group(teacher: Teacher, ann: Pupil) -> None:
    """Vote in a group, where Telegram shows at once what is right."""
    group = GroupChat(teacher.bot, ("Ann",))
    ann.__dict__.update(group.pupils[0].__dict__)
    await group.starts(f"{LIFE} (1)", words("group.untimed"))
    await group.vote("+")


@pytest.mark.parametrize("reads", [opens_a_class, attends_a_class, votes_in_a_group])
async def test_a_newcomer_who_was_told_the_answer_in_another_class_joins_at_the_next_question(
    start_bot: StartBot, reads: object
) -> None:
    """The open question is not asked of a newcomer to whom another class told its answer since this one was opened."""
    teacher = Teacher(await start_bot(bank_in_order(replace(PROTECTED, topic="life"), replace(HEART, topic="life"))))
    await teacher.opens(BY_HAND)
    await seat_pupils(teacher, "Ben")
    ann = Pupil(teacher.bot, "Ann")
    await teacher.leads("start")
    await reads(teacher, ann)  # type: ignore[operator]
    said = await ann.joins(teacher.code)
    assert words("seat.left_round", round=1, of=2) in text_of(said[-1])
    assert teacher.state().awaited == 1
    await teacher.leads("close", "next")
    assert teacher.question().stem in ann.transcript(said[-1])


@pytest.mark.parametrize("reads", [True, False])
async def test_a_co_host_who_takes_the_seat_back_is_not_asked_what_was_read_meanwhile(
    teacher: Teacher, *, reads: bool
) -> None:
    """Whoever led the class for a while and then sits in it again takes part at once, unless the answer was read."""
    (ann, _) = await seat_pupils(teacher, "Ann", "Ben")
    (hosts,) = await teacher.presses(words("host.hosts"))
    await ann.says(f"/start {teacher.payload(hosts)}")
    await teacher.leads("start")
    await teacher.presses(words("host.hosts"))
    await teacher.presses(words("host.remove_host", name="Ann"))
    if reads:
        await ann.says("/quiz life 100")
        await takes_all(ann)
    said = await ann.says(f"/start {teacher.code}")
    assert (words("seat.left_round", round=1, of=2) in text_of(said[0])) == reads
    assert teacher.pupil_rows()["Ann"].seat.open != reads
