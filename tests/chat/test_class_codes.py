"""Codes and join links as pupils send them: what joins, what is told of a mistyped one, and what is an answer."""

import pytest
from bot_in_process import StartBot
from learner import text_of, words
from pupils import Pupil, Teacher, caption_of, seat_pupils
from whale_bank import FOOD, LARGEST, NAME, bank_in_order

from bot.i18n import LANGUAGES

SHAPES = (
    *(
        "{}.",
        "#{}",
        "({})",
        "Код {}",
        "code: {}",
        "«{}»",
        "/join {}.",
        "/join #{}",
        "/join code: {}",
        "/{}",
        "/start {}.",
    ),
    *(
        "https://t.me/{name}?start={}",
        "http://t.me/{name}?start={}.",
        "(t.me/{name}?start={})",
        "/join t.me/{name}?start={}",
    ),
    *(
        "tg://resolve?domain={name}&start={}",
        "Join us: https://t.me/{name}?start={} now",
        "/start https://t.me/{name}?start={}",
    ),
)


@pytest.mark.parametrize("shape", SHAPES)
async def test_a_code_joins_however_it_is_written(teacher: Teacher, shape: str) -> None:
    """A code with signs around it, behind a word or in a pasted link asks for the nickname in the class."""
    name = teacher.world.bot.username
    for typed in (teacher.code, teacher.code.lower()):
        (said,) = await Pupil(teacher.bot, "Ann").says(shape.format(typed, name=name))
        assert text_of(said).startswith(words("seat.nickname")), typed


async def test_a_spread_code_joins(teacher: Teacher) -> None:
    """A code with spaces or hyphens in it joins behind the word "code" and behind /join."""
    spread = "-".join(teacher.code)
    for typed in (f"Код {spread}", f"/join {spread}", f"/join code {' '.join(teacher.code)}"):
        (said,) = await Pupil(teacher.bot, "Ann").says(typed)
        assert text_of(said).startswith(words("seat.nickname")), typed


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_invitation_of_the_teacher_joins_when_it_is_pasted(start_bot: StartBot, language: str) -> None:
    """The whole message that the teacher passes on, with the code and the link, is read in every language."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)), language=language)
    await teacher.says("/class")
    made = await teacher.presses(words("host.open", language))
    teacher.code = teacher.payload(next(one for one in made if one.content.photo))
    told = [caption_of(one) or text_of(one) for one in made]
    for text in (one for one in told if teacher.code in one.replace(" ", "") and len(one) <= 200):
        (said,) = await Pupil(teacher.bot, "Ann").says(text)
        assert text_of(said).startswith(words("seat.nickname")), text
    assert any("?start=" in one for one in told)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "way", ["{}", "/join {}", "/start {}", "#{}.", "Код {}", "https://t.me/quiz_bot?start={}", "/{}"]
)
async def test_a_near_miss_is_told_with_its_code(teacher: Teacher, way: str, language: str) -> None:
    """A code with a sign that no code has, or with one too few or too many, is told as what was read."""
    ann = Pupil(teacher.bot, "Ann", language)
    code = teacher.code
    for typed in (f"{code[:5]}Q", f"{code[:5]}0", code[:5], f"{code}7", f"8{code[1:]}"):
        if way != "/{}":
            (said,) = await ann.says(way.format(typed))
            assert text_of(said) == words("class.unknown_code", language, code=typed), typed
    assert teacher.pupil_rows() == {}


async def test_the_words_for_an_unknown_code() -> None:
    """The sentence names the code and what to do."""
    assert words("class.unknown_code", code="R9CRTQ") == (
        "No open class has the code R9CRTQ. Check the code and try again."
    )


async def test_an_answer_in_writing_is_no_code(start_bot: StartBot) -> None:
    """While a question waits for words, whatever is typed is an answer, but a pasted link still joins."""
    teacher = Teacher(await start_bot(bank_in_order(NAME, NAME)))
    await teacher.opens()
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 1")
    await ann.says("R9CRTQ")
    assert ann.marks() == {"name": False}
    ben = Pupil(teacher.bot, "Ben")
    await ben.says("/quiz 1")
    (said,) = await ben.says(f"https://t.me/{teacher.world.bot.username}?start={teacher.code}")
    assert text_of(said).startswith(words("seat.nickname"))
    assert ben.marks() == {}


async def test_an_answer_to_a_poll_is_no_code(start_bot: StartBot) -> None:
    """What is typed instead of a tap on an option is no code, be it a word, an abbreviation or an option's text."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await teacher.opens()
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 1")
    for typed in ("French", "The blue whale", "РСФСР", "twelfth", "1991", "9 March", "779797", "7 cm 9 mm"):
        (said,) = await ann.says(typed)
        assert text_of(said) == words("expected.option"), typed
    (said,) = await ann.says("R9CRTQ")
    assert text_of(said) == words("class.unknown_code", code="R9CRTQ")
    (said,) = await ann.says(f"({teacher.code})")
    assert text_of(said).startswith(words("seat.nickname"))


