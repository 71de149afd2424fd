"""References to articles of a law: "in article 1", "Art. I", «ст. 1», «1-бап», or the number alone."""

import re
from collections.abc import Iterable

from bot.core.marking.rule_types import TextRule
from bot.core.number_words import CARDINALS, ORDINALS

_NAME = (
    r"(?:articles?|arts?\b\.?|стать(?:я|и|е|ю|ей|ям|ях)|ст\b\.?|"
    r"бап(?:тың|қа|ты|та|тан|пен)?|баб(?:|ы|ының|ына|ын|ында|ынан))"
)
_MARK = r"(?:(?:no|nr|n|№|#|number|номер|n[°º])\.?\s?)?"
_DIGITS = r"\d{1,4}(?:[./-]\d{1,3}){0,2}[a-zа-я]?"
_ROMAN = r"[ivx]{1,6}"
_ENDING = r"(?:[-–—‑]?(?:st|nd|rd|th|я|й|ю|ой|ая|ую|ей|ші|шы|інші|ыншы|нші|ншы))?"
_NAMED = re.compile(rf"(?<![^\W\d_]){_NAME}(?!\w)", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"(?:(?:in|under|by|of|from|to|at|per|see|with|according to)\s|"
    r"(?:в|во|по|из|о|об|к|согласно|см\.?|на основании|в соответствии со?)\s)"
    rf"(?=(?:the\s)?(?:{_DIGITS}{_ENDING}[\s-])?{_NAME}(?:\W|\Z))",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"(?<!\w){_NAME}\s?{_MARK}(?P<number>{_DIGITS}{_ENDING}(?!\w)|{_ROMAN}(?!\w))", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?<!\w)(?:the\s)?(?P<number>{_DIGITS}{_ENDING}|{_ROMAN})[\s‑–—-]{{1,3}}{_NAME}(?!\w)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_WAS_WORD = "\ue000"  # follows digits that were written as a word: "twenty one" is 21, "20 1" is not
_TENS_AND_ONES = re.compile(rf"([2-9]0){_WAS_WORD}[\s-]([1-9]){_WAS_WORD}")
_ALONE = re.compile(r"article (\S{1,24})")
_VALUES = {"i": 1, "v": 5, "x": 10}


def normalize_article(text: str) -> Iterable[str]:
    """Yield the text with its references written as "article 1"; and the number alone if there is nothing else."""
    spaced = " ".join(text.replace("ё", "е").split())
    if not _NAMED.search(spaced):
        return
    spaced = _in_digits(spaced)
    found = _PREPOSITION.match(spaced)
    written = _BEFORE.sub(_named, _AFTER.sub(_named, spaced[found.end() :] if found else spaced)).strip(
        " .,;:!?()«»\"'"
    )
    if written != spaced:
        yield written
    if alone := _ALONE.fullmatch(written):
        yield alone[1]


def _named(found: re.Match[str]) -> str:
    return f"article {_number(found['number'].casefold())}"


def _in_digits(text: str) -> str:
    """Return a text with its cardinals and ordinals in digits."""
    marked = _WORD.sub(lambda found: _digits(found[0]), text)
    added = _TENS_AND_ONES.sub(lambda found: str(int(found[1]) + int(found[2])), marked)
    return added.replace(_WAS_WORD, "")


def _digits(word: str) -> str:
    small = word.casefold()
    value = CARDINALS.get(small) or ORDINALS.get(small)
    return f"{value}{_WAS_WORD}" if value else word


def _number(text: str) -> str:
    """Return an article's number, in digits or Roman numerals, as digits without an ordinal ending."""
    return str(_roman(text)) if text.strip("ivx") == "" else re.sub(rf"{_ENDING}\Z", "", text)


def _roman(text: str) -> int:
    values = [_VALUES[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


ARTICLE = TextRule(
    name="articles of a law",
    source="English, Russian and Kazakh usage",
    variants=normalize_article,
    right=(
        *((typed, "Article 1") for typed in ("in article 1", "Article No. 1", "Art. 1", "art 1", "#1", "№ 1", "1")),
        *((typed, "Article 1") for typed in ("Article no 1", "article #1", "Article I", "the first article", "No. 1")),
        *((typed, "Article 1") for typed in ("article one", "under Article number 1", "1st article", "Art.1")),
        *((typed, "статья 1") for typed in ("в статье 1", "ст. 1", "ст.1", "Статья №1", "первая статья", "1-я статья")),
        *((typed, "1-бап") for typed in ("1 бап", "1-бапта", "бірінші бап", "1-ші бап", "1-бабы", "№ 1 бап")),
        ("статья 1", "Article 1"),
        ("in Art. 1 of the Constitution", "Article 1 of the Constitution"),
        ("ст. 1 Конституции", "статья 1 Конституции"),
        ("article twenty-one", "Article 21"),
        ("Article 5a", "Art. 5a"),
    ),
    wrong=(
        *((typed, "Article 1") for typed in ("article 11", "Article No. 2", "Art. 10", "#2", "№ 11", "Article II")),
        *((typed, "Article 1") for typed in ("not article 1", "no article 1", "paragraph 1", "chapter 1", "article")),
        *((typed, "Article 1") for typed in ("without article 1", "except Article 1", "article 1.1", "article 1/2")),
        *((typed, "статья 1") for typed in ("не статья 1", "не в статье 1", "статья 12", "глава 1", "вторая статья")),
        *((typed, "1-бап") for typed in ("2-бап", "1-бап емес", "11-бап", "1-тарау")),
        ("Article 1 of the Charter", "Article 1 of the Constitution"),
        ("Italy", "made in Italy"),
    ),
)
