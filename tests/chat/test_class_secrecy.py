"""While a class lasts, nobody who has a seat in it can read its answers anywhere else."""

import pytest
from bot_in_process import BotInProcess, StartBot
from learner import text_of, words
from pupils import BY_HAND, Pupil, Teacher, seat_pupils
from secrecy_bank import BANK, FREE, LIFE, WITHHELD, first_name, takes_all
from whale_bank import PROTECTED, make_bank


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


async def leaves(teacher: Teacher, pupil: Pupil) -> None:
    """Leave the class."""
    await pupil.says("/leave")
    assert not teacher.pupil_rows()[first_name(pupil)].is_here


async def is_removed(teacher: Teacher, pupil: Pupil) -> None:
    """Be taken out by the teacher."""
    for press in (words("host.pupils"), first_name(pupil), words("host.remove")):
        await teacher.presses(press)


async def is_removed_and_readmitted(teacher: Teacher, pupil: Pupil) -> None:
    """Be taken out and let back in, without coming back."""
    await is_removed(teacher, pupil)
    await teacher.presses(words("host.readmit"))


async def blocks(_teacher: Teacher, pupil: Pupil) -> None:
    """Block the bot, and let it in again."""
    await pupil.does(lambda: pupil.world.block_bot(pupil.id))
    await pupil.does(lambda: pupil.world.unblock_bot(pupil.id))


async def comes_back_and_leaves(teacher: Teacher, pupil: Pupil) -> None:
    """Leave, come back, and leave again."""
    await leaves(teacher, pupil)
    await pupil.says(f"/start {teacher.code}")
    await leaves(teacher, pupil)


WAYS_OUT = (leaves, is_removed, is_removed_and_readmitted, blocks, comes_back_and_leaves)


@pytest.mark.parametrize("goes", WAYS_OUT)
@pytest.mark.parametrize("moment", ["lobby", "question", "answer"])
async def test_the_questions_of_a_class_are_not_asked_alone(teacher: Teacher, goes: object, moment: str) -> None:
    """However and whenever a pupil goes out, a quiz alone asks none of the class's questions until the class ends."""
    ann, _ = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads(*{"lobby": (), "question": ("start",), "answer": ("start", "close")}[moment])
    before = ann.messages()[-1]
    await goes(teacher, ann)  # type: ignore[operator]
    await ann.says("/quiz 100")
    assert set(await takes_all(ann)) == {one.id for one in FREE}
    assert not any(one.stem in ann.transcript(before) for one in WITHHELD)
    (told,) = await ann.says("/quiz life 100")
    assert text_of(told) == words("quiz.after_class")
    assert ann.quiz() is None
    await teacher.leads("end", "end_yes")
    await ann.says("/quiz life 100")
    assert set(await takes_all(ann)) == {"heart", "protected"}


@pytest.mark.parametrize("enters_first", [True, False])
async def test_a_newcomer_who_looked_the_answer_up_joins_at_the_next_question(
    teacher: Teacher, *, enters_first: bool
) -> None:
    """Before the first seat nothing is withheld, but an open question whose answer was read alone is not asked."""
    ann = Pupil(teacher.bot, "Ann")
    await seat_pupils(teacher, "Ben")
    await teacher.leads("start")
    if enters_first:
        await ann.says(f"/start {teacher.code}")
    await ann.says("/quiz 100")
    assert set(await takes_all(ann)) == {one.id for one in BANK.questions}
    (seated,) = await ann.joins(teacher.code)
    assert words("seat.left_round", round=1, of=2) in text_of(seated)
    assert teacher.state().awaited == 1
    await teacher.leads("close", "next")
    assert teacher.question().stem in ann.transcript(seated)


