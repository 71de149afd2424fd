"""While a live class lasts, its pupils cannot read its answers in a solo quiz."""

import pytest
from bot_in_process import BotInProcess, StartBot
from learner import text_of, words
from pupils import BY_HAND, Pupil, Teacher, seat_pupils
from secrecy_bank import BANK, FREE, LIFE, WITHHELD, finish_quiz, first_name
from whale_bank import PROTECTED, make_bank


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


async def leaves(teacher: Teacher, pupil: Pupil) -> None:
    """Leave the class."""
    await pupil.says("/leave")
    assert not teacher.pupil_rows()[first_name(pupil)].is_here


async def is_removed(teacher: Teacher, pupil: Pupil) -> None:
    """Remove the pupil as the teacher."""
    for press in (words("host.pupils"), first_name(pupil), words("host.remove")):
        await teacher.presses(press)


async def is_removed_and_readmitted(teacher: Teacher, pupil: Pupil) -> None:
    """Remove and readmit the pupil as the teacher; the pupil does not come back."""
    await is_removed(teacher, pupil)
    await teacher.presses(words("host.readmit"))


async def blocks(_teacher: Teacher, pupil: Pupil) -> None:
    """Block the bot and unblock it."""
    await pupil.does(lambda: pupil.world.block_bot(pupil.id))
    await pupil.does(lambda: pupil.world.unblock_bot(pupil.id))


async def comes_back_and_leaves(teacher: Teacher, pupil: Pupil) -> None:
    """Leave, come back, and leave again."""
    await leaves(teacher, pupil)
    await pupil.says(f"/start {teacher.code}")
    await leaves(teacher, pupil)


WAYS_TO_LEAVE = (leaves, is_removed, is_removed_and_readmitted, blocks, comes_back_and_leaves)


@pytest.mark.parametrize("leave", WAYS_TO_LEAVE)
@pytest.mark.parametrize("phase", ["lobby", "question", "answer"])
async def test_a_solo_quiz_asks_no_question_of_the_class(teacher: Teacher, leave: object, phase: str) -> None:
    """A solo quiz of a pupil who left the class, in any phase and way, asks none of its questions until it ends."""
    ann, _ = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads(*{"lobby": (), "question": ("start",), "answer": ("start", "close")}[phase])
    before = ann.messages()[-1]
    await leave(teacher, ann)  # type: ignore[operator]
    await ann.says("/quiz 100")
    assert set(await finish_quiz(ann)) == {one.id for one in FREE}
    assert not any(one.stem in ann.transcript(before) for one in WITHHELD)
    (reply,) = await ann.says("/quiz life 100")
    assert text_of(reply) == words("quiz.after_class")
    assert ann.quiz() is None
    await teacher.leads("end", "end_yes")
    await ann.says("/quiz life 100")
    assert set(await finish_quiz(ann)) == {"heart", "protected"}


@pytest.mark.parametrize("enters_first", [True, False])
async def test_a_new_pupil_who_has_seen_the_answer_joins_at_the_next_question(
    teacher: Teacher, *, enters_first: bool
) -> None:
    """A new pupil whose solo quiz has shown the answer to the open question joins the class at the next question."""
    ann = Pupil(teacher.bot, "Ann")
    await seat_pupils(teacher, "Ben")
    await teacher.leads("start")
    if enters_first:
        await ann.says(f"/start {teacher.code}")
    await ann.says("/quiz 100")
    assert set(await finish_quiz(ann)) == {one.id for one in BANK.questions}
    (seated,) = await ann.joins(teacher.code)
    assert words("seat.left_round", round=1, of=2) in text_of(seated)
    assert teacher.state().awaited == 1
    await teacher.leads("close", "next")
    assert teacher.question().stem in ann.transcript(seated)


async def test_a_quiz_started_before_the_class_skips_its_questions(teacher: Teacher) -> None:
    """A solo quiz that was started before the class neither asks nor counts the class's questions while it lasts."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 100")
    await ann.joins(teacher.code)
    await ann.says("/leave")
    before = ann.messages()[-1]
    await ann.says("/quiz")
    await ann.presses(words("quiz.go_on"))
    await finish_quiz(ann)
    assert not any(one.stem in ann.transcript(before) for one in WITHHELD)
    assert text_of(ann.messages()[-1]).startswith(words("result.title", right=0, of=3))
    assert ann.marks().keys() <= {one.id for one in FREE}


async def test_an_open_poll_of_a_class_question_is_deleted(teacher: Teacher) -> None:
    """All copies of the open question of a solo quiz are deleted when its learner joins a class that asks it."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 100")
    while ann.question().id != "protected":
        await ann.presses(words("question.skip"))
    await teacher.bot.advance(minutes=1)
    await ann.says("/quiz")
    await ann.presses(words("quiz.go_on"))
    copies = [poll for poll in ann.polls() if PROTECTED.stem in poll.question.text]
    assert len(copies) == 2
    await ann.joins(teacher.code)
    assert not [poll for poll in ann.polls() if PROTECTED.stem in poll.question.text]


