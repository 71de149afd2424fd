"""Contrasting affixes: prefixes and suffixes that change the meaning of a word: hypertension, hypotension; illegal."""

from collections.abc import Iterator
from functools import lru_cache

# Each line is a family: two of its prefixes before the same word make words of different meanings.
# Sources: Quirk et al., A Comprehensive Grammar of the English Language, appendix I.20-31; Русская грамматика (1980),
# § 1000-1050; the prefixes of the International System of Units and of IUPAC's names.
_FAMILIES = tuple(
    tuple(line.split())
    for line in """
        hyper hypo
        super sub
        supra infra
        over under
        e im
        in ex
        im ex
        inter intra
        intro extro extra
        macro micro mega nano
        pre post
        ante post
        pro anti
        pro contra
        maxi mini
        homo hetero
        endo exo ecto meso
        ortho meta para
        cis trans
        ana cata
        eu dys
        mono uni di bi tri tetra quadri penta hexa hepta octa poly multi oligo
        nano micro milli centi deci deca hecto kilo mega giga
        гипер гипо
        супер суб
        над под
        э им
        ин экс
        им экс
        интер интра
        интро экстро экстра
        макро микро мега нано
        пре пост
        дис ин
        до после
        пред после
        про анти
        про контр
        недо пере
        макси мини
        гомо гетеро
        эндо экзо экто мезо
        орто мета пара
        цис транс
        ана ката
        моно уни ди би три тетра пента гекса гепта окта поли мульти олиго
        нано микро милли санти деци дека гекто кило мега гига
    """.strip().splitlines()
)
_NEGATING = (
    *("un", "in", "im", "il", "ir", "dis", "non", "anti", "mis", "de", "counter"),
    *("не", "без", "бес", "анти", "контр", "противо", "де", "дез", "бей"),
)
_KAZAKH_NEGATIONS = ("ма", "ме", "ба", "бе", "па", "пе")  # мойындалды, мойындалмады: Қазақ грамматикасы (2002), § 210
_WITHOUT = ("сыз", "сіз")
_WITH = ("лы", "лі", "ды", "ді", "ты", "ті", "")
_SHORTEST_REST = 3


@lru_cache(maxsize=4096)
def with_contrasting_prefixes(word: str) -> frozenset[str]:
    """Return a word with its prefix replaced by the others of its family; many results are not words."""
    return frozenset(_with_other_prefixes(word)) - {word}


@lru_cache(maxsize=4096)
def with_negating_prefixes(word: str) -> frozenset[str]:
    """Return a word with each negating prefix; most results are not words."""
    return frozenset(prefix + word for prefix in _NEGATING)


def differ_by_contrasting_affix(first: str, second: str) -> bool:
    """Return whether two words differ only by a prefix or suffix that changes the meaning."""
    return second in with_contrasting_prefixes(first) or any(
        _negates(*pair) for pair in ((first, second), (second, first))
    )


def _with_other_prefixes(word: str) -> Iterator[str]:
    for family in _FAMILIES:
        for prefix in family:
            rest = word.removeprefix(prefix)
            if _SHORTEST_REST <= len(rest) < len(word):
                yield from (other + rest for other in family)


def _negates(negative: str, word: str) -> bool:
    """Return whether one word is the negation of the other, by a prefix or a Kazakh suffix."""
    if negative in with_negating_prefixes(word):
        return True
    if len(negative) == len(word) + 2 and any(negative.replace(one, "", 1) == word for one in _KAZAKH_NEGATIONS):
        return True
    return any(negative.replace(one, other) == word for one in _WITHOUT if one in negative for other in _WITH)
