"""The library: a question is put alike whenever it is put, and what it quotes stands in its sentence."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import question, whole_banks

from bot.app.library import Library, prompt_of
from bot.core.question import Bank, Passage, Topic


@given(whole_banks(), st.integers(1, 10**9), st.integers(1, 100))
def test_a_question_is_put_alike_whenever_it_is_put(bank: Bank, session: int, round_number: int) -> None:
    """In one round of one session the options stand in one order, however often the question is put."""
    for one in bank.questions:
        assert prompt_of(one, session, round_number) == prompt_of(one, session, round_number)


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("One. In Geneva it was. Two.", "Geneva", ("In ", "Geneva", " it was.")),
        ("Geneva.", "geneva", ("", "Geneva", ".")),
        ("One. Two.", "Three", ("", "Three", "")),
    ],
)
def test_the_sentence_around_a_quote_is_in_three_pieces(text: str, quote: str, expected: tuple[str, str, str]) -> None:
    """The quoted words are shown as the passage writes them, in their sentence; words it lacks stand alone."""
    quoting = replace(question("q0"), quote=quote)
    reading = (Passage("passage", "Passage", text),)
    bank = Bank("A bank", "en", "", "", reading, (Topic("bodies", "Bodies"),), (quoting,))
    assert Library(bank).sentence(quoting) == expected
    assert Library(bank).sentence(replace(quoting, passage="taken-out")) == ("", quote, "")
