"""Search for an author's quote in a passage, and for the sentence around it. Results are spans of the original text."""

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Sequence

Span = tuple[int, int]
"""A range of characters in a text: start and end, as in a slice."""

_QUOTES = frozenset("'\"‘’‚‛“”„‟«»‹›`´′″ʼ")
_DASHES = frozenset("-‐‑‒–—−")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")

# The end of a sentence: its mark, closing quotes or brackets, then white space; or an empty line.
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|\n[^\S\n]*(?=\n)")
_ABBREVIATIONS = frozenset(
    {"e.g", "i.e", "mr", "mrs", "ms", "dr", "prof", "st", "no", "nos", "art", "arts", "fig", "vol", "ed", "cf", "vs"}
    | {"jr", "sr", "h.e", "rev", "gen", "col", "sen", "gov", "approx", "ca"}
)


def find_quote(passage: str, quote: str) -> Span | None:
    """Find a quote in a passage; return None if the passage does not contain it.

    Quotation marks, dashes, white space, case, accents and Unicode forms are folded. The quote must begin and end at
    the boundaries of words, so that ``art`` is not found in ``start``.
    """
    return _find(*_folded(passage), quote)


def _find(hay: str, spans: Sequence[Span], quote: str) -> Span | None:
    """Find a quote in a folded passage; ``spans`` are those of its characters in the original."""
    needle, _ = _folded(quote.strip())
    if not any(sign.isalnum() for sign in needle):
        return None
    start = hay.find(needle)
    while start != -1:
        end = start + len(needle)
        if not _inside_word(hay, start) and not _inside_word(hay, end):
            return spans[start][0], spans[end - 1][1]
        start = hay.find(needle, start + 1)
    return None


def sentence_around(text: str, span: Span) -> Span:
    """Return the span of the sentence, or the sentences, around a span of a text."""
    start, end = span
    bounds = _ends_of_sentences(text)
    left = max((bound for bound in bounds if bound <= start), default=0)
    right = min((bound for bound in bounds if bound >= end), default=len(text))
    left += len(text[left:start]) - len(text[left:start].lstrip())
    return left, max(end, len(text[:right].rstrip()))


def sentences_around(passage: str, quotes: Iterable[str]) -> list[range]:
    """Return for each quote the indexes of the sentences that contain it; an empty range if the passage does not.

    The passage is folded once for all quotes.
    """
    bounds = _ends_of_sentences(passage)
    hay, spans = _folded(passage)
    found = (_find(hay, spans, quote) for quote in quotes)
    return [range(bisect(bounds, span[0]), bisect(bounds, span[1] - 1) + 1) if span else range(0) for span in found]


def _ends_of_sentences(text: str) -> list[int]:
    return [found.end() for found in _END.finditer(text) if _ends_sentence(text, found)]


def _folded(text: str) -> tuple[str, list[Span]]:
    """Fold a text; return it with the span in the original of each of its characters."""
    folded: list[str] = []
    spans: list[Span] = []
    for place, sign in enumerate(text):
        for part in _folded_sign(sign):
            if part == " " and folded[-1:] == [" "]:
                continue
            folded.append(part)
            spans.append((place, place + 1))
        if unicodedata.combining(sign) and spans:  # a mark belongs to the letter before it
            spans[-1] = (spans[-1][0], place + 1)
    return "".join(folded), spans


def _folded_sign(sign: str) -> str:
    if sign.isspace():
        return " "
    if sign in _QUOTES:
        return "'"
    if sign in _DASHES:
        return "-"
    if sign in _INVISIBLE:
        return ""
    apart = unicodedata.normalize("NFKD", sign).casefold()
    return "".join(part for part in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(part))


def _inside_word(text: str, place: int) -> bool:
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def _ends_sentence(text: str, found: re.Match[str]) -> bool:
    """Return whether a match ends a sentence and is not the point of an abbreviation or an initial."""
    if found[0].startswith("\n"):
        return True
    following = text[found.end() :].lstrip().lstrip("\"'“‘«([")[:1]
    if following.islower():
        return False
    word = re.split(r"[\s(\[\"'“‘«]", text[: found.start()])[-1].casefold()
    initial = len(word.rpartition(".")[2]) == 1 and word[-1:].isalpha()
    return found[0] != "." or not (initial or word in _ABBREVIATIONS)
