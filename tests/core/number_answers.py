"""Typed answers to questions for a number or a year, with the verdict of a fair teacher: a table for the tests."""

from collections.abc import Iterator
from decimal import Decimal

from bot.core.kind import Kind
from bot.core.kinds.number import Number
from bot.core.kinds.year import Year


def number(value: str, within: str = "0", unit: str = "") -> Number:
    """Return a question for a number."""
    return Number(Decimal(value), Decimal(within), unit)


RIGHT: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (
        number("-12"),
        (
            *("-12", "- 12", "–12", "−12", "‑12", "－12", "minus 12", "Minus twelve", "negative 12", "it was -12"),
            *(
                "(-12)",
                "минус 12",
                "минус двенадцать",
                "минус 12 градусов",
                "теріс 12",
                "минус он екі",
                "12 below zero",
            ),
            *(
                "-12°C",
                "−  12",
                "minus: 12",
                "x = -12",
                "it was –12.",
                "12 ниже нуля",
                "-12,0",
                "—12",
                "it was minus twelve degrees",
            ),
        ),
    ),
    (
        number("12"),
        (
            *("12", "+12", "twelve", "двенадцать", "он екі", "Ответ — 12", "ответ - 12", "COVID-12", "no. 12", "№12"),
            *("12th", "12 months", "about 12", "~12", "двенадцати", "12.0", "12!", "the answer is: 12", "ровно 12"),
        ),
    ),
    (number("3.142"), ("3.142", "3,142", "3.1420", "three point one four two", "около 3,142")),
    (number("3142"), ("3142", "3,142", "3.142", "3 142", "3'142", "three thousand one hundred and forty-two")),
    (
        number("6500"),
        ("6500", "6.500", "6,500", "6 500", "6.5k", "шесть тысяч пятьсот", "алты мың бес жүз", "6.5 thousand"),
    ),
    (number("1000000.5"), ("1.000.000,5", "1,000,000.5", "1 000 000,5", "1'000'000.5")),
    (number("1000"), ("тысяча", "мың", "1 тыс.", "a thousand", "one thousand", "1 000", "1\u00a0000", "тысячу")),
    (
        number("0.5"),
        (
            *("half", "a half", "one half", "1/2", "½", "0,5", ".5", "50%", "половина", "половину", "жарты", "2/4"),
            *("одна вторая", "екіден бір", "ноль целых пять десятых", "zero point five", "50 percent", "50 процентов"),
        ),
    ),
    (
        number("1.5"),
        ("1½", "1 1/2", "one and a half", "полтора", "бір жарым", "3/2", "один с половиной", "1 and a half"),
    ),
    (number("0.75"), ("3/4", "¾", "three quarters", "три четверти", "төрттен үш", "three fourths", "75%")),
    (number("2.5"), ("2½", "two and a half", "два с половиной", "екі жарым", "две целых пять десятых", "2,5")),
    (
        number("7"),
        ("7", "about 7", "not sure, 7", "7 or so", "seven of them", "жеті", "семеро", "7, I think", "7 months"),
    ),
    (
        number("30", "2", "metres"),
        ("28", "32 m", "31,5", "thirty meters", "30 метров", "about thirty-one", "отыз метр"),
    ),
    (number("3142", "10"), ("3.150", "3,140", "3150")),
    (
        number("3", unit="years"),
        (
            *(
                "3",
                "3 years",
                "three years",
                "3 yrs",
                "3 yr",
                "3y",
                "три года",
                "3 года",
                "үш жыл",
                "3 жыл",
                "3 full years",
            ),
            *(
                "3 года.",
                "for three years",
                "трёх лет",
                "тремя годами",
                "үшеу",
                "3 I think",
                "3-year",
                "about 3 years",
                "3 жылдар",
                "3 годами",
            ),
        ),
    ),
    (number("50", unit="%"), ("50", "50%", "50 %", "50 percent", "50 per cent", "50 процентов", "елу пайыз", "fifty")),
    (number("3", unit="km"), ("3 km", "3 kilometres", "3 километра", "три км", "3", "3 шақырым")),
    (number("5", unit="m²"), ("5 m²", "5 m2", "5 square metres", "5 sq m", "5 м2", "5 квадратных метров", "5")),
    (number("3", unit="$"), ("$3", "3$", "3 dollars", "3 USD", "три доллара")),
    (number("25"), ("жиырма бес", "двадцать пять", "twenty-five", "twenty five", "25-ші", "двадцать пятый", "25-й")),
    (number("193"), ("сто девяносто три", "жүз тоқсан үш", "one hundred and ninety-three", "193")),
    (
        Year(1991),
        (
            *(
                "1991",
                "in 1991",
                "the year 1991",
                "1991 AD",
                "AD 1991",
                "1991 CE",
                "1991 жылы",
                "1991 жыл",
                "1991 г.",
                "1991-й",
            ),
            *(
                "в 1991 году",
                "nineteen ninety-one",
                "nineteen ninety one",
                "тысяча девятьсот девяносто первый",
                "c. 1991",
            ),
            *(
                "мың тоғыз жүз тоқсан бірінші жыл",
                "в тысяча девятьсот девяносто первом году",
                "1991 (nineteen ninety-one)",
            ),
            *(
                "nineteen hundred and ninety-one",
                "after the war, in 1991",
                "since 1991",
                "с 1991 года",
                "1991 год нашей эры",
            ),
            *(
                "not sure, 1991",
                "1991!",
                "мың тоғыз жүз тоқсан бір",
                "1991 жылдан бері",
                "about 1991",
                "one of them: 1991",
            ),
        ),
    ),
    (Year(1905), ("nineteen oh five", "nineteen hundred five", "1905", "тысяча девятьсот пятый")),
    (Year(2012), ("twenty twelve", "two thousand twelve", "две тысячи двенадцатый", "екі мың он екі", "2012-ж")),
    (Year(2000), ("two thousand", "двухтысячный год", "екі мың", "2000")),
)

