"""Contracted negations (isn't, is not), and "non-" with and without its hyphen."""

import re
from collections.abc import Iterable

from bot.core.marking.rule_types import TextRule

_VERBS = "is|are|was|were|do|does|did|has|have|had|could|should|would|must|need"
_SHORT = re.compile(
    rf"\b(?:(?P<verb>{_VERBS})n['’‘ʼ`´]?t|ca(?P<can>n)['’‘ʼ`´]t|(?P<will>wo)n['’‘ʼ`´]t)\b", re.IGNORECASE
)
_CANNOT = re.compile(r"\bcannot\b", re.IGNORECASE)
_NON = re.compile(r"\bnon[\s‐‑–-]+(?=[^\W\d_]{3})", re.IGNORECASE)


def expand_negations(text: str) -> Iterable[str]:
    """Yield the text with contracted negations expanded and "non" joined to the next word; nothing if it has none."""
    written = _NON.sub("non", _CANNOT.sub("can not", _SHORT.sub(_long, text)))
    if written != text:
        yield written


def _long(found: re.Match[str]) -> str:
    if found["can"]:
        return "can not"
    return "will not" if found["will"] else f"{found['verb']} not"


CONTRACTION = TextRule(
    name="contracted negations",
    source="English usage",
    variants=expand_negations,
    right=(
        ("can't vote", "cannot vote"),
        ("can not vote", "cannot vote"),
        ("they don't vote", "they do not vote"),
        ("it isn't recognized", "not recognized"),
        ("non-violence", "nonviolence"),
        ("non violence", "nonviolence"),
    ),
    wrong=(
        ("can vote", "cannot vote"),
        ("can't vote", "can vote"),
        ("it isn't recognized", "recognized"),
        ("violence", "non-violence"),
        ("non-violence", "violence"),
        ("it isn't not recognized", "not recognized"),
    ),
)
