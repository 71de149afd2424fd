"""Long texts are told whole, in messages that Telegram takes."""

import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tg.views.paging import LONGEST_MESSAGE, length, pages, pieces

_SIGNS = ("word", "Слово", "😀", "👩🏽‍🏫", "<b>&amp;", "é", "x" * 40)
_ENDS = (" ", ". ", "! ", "… ", "\n", "\n\n", "\u2003")
long_text = st.lists(st.sampled_from((*_SIGNS, *_ENDS)), max_size=300).map("".join)
"""Text with every kind of place to cut it, and signs that count as two."""


def squeezed(text: str) -> str:
    """Leave the white space out."""
    return "".join(text.split())


def shown(html: str) -> str:
    """Return the text that a reader sees."""
    return unescape(re.sub(r"<[^>]*>", "", html))


@given(long_text, st.integers(4, 300))
def test_pieces_hold_the_whole_text(text: str, limit: int) -> None:
    """The pieces of a text fit, are not empty and contain everything but white space."""
    cut = list(pieces(text, limit))
    assert squeezed("".join(cut)) == squeezed(text)
    assert all(0 < length(piece) <= limit for piece in cut)
    assert all(piece == piece.strip() for piece in cut)


@given(long_text, st.integers(4, 300))
def test_no_sign_is_cut_in_two(text: str, limit: int) -> None:
    """A sign that counts as two (an emoji) is in one piece."""
    for piece in pieces(text, limit):
        assert piece.encode("utf-16-le").decode("utf-16-le") == piece


def test_a_text_is_cut_where_a_sentence_ends() -> None:
    """Where a sentence ends, the cut is there; else between words; else within a word that is too long for a piece."""
    assert list(pieces("One two. Three four five", 15)) == ["One two.", "Three four five"]
    assert list(pieces("One two three four", 10)) == ["One two", "three four"]
    assert list(pieces("x" * 25, 10)) == ["x" * 10, "x" * 10, "x" * 5]
    assert list(pieces("😀" * 7, 10)) == ["😀" * 5, "😀" * 2]
    assert list(pieces(" \n ", 10)) == []


@given(st.lists(st.tuples(st.sampled_from(("{}", "<b>{}</b>", "<i>{}</i>")), long_text), max_size=12))
def test_pages_hold_every_paragraph(told: list[tuple[str, str]]) -> None:
    """Paragraphs come in order, each whole on one page, and every page fits a message as its reader sees it."""
    paragraphs = [form.format(escape(piece, quote=False)) for form, text in told for piece in pieces(text)]
    made = pages(paragraphs)
    assert "\n\n".join(made) == "\n\n".join(paragraphs)
    assert all(0 < length(shown(page)) <= LONGEST_MESSAGE for page in made)


def test_pages_are_as_few_as_may_be() -> None:
    """A page is filled to the last sign, signs that HTML writes longer counting as one, before another is begun."""
    assert pages(["&lt;" * 2000, "y" * 2094]) == ["&lt;" * 2000 + "\n\n" + "y" * 2094]
    assert len(pages(["&lt;" * 2000, "y" * 2095])) == 2
    assert pages(["", "a", ""]) == ["a"]


@pytest.mark.parametrize(("text", "expected"), [("", 0), ("abc", 3), ("é", 1), ("я", 1), ("😀", 2), ("日本", 2)])
def test_length_is_counted_as_telegram_does(text: str, expected: int) -> None:
    """Characters are counted in UTF-16 units (Bot API, MessageEntity)."""
    assert length(text) == expected
