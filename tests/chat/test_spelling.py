"""Feedback beside the mark: the spelling of a misspelt answer, and how many of several options were found."""

import pytest
from bot_in_process import StartBot
from learner import Learner, text_of, words
from pupils import open_class, seat_pupils
from whale_bank import FOOD, LARGEST, NAME, YEAR, bank_in_order

SPELLING_NOTE = words("explanation.spelling", spelling="Balaenoptera musculus")
MISSPELT = "balaenoptera muscullus"


async def test_a_misspelt_answer_is_right_and_its_spelling_is_shown(start_bot: StartBot) -> None:
    """A misspelt answer counts, and its spelling is shown before the next question."""
    ann = Learner(await start_bot(bank_in_order(NAME, YEAR)))
    await ann.says("/quiz 2")
    reply, asked = await ann.says(MISSPELT)
    assert text_of(reply) == SPELLING_NOTE
    assert "It is written" in SPELLING_NOTE
    assert YEAR.stem in text_of(asked)
    assert ann.marks() == {"name": True}


@pytest.mark.parametrize(
    "typed", ["Balaenoptera musculus", "balaenoptera MUSCULUS.", "It is the Balaenoptera musculus"]
)
async def test_case_and_punctuation_are_no_misspelling(start_bot: StartBot, typed: str) -> None:
    """Other case, punctuation or words around an answer cause no note on its spelling."""
    ann = Learner(await start_bot(bank_in_order(NAME, YEAR)))
    await ann.says("/quiz 2")
    (asked,) = await ann.says(typed)
    assert YEAR.stem in text_of(asked)
    assert ann.marks() == {"name": True}


async def test_a_wrong_answer_is_no_misspelling(start_bot: StartBot) -> None:
    """A wrong text is explained, without a note on spelling."""
    ann = Learner(await start_bot(bank_in_order(NAME, YEAR)))
    await ann.says("/quiz 2")
    reply, _ = await ann.says("Balaenoptera")
    assert text_of(reply).startswith(words("explanation.wrong", solution="Blue whale"))
    assert words("explanation.spelling", spelling="") not in text_of(reply)


async def test_a_class_sees_the_spelling_when_the_round_is_closed(start_bot: StartBot) -> None:
    """A misspelt answer in a class gets the right spelling with the mark, when the round is closed."""
    teacher = await open_class(start_bot, NAME, LARGEST)
    ann, ben, cid = await seat_pupils(teacher, "Ann", "Ben", "Cid")
    await teacher.leads("start")
    before = len(ann.messages())
    assert await ann.says(MISSPELT) == await ben.says("blue whale") == []
    assert len(ann.messages()) == before + 1
    assert "musculus" not in text_of(ann.messages()[-1])
    await teacher.leads("close")
    assert text_of(ann.messages()[-1]).startswith(SPELLING_NOTE)
    assert NAME.why in text_of(ann.messages()[-1])
    assert text_of(ben.messages()[-1]).startswith(words("seat.right", solution="Blue whale"))
    assert text_of(cid.messages()[-1]).startswith(words("seat.silent", solution="Blue whale"))
    assert ann.marks() == {"name": True}


@pytest.mark.parametrize(
    ("chosen", "right", "wrong"),
    [
        (("Krill",), 1, 0),
        (("Krill", "Seals"), 1, 1),
        (("Krill", "Small fish", "Grass"), 2, 1),
        (("Seals", "Grass"), 0, 2),
    ],
)
async def test_the_number_of_right_and_wrong_choices_is_shown(
    start_bot: StartBot, chosen: tuple[str, ...], right: int, wrong: int
) -> None:
    """A wrong choice of several options, alone or in a class, is answered with how many were right and wrong."""
    sentence = found_sentence(right, wrong)
    ann = Learner(await start_bot(bank_in_order(FOOD, YEAR)))
    await ann.says("/quiz 2")
    reply, *_ = await ann.votes(*chosen)
    assert sentence in text_of(reply)
    teacher = await open_class(start_bot, FOOD)
    (ben,) = await seat_pupils(teacher, "Ben")
    await teacher.leads("start")
    await ben.votes(*chosen)
    assert sentence in text_of(ben.messages()[-1])


async def test_a_complete_choice_is_not_counted(start_bot: StartBot) -> None:
    """A choice of exactly the right options is answered without their number."""
    teacher = await open_class(start_bot, FOOD)
    (ben,) = await seat_pupils(teacher, "Ben")
    await teacher.leads("start")
    await ben.votes("Krill", "Small fish")
    assert "You found" not in ben.transcript()


def found_sentence(right: int, wrong: int) -> str:
    """Return the sentence on how many right and wrong options were chosen."""
    if wrong:
        return words("explanation.found_and_wrong", right=right, of=2, wrong=wrong)
    return words("explanation.found", right=right, of=2)
