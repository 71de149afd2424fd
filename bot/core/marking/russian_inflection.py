"""Cases and numbers of Russian words, by the dictionary; what it does not list goes by a table of endings."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.core.marking.rule_types import WordRule, word_set
from bot.core.marking.russian_dictionary import Parse, forms_in_dictionary, parses_of
from bot.core.marking.russian_names import differ_in_sex, share_name_stem

_RUSSIAN = re.compile(r"[а-я]{2,40}")
_DECLINED = frozenset({"NOUN", "ADJF", "PRTF", "NUMR"})
_PREDICATES = frozenset({"ADJS", "PRTS", "VERB"})  # they agree in number and gender, and have no case
_MEANING = frozenset(
    "Name Surn Patr Supr past pres futr actv pssv indc impr 1per 2per 3per perf impf".split()  # noqa: SIM905 - reads better
)
_FUNCTION_WORDS = frozenset({"PREP", "CONJ", "PRCL", "INTJ", "NPRO", "PRED", "ADVB"})
_GENDERS = frozenset({"masc", "femn", "neut", "ms-f"})
_TOWNS = frozenset({"Geox"})
_PROPER = _TOWNS | {"Surn"}  # typed for лев, львов is not Lviv; but for Чехов, чех is no writer
_NOMINATIVE = frozenset({"NOUN", "nomn"})
_IRREGULAR = (frozenset("чл"), frozenset("рд"), frozenset("гл"))  # человек, люди; ребёнок, дети; год, лет
_RARE = 0.07  # a reading as rare is not what a learner means by a form: банка is 5 % the jar, Берлина 6 % the coach
_LIKELY = 0.5

_UNLIKELY_LEMMAS = word_set("мышей акима султана")  # rare words that look like a form of a common one

Lexeme = tuple[str, frozenset[str]]
"""A lemma with the grammemes that belong to all its forms, such as part of speech, tense, and a noun's gender."""


def is_russian_inflection(typed: str, accepted: str) -> bool:
    """Return whether two folded words are cases or numbers of one Russian word, and neither names a woman for a man."""
    if typed == accepted:
        return True
    return _may_be_forms(typed, accepted) and _is_form(typed, accepted)


@lru_cache(maxsize=1024)
def russian_inflections(word: str) -> frozenset[str]:
    """Return the cases and numbers of a folded word that are forms of it by the rules of this module."""
    if not _RUSSIAN.fullmatch(word):
        return frozenset()
    return frozenset(form for form in forms_in_dictionary(word) if is_russian_inflection(form, word)) - {word}


def is_common_word(word: str) -> bool:
    """Return whether the dictionary lists a word as one that changes its endings and is no name."""
    return any(not reading.grammemes & {"Name", "Surn", "Geox", "Fixd"} for reading in _readings(word))


def is_other_russian_word(typed: str, accepted: str) -> bool:
    """Return whether the typed word is in the dictionary, or a name in the other sex, and so no slip of the fingers."""
    if typed == accepted or not (_RUSSIAN.fullmatch(typed) and _RUSSIAN.fullmatch(accepted)):
        return False
    return differ_in_sex(typed, accepted) or any("Erro" not in reading.grammemes for reading in parses_of(typed))


def _may_be_forms(first: str, second: str) -> bool:
    """Return whether two words may be forms of one word: so the dictionary is loaded for none that cannot."""
    if not (_RUSSIAN.fullmatch(first) and _RUSSIAN.fullmatch(second)):
        return False
    return first[0] == second[0] or frozenset((first[0], second[0])) in _IRREGULAR


@lru_cache(maxsize=4096)
def _is_form(typed: str, accepted: str) -> bool:
    if differ_in_sex(typed, accepted):
        return False
    lexemes = _lexemes(typed), _lexemes(accepted)
    if not all(lexemes):
        return share_name_stem(typed, accepted, surnames=any(lexemes))
    shared = {lexeme for lexeme in lexemes[0].keys() & lexemes[1].keys() if _is_likely_meant(lexeme, *lexemes)}
    if not shared or any(map(_is_function_word, (typed, accepted))) or _are_different_persons(typed, accepted):
        return False
    listed = _nominative_lexemes(typed), _nominative_lexemes(accepted)
    if all(listed) and not listed[0] & listed[1]:
        return False
    return not (
        _is_likelier_another_noun(typed, shared, _PROPER) or _is_likelier_another_noun(accepted, shared, _TOWNS)
    )


