"""Joining of paragraphs into messages that Telegram accepts, without cutting anything off."""

import re
from collections.abc import Iterator, Sequence
from html import unescape

# Bot API, sendMessage: 1-4096 characters after entities are parsed.
LONGEST_MESSAGE = 4096
LONGEST_PIECE = 3500

_MARKS = re.compile(r"<[^>]*>")
_SENTENCE_ENDS = (". ", "! ", "? ", "… ", "\n")


def length(text: str) -> int:
    """Count characters as Telegram does: in UTF-16 code units (Bot API, MessageEntity)."""
    return len(text.encode("utf-16-le")) // 2


def pages(paragraphs: Sequence[str], between: str = "\n\n") -> list[str]:
    """Join paragraphs of HTML into as few messages as hold them; each paragraph must fit into one by itself."""
    texts: list[str] = []
    for paragraph in filter(None, paragraphs):
        joined = f"{texts[-1]}{between}{paragraph}" if texts else paragraph
        if texts and _fits(joined):
            texts[-1] = joined
        else:
            texts.append(paragraph)
    return texts


def _fits(html: str) -> bool:
    """Return whether it fits into one message. A character counts for at most two, markup for none."""
    return 2 * len(html) <= LONGEST_MESSAGE or length(unescape(_MARKS.sub("", html))) <= LONGEST_MESSAGE


def pieces(text: str, limit: int = LONGEST_PIECE) -> Iterator[str]:
    """Cut a long plain text at the end of a sentence if there is one, else at a space, else at the limit."""
    rest = text.strip()
    while length(rest) > limit:
        head = rest.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")  # half a sign is left for the rest
        end = max(head.rfind(mark) + 1 for mark in _SENTENCE_ENDS) or head.rfind(" ") + 1 or len(head)
        yield rest[:end].rstrip()
        rest = rest[end:].lstrip()
    if rest:
        yield rest