async def test_a_quiz_drawn_before_the_class_leaves_its_questions_out(teacher: Teacher) -> None:
    """Questions of the class that were drawn before are neither asked nor counted while it lasts."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 100")
    await ann.joins(teacher.code)
    await ann.says("/leave")
    before = ann.messages()[-1]
    await ann.says("/quiz")
    await ann.presses(words("quiz.go_on"))
    await takes_all(ann)
    assert not any(one.stem in ann.transcript(before) for one in WITHHELD)
    assert text_of(ann.messages()[-1]).startswith(words("result.title", right=0, of=3))
    assert ann.marks().keys() <= {one.id for one in FREE}


async def test_an_open_poll_of_a_class_question_is_taken_away(teacher: Teacher) -> None:
    """Every copy of the open question of a quiz alone disappears when its learner takes a seat where it is asked."""
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


async def test_a_question_on_its_way_is_taken_away_too(start_bot: StartBot) -> None:
    """Whoever asks for a quiz and for a seat in one breath has no open question of the class in the chat."""
    teacher = Teacher(await start_bot(make_bank(PROTECTED)))
    await teacher.opens(BY_HAND)
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/start")

    def ask_for_both() -> None:
        ann.world.send_text(ann.id, ann.id, "/quiz 1")
        ann.world.send_text(ann.id, ann.id, f"/start {teacher.code}")
        ann.world.send_text(ann.id, ann.id, "Ann")

    await ann.does(ask_for_both)
    assert teacher.pupil_rows()["Ann"].is_here
    assert ann.polls() == []


async def test_a_question_given_up_leaves_no_poll(teacher: Teacher) -> None:
    """The unanswered poll of a quiz that was given up is taken away too: nobody can keep one for a class."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz life 100")
    while ann.question().id != "protected":
        await ann.presses(words("question.skip"))
    await ann.says("/quiz")
    await ann.presses(words("quiz.new"))
    assert [poll for poll in ann.polls() if PROTECTED.stem in poll.question.text]
    await ann.joins(teacher.code)
    assert not [poll for poll in ann.polls() if PROTECTED.stem in poll.question.text]


async def test_a_poll_too_old_to_delete_counts_for_nothing(teacher: Teacher) -> None:
    """Telegram lets no bot delete after two days: a vote in such a poll is not counted, and nothing is explained."""
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
    (told,) = await ann.votes_in(ann.polls()[-1], 0)
    assert text_of(told) == words("vote.in_class")
    assert "protected" not in ann.marks()


@pytest.mark.parametrize("question", ["heart", "protected", "year"])
async def test_skipping_shows_no_answer_of_the_class(teacher: Teacher, question: str) -> None:
    """The Skip button of a question asked before the class shows nothing; the quiz goes on with what may be asked."""
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
    said = await ann.presses_forged(f"skip:{quiz.id}:{quiz.state.round}")
    heard = "\n".join(map(ann.full_text, said))
    assert not any(one.why in heard for one in WITHHELD)
    if free := [one for one in FREE if one.id in left]:
        assert any(one.stem in heard for one in free)
    else:
        assert heard == words("quiz.after_class")


async def test_what_was_missed_is_practised_after_the_class(teacher: Teacher) -> None:
    """To practise what was missed asks none of the class's questions, and nothing where all of it is the class's."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.takes_quiz("/quiz life 100", wrongly=(1, 2))
    message, data = ann.button(words("result.practise"))
    await ann.joins(teacher.code)
    await ann.says("/leave")
    (told,) = await ann.does(lambda: ann.world.press_button(ann.id, ann.id, message.id, data))
    assert text_of(told) == words("quiz.after_class")
    await teacher.leads("end", "end_yes")
    await ann.does(lambda: ann.world.press_button(ann.id, ann.id, message.id, data))
    assert set(await takes_all(ann)) == {"heart", "protected"}


async def test_a_quiz_of_nothing_else_waits_for_the_end_of_the_class(teacher: Teacher) -> None:
    """A quiz of which the class withholds all that is left is kept, and goes on when the class is over."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz life 100")
    await ann.joins(teacher.code)
    await ann.says("/leave")
    await ann.says("/quiz")
    (told,) = await ann.presses(words("quiz.go_on"))
    assert text_of(told) == words("quiz.after_class")
    await teacher.leads("end", "end_yes")
    await ann.says("/quiz")
    await ann.presses(words("quiz.go_on"))
    assert set(await takes_all(ann)) == {"heart", "protected"}