def _readings(word: str) -> Iterable[Parse]:
    """Return the readings of a word, except several people of one given name: Идрисов is a surname, not of Идрис."""
    return (
        reading
        for reading in parses_of(word)
        if not {"Name", "plur"} <= reading.grammemes and reading.lemma not in _UNLIKELY_LEMMAS
    )


def _lexeme(reading: Parse) -> Lexeme:
    kept = _MEANING | _DECLINED | _PREDICATES | (_GENDERS if "NOUN" in reading.grammemes else frozenset())
    return reading.lemma, reading.grammemes & kept


@lru_cache(maxsize=4096)
def _lexemes(word: str) -> Mapping[Lexeme, float]:
    """Return the lexemes that a word may be a form of, with the likelihood of each."""
    found: dict[Lexeme, float] = defaultdict(float)
    for reading in _readings(word):
        if reading.grammemes & (_DECLINED | _PREDICATES):
            found[_lexeme(reading)] += reading.likelihood
    return dict(found)


def _is_likely_meant(lexeme: Lexeme, *found: Mapping[Lexeme, float]) -> bool:
    """Return whether both words may mean a lexeme: a verb or short adjective only where it is the likely reading."""
    return not lexeme[1] & _PREDICATES or all(lexemes[lexeme] >= _LIKELY for lexemes in found)


def _is_function_word(word: str) -> bool:
    """Return whether a word is nearly always a preposition or its like: ``после`` is "after", hardly an ambassador."""
    return sum(reading.likelihood for reading in _readings(word) if reading.grammemes & _FUNCTION_WORDS) > 1 - _RARE


def _nominative_lexemes(word: str) -> set[Lexeme]:
    """Return the nouns of which a word is the dictionary's own form: ``пара`` is a pair, not the genitive of steam.

    A given name counts where most uses of the word are names: Гор hardly ever is the god.
    """
    likely = _lexemes(word)
    names = sum(reading.likelihood for reading in _readings(word) if "Name" in reading.grammemes)
    unlikely = _PROPER | {"Abbr"} if names >= _LIKELY else _PROPER | {"Abbr", "Name"}
    return {
        _lexeme(reading)
        for reading in _readings(word)
        if {"NOUN", "nomn", "sing"} <= reading.grammemes
        and not reading.grammemes & unlikely
        and likely[_lexeme(reading)] >= _RARE
    }


def _is_likelier_another_noun(word: str, shared: set[Lexeme], unlikely: frozenset[str]) -> bool:
    """Return whether a word is at least as likely the nominative of a noun that the other word is no form of.

    Proper names that are unlikely to be meant do not count.
    """
    if shared & _nominative_lexemes(word):
        return False
    found = _lexemes(word)
    nominative = {
        _lexeme(reading)
        for reading in _readings(word)
        if reading.grammemes >= _NOMINATIVE and not reading.grammemes & unlikely
    }
    lemmas = {lemma for lemma, _ in shared}  # an adjective used as a noun (рабочие) is no other word
    rivals = [found[lexeme] for lexeme in nominative if lexeme[0] not in lemmas]
    return max(rivals, default=0) >= max(found[lexeme] for lexeme in shared)


def _are_different_persons(first: str, second: str) -> bool:
    """Return whether one word is a man (``учёный``) and the other a woman of the same adjective (``учёная``)."""
    return any(_denotes_man(one) and _denotes_woman(other) for one, other in ((first, second), (second, first)))


def _denotes_man(word: str) -> bool:
    """Return whether a word is rather a man than an adjective: учёный is, мировой is not, nor больной (her too)."""
    readings = [reading for reading in _readings(word) if reading.grammemes & _DECLINED]
    nouns = sum(
        reading.likelihood for reading in readings if {"NOUN", "anim", "masc", "sing", "nomn"} <= reading.grammemes
    )
    named = any({"Surn", "masc", "sing", "nomn"} <= reading.grammemes for reading in readings)
    used_as_noun = any({"Subx", "masc", "sing", "nomn"} <= reading.grammemes for reading in readings)
    return nouns > _LIKELY or named or (used_as_noun and not any("femn" in reading.grammemes for reading in readings))


def _denotes_woman(word: str) -> bool:
    declined = [reading for reading in _readings(word) if reading.grammemes & _DECLINED]
    return all({"femn", "sing"} <= reading.grammemes for reading in declined)


