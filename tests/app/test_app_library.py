"""The library: prompts are stable within a round, and quotes are found in their sentences."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import question, whole_banks

from bot.app.library import Library, prompt_of
from bot.core.question import Bank, Passage, Topic


@given(whole_banks(), st.integers(1, 10**9), st.integers(1, 100))
def test_a_prompt_is_the_same_each_time_in_a_round(bank: Bank, session: int, round_number: int) -> None:
    """In one round of one session the options of a question always have the same order."""
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
def test_the_sentence_around_a_quote_has_three_parts(text: str, quote: str, expected: tuple[str, str, str]) -> None:
    """A quote is returned within its sentence, as the passage spells it; a missing quote stands alone."""
    quoting = replace(question("q0"), quote=quote)
    reading = (Passage("passage", "Passage", text),)
    bank = Bank("A bank", "en", "", "", reading, (Topic("bodies", "Bodies"),), (quoting,))
    assert Library(bank).sentence(quoting) == expected
    assert Library(bank).sentence(replace(quoting, passage="taken-out")) == ("", quote, "")


def test_questions_on_one_sentence_are_found_together() -> None:
    """Questions are grouped if their quotes share a sentence of the passage, or are the same missing quote."""
    text = "In Geneva it began. In Vienna it went on. In Paris it ended."
    quotes = {
        "a": "Geneva",
        "b": "it began",
        "c": "began. In Vienna",
        "d": "went on",
        "e": "Paris",
        "f": "Rome",
        "g": "Rome",
    }
    reading = (Passage("passage", "Passage", text), Passage("other", "Other", text))
    questions = [replace(question(name), quote=quote) for name, quote in quotes.items()]
    questions.append(replace(question("h"), quote="Geneva", passage="other"))
    library = Library(Bank("A bank", "en", "", "", reading, (Topic("bodies", "Bodies"),), tuple(questions)))
    together = {one: "".join(sorted(library.on_same_sentences([one]))) for one in "abcdefgh"}
    assert together == {"a": "abc", "b": "abc", "c": "abcd", "d": "cd", "e": "e", "f": "fg", "g": "fg", "h": "h"}
    assert library.on_same_sentences(["gone", "e"]) == {"gone", "e"}
