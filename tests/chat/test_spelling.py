"""Beside right and wrong a learner is told how a misspelt answer is written, and how many of several were found."""

import pytest
from bot_in_process import StartBot
from learner import Learner, text_of, words
from pupils import open_class, seat_pupils
from whale_bank import FOOD, LARGEST, NAME, YEAR, bank_in_order

SPELLED = words("explanation.spelling", spelling="Balaenoptera musculus")
MISSPELT = "balaenoptera muscullus"


async def test_a_misspelt_answer_is_right_and_its_spelling_is_told(start_bot: StartBot) -> None:
    """Alone, the sentence comes after the sign and before the next question, and the answer counts."""
    ann = Learner(await start_bot(bank_in_order(NAME, YEAR)))
    await ann.says("/quiz 2")
    told, asked = await ann.says(MISSPELT)
    assert text_of(told) == SPELLED
    assert "It is written" in SPELLED
    assert YEAR.stem in text_of(asked)
    assert ann.marks() == {"name": True}


@pytest.mark.parametrize(
    "typed", ["Balaenoptera musculus", "balaenoptera MUSCULUS.", "It is the Balaenoptera musculus"]
)
async def test_another_writing_is_right_without_a_word(start_bot: StartBot, typed: str) -> None:
    """Case, punctuation and the words around an answer are no misspelling."""
    ann = Learner(await start_bot(bank_in_order(NAME, YEAR)))
    await ann.says("/quiz 2")
    (asked,) = await ann.says(typed)
    assert YEAR.stem in text_of(asked)
    assert ann.marks() == {"name": True}


async def test_a_wrong_answer_names_no_spelling(start_bot: StartBot) -> None:
    """A wrong text is explained, and not called a misspelling."""
    ann = Learner(await start_bot(bank_in_order(NAME, YEAR)))
    await ann.says("/quiz 2")
    told, _ = await ann.says("Balaenoptera")
    assert text_of(told).startswith(words("explanation.wrong", solution="Blue whale"))
    assert words("explanation.spelling", spelling="") not in text_of(told)


async def test_a_class_learns_the_spelling_when_the_round_is_closed(start_bot: StartBot) -> None:
    """In a class the right form comes with the verdict; before that, a slip is taken like any other answer."""
    teacher = await open_class(start_bot, NAME, LARGEST)
    ann, ben, cid = await seat_pupils(teacher, "Ann", "Ben", "Cid")
    await teacher.leads("start")
    before = len(ann.messages())
    assert await ann.says(MISSPELT) == await ben.says("blue whale") == []
    assert len(ann.messages()) == before + 1
    assert "musculus" not in text_of(ann.messages()[-1])
    await teacher.leads("close")
    assert text_of(ann.messages()[-1]).startswith(SPELLED)
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
async def test_how_many_of_several_were_found_is_told(
    start_bot: StartBot, chosen: tuple[str, ...], right: int, wrong: int
) -> None:
    """Whoever chose wrongly among several, alone or in a class, learns how many right and wrong ones were chosen."""
    sentence = found(right, wrong)
    ann = Learner(await start_bot(bank_in_order(FOOD, YEAR)))
    await ann.says("/quiz 2")
    told, *_ = await ann.votes(*chosen)
    assert sentence in text_of(told)
    teacher = await open_class(start_bot, FOOD)
    (ben,) = await seat_pupils(teacher, "Ben")
    await teacher.leads("start")
    await ben.votes(*chosen)
    assert sentence in text_of(ben.messages()[-1])


async def test_all_of_several_are_not_counted(start_bot: StartBot) -> None:
    """Where every right option was chosen and no other, nothing more is told."""
    teacher = await open_class(start_bot, FOOD)
    (ben,) = await seat_pupils(teacher, "Ben")
    await teacher.leads("start")
    await ben.votes("Krill", "Small fish")
    assert "You found" not in ben.transcript()


def found(right: int, wrong: int) -> str:
    """Return the sentence on what was found."""
    if wrong:
        return words("explanation.found_and_wrong", right=right, of=2, wrong=wrong)
    return words("explanation.found", right=right, of=2)
