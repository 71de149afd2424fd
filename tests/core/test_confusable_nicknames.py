"""Confusable nicknames, reserved names, and nicknames that the bot suggests."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text, nicknames

from bot.core.nicknames import clean, fault_in, make_unique, read_banned_words, suggest
from bot.core.reserved_names import read_reserved
from bot.core.skeletons import skeletons
from bot.i18n import LANGUAGES, Texts

SHIPPED = read_banned_words(
    (Path(__file__).parents[2] / "bot" / "app" / "refused-nicknames.txt").read_text(encoding="utf-8")
)
NOTHING = read_banned_words("")
A_FEW = read_banned_words("fuck*")

ALIKE = (
    *(
        "Аnna",
        "Anna.",
        "A n n a",
        "ANNA",
        "Αnna",
        "Ann\u200ba",
        "Ａｎｎａ",
        "𝐀𝐧𝐧𝐚",
        "Ⓐⓝⓝⓐ",
        "🅰nna",
        "ᴀɴɴᴀ",
        "🇦🇳🇳🇦",
        "Ꭺnna",
    ),
    *("An\u034fna", "Anna\ufe0f", "~Anna~", "Anna|", "|Anna", "An-na", "Annǃa", "_anna_", "«Anna»", "⠀Anna", "Annаʼ"),
    *("A\u0336n\u0336n\u0336a\u0336", "Anna\u0332", "A\u20ddnna", "Anna\u0e31", "Anna\u05b0", "Anna\ufffc"),
    *("Anna\U0001d159", "Aпna", "Ⲁnna"),
)


@pytest.mark.parametrize("typed", ALIKE)
def test_a_name_that_looks_like_anothers_is_taken(typed: str) -> None:
    """Homoglyphs, decorated letters, case, spaces, punctuation and invisible characters do not make another name."""
    assert fault_in(typed, NOTHING, ["Anna"]) == "taken"
    assert make_unique(typed, ["Anna"]).endswith(" 2")


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        *(
            ("llya", "Ilya"),
            ("1van", "Ivan"),
            ("0lga", "Olga"),
            ("rnaria", "Maria"),
            ("МАRIA", "Maria"),
            ("CarI", "Carl"),
            ("Лuза", "Лиза"),
            ("vvilly", "Willy"),
            ("Ма\u0301ша", "Маша"),
            ("İlya", "Ilya"),
        ),
        *(
            ("ВОВА", "вова"),
            ("BOBA", "Вова"),
            ("3оя", "Зоя"),
            ("ДAHИЯP", "Данияр"),
            ("ҚАНАТ", "Қанат"),
            ("! !!", "!!!"),
        ),
        *(("Anna2", "Anna 2"), ("STRASSE", "Straße"), ("🦊 ", "🦊"), ("👋🏽", "👋")),
    ],
)
def test_names_are_compared_by_their_skeletons(typed: str, taken: str) -> None:
    """A confusable letter in either case is the same name, and so is an emoji with another skin tone."""
    assert fault_in(typed, NOTHING, [taken]) == fault_in(taken, NOTHING, [typed]) == "taken"


NAMES = """
Anna Anne Ann Hanna Nina Ilya Liya Ali Elia Ella Lia Mia Maria Carl Cari Cora Bill Billy Will Tim Tom Zoe Zoë
Аня Яна Али Алия Дима Дина Дана Диана Андрей Марина Карина Арина Полина Миша Маша Паша Саша Даша Вера
Әсем Эсем Қанат Канат Қайрат Кайрат Ұлпан Улпан Семён Семен
Андрей Андреи Jörg Jorg محمد محمود 王伟 王偉 Anna2 Anna3 Anna🦊 !!! ??? 🦊 🐼
"""


def test_similar_ordinary_names_differ() -> None:
    """Each of these similar names is free when all the others are taken; numbers and emoji count."""
    names = NAMES.split()
    for name in names:
        assert fault_in(name, NOTHING, [other for other in names if other != name]) == "", name


RESERVED = read_reserved((texts.plain("seat.roles") for texts in LANGUAGES.values()), ["Mrs Kim", "Айгерім Сейтқали"])


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "Teacher",
            "The Teacher",
            "teacher 1",
            "T e a c h e r",
            "TEACHER!",
            "Teаcher",
            "ТЕАСНЕR",
            "T3acher",
            "Te4cher",
        ),
        *(
            "adm1n",
            "Админ",
            "admin.",
            "учитeль",
            "ведущии",
            "МҰҒАЛІМ",
            "апай",
            "bot",
            "B.O.T",
            "co-host",
            "Co Host",
            "🅰dmin",
        ),
        *(
            "Teacherrr",
            "Teacher✅",
            "Teachér",
            "я учитель",
            "I am the teacher",
            "TeacherKim",
            "Kim Teacher",
            "Mr Teacher",
        ),
        *("Mrs Kim", "MrsKim", "mrs kirn", "Kim Mrs", "Mrs Kim 🌸", "Ms Kim", "Mr5 Kim", "ΜRS ΚΙΜ", "Айгерім апай"),
        *("Сейтқали Айгерім", "АйгерімСейтқали", "айгерім сейтқали.", "Айгерим Сейткали", "Айгерiм Cейткали"),
        *(
            "Мугалим",
            "Muğalim",
            "Уч1тель",
            "T\u0336eacher",
            "Official Teacher",
            "Quiz bot",
            "Бот викторины",
            "Сынып жетекшісі",
        ),
    ],
)
def test_names_and_roles_of_leaders_are_reserved(typed: str) -> None:
    """A leader's name in any order or disguise, and the words for a leader's role, are reserved."""
    assert fault_in(typed, NOTHING, (), RESERVED) == "reserved"


@pytest.mark.parametrize(
    "typed",
    [
        *("Kim", "Айгерім", "Сейтқали", "Anna Kim", "Kimberly", "Mrs", "Miss", "Bota", "Бота", "Ботакөз", "Botagoz"),
        *(
            "Teacher's pet",
            "Abbot",
            "Talbot",
            "Robot",
            "Робот",
            "Hosting",
            "Админа",
            "Апайсыз",
            "Ұстазбек",
            "Директива",
        ),
        *(
            "Anna 1",
            "Anna1",
            "Папа",
            "Няня",
            "The One",
            "1234",
            "🦊",
            "!!!",
            "Theo",
            "Ann Teach",
            "Bo",
            "Host Mom",
            "Mrs Lee",
        ),
    ],
)
def test_a_part_of_a_leaders_name_is_free(typed: str) -> None:
    """A part of a teacher's name, or a word that contains a word for a teacher, is an ordinary name."""
    assert fault_in(typed, NOTHING, (), RESERVED) == ""


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_suggested_words_are_valid_nicknames(texts: Texts) -> None:
    """Each suggested word is valid, also with a number, and shares no skeleton with another."""
    words = texts.plain("seat.offers").split()
    assert len(words) >= 40
    for word in words:
        others = [other for other in words if other != word]
        assert fault_in(f"{word} 100", SHIPPED, others, RESERVED) == fault_in(word, SHIPPED, others, RESERVED) == ""


def test_a_suggestion_depends_on_its_seed() -> None:
    """The same seed suggests the same word; a taken or banned word is never suggested."""
    words = ("Owl", "Fox", "Fuck", "Elk")
    offered = {suggest(words, str(seed), A_FEW, ()) for seed in range(40)}
    assert offered == {"Owl", "Fox", "Elk"}
    assert {suggest(words, "1", A_FEW, ()) for _ in range(5)} == {suggest(words, "1", A_FEW, ())}
    assert {suggest(words, str(seed), A_FEW, ["ELK", "fоx"]) for seed in range(40)} == {"Owl"}
    assert {suggest(("Owl", "Fox"), str(seed), A_FEW, ["owl", "fox", "Owl 2"]) for seed in range(40)} == {
        "Owl 3",
        "Fox 2",
    }


@given(st.one_of(any_text, nicknames))
def test_a_name_shares_a_skeleton_with_itself(text: str) -> None:
    """A cleaned name shares a skeleton with itself in any case and with any spacing."""
    name = clean(text)
    assert skeletons(name)
    assert skeletons(name) & skeletons(f" {name} ")
    assert len(skeletons(name)) <= 4
