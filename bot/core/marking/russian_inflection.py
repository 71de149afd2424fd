"""Russian inflection: cases and numbers by the dictionary, and by a table of endings for words that it does not list.

Where forms coincide it is strict: two words match only by a common lemma of one part of speech, tense and gender.
"""

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
_PROPER = _TOWNS | {"Surn"}  # for "лев", львов is not Lviv; but for "Чехов", чех (a Czech) is wrong
_NOMINATIVE = frozenset({"NOUN", "nomn"})
_IRREGULAR = (frozenset("чл"), frozenset("рд"), frozenset("гл"))  # человек, люди; ребёнок, дети; год, лет
_RARE = 0.07  # a parse below this share is ignored: банка is the jar in 5 % of its uses, Берлина the coach in 6 %
_LIKELY = 0.5

_UNLIKELY_LEMMAS = word_set("мышей акима султана")  # rare words that look like a form of a common word

Lexeme = tuple[str, frozenset[str]]
"""A lemma with the grammemes that all its forms share, such as part of speech, tense and a noun's gender."""


def is_russian_inflection(typed: str, accepted: str) -> bool:
    """Return whether two folded words are inflected forms of one Russian word and do not name people of both sexes."""
    if typed == accepted:
        return True
    return _may_be_forms(typed, accepted) and _is_form(typed, accepted)


@lru_cache(maxsize=1024)
def russian_inflections(word: str) -> frozenset[str]:
    """Return the inflected forms of a folded word that ``is_russian_inflection`` accepts."""
    if not _RUSSIAN.fullmatch(word):
        return frozenset()
    return frozenset(form for form in forms_in_dictionary(word) if is_russian_inflection(form, word)) - {word}


def is_common_word(word: str) -> bool:
    """Return whether the dictionary lists a word as inflected and not as a name."""
    return any(not parse.grammemes & {"Name", "Surn", "Geox", "Fixd"} for parse in _parses(word))


def is_other_russian_word(typed: str, accepted: str) -> bool:
    """Return whether the typed word is in the dictionary or names a person of the other sex: then it is no typo."""
    if typed == accepted or not (_RUSSIAN.fullmatch(typed) and _RUSSIAN.fullmatch(accepted)):
        return False
    return differ_in_sex(typed, accepted) or any("Erro" not in parse.grammemes for parse in parses_of(typed))


def _may_be_forms(first: str, second: str) -> bool:
    """Return whether two words may be forms of one word by their first letters; checked before the dictionary loads."""
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


def _parses(word: str) -> Iterable[Parse]:
    """Yield the parses of a word except plurals of given names: Идрисов is a surname, not a form of Идрис."""
    return (
        parse
        for parse in parses_of(word)
        if not {"Name", "plur"} <= parse.grammemes and parse.lemma not in _UNLIKELY_LEMMAS
    )


def _lexeme(parse: Parse) -> Lexeme:
    kept = _MEANING | _DECLINED | _PREDICATES | (_GENDERS if "NOUN" in parse.grammemes else frozenset())
    return parse.lemma, parse.grammemes & kept


@lru_cache(maxsize=4096)
def _lexemes(word: str) -> Mapping[Lexeme, float]:
    """Return the lexemes that a word may be a form of, each with its likelihood."""
    found: dict[Lexeme, float] = defaultdict(float)
    for parse in _parses(word):
        if parse.grammemes & (_DECLINED | _PREDICATES):
            found[_lexeme(parse)] += parse.likelihood
    return dict(found)


def _is_likely_meant(lexeme: Lexeme, *found: Mapping[Lexeme, float]) -> bool:
    """Return whether both words can mean a lexeme; a verb or short adjective must be the likely parse of both."""
    return not lexeme[1] & _PREDICATES or all(lexemes[lexeme] >= _LIKELY for lexemes in found)


def _is_function_word(word: str) -> bool:
    """Return whether a word is nearly always a function word: ``после`` is "after", rarely a form of "ambassador"."""
    return sum(parse.likelihood for parse in _parses(word) if parse.grammemes & _FUNCTION_WORDS) > 1 - _RARE


def _nominative_lexemes(word: str) -> set[Lexeme]:
    """Return the nouns of which a word is the nominative singular: ``пара`` is a pair, not the genitive of "steam".

    A given name counts only if most uses of the word are names: Гор is rarely the god Horus.
    """
    likely = _lexemes(word)
    names = sum(parse.likelihood for parse in _parses(word) if "Name" in parse.grammemes)
    unlikely = _PROPER | {"Abbr"} if names >= _LIKELY else _PROPER | {"Abbr", "Name"}
    return {
        _lexeme(parse)
        for parse in _parses(word)
        if {"NOUN", "nomn", "sing"} <= parse.grammemes
        and not parse.grammemes & unlikely
        and likely[_lexeme(parse)] >= _RARE
    }


def _is_likelier_another_noun(word: str, shared: set[Lexeme], unlikely: frozenset[str]) -> bool:
    """Return whether a word is at least as likely the nominative of a noun outside the shared lexemes.

    Proper names with a grammeme in ``unlikely`` do not count.
    """
    if shared & _nominative_lexemes(word):
        return False
    found = _lexemes(word)
    nominative = {
        _lexeme(parse) for parse in _parses(word) if parse.grammemes >= _NOMINATIVE and not parse.grammemes & unlikely
    }
    lemmas = {lemma for lemma, _ in shared}  # an adjective used as a noun (рабочие) is no other word
    rivals = [found[lexeme] for lexeme in nominative if lexeme[0] not in lemmas]
    return max(rivals, default=0) >= max(found[lexeme] for lexeme in shared)


def _are_different_persons(first: str, second: str) -> bool:
    """Return whether one word denotes a man (``учёный``) and the other a woman by the same adjective (``учёная``)."""
    return any(_denotes_man(one) and _denotes_woman(other) for one, other in ((first, second), (second, first)))


def _denotes_man(word: str) -> bool:
    """Return whether an adjective is mostly used for a man: учёный is, мировой is not, больной is also feminine."""
    parses = [parse for parse in _parses(word) if parse.grammemes & _DECLINED]
    nouns = sum(parse.likelihood for parse in parses if {"NOUN", "anim", "masc", "sing", "nomn"} <= parse.grammemes)
    named = any({"Surn", "masc", "sing", "nomn"} <= parse.grammemes for parse in parses)
    used_as_noun = any({"Subx", "masc", "sing", "nomn"} <= parse.grammemes for parse in parses)
    return nouns > _LIKELY or named or (used_as_noun and not any("femn" in parse.grammemes for parse in parses))


def _denotes_woman(word: str) -> bool:
    declined = [parse for parse in _parses(word) if parse.grammemes & _DECLINED]
    return all({"femn", "sing"} <= parse.grammemes for parse in declined)


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