RUSSIAN = WordRule(
    name="Russian cases and numbers",
    source="OpenCorpora's dictionary as pymorphy3 reads it; a stemmer would merge казнь with казна",
    is_same_word=is_russian_inflection,
    is_other_word=is_other_russian_word,
    inflections=russian_inflections,
    right=(
        ("смертной казни", "смертная казнь"),
        ("смертные казни", "смертная казнь"),
        ("пыток", "пытки"),
        ("пытка", "пытки"),
        ("права человека", "прав человека"),
        ("право человека", "права человека"),
        ("правам людей", "права человека"),
        ("Казахстаном", "Казахстан"),
        ("детей", "ребёнок"),
        ("судом", "суд"),
        ("судьями", "судья"),
        ("суда", "судно"),
        ("стали", "сталь"),
        ("банка", "банк"),
        ("пола", "пол"),
        ("берлина", "Берлин"),
        ("львов", "лев"),
        ("волков", "волк"),
        ("акима", "аким"),
        ("Нур-Султана", "Нур-Султан"),
        ("независимого эксперта", "независимый эксперт"),
        ("запрещённой книгой", "запрещённая книга"),
        ("рабочая группа", "рабочие группы"),
        ("Второй мировой войны", "Вторая мировая война"),
        ("больной ноги", "больная нога"),
        ("мышей", "мышь"),
        ("корупции", "коррупция"),
        ("Генеральной Асамблеей", "Генеральная Ассамблея"),
        ("гор", "гора"),
        ("вины", "вина"),
        ("часов", "час"),
        ("Петра", "Пётр"),
        ("Ростова", "Ростов"),
        ("запретил", "запретили"),
        ("Идрисову", "Идрисов"),
        ("Идрисовым", "Идрисов"),
        ("Идрисове", "Идрисов"),
        ("Идрисовой", "Идрисова"),
        ("Идрисову", "Идрисова"),
        ("Токаеву", "Токаев"),
        ("Ахметовой", "Ахметова"),
        ("Достоевского", "Достоевский"),
        ("Ерлану Идрисову", "Ерлан Идрисов"),
        ("Ерлана", "Ерлан"),
        ("Абдразаковичем", "Абдразакович"),
        ("Шымкента", "Шымкент"),
        ("маслихатом", "маслихат"),
    ),
    wrong=(
        ("Идрисова", "Идрисов"),
        ("Идрисовой", "Идрисов"),
        ("Идрисов", "Идрисова"),
        ("Идрисовым", "Идрисова"),
        ("Ерлана Идрисова", "Ерлан Идрисов"),
        ("Идрис", "Идрисов"),
        ("Толстая", "Толстой"),
        ("Горькая", "Горький"),
        ("чех", "Чехов"),
        ("толстый", "Толстой"),
        ("Токаева", "Токаев"),
        ("Идрисовы", "Идрисов"),
        ("Путина", "Путин"),
        ("Королёва", "Королёв"),
        ("Лермонтово", "Лермонтов"),
        ("Достоевская", "Достоевский"),
        ("Абдразаковна", "Абдразакович"),
        ("казна", "казнь"),
        ("казны", "казнь"),
        ("казнить", "казнь"),
        ("казните", "казни"),
        ("судья", "суд"),
        ("судить", "суд"),
        ("суды", "судья"),
        ("суд", "судно"),
        ("стать", "сталь"),
        ("казахстанский", "Казахстан"),
        ("человеческий", "человек"),
        ("свободный", "свобода"),
        ("свободно", "свобода"),
        ("правы", "права"),
        ("правда", "право"),
        ("пара", "пар"),
        ("душ", "душа"),
        ("данный", "данные"),
        ("учительница", "учитель"),
        ("учёная", "учёный"),
        ("Александра", "Александр"),
        ("зависимость", "независимость"),
        ("запретить", "запретили"),
        ("запрещающий", "запрещённый"),
        ("важнейший", "важный"),
        ("мирный", "мир"),
        ("страна", "сторона"),
        ("после", "посол"),
        ("горе", "гора"),
        ("вина", "вино"),
        ("часы", "час"),
        ("выборы", "выбор"),
    ),
)
"""Strict where forms coincide: two words agree by a lemma with the same part of speech, tense and gender of a noun."""
