"""Names with their acronym in brackets: "Organization for Security … (OSCE)", «ООН (Организация …)»."""

import re
from collections.abc import Iterable, Iterator

from bot.core.marking.rule_types import TextRule

_BRACKETED = re.compile(r"([^()]{2,})\(([^()]{2,})\)\W{0,3}")
_SHORT = re.compile(r"(?:\w\.?){2,8}")
_WORD = re.compile(r"[^\W\d_]+")
_LONG_WORD = 3


def name_and_acronym(text: str) -> Iterable[str]:
    """Yield the name and the acronym of a text that consists of both; nothing if they do not belong together."""
    found = _BRACKETED.fullmatch(text)
    if found is None:
        return
    parts = found[1].strip(), found[2].strip()
    for short, name in (parts, parts[::-1]):
        if _SHORT.fullmatch(short) and short.replace(".", "").casefold() in _initials(name):
            yield from (name, short)


def _initials(name: str) -> Iterator[str]:
    """Yield the possible acronyms of a name: the initials of all its words, of the long ones, of the capitalized."""
    for words in (_WORD.findall(name), re.findall(r"\w[\w'’-]*", name)):
        for kept in (
            words,
            [word for word in words if len(word) > _LONG_WORD],
            [word for word in words if word[0].isupper()],
        ):
            yield "".join(word[0] for word in kept).casefold()


ACRONYM = TextRule(
    name="a name with its acronym in brackets",
    source="the way documents of the United Nations introduce acronyms",
    variants=name_and_acronym,
    right=(
        (
            "Organization for Security and Co-operation in Europe (OSCE)",
            "Organization for Security and Co-operation in Europe",
        ),
        ("OSCE", "Organization for Security and Co-operation in Europe (OSCE)"),
        ("UN (United Nations)", "United Nations"),
        ("Организация Объединённых Наций", "Организация Объединённых Наций (ООН)"),
        ("БҰҰ (Біріккен Ұлттар Ұйымы)", "БҰҰ"),
    ),
    wrong=(
        ("United Nations (not WHO)", "United Nations"),
        ("United Nations (WHO)", "United Nations"),
        ("Geneva (Vienna)", "Geneva"),
        ("Geneva", "Vienna (Geneva)"),
    ),
)
