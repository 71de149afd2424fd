"""Units and counted nouns of three languages: whether a number has the unit that the question asks for."""

import re

# Name of a unit: its spellings. A word that may mean several units is listed under each.
_UNITS = {
    "second": "s sec secs second seconds сек секунда секунды секунд секунду",
    "minute": "m min mins minute minutes мин минута минуты минут минуту минутты",
    "hour": "h hr hrs hour hours ч час часа часов сағат",
    "day": "d day days день дня дней дн сутки суток күн тәулік",
    "night": "night nights ночь ночи ночей түн",
    "week": "w wk wks week weeks нед неделя недели недель неделю апта",
    "month": "m mo mos mon mth mths month months мес месяц месяца месяцев ай",
    "year": "y yr yrs year years г гг год года лет годов годам жыл жылға жылы жылда жылдан жылдың yo",
    "decade": "decade decades десятилетие десятилетия десятилетий онжылдық",
    "century": "century centuries век века веков столетие столетия столетий ғасыр",
    "millimetre": "mm millimetre millimetres millimeter millimeters мм миллиметр миллиметра миллиметров",
    "centimetre": "cm centimetre centimetres centimeter centimeters см сантиметр сантиметра сантиметров",
    "metre": "m metre metres meter meters м метр метра метров",
    "kilometre": "km kms kilometre kilometres kilometer kilometers км километр километра километров шақырым",
    "mile": "m mi mile miles миля мили миль",
    "foot": "ft foot feet фут фута футов",
    "inch": "inch inches дюйм дюйма дюймов",
    "yard": "yd yds yard yards ярд ярда ярдов",
    "milligram": "mg milligram milligrams мг миллиграмм миллиграмма миллиграммов",
    "gram": "g gr gram grams gramme grammes г гр грамм грамма граммов",
    "kilogram": "kg kgs kilo kilos kilogram kilograms кг килограмм килограмма килограммов кило",
    "tonne": "t ton tons tonne tonnes т тонна тонны тонн",
    "pound": "lb lbs pound pounds £ фунт фунта фунтов",
    "millilitre": "ml millilitre millilitres milliliter milliliters мл миллилитр миллилитра миллилитров",
    "litre": "l litre litres liter liters л литр литра литров",
    "dollar": "$ usd dollar dollars доллар доллара долларов",
    "euro": "€ eur euro euros евро еуро",
    "tenge": "₸ kzt tenge тг тенге теңге",
    "rouble": "₽ rub rouble roubles ruble rubles руб рубль рубля рублей",
    "cent": "cent cents цент цента центов",
    "percent": "% percent pct процент процента процентов проценты пайыз",
    "degree": "° deg degree degrees градус градуса градусов",
    "byte": "b byte bytes байт байта байтов",
    "kilobyte": "kb kilobyte kilobytes кб килобайт килобайта",
    "megabyte": "mb megabyte megabytes мб мегабайт мегабайта",
    "gigabyte": "gb gigabyte gigabytes гб гигабайт гигабайта",
    "watt": "watt watts вт ватт",
    "kilowatt": "kw kilowatt kilowatts квт киловатт",
    "volt": "v volt volts вольт",
    "person": "person persons people человек человека людей люди адам",
    "child": "child children ребенок детей дети бала",
    "woman": "woman women женщина женщины женщин әйел",
    "man": "man men мужчина мужчины мужчин ер",
    "member": "member members член члена членов мүше",
    "country": "country countries страна страны стран ел",
    "state": "state states государство государства государств мемлекет",
    "city": "city cities город города городов қала",
    "article": "article articles статья статьи статей бап",
    "time": "time times раз раза рет",
    "vote": "vote votes голос голоса голосов дауыс",
    "judge": "judge judges судья судьи судей",
    "language": "language languages язык языка языков тіл",
    "session": "session sessions сессия сессии сессий",
    "book": "book books книга книги книг кітап",
    "page": "page pages страница страницы страниц бет",
    "chapter": "chapter chapters глава главы глав тарау",
}
_NAMES: dict[str, frozenset[str]] = {}
for _name, _words in _UNITS.items():
    for _word in _words.split():
        _NAMES[_word] = _NAMES.get(_word, frozenset()) | {_name}

# Endings of Kazakh plurals and cases, and of Russian cases that the table lacks: айда, айлар, месяцами.
_ENDINGS = re.compile("(?:[лдт][ае]р)?(?:[дт][аеіы]|н[іы]|[гғкқ][ае]|[днт][ае]н|[днт][іы]ң)?|ам|ами|ах|ом|ем|у")

_BETWEEN = (
    "full|whole|entire|calendar|complete|consecutive|working|business|long|more|такие|полных|целых|календарных|рабочих"
    "|полные|целые|толық|of|the"
)
_UNIT = (
    r"(?P<square>(?:sq(?:uare)?|кв|квадратны[хе]|шаршы)\.?\s)?(?P<word>[^\W\d_²³]+|[%$€£₸₽°])(?P<power>[²³23](?!\d))?"
)
_FOLLOWS = re.compile(
    rf"(?:st|nd|rd|th|-?(?:й|ый|ой|я|го|му|ші|шы|інші|ыншы))?\b[\s-]*(?:(?:{_BETWEEN})\s+){{0,2}}{_UNIT}"
    rf"|[\s-]*(?:(?:{_BETWEEN})\s+){{0,2}}{_UNIT.replace('?P<', '?P<x')}"
)
_IN_TEXT = re.compile(_UNIT)
_MONEY_BEFORE = re.compile(r"([$€£₸₽])\s?[-−]?$")
_POWERS = {"2": "²", "3": "³"}


def has_other_unit(unit: str, text: str, start: int, end: int) -> bool:
    """Return whether the number in a text has a known unit other than the one that the question asks for."""
    asked = _names(unit.casefold().replace("ё", "е"))
    money = _MONEY_BEFORE.search(text, 0, start)
    if money and not _NAMES[money[1]] & asked:
        return True
    follows = _FOLLOWS.match(text, end)
    if follows is None:
        return False
    prefix = "" if follows["word"] is not None else "x"
    found = _named(follows[f"{prefix}word"], follows[f"{prefix}power"] or "", square=bool(follows[f"{prefix}square"]))
    return bool(found) and not found & asked


def raise_powers(text: str) -> str:
    """Return a text with the powers of its units as superscripts, so that ``5 m2`` has one number."""
    return re.sub(
        r"(?<![^\W\d_])([^\W\d_]{1,2})([23])(?![\w.,]\d|\w)",
        lambda found: found[1] + _POWERS[found[2]] if found[1].casefold() in _NAMES else found[0],
        text,
    )


def _names(unit: str) -> frozenset[str]:
    """Return the names of all units in an author's unit, which may have several words: ``km per hour``."""
    names: frozenset[str] = frozenset()
    for found in _IN_TEXT.finditer(unit):
        names |= _named(found["word"], found["power"] or "", square=bool(found["square"])) or frozenset()
    return names


def _named(word: str, power: str, *, square: bool) -> frozenset[str]:
    power = "²" if square else _POWERS.get(power, power)
    stems = (word[:cut] for cut in range(len(word), 1, -1) if _ENDINGS.fullmatch(word, cut))
    known = word if word in _NAMES else next((stem for stem in stems if stem in _NAMES), "")
    return frozenset(name + power for name in _NAMES.get(known, ()))
