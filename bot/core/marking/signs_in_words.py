"""Signs and the words for them: ``&`` and "and", ``%`` and "percent", ``№``, ``#`` and "number"."""

import re
from collections.abc import Iterable

from bot.core.marking.rule_types import TextRule

# Kazakh "мен" is a conjunction only between words; at the start of a text it is "I".
_AND = re.compile(
    r"\s?&(?:\s?&)*\s?|(?<=\w)\s(?:and|и|және|жане|мен|бен|пен|['’‘`]n['’‘`]?|n['’‘`])\s(?=\w)", re.IGNORECASE
)
_PERCENT_WORDS = (
    r"(?:per\s?cents?|pct|perc|проц|процент(?:а|у|ом|е|ы|ов|ам|ами|ах)?|пайыз(?:ы|дың|ға|ды|да|дан|бен|ын|ының)?)\b\.?"
    r"(?!\s(?:points?|пункт))"
)
_PERCENT_OF_DIGITS = re.compile(rf"(?<=\d)\s?(?:%|{_PERCENT_WORDS})", re.IGNORECASE)
_PERCENT = re.compile(rf"\b{_PERCENT_WORDS}", re.IGNORECASE)
_NUMBERED = (
    *("article", "resolution", "protocol", "chapter", "section", "paragraph", "rule", "law", "convention", "clause"),
    *(
        "document",
        "question",
        "amendment",
        "point",
        "item",
        "part",
        "school",
        "room",
        "order",
        "decree",
        "act",
        "annex",
    ),
    *("recommendation", "comment", "goal", "principle", "page", "case", "volume", "статья", "закон", "резолюция"),
)
_MARK = re.compile(
    r"(?<!\w)(?:[#№]|n[°º]|(?:no|nos|nr)\.|numbers?\b|номер(?:а|у|ом|е)?\b|нөмірі?\b)\s?(?=\d)", re.IGNORECASE
)
# "No" without a point is a negation, unless one of these nouns precedes it.
_BARE_MARK = re.compile(rf"\b({'|'.join(_NUMBERED)})\s(?:no|nr|n)\s?(?=\d)", re.IGNORECASE)


def normalize_and(text: str) -> Iterable[str]:
    """Yield the text with "and" for ``&`` and for the Russian and Kazakh conjunctions; nothing if it has none."""
    written = _AND.sub(" and ", " ".join(text.split()))
    if written != text:
        yield written.strip()


def normalize_percent(text: str) -> Iterable[str]:
    """Yield the text with ``%`` for the word "percent"; nothing if it has none."""
    written = _PERCENT.sub("%", _PERCENT_OF_DIGITS.sub("%", " ".join(text.split())))
    if written != text:
        yield written


def without_number_mark(text: str) -> Iterable[str]:
    """Yield the text without ``№``, ``#``, "No." and "number" before digits; nothing if it has none."""
    spaced = " ".join(text.split())
    written = _BARE_MARK.sub(r"\1 ", _MARK.sub("", spaced))
    if written != spaced:
        yield written


AND = TextRule(
    name="& and and",
    source="English, Russian and Kazakh usage",
    variants=normalize_and,
    right=(
        ("Johnson & Johnson", "Johnson and Johnson"),
        ("research and development", "Research & Development"),
        ("R&D", "R and D"),
        ("rock 'n' roll", "rock and roll"),
        ("мир & безопасность", "мир и безопасность"),
        ("бейбітшілік & қауіпсіздік", "бейбітшілік және қауіпсіздік"),
        ("Абай мен Мұхтар", "Абай және Мұхтар"),
    ),
    wrong=(
        ("peace or security", "peace and security"),
        ("peace & safety", "peace and security"),
        ("security & peace", "peace and security"),
        ("мир или безопасность", "мир и безопасность"),
        ("мен Абай", "Абай"),
    ),
)

PERCENT = TextRule(
    name="% and percent",
    source="English, Russian and Kazakh usage",
    variants=normalize_percent,
    right=(
        ("50 percent", "50%"),
        ("50 %", "50 per cent"),
        ("fifty percent", "50 %"),
        ("50 процентов", "50 %"),
        ("50%", "50 пайыз"),
        ("50% of people", "50 percent of people"),
        ("2,5 процента", "2.5%"),
    ),
    wrong=(
        ("50", "50%"),
        ("50 percent", "5%"),
        ("50 percentage points", "50%"),
        ("50 процентных пунктов", "50%"),
        ("50 people", "50 percent"),
        ("50‰", "50%"),
    ),
)

NUMBER_MARK = TextRule(
    name="No., № and # before a number",
    source="English, Russian and Kazakh usage",
    variants=without_number_mark,
    right=(
        ("Resolution No. 217", "Resolution 217"),
        ("resolution no 217", "Resolution 217"),
        ("Resolution № 217", "Resolution 217"),
        ("Resolution #217", "Resolution 217"),
        ("Protocol number 6", "Protocol 6"),
        ("школа номер 5", "школа № 5"),
    ),
    wrong=(
        ("Resolution No. 218", "Resolution 217"),
        ("no resolution 217", "Resolution 217"),
        ("not Resolution No. 217", "Resolution 217"),
        ("C 7", "C# 7"),
        ("#2", "1"),
    ),
)