async def test_a_question_being_sent_is_deleted_too(start_bot: StartBot) -> None:
    """A pupil who starts a quiz and joins a class at the same time keeps no open question of the class in the chat."""
    teacher = Teacher(await start_bot(make_bank(PROTECTED)))
    await teacher.opens(BY_HAND)
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/start")

    def start_and_join() -> None:
        ann.world.send_text(ann.id, ann.id, "/quiz 1")
        ann.world.send_text(ann.id, ann.id, f"/start {teacher.code}")
        ann.world.send_text(ann.id, ann.id, "Ann")

    await ann.does(start_and_join)
    assert teacher.pupil_rows()["Ann"].is_here
    assert ann.polls() == []


async def test_the_poll_of_an_abandoned_quiz_is_deleted(teacher: Teacher) -> None:
    """The unanswered poll of an abandoned quiz is deleted when its learner joins, so that it is of no use in class."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz life 100")
    while ann.question().id != "protected":
        await ann.presses(words("question.skip"))
    await ann.says("/quiz")
    await ann.presses(words("quiz.new"))
    assert [poll for poll in ann.polls() if PROTECTED.stem in poll.question.text]
    await ann.joins(teacher.code)
    assert not [poll for poll in ann.polls() if PROTECTED.stem in poll.question.text]


async def test_a_vote_in_a_poll_too_old_to_delete_does_not_count(teacher: Teacher) -> None:
    """A vote in a poll of over two days, which Telegram does not let bots delete, is neither counted nor explained."""
    ann = Pupil(teacher.bot, "Ann")
    await teacher.leads("end", "end_yes")
    await ann.says("/quiz 100")
    while ann.question().id != "protected":
        await ann.presses(words("question.skip"))
    await teacher.bot.advance(hours=50)
    later = Teacher(teacher.bot, "Mr Ray")
    await later.opens(LIFE, BY_HAND)
    await ann.joins(later.code)
    await ann.says("/leave")
    (reply,) = await ann.votes_in(ann.polls()[-1], 0)
    assert text_of(reply) == words("vote.in_class")
    assert "protected" not in ann.marks()


@pytest.mark.parametrize("question", ["heart", "protected", "year"])
async def test_skipping_shows_no_answer_of_the_class(teacher: Teacher, question: str) -> None:
    """The Skip button of a question from before the class shows no answer; the quiz continues with other questions."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 100")
    while (asked := ann.question().id) != question:
        await ann.presses(words("question.skip"))
        assert ann.quiz(), asked
    quiz = ann.quiz()
    assert quiz
    left = quiz.state.questions[quiz.state.round :]
    await ann.joins(teacher.code)
    await ann.says("/leave")
    messages = await ann.presses_forged(f"skip:{quiz.id}:{quiz.state.round}")
    replies = "\n".join(map(ann.full_text, messages))
    assert not any(one.why in replies for one in WITHHELD)
    if free := [one for one in FREE if one.id in left]:
        assert any(one.stem in replies for one in free)
    else:
        assert replies == words("quiz.after_class")


async def test_missed_questions_can_be_practised_after_the_class(teacher: Teacher) -> None:
    """The button that repeats missed questions asks none of the class's questions before the class has ended."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.takes_quiz("/quiz life 100", wrongly=(1, 2))
    message, data = ann.button(words("result.practise"))
    await ann.joins(teacher.code)
    await ann.says("/leave")
    (reply,) = await ann.does(lambda: ann.world.press_button(ann.id, ann.id, message.id, data))
    assert text_of(reply) == words("quiz.after_class")
    await teacher.leads("end", "end_yes")
    await ann.does(lambda: ann.world.press_button(ann.id, ann.id, message.id, data))
    assert set(await finish_quiz(ann)) == {"heart", "protected"}


async def test_a_quiz_of_withheld_questions_waits_for_the_end_of_the_class(teacher: Teacher) -> None:
    """A solo quiz whose remaining questions are all withheld can be continued after the class has ended."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz life 100")
    await ann.joins(teacher.code)
    await ann.says("/leave")
    await ann.says("/quiz")
    (reply,) = await ann.presses(words("quiz.go_on"))
    assert text_of(reply) == words("quiz.after_class")
    await teacher.leads("end", "end_yes")
    await ann.says("/quiz")
    await ann.presses(words("quiz.go_on"))
    assert set(await finish_quiz(ann)) == {"heart", "protected"}
