"""Data for ``number_parsing``: number words of English, Russian and Kazakh with their values.

Russian words have ``е`` for ``ё``. Words that mostly mean something else are left out: Kazakh ``онда`` (then),
``бірге`` (together), ``бірде`` (once); Russian ``пол``.
"""

from decimal import Decimal
from itertools import product

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 10**9, "trillion": 10**12}

SMALL_WORDS = {word: value for value, word in enumerate(_ONES)} | {word: 20 + 10 * i for i, word in enumerate(_TENS)}
"""The values of English number words: 0-20 and the tens up to 90."""

_FIRST_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth"),
    "nineteenth",
)
ORDINAL_WORDS = {word: place for place, word in enumerate(_FIRST_ORDINALS, 1)} | {
    f"{word[:-1]}ieth": 20 + 10 * i for i, word in enumerate(_TENS)
}
"""The values of English ordinals: 1st-20th and the tens up to 90th."""

_ENGLISH_ORDINALS = ORDINAL_WORDS | {f"{word}th": value for word, value in _ENGLISH_SCALES.items()}

# Russian: the cases of each cardinal, and its collective if there is one.
_RUSSIAN = {
    0: "ноль нуль ноля нуля нолю нулю",
    1: "один одна одно одну одного одной одному одним одном",
    2: "два две двух двум двумя двое двоих двоим",
    3: "три трех трем тремя трое троих троим",
    4: "четыре четырех четырем четырьмя четверо четверых",
    5: "пять пяти пятью пятеро пятерых",
    6: "шесть шести шестью шестеро шестерых",
    7: "семь семи семью семеро семерых",
    8: "восемь восьми восемью восьмью",
    9: "девять девяти девятью",
    10: "десять десяти десятью",
    40: "сорок сорока",
    50: "пятьдесят пятидесяти пятьюдесятью",
    60: "шестьдесят шестидесяти шестьюдесятью",
    70: "семьдесят семидесяти семьюдесятью",
    80: "восемьдесят восьмидесяти восемьюдесятью",
    90: "девяносто девяноста",
    100: "сто ста",
    200: "двести двухсот двумстам двумястами двухстах",
    300: "триста трехсот тремстам тремястами трехстах",
    400: "четыреста четырехсот четыремстам четырьмястами четырехстах",
    500: "пятьсот пятисот пятистам пятьюстами пятистах",
    600: "шестьсот шестисот шестистам шестьюстами шестистах",
    700: "семьсот семисот семистам семьюстами семистах",
    800: "восемьсот восьмисот восьмистам восемьюстами восьмистах",
    900: "девятьсот девятисот девятистам девятьюстами девятистах",
}
_RUSSIAN_TEENS = (
    *("одиннадцат", "двенадцат", "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат", "семнадцат", "восемнадцат"),
    *("девятнадцат", "двадцат"),
)
_RUSSIAN_STEMS = {11 + place: stem for place, stem in enumerate(_RUSSIAN_TEENS)} | {30: "тридцат"}
_RUSSIAN_ORDINAL_STEMS = {
    1: "перв",
    2: "втор",
    4: "четверт",
    5: "пят",
    6: "шест",
    7: "седьм",
    8: "восьм",
    9: "девят",
    10: "десят",
    **_RUSSIAN_STEMS,
    40: "сороков",
    50: "пятидесят",
    60: "шестидесят",
    70: "семидесят",
    80: "восьмидесят",
    90: "девяност",
    100: "сот",
    200: "двухсот",
    300: "трехсот",
    500: "пятисот",
    900: "девятисот",
    1000: "тысячн",
    2000: "двухтысячн",
}
_ADJECTIVE = ("ый", "ой", "ий", "ая", "ое", "ые", "ого", "ому", "ым", "ом", "ую", "ых", "ыми")
_THIRD = ("ий", "ья", "ье", "ьи", "ьего", "ьей", "ьему", "ьим", "ьем", "ью", "ьих", "ьими")
_RUSSIAN_SCALES = {1_000_000: "миллион", 10**9: "миллиард", 10**12: "триллион"}
_NOUN = ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах")
_THOUSAND = ("а", "и", "", "е", "у", "ей", "ью", "ам", "ами", "ах")

