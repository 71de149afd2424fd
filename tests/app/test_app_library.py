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


def test_questions_on_one_sentence_belong_together() -> None:
    """Questions belong together whose quotes stand in one sentence of one passage, or share one where they span two."""
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
