"""Class codes and join links as pupils send them: which ones join, mistyped ones, and texts that are answers."""

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
    """A code with punctuation around it, after a word or in a pasted link joins: the bot asks for a nickname."""
    name = teacher.world.bot.username
    for typed in (teacher.code, teacher.code.lower()):
        (reply,) = await Pupil(teacher.bot, "Ann").says(shape.format(typed, name=name))
        assert text_of(reply).startswith(words("seat.nickname")), typed


async def test_a_code_with_separators_joins(teacher: Teacher) -> None:
    """A code with spaces or hyphens in it joins after the word "code" and after /join."""
    spread = "-".join(teacher.code)
    for typed in (f"Код {spread}", f"/join {spread}", f"/join code {' '.join(teacher.code)}"):
        (reply,) = await Pupil(teacher.bot, "Ann").says(typed)
        assert text_of(reply).startswith(words("seat.nickname")), typed


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_pasted_invitation_of_the_teacher_joins(start_bot: StartBot, language: str) -> None:
    """The whole message that a teacher forwards, with code and link, joins in every language."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)), language=language)
    await teacher.says("/class")
    messages = await teacher.presses(words("host.open", language))
    teacher.code = teacher.payload(next(one for one in messages if one.content.photo))
    replies = [caption_of(one) or text_of(one) for one in messages]
    for text in (one for one in replies if teacher.code in one.replace(" ", "") and len(one) <= 200):
        (reply,) = await Pupil(teacher.bot, "Ann").says(text)
        assert text_of(reply).startswith(words("seat.nickname")), text
    assert any("?start=" in one for one in replies)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "way", ["{}", "/join {}", "/start {}", "#{}.", "Код {}", "https://t.me/quiz_bot?start={}", "/{}"]
)
async def test_a_mistyped_code_is_named_in_the_reply(teacher: Teacher, way: str, language: str) -> None:
    """A code with a character that no code has, or with one too few or too many, is repeated in the reply."""
    ann = Pupil(teacher.bot, "Ann", language)
    code = teacher.code
    for typed in (f"{code[:5]}Q", f"{code[:5]}0", code[:5], f"{code}7", f"8{code[1:]}"):
        if way != "/{}":
            (reply,) = await ann.says(way.format(typed))
            assert text_of(reply) == words("class.unknown_code", language, code=typed), typed
    assert teacher.pupil_rows() == {}


async def test_the_reply_to_an_unknown_code_names_it() -> None:
    """The reply to an unknown code names the code and what to do."""
    assert words("class.unknown_code", code="R9CRTQ") == (
        "No open class has the code R9CRTQ. Check the code and try again."
    )


async def test_a_written_answer_is_not_read_as_a_code(start_bot: StartBot) -> None:
    """While a question waits for a written answer, every text is an answer, but a pasted link still joins."""
    teacher = Teacher(await start_bot(bank_in_order(NAME, NAME)))
    await teacher.opens()
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 1")
    await ann.says("R9CRTQ")
    assert ann.marks() == {"name": False}
    ben = Pupil(teacher.bot, "Ben")
    await ben.says("/quiz 1")
    (reply,) = await ben.says(f"https://t.me/{teacher.world.bot.username}?start={teacher.code}")
    assert text_of(reply).startswith(words("seat.nickname"))
    assert ben.marks() == {}


async def test_a_text_during_a_poll_is_not_read_as_a_code(start_bot: StartBot) -> None:
    """A word, an abbreviation or an option's text, typed instead of a tap on an option, is not read as a code."""
    teacher = Teacher(await start_bot(bank_in_order(LARGEST)))
    await teacher.opens()
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 1")
    for typed in ("French", "The blue whale", "РСФСР", "twelfth", "1991", "9 March", "779797", "7 cm 9 mm"):
        (reply,) = await ann.says(typed)
        assert text_of(reply) == words("expected.option"), typed
    (reply,) = await ann.says("R9CRTQ")
    assert text_of(reply) == words("class.unknown_code", code="R9CRTQ")
    (reply,) = await ann.says(f"({teacher.code})")
    assert text_of(reply).startswith(words("seat.nickname"))


async def test_a_text_in_a_class_is_not_read_as_a_code(start_bot: StartBot) -> None:
    """A word that a seated pupil writes is not read as a code: the bot tells them what the class waits for."""
    teacher = Teacher(await start_bot(bank_in_order(FOOD, NAME)))
    await teacher.opens()
    (ann,) = await seat_pupils(teacher, "Ann")
    for typed in ("French", "РСФСР", "thirty"):
        (reply,) = await ann.says(typed)
        assert text_of(reply) == words("class.wait"), typed


@pytest.mark.parametrize("typed", ["CCCCCQ", "#CCCCC.", "Код CCCCCC8"])
async def test_mistyped_codes_count_as_wrong_codes(teacher: Teacher, typed: str) -> None:
    """After ten mistyped codes the bot reads no code for half a minute, in any form."""
    ann = Pupil(teacher.bot, "Ann")
    for _ in range(10):
        await ann.says(typed)
    for sent in (typed, f"({teacher.code})", f"https://t.me/quiz_bot?start={teacher.code}"):
        (reply,) = await ann.says(sent)
        assert text_of(reply) == words("class.code_wait", time="30 seconds"), sent


async def test_right_codes_in_any_form_are_not_limited(teacher: Teacher) -> None:
    """A pupil who sends the right code in many forms is never asked to wait."""
    ann = Pupil(teacher.bot, "Ann")
    for shape in SHAPES:
        (reply,) = await ann.says(shape.format(teacher.code, name=teacher.world.bot.username))
        assert text_of(reply).startswith(words("seat.nickname")), shape


async def test_after_a_wrong_code_the_bot_expects_another(teacher: Teacher) -> None:
    """A pupil who mistypes the requested code may send it again, even if a solo quiz waits for a written answer."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/quiz 3")
    await ann.votes("The blue whale")
    await ann.says("/join")
    for typed in ("CCCCCC", "CCCCCQ"):
        (reply,) = await ann.says(typed)
        assert text_of(reply) == words("class.unknown_code", code=typed)
    (reply,) = await ann.says(teacher.code)
    assert text_of(reply).startswith(words("seat.nickname"))
    assert ann.marks() == {"largest": True}


async def test_a_single_word_after_join_is_read_as_a_code(teacher: Teacher) -> None:
    """After /join, and without a quiz, a single word is an unknown code; a sentence is handled as any other text."""
    ann = Pupil(teacher.bot, "Ann")
    await ann.says("/join")
    (reply,) = await ann.says("hello")
    assert text_of(reply) == words("class.unknown_code", code="HELLO")
    (reply,) = await ann.says("I have no code")
    assert text_of(reply) == words("write.no_quiz")
    (reply,) = await ann.says("hello")
    assert text_of(reply) == words("write.no_quiz")


async def test_a_pasted_invitation_makes_a_co_host(teacher: Teacher) -> None:
    """A co-host link that is pasted into a message works as one that is followed."""
    other = Pupil(teacher.bot, "Mr Ray")
    await teacher.presses_forged(f"invite:{teacher.session}")
    invitation = f"https://t.me/quiz_bot?start={teacher.class_row().invitation}"
    pasted = [text_of(one) for one in await other.says(f"Lead with me: {invitation}")]
    assert pasted
    assert words("write.no_quiz") not in pasted
    assert other.id in [host.person_id for host in teacher.class_row().hosts.people]
