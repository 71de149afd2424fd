"""Nicknames on a board."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text, nicknames

from bot.core.nicknames import MOST_CHARACTERS, clean, clean_name, fault_in, make_unique, read_banned_words

LIST = Path(__file__).parents[2] / "bot" / "app" / "refused-nicknames.txt"
SHIPPED = read_banned_words(LIST.read_text(encoding="utf-8"))
NOTHING = read_banned_words("")
A_FEW = read_banned_words("# a list\n\nass\nshit # comment\nfuck*\nхуй*\nсука\n")


@pytest.mark.parametrize(
    ("typed", "nickname"),
    [
        ("  Ann \n\t Lee ", "Ann Lee"),
        ("Ａｎｎ", "Ann"),
        ("A\u200bn\u202en\x00", "Ann"),
        ("Zoe\u0301", "Zoé"),
        ("Әсем 🦊", "Әсем 🦊"),
        ("Nguyễn", "Nguyễn"),
        ("\u3164", ""),
        ("\u2800 \u200d", ""),
        ("\u0301\u0301Ann", "Ann"),
        ("Abcdefghijklmnopqrstuvwxyz", "Abcdefghijklmnopqrst"),
        ("👋🏽" * 30, "👋🏽" * 20),
        ("Abcdefghijklmnopqrs tuvw", "Abcdefghijklmnopqrs"),
    ],
)
def test_a_nickname_is_cleaned(typed: str, nickname: str) -> None:
    """Invisible characters are removed, spaces are collapsed, and at most twenty characters remain."""
    assert clean(typed) == nickname


def test_a_tower_of_marks_is_cut() -> None:
    """No letter keeps so many marks that it covers its neighbours."""
    assert len(clean("Z" + "\u0335\u0336\u0337\u0338\u0321\u0322" * 5)) <= 4


@given(st.one_of(any_text, nicknames))
def test_cleaning_is_idempotent(text: str) -> None:
    """A cleaned nickname is short, has nothing invisible, and cleaning it again changes nothing."""
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert sum(unicodedata.category(sign)[0] != "M" for sign in cleaned) <= 2 * MOST_CHARACTERS
    assert not any(unicodedata.category(sign)[0] == "C" for sign in cleaned)
    assert cleaned == " ".join(cleaned.split())


@given(st.one_of(any_text, nicknames))
def test_a_cleaned_nickname_can_only_be_empty(text: str) -> None:
    """The only fault that a cleaned nickname can have is that it is empty."""
    assert fault_in(clean(text), NOTHING, ()) in ("", "empty")


@pytest.mark.parametrize("typed", ["", "   ", "\u3164\u200b", "\u0301", "🏽"])
def test_an_invisible_nickname_is_empty(typed: str) -> None:
    """A nickname without visible characters is empty."""
    assert fault_in(typed, NOTHING, ()) == "empty"


@pytest.mark.parametrize(("typed", "told"), [("a" * 20, ""), ("a" * 21, "long"), ("a " * 20, "long")])
def test_more_than_twenty_characters_are_too_long(typed: str, told: str) -> None:
    """An uncut nickname of more than twenty characters is too long."""
    assert fault_in(typed, NOTHING, ()) == told


@pytest.mark.parametrize(
    "typed",
    [
        *("fuck", "FUCK", "fuuuuck", "f.u.c.k", "f u c k", "f-u-c-k you", "fu ck", "fu_ck", "ｆｕｃｋ", "fück"),
        *("𝓯𝓾𝓬𝓴", "fuсk", "xfuckx", "MegaFucker", "fuck123", "ass", "@ss", "a$$", "asss", "big ass", "BigAss", "a s s"),
        *("sh1t", "5hit", "Shit!", "хуй", "xyй", "ХУЙ", "нахуйник", "х у й", "хyй", "хуууй", "cука", "суkа", "c.у.к.а"),
    ],
)
def test_disguised_banned_words_are_found(typed: str) -> None:
    """Case, repeated letters, separators, digits and homoglyphs do not hide a banned word."""
    assert fault_in(typed, A_FEW, ()) == "rude"


@pytest.mark.parametrize(
    "typed", ["As", "Cassandra", "Bass Player", "mass", "Ann Assad", "Yoshitaka", "Shi Tao", "Сук"]
)
def test_a_word_without_a_star_is_banned_alone(typed: str) -> None:
    """A word without a star is banned alone, not inside or across words, nor with letters missing."""
    assert fault_in(typed, A_FEW, ()) == ""


@pytest.mark.parametrize(
    "typed",
    [
        *("Ann", "Dickens", "Scunthorpe", "Sebastian", "Annalena", "Ann Al", "Cassidy", "Semen", "Huy", "Hancock"),
        *(
            "Titus",
            "Essex",
            "Siriporn",
            "Yoshitaka",
            "Matsushita",
            "Grace",
            "Peacock",
            "Penistone",
            "Assel",
            "As",
            "Nigel",
        ),
        *("Niger", "Class 7", "Massimo", "Montenegro", "Sussex", "Shitake", "Мама", "Кот", "Себастьян"),
        *("Анна", "Хлеб", "Гребец", "Херсон", "Сухарь", "Мудрый", "Муха", "Канал", "Янус", "Спорно", "Учёба"),
        *(
            "Серёжа",
            "Людмила",
            "Айгерім",
            "Әсем",
            "Нұрсұлтан",
            "Қуаныш",
            "Ұлпан",
            "Өмір",
            "Жанар",
            "Бек",
            "Асель",
            "Асан",
        ),
        *(
            "Сілтеме",
            "Көкше",
            "Ақмарал",
            "Қызғалдақ",
            "Ілияс",
            "Көтібақ",
            "Тасболат",
            "Қотыр",
            "Амина",
            "Шешен",
            "Дана",
        ),
        *(
            "Zhanna",
            "Kairat",
            "Kote",
            "Sukanya",
            "Debora",
            "Мандарин",
            "Педагог",
            "Пингвин",
            "Подстаканник",
            "1234",
            "🦊",
        ),
    ],
)
def test_ordinary_names_are_accepted(typed: str) -> None:
    """The list in the bot bans no ordinary name, place or animal."""
    assert fault_in(typed, SHIPPED, ()) == ""


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "Fucker",
            "b1tch",
            "N1gger",
            "motherf.u.c.k.e.r",
            "Hitler88",
            "KKK",
            "blyat",
            "cyka",
            "cука блять",
            "П И З Д А",
        ),
        *("пи3да", "хуёво", "долбоёб", "ЗАЕБАЛ", "гoвнo", "Қотақ", "котак", "KOTAK", "қотағым", "сиктир", "жәлеп"),
    ],
)
def test_the_list_of_the_bot_refuses_rude_words_of_three_languages(typed: str) -> None:
    """The list in the bot bans English, Russian and Kazakh rude words."""
    assert fault_in(typed, SHIPPED, ()) == "rude"


def test_every_line_of_the_list_refuses_its_word() -> None:
    """Each entry is one word, occurs once and is banned; a starred word also inside other words."""
    lines = [line.partition("#")[0].strip() for line in LIST.read_text(encoding="utf-8").splitlines()]
    words = [line for line in lines if line]
    assert len(words) == len(set(words)) > 300
    for word in words:
        assert " " not in word
        assert fault_in(word.rstrip("*"), SHIPPED, ()) == "rude"
        if word.endswith("*"):
            assert fault_in(f"ооо{word.rstrip('*')}ооо"[:MOST_CHARACTERS], SHIPPED, ()) == "rude"


@given(nicknames, st.sampled_from((" ", ".", "-", "_", "*", "")), st.integers(1, 3))
def test_a_disguised_starred_word_is_found(before: str, between: str, times: int) -> None:
    """A starred word is found after other words, and with its letters repeated or separated."""
    dressed = between.join(letter * times for letter in "fuck")
    assert fault_in(f"{before} {dressed}", A_FEW, ()) == "rude"


def test_an_empty_list_bans_nothing() -> None:
    """A list of comments and blank lines bans no nickname."""
    assert fault_in("fuck", read_banned_words("# nothing\n\n*\n"), ()) == ""


@pytest.mark.parametrize(("typed", "told"), [("ann", "taken"), (" ANN ", "taken"), ("Ann 2", ""), ("straSSe", "taken")])
def test_a_name_is_taken_in_any_case(typed: str, told: str) -> None:
    """Nicknames that differ in case alone are the same."""
    assert fault_in(typed, NOTHING, ["Ann", "Straße"]) == told


@pytest.mark.parametrize(
    ("typed", "taken", "given_name"),
    [
        ("Ann", [], "Ann"),
        (" Ann ", ["Bob"], "Ann"),
        ("Ann", ["ann"], "Ann 2"),
        ("Ann", ["ann", "ANN 2", "Ann 4"], "Ann 3"),
        ("a" * 20, ["a" * 20], "a" * 18 + " 2"),
    ],
)
def test_a_taken_name_gets_the_first_free_number(typed: str, taken: list[str], given_name: str) -> None:
    """A taken name gets the first free number and stays short enough."""
    assert make_unique(typed, taken) == given_name


@given(nicknames, st.lists(nicknames, max_size=12))
def test_unique_names_differ_and_need_no_cleaning(typed: str, others: list[str]) -> None:
    """Each pupil gets a name that nobody else has and that needs no cleaning."""
    taken: list[str] = []
    for name in [typed, *others, typed, typed.upper()]:
        found = make_unique(name, taken)
        assert fault_in(found, NOTHING, taken) in ("", "empty")
        assert clean(found) == found
        taken.append(found)
    assert len({name.casefold() for name in taken}) == len(taken)


def test_a_character_keeps_one_skin_tone() -> None:
    """A character keeps one skin tone; further ones, which are shown as squares, are removed."""
    assert clean("a" + "🏽" * 100) == "a🏽"
    assert clean("👋🏽🏽👋🏿") == "👋🏽👋🏿"


@pytest.mark.parametrize("typed", ["\ufdfa" * 200, "fuck " * 41, "a" + "\u0301" * 400, "x" * 201, " " * 201])
def test_a_far_too_long_text_is_refused_unread(typed: str) -> None:
    """A text over the limit is too long, whatever words it has."""
    assert fault_in(typed, A_FEW, ()) == "long"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Anna\n Lee ", "Anna Lee"),
        ("A\u200bn\u202en\x00", "Ann"),
        ("x" * 241, ""),
        ("\ufdfa" * 60, ""),
        ("Z" + "\u0335" * 50, "Z\u0335\u0335\u0335"),
    ],
)
def test_a_real_name_is_cleaned(typed: str, name: str) -> None:
    """Invisible characters and excess marks are removed from a real name; a far too long one is empty."""
    assert clean_name(typed) == name