# What is no answer (None: the bot asks again) is not right either.
WRONG: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (
        number("12"),
        (
            *(
                "-12",
                "- 12",
                "–12",
                "−12",
                "minus 12",
                "negative 12",
                "it was -12",
                "(-12)",
                "минус 12",
                "теріс 12",
                "$-12",
            ),
            *("not 12", "12 below zero", "-$12", "1/2", "12^2", "12²", "1 2", "12 or 13", "12-13", "10-12-1948"),
        ),
    ),
    (number("-12"), ("12", "twelve", "3-12", "10-12-1948", "+12", "двенадцать", "COVID-12", "12 - 12", "--", "12th")),
    (
        number("3"),
        ("3-5", "-3", "3/5", "3½", "3^2", "3²", "3 or 4", "3 and a half", "3×3", "3 thousand", "три четверти"),
    ),
    (
        number("5"),
        ("3-5", "5-3", "1/5", "5/2", "five sixths", "пять тысяч", "бестен бір", "5 000", "0.5", "5,5", "5 hundred"),
    ),
    (number("3.142"), ("3142", "3 142", "3.143", "3.142.000", "31.42", "-3.142", "3,142,000")),
    (number("6500"), ("6.5", "6,5", "65.00", "6500.5", "650", "6.500.000", "65")),
    (
        number("0.5"),
        ("5", "2", "1/2/3", "half a million", "5%", "1/5", "less than half", "меньше половины", "полтора", "50"),
    ),
    (number("1.5"), ("1", "15", "half", "1/5", "жарты", "2½", "one and a third")),
    (
        number("7"),
        (
            *(
                "not 7",
                "less than 7",
                "more than 7",
                "at least 7",
                "at most 7",
                "не 7",
                "меньше 7",
                "больше 7",
                "7 емес",
            ),
            *(
                "7-ден аз",
                "7-ден көп",
                "жетіден аз",
                "7 or 8",
                "up to 7",
                "over 7",
                "under 7",
                "7+",
                "<7",
                ">7",
                "≤ 7",
                "≥7",
            ),
            *(
                "7 or more",
                "7 or less",
                "не более 7",
                "не менее 7",
                "не менее семи",
                "fewer than seven",
                "isn't 7",
                "≠7",
            ),
            *(
                "it is not 7",
                "anything but 7",
                "7 и более",
                "более семи",
                "меньше, чем 7",
                "less than about 7",
                "кемінде 7",
            ),
            *("7 is wrong", "more than seven", "7 million", "не семь", "жеті емес", "до 7", "70", "-7", "7.5", "777"),
        ),
    ),
    (
        number("3", unit="years"),
        (
            *(
                "3 months",
                "3 days",
                "three months",
                "3 месяца",
                "три месяца",
                "үш ай",
                "3 ай",
                "3 weeks",
                "3 people",
                "3 km",
            ),
            *(
                "3 hours",
                "3%",
                "$3",
                "4 years",
                "30 years",
                "3 века",
                "3 centuries",
                "3 decades",
                "3 full months",
                "not 3 years",
            ),
            *(
                "less than 3 years",
                "3 years or more",
                "3 or 4 years",
                "3½ years",
                "three-month",
                "3mo",
                "3 айда",
                "3 месяцами",
                "3 mon",
                "3 апталар",
            ),
        ),
    ),
    (number("3", unit="km"), ("3 m", "3 miles", "3 km²", "3 метра", "3 мили", "3 mm", "-3 km", "3 kg")),
    (number("5", unit="m²"), ("5 m", "5 m³", "5 km²", "5 метров", "5 km2")),
    (number("50", unit="%"), ("0.5%", "50 years", "5%", "0.5", "50 degrees", "more than 50%")),
    (number("3", unit="$"), ("€3", "3 euros", "£3", "3 tenge", "3 рубля", "3 cents")),
    (number("30", "2"), ("33", "27.9", "28 to 32", "more than 30", "не 30", "3.0")),
    (number("25"), ("twenty, five", "двадцать", "жиырма", "20 5", "бес", "two hundred fifty", "25 and a half")),
    (
        Year(1991),
        (
            *(
                "before 1991",
                "after 1991",
                "1991 BC",
                "1991 BCE",
                "1991 B.C.",
                "до 1991 года",
                "после 1991",
                "1991 до н. э.",
            ),
            *(
                "1991 емес",
                "1991 жылға дейін",
                "1991 жылдан кейін",
                "1991 жылдан бұрын",
                "not 1991",
                "not in 1991",
                "не в 1991",
            ),
            *(
                "1991 год до нашей эры",
                "by 1991",
                "until 1991",
                "the 1991s",
                "1991-х",
                "1991 or later",
                "pre-1991",
                "к 1991 году",
            ),
            *(
                "не 1991",
                "before the year 1991",
                "1991 жыл емес",
                "1991 or 1992",
                "1991-1992",
                "1991/92",
                "91",
                "19911",
                "б.з.д. 1991",
            ),
            *(
                "раньше 1991 года",
                "позже 1991",
                "1991-ге дейін",
                "перед 1991 годом",
                "nineteen ninety",
                "nineteen eighty-one",
            ),
            *(
                "before nineteen ninety-one",
                "тысяча девятьсот девяносто второй",
                "after the end of 1991",
                "it wasn't 1991",
            ),
        ),
    ),
    (Year(1905), ("nineteen fifty", "nineteen five hundred", "1905 BC", "до 1905")),
)


def triples() -> Iterator[tuple[Kind, str, bool]]:
    """Yield a question, an answer, and whether the answer is right."""
    yield from ((kind, text, True) for kind, texts in RIGHT for text in texts)
    yield from ((kind, text, False) for kind, texts in WRONG for text in texts)
