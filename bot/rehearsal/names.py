"""Names of simulated pupils: common ones of three languages, with surnames that do not depend on the gender."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from random import Random

MAX_NAMES = 1000
"""The number of names that are certain to be different."""


@dataclass(frozen=True, slots=True)
class Name:
    """A pupil's name and nickname; ``language`` is the language of the name."""

    first: str
    last: str
    nickname: str
    language: str


_FIRST = {
    "en": "Adam Alice Amy Anna Arthur Ben Bella Caleb Chloe Clara Daniel David Diana Dylan Edward Ella Emily Emma "
    "Ethan Eva Felix Finn Florence Freya George Grace Hannah Harry Hazel Henry Holly Isaac Ivy Jack James "
    "Jane Joe Julia Kate Laura Leo Lily Lucas Lucy Mark Martha Max Megan Mia Nathan Nora Oliver Olivia Oscar "
    "Paul Peter Rachel Rose Ruby Sam Sophie Theo Thomas Victor Will Zoe",
    "ru": "Александр Алексей Алина Алиса Алла Анастасия Андрей Анна Антон Арина Артём Богдан Борис Вадим Валерия "
    "Варвара Василий Вера Вероника Виктор Виктория Виталий Владимир Галина Георгий Глеб Григорий Даниил Дарья "
    "Денис Дмитрий Ева Евгений Екатерина Елена Елизавета Захар Иван Игорь Илья Ирина Кирилл Константин Ксения "
    "Лев Лидия Максим Маргарита Марина Мария Матвей Михаил Надежда Наталья Никита Николай Олег Ольга Павел "
    "Полина Роман Светлана Семён Сергей София Степан Тамара Тимофей Ульяна Фёдор Юлия Ярослав",
    "kk": "Абай Адай Айбек Айгүл Айдана Айдос Айжан Айсұлу Айша Ақбота Ақерке Алдияр Алма Алтынай Арман Асан Асель "
    "Аяжан Әйгерім Әлия Әлихан Әсем Бауыржан Бекзат Болат Ботагөз Гүлнар Гүлсім Дана Дархан Дәурен Динара "
    "Ерасыл Ерлан Еркебұлан Жайна Жандос Жанель Жанна Жансая Жасұлан Зере Ильяс Инжу Кәмила Қайсар Қанат "
    "Қарлығаш Құралай Ләйлә Мадина Мақсат Марат Меруерт Мирас Мөлдір Назым Нұрай Нұрлан Нұрбек Олжас "
    "Перизат Раушан Рүстем Салтанат Сандуғаш Санжар Сәуле Серік Темірлан Томирис Ұлпан Шолпан Шыңғыс Ырыс",
}
_LAST = {
    "en": "Adams Baker Carter Davies Evans Foster Green Hughes Irving Jones King Lewis Moore Nelson Owen Parker "
    "Reed Stone Taylor Wood",
    "ru": "Авраменко Бондаренко Василенко Гончаренко Дяченко Ефименко Жук Заец Иваненко Коваль Лысенко Мельник "
    "Назаренко Остапенко Павленко Руденко Седых Ткаченко Филиппенко Черных",
    "kk": "Ахмет Байжан Ғабит Дулат Ермек Жұман Зейнолла Искак Кәрім Қасым Мұрат Нұрғали Омар Рахым Сейіт Талғат "
    "Уәли Хамит Шәкір Ысқақ",
}


def draw_names(rng: Random, size: int) -> tuple[Name, ...]:
    """Draw the names of ``size`` people, at most MAX_NAMES; no two have the same name or the same nickname.

    A nickname is the first name, followed by the surname's initial if the first name is taken already.
    """
    if not 0 <= size <= MAX_NAMES:
        raise ValueError(f"there are names for 0 to {MAX_NAMES} people, not for {size}")
    return tuple(islice(_all_names(rng), size))


def _all_names(rng: Random) -> Iterator[Name]:
    """Yield names: every first name once, then every first name with a second surname, and so on."""
    first_names = [(language, first) for language, firsts in _FIRST.items() for first in firsts.split()]
    for namesakes in count():
        rng.shuffle(first_names)
        yield from (_name(language, first, namesakes) for language, first in first_names)


def _name(language: str, first: str, namesakes: int) -> Name:
    """Build the name of a person after ``namesakes`` others with the same first name; each has another surname."""
    lasts = _LAST[language].split()
    # The order of surnames depends on the first name; otherwise all pupils of a small class would have the same one.
    last = lasts[(sum(map(ord, first)) + namesakes) % len(lasts)]
    return Name(first, last, f"{first} {last[0]}." if namesakes else first, language)