# Kazakh: cardinal, ordinal, collective.
_KAZAKH = {
    0: ("нөл",),
    1: ("бір", "бірінші", "біреу", "біреуі"),
    2: ("екі", "екінші", "екеу", "екеуі"),
    3: ("үш", "үшінші", "үшеу", "үшеуі"),
    4: ("төрт", "төртінші", "төртеу", "төртеуі"),
    5: ("бес", "бесінші", "бесеу", "бесеуі"),
    6: ("алты", "алтыншы", "алтау", "алтауы"),
    7: ("жеті", "жетінші", "жетеу", "жетеуі"),
    8: ("сегіз", "сегізінші"),
    9: ("тоғыз", "тоғызыншы"),
    10: ("он", "оныншы"),
    20: ("жиырма", "жиырмасыншы"),
    30: ("отыз", "отызыншы"),
    40: ("қырық", "қырқыншы"),
    50: ("елу", "елуінші"),
    60: ("алпыс", "алпысыншы"),
    70: ("жетпіс", "жетпісінші"),
    80: ("сексен", "сексенінші"),
    90: ("тоқсан", "тоқсаныншы"),
    100: ("жүз", "жүзінші"),
    1000: ("мың", "мыңыншы"),
}
_ABLATIVE = ("ден", "дан", "тен", "тан", "нен", "нан")
_KAZAKH_CASES = (
    *("ді", "ды", "ті", "ты", "ні", "ны", "нің", "ның", "дің", "дың", "тің", "тың", "ге", "ға", "ке", "қа"),
    *("де", "да", "те", "та", *_ABLATIVE),
)
_NO_NUMBERS = frozenset({"онда", "бірге", "бірде"})

CARDINALS: dict[str, int] = {
    **SMALL_WORDS,
    **{word: value for value, words in _RUSSIAN.items() for word in words.split()},
    **{stem + ending: value for value, stem in _RUSSIAN_STEMS.items() for ending in ("ь", "и", "ью")},
    **{word: value for value, words in _KAZAKH.items() if value not in {100, 1000} for word in (words[0], *words[2:])},
    **{
        words[0] + ending: value
        for (value, words), ending in product(_KAZAKH.items(), _KAZAKH_CASES)
        if value not in {100, 1000} and words[0] + ending not in _NO_NUMBERS
    },
}
"""Words that are added to what came before: 0-90, and the Russian hundreds."""

DENOMINATORS: dict[str, int] = {
    words[0] + ending: value for (value, words), ending in product(_KAZAKH.items(), _ABLATIVE)
}
"""Kazakh numbers in the ablative: ``төрттен үш`` is three of four."""

ORDINALS: dict[str, int] = {
    **_ENGLISH_ORDINALS,
    **{stem + ending: value for value, stem in _RUSSIAN_ORDINAL_STEMS.items() for ending in _ADJECTIVE},
    **{f"трет{ending}": 3 for ending in _THIRD},
    **{words[1]: value for value, words in _KAZAKH.items() if len(words) > 1},
}
"""The values of ordinals; after a number that they cannot continue they are denominators."""

SCALES: dict[str, int] = {
    **_ENGLISH_SCALES,
    "k": 1_000,
    "mln": 1_000_000,
    "bn": 10**9,
    **{stem + ending: value for value, stem in _RUSSIAN_SCALES.items() for ending in _NOUN},
    **{f"тысяч{ending}": 1_000 for ending in _THOUSAND},
    "тыс": 1_000,
    "млн": 1_000_000,
    "млрд": 10**9,
    "трлн": 10**12,
    **{f"{stem}{ending}": value for value, stem in ((100, "жүз"), (1000, "мың")) for ending in ("", *_KAZAKH_CASES)},
}
"""The values of words that multiply the number before them."""

LONE_SCALES = frozenset({"тысяча", "тысячу", "миллион", "миллиард", "жүз", "мың", "жүзден", "мыңнан"})
"""Scale words that are numbers without a number before them: ``тысяча`` is 1000, "thousand" alone is not a number."""

PARTS: dict[str, Decimal] = {
    **dict.fromkeys(("half", "halves", "половина", "половину", "половины", "половиной", "жарты"), Decimal("0.5")),
    "жартысы": Decimal("0.5"),
    **dict.fromkeys(("quarter", "quarters", "четверть", "четверти", "четвертью", "ширек", "ширегі"), Decimal("0.25")),
    **dict.fromkeys(("треть", "трети", "третью"), Decimal(1) / 3),
    **{f"{word}s": Decimal(1) / value for word, value in _ENGLISH_ORDINALS.items() if value > 2},  # noqa: PLR2004
}
"""The values of words that are fractions after any number."""

ADDED_PARTS = {"жарым": Decimal("0.5")}
ONE_AND_A_HALF = frozenset({"полтора", "полторы", "полутора"})
AND_WORDS = frozenset({"and", "и", "с", "мен", "бен", "пен", "целых", "целая", "целые", "бүтін"})
POINT_WORDS = frozenset({"point", "запятая", "точка", "үтір"})
MINUS_WORDS = ("minus", "negative", "минус", "теріс")