async def test_an_answer_in_a_class_is_no_code(start_bot: StartBot) -> None:
    """In a class ordinary words are met with what the class waits for; a written answer is taken whatever it is."""
    teacher = Teacher(await start_bot(bank_in_order(FOOD, NAME)))
    await teacher.opens()
    (ann,) = await seat_pupils(teacher, "Ann")
    for typed in ("French", "РСФСР", "thirty"):
        (said,) = await ann.says(typed)
        assert text_of(said) == words("class.wait"), typed


@pytest.mark.parametrize("typed", ["CCCCCQ", "#CCCCC.", "Код CCCCCC8"])
async def test_near_misses_slow_down_like_wrong_codes(teacher: Teacher, typed: str) -> None:
    """After ten near misses no code is read for half a minute, in whatever shape it comes."""
    ann = Pupil(teacher.bot, "Ann")
    for _ in range(10):
        await ann.says(typed)
    for sent in (typed, f"({teacher.code})", f"https://t.me/quiz_bot?start={teacher.code}"):
        (said,) = await ann.says(sent)
        assert text_of(said) == words("class.code_wait", time="30 seconds"), sent


async def test_right_codes_in_any_shape_do_not_slow_down(teacher: Teacher) -> None:
    """Whoever sends the right code in many shapes is never asked to wait."""
    ann = Pupil(teacher.bot, "Ann")
    for shape in SHAPES:
        (said,) = await ann.says(shape.format(teacher.code, name=teacher.world.bot.username))
        assert text_of(said).startswith(words("seat.nickname")), shape


async def test_after_a_wrong_code_the_next_is_awaited(teacher: Teacher) -> None:
    """Whoever was asked for a code and slips may send it again, though a quiz alone waits for words."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 3")
    await ann.votes("The blue whale")
    await ann.says("/join")
    for typed in ("CCCCCC", "CCCCCQ"):
        (said,) = await ann.says(typed)
        assert text_of(said) == words("class.unknown_code", code=typed)
    (said,) = await ann.says(teacher.code)
    assert text_of(said).startswith(words("seat.nickname"))
    assert ann.marks() == {"largest": True}


async def test_a_single_word_is_a_code_where_one_was_asked_for(teacher: Teacher) -> None:
    """After /join, and without a quiz, a word is told as an unknown code; a sentence goes its usual way."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/join")
    (said,) = await ann.says("hello")
    assert text_of(said) == words("class.unknown_code", code="HELLO")
    (said,) = await ann.says("I have no code")
    assert text_of(said) == words("write.no_quiz")
    (said,) = await ann.says("hello")
    assert text_of(said) == words("write.no_quiz")


async def test_a_pasted_invitation_makes_a_co_host(teacher: Teacher) -> None:
    """A link for co-hosts does the same pasted as followed."""
    other = Pupil(teacher.bot, "Mr Ray")
    await teacher.presses_forged(f"invite:{teacher.session}")
    invitation = f"https://t.me/quiz_bot?start={teacher.class_row().invitation}"
    pasted = [text_of(one) for one in await other.says(f"Lead with me: {invitation}")]
    assert pasted
    assert words("write.no_quiz") not in pasted
    assert other.id in [host.person_id for host in teacher.class_row().hosts.people]
