"""Search for a quote in a passage and for the sentence around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text, phrases

from bot.core.quotation import find_quote, sentence_around, sentences_around

PASSAGE = (
    "The U.S. and others met in Geneva. Prince Zeid Ra’ad Al-Hussein (then High Commissioner) said:\n"
    "“This is  a café—no more.” Mr. J. Smith agreed, e.g. Kazakhstan did! Did the Council? It did… and more.\n\n"
    "A new paragraph без точки"
)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("met in Geneva", "met in Geneva"),
        ("  MET IN geneva\n", "met in Geneva"),
        ("Ra'ad al-hussein", "Ra’ad Al-Hussein"),
        ("said: 'This is a cafe-no more.'", "said:\n“This is  a café—no more.”"),
        ("u.s.", "U.S."),
        ("БЕЗ ТОЧКИ", "без точки"),
        ("more", "more"),
    ],
)
def test_a_quote_is_found_in_the_spelling_of_the_passage(quote: str, found: str) -> None:
    """Quotation marks, dashes, white space, case and accents may differ; the span is of the original passage."""
    span = find_quote(PASSAGE, quote)
    assert span is not None
    assert PASSAGE[slice(*span)] == found


@pytest.mark.parametrize("quote", ["met in Vienna", "eva", "Gen", "he", "", "…", " — ", "Geneva Prince"])
def test_missing_words_are_not_found(quote: str) -> None:
    """Other words, parts of words and punctuation alone are not found."""
    assert find_quote(PASSAGE, quote) is None


def test_a_match_inside_a_word_does_not_end_the_search() -> None:
    """The search continues after a match inside a word."""
    assert find_quote("A start is art", "art") == (11, 14)


def test_a_mark_belongs_to_its_letter() -> None:
    """In a decomposed text the span includes the accents."""
    assert find_quote("un cafe\u0301 noir", "café") == (3, 8)


def test_invisible_characters_are_ignored() -> None:
    """Soft hyphens and zero-width spaces do not hide a quote."""
    assert find_quote("in\u00adde\u200bpendent", "independent") == (0, 13)


@given(st.lists(phrases, min_size=1, max_size=8), st.data())
def test_any_words_of_a_passage_are_found_in_it(texts: list[str], data: st.DataObject) -> None:
    """A sequence of words is found with other case and spaces."""
    words = ". ".join(texts).split()
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quote = "\n ".join(words[first : last + 1]).upper()
    assert find_quote(" ".join(words), quote) is not None


@given(any_text, st.data())
def test_a_found_span_contains_the_quote(passage: str, data: st.DataObject) -> None:
    """If a part of a passage is found, the span contains it."""
    start = data.draw(st.integers(0, len(passage)))
    piece = passage[start : data.draw(st.integers(start, len(passage)))]
    span = find_quote(passage, piece)
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(passage)
        assert find_quote(passage[slice(*span)], piece) is not None


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        ("met in Geneva", "The U.S. and others met in Geneva."),
        (
            "High Commissioner",
            "Prince Zeid Ra’ad Al-Hussein (then High Commissioner) said:\n“This is  a café—no more.”",
        ),
        ("Kazakhstan", "Mr. J. Smith agreed, e.g. Kazakhstan did!"),
        ("Smith", "Mr. J. Smith agreed, e.g. Kazakhstan did!"),
        ("the Council", "Did the Council?"),
        ("and more", "It did… and more."),
        ("paragraph", "A new paragraph без точки"),
        ("did! Did", "Mr. J. Smith agreed, e.g. Kazakhstan did! Did the Council?"),
        ("met in Geneva.", "The U.S. and others met in Geneva."),
    ],
)
def test_the_sentence_around_a_quote_is_whole(quote: str, sentence: str) -> None:
    """Abbreviations, initials and names do not end a sentence; a quote across two sentences yields both."""
    span = find_quote(PASSAGE, quote)
    assert span is not None
    assert PASSAGE[slice(*sentence_around(PASSAGE, span))] == sentence


@given(any_text.filter(len), st.data())
def test_a_sentence_contains_its_span(text: str, data: st.DataObject) -> None:
    """The sentence begins at or before the span and ends at or after it."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    left, right = sentence_around(text, (start, end))
    assert 0 <= left <= start < end <= right <= len(text)


def test_quotes_in_one_sentence_share_its_index() -> None:
    """Quotes in one sentence share its index, also if one extends over two; a missing quote has none."""
    quotes = ("Geneva", "others met", "did! Did", "Kazakhstan", "the Council", "Vienna")
    assert sentences_around(PASSAGE, quotes) == [range(1), range(1), range(2, 4), range(2, 3), range(3, 4), range(0)]


@given(phrases, st.data())
def test_two_quotes_share_an_index_if_their_sentences_overlap(passage: str, data: st.DataObject) -> None:
    """The indexes agree with the spans of the sentences around the quotes."""
    starts = [data.draw(st.integers(0, len(passage))) for _ in range(2)]
    quotes = [passage[start : data.draw(st.integers(start, len(passage)))] for start in starts]
    spans = [find_quote(passage, quote) for quote in quotes]
    one, other = sentences_around(passage, quotes)
    assert [bool(one), bool(other)] == [span is not None for span in spans]
    if spans[0] and spans[1]:
        (left, right), (start, end) = (sentence_around(passage, span) for span in spans if span)
        assert bool(set(one) & set(other)) == (left < end and start < right)
