"""Table of typed answers to questions for a number or a year, with the verdicts of a fair teacher."""

from collections.abc import Iterator

from number_answers_wrong import WRONG
from number_questions import number

from bot.core.kind import Kind
from bot.core.kinds.year import Year

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


def triples() -> Iterator[tuple[Kind, str, bool]]:
    """Yield each question with an answer and whether the answer is right."""
    yield from ((kind, text, True) for kind, texts in RIGHT for text in texts)
    yield from ((kind, text, False) for kind, texts in WRONG for text in texts)
