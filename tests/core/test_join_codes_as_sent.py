"""Class codes as pupils send them: in sentences, punctuation, look-alike letters and links; and what is no code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text, dice

from bot.core.join_codes import ALPHABET, code_to_quote, is_quantity, link_payload, make_code, mistyped_code, read_code
from bot.core.text_limits import LONGEST_CODE

CODE = "R9CRTP"
TO_CYRILLIC = str.maketrans("KMHPCTXkmhpctx", "КМНРСТХкмнрстх")
TO_GREEK = str.maketrans("KMHPTXN", "ΚΜΗΡΤΧΝ")
LINKS = (
    "https://t.me/quiz_bot?start={}",
    "http://t.me/quiz_bot?start={}",
    "t.me/quiz_bot?start={}",
    "HTTPS://T.ME/quiz_bot?START={}",
    "https://telegram.me/quiz_bot?start={}",
    "https://telegram.dog/quiz_bot?start={}",
    "https://quiz_bot.t.me?start={}",
    "https://t.me/quiz_bot?text=hi&start={}",
    "https://t.me/quiz_bot?text=hi&amp;start={}",
    "https://t.me/CRTXFM_bot?start={}",
    "tg://resolve?domain=quiz_bot&start={}",
    "https%3A%2F%2Ft.me%2Fquiz_bot%3Fstart%3D{}",
)
AROUND = (
    "{}",
    "{}.",
    "({})",
    "<{}>",
    "«{}»",
    '"{}"',
    "{}!",
    "{},",
    "Join my class: {} see you",
    "Заходи: {}, ждём",
    "\n{}\n",
)
BARE = (
    "{}.",
    "#{}",
    "({})",
    "«{}»",
    "“{}”",
    "'{}'",
    "`{}`",
    "*{}*",
    "{}!",
    "{}?",
    "{},",
    "[{}]",
    "№ {}",
    "№{}",
    "👉{}👈",
)
LABELLED = (
    "Код {}",
    "код: {}",
    "Код:{}",
    "code: {}",
    "Code - {}",
    "Код класса — {}!",
    "my code is {}",
    "Сынып коды: {}",
)
AMONG = ("{} please", "здравствуйте, {}", "Hello! {}\nThank you", "код {} пожалуйста", "I want to join {} now")
HIDDEN = ("\u200b{}\u2069", "\u202a{}\u202c", "{}\u2060", "\ufeff{}")
SHAPES = (*BARE, *LABELLED, *AMONG, *HIDDEN, "Код{}", "code{}")
TWO = ("{}{}{}{}{}{}", "{}{}{} {}{}{}", "{}{}{}-{}{}{}")
SPREAD = (*TWO, "{}{} {}{} {}{}", "{} {} {} {} {} {}", "{}{}\u2011{}{}.{}{}")
codes = st.integers().map(dice).map(make_code)
slips = st.sampled_from("ABEGILOQSUVYZ01234568")


@pytest.mark.parametrize(
    "sent",
    [
        *(shape.format(spread.format(*CODE)) for shape in (*BARE, *LABELLED, *HIDDEN) for spread in SPREAD),
        *(shape.format(spread.format(*CODE)) for shape in AMONG for spread in TWO),
        *(shape.format(CODE) for shape in SHAPES),
    ],
)
def test_a_code_is_found_in_what_people_send(sent: str) -> None:
    """Punctuation, the word "code" and other words around a code change nothing, nor does its own spacing."""
    assert read_code(sent) == read_code(sent.lower()) == CODE


@pytest.mark.parametrize(
    "sent",
    [
        *(
            "join R9-CRTP",
            "my class: R-9-C-R-T-P",
            "hi R 9 C R T P thanks",
            "Kod R9 CR TP",
            "код_R9CRTP",
            "code=R9CRTP",
        ),
        *("R9CRTP R9CRTP", "Код:\nR9C RTP", "r.9.c.r.t.p", "R9C\u00a0RTP", "R9C\u00adRTP", "t.me/bot?startapp=R9CRTP"),
    ],
)
def test_a_code_in_pieces_is_found_among_words(sent: str) -> None:
    """Hyphens, points, soft hyphens and signs one by one are put together, and other words are not."""
    assert read_code(sent) == CODE


@pytest.mark.parametrize(
    ("typed", "is_answer"),
    [
        *(("779797", True), ("77 97 97", True), ("7 cm 9 mm", True), ("СССР 79", True), ("9779 km", True)),
        *(("R9CRTP", False), ("R9C 779", False), ("R 9 C R T P", False), ("код 779797", False), ("French", False)),
    ],
)
def test_a_number_with_its_unit_is_an_answer(typed: str, is_answer: bool) -> None:  # noqa: FBT001 - a parameter
    """Six signs that are a number or a quantity are no code while a quiz is under way."""
    assert is_quantity(typed) == is_answer


@given(codes, st.sampled_from(SHAPES), st.sampled_from(({}, TO_CYRILLIC, TO_GREEK)))
def test_any_code_is_found_in_look_alike_letters(code: str, shape: str, letters: dict[int, int]) -> None:
    """Every code but one of digits alone is found in every shape, also in Cyrillic or Greek letters that look it."""
    assert read_code(shape.format(code.translate(letters))) == code or code.isdecimal()


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("link", LINKS)
def test_a_join_link_holds_its_code(link: str, around: str) -> None:
    """A link is read in every form that Telegram knows, whatever stands around it or in the name of the bot."""
    sent = around.format(link.format(CODE))
    assert link_payload(sent) == CODE
    assert read_code(sent) == read_code(sent.replace(CODE, CODE.lower())) == CODE
    assert mistyped_code(around.format(link.format("R9CRTQ")), in_quiz=True) == "R9CRTQ"


@given(codes, st.integers(0, 5), slips)
def test_a_code_with_a_wrong_sign_is_told_as_it_was_typed(code: str, place: int, slip: str) -> None:
    """One sign that is in no code makes a near miss, which no reader of codes takes for a code."""
    typed = code[:place] + slip + code[place + 1 :]
    if not typed.isdecimal():
        for sent in (typed, f"#{typed}.", f"Код {typed}", f"code: {typed}"):
            assert read_code(sent) is None
            assert mistyped_code(sent, in_quiz=False) == code_to_quote(sent) == typed


@given(codes, st.integers(0, 5), st.sampled_from(ALPHABET))
def test_a_code_with_a_sign_too_few_or_too_many_is_near(code: str, place: int, sign: str) -> None:
    """Five or seven signs of the alphabet are a near miss, in any case."""
    for typed in (code[:place] + code[place + 1 :], code[:place] + sign + code[place:]):
        if not typed.isdecimal():
            assert mistyped_code(typed.lower(), in_quiz=False) == typed


@pytest.mark.parametrize("typed", ["R9CRTQ", "R9CRT", "R9CRTPP", "r9crt0", "CKMRTO", "R9C-RTQ", "код R9CRTQ", "R9CRTЩ"])
def test_a_near_miss_is_noticed_during_a_quiz_too(typed: str) -> None:
    """What no answer looks like is a mistyped code even while a quiz is under way."""
    assert mistyped_code(typed, in_quiz=True)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "blue whale",
            "whale",
            "French",
            "FRENCH",
            "March",
            "NORTH",
            "twelfth",
            "church",
            "thirty",
            "rhythm",
            "length",
        ),
        *(
            "1991",
            "779778",
            "1,997,997",
            "10:30",
            "977 km",
            "197 kWh",
            "9 March",
            "7 марта",
            "9th March",
            "MH370",
            "H2SO4",
        ),
        *(
            "РСФСР",
            "ЦК КПСС",
            "НКВД",
            "HTTPS",
            "NHTSA",
            "UNHCR",
            "привет",
            "крест",
            "Пётр",
            "тіл",
            "сәлем",
            "қырық",
            "",
        ),
        *("true", "B", "I do not know", "t.me/quiz_bot", "https://example.org/?start=R9CRTX7", "x.ru", "10 %", "3-2"),
    ],
)
def test_an_ordinary_answer_is_no_code(typed: str) -> None:
    """Words, numbers, quantities, dates and abbreviations typed during a quiz are neither codes nor near misses."""
    assert read_code(typed) is None
    assert mistyped_code(typed, in_quiz=True) is None


@pytest.mark.parametrize(
    "typed", ["hello", "Hello!", "thank you", "спасибо", "French", "рақмет", "/", "👍", "1991", "what is this"]
)
def test_ordinary_talk_is_no_code_without_a_quiz(typed: str) -> None:
    """What people say to a bot is not taken for a mistyped code either."""
    assert mistyped_code(typed, in_quiz=False) is None


def test_one_text_is_one_guess() -> None:
    """Of many codes in a text the first is read, so that nobody tries many at once."""
    assert read_code("R9CRTP R9CRTX R9CRTK") == "R9CRTP"
    assert read_code("t.me/b?start=R9CRTX R9CRTP") == "R9CRTX"


@pytest.mark.parametrize(
    ("typed", "repeated"),
    [
        *(("no such code at all", ""), ("x" * 4000, ""), ("x" * 13, ""), ("", ""), ("...", ""), ("ABC", "ABC")),
        *(("привет", "ПРИВЕТ"), ("<b>", "B"), ("@durov", "DUROV"), ("x.ru", ""), ("мой код", "МОЙ"), ("R9CRTP!", CODE)),
    ],
)
def test_only_one_short_word_is_repeated(typed: str, repeated: str) -> None:
    """An answer to a wrong code repeats letters and digits alone, so it never holds a link, a mention or a tag."""
    assert code_to_quote(typed) == repeated


@given(any_text, st.booleans())
def test_whatever_is_typed_is_repeated_without_signs(text: str, in_quiz: bool) -> None:  # noqa: FBT001 - drawn
    """Of any text at most twelve letters and digits are repeated, and a near miss is never a code."""
    near = mistyped_code(text, in_quiz=in_quiz)
    assert near is None or read_code(text) is None
    for said in (near or "", code_to_quote(text)):
        assert said == "" or said.isalnum() or all(sign.isalnum() or sign.isnumeric() for sign in said)


@pytest.mark.parametrize("unit", ["R9CRTP ", "https://t.me/b?start=", "код ", "\ufdfa", "№", "t.me/" + "x" * 100, "C"])
def test_a_longer_text_holds_no_code(unit: str) -> None:
    """What is longer than a class code may be is not read."""
    text = (unit * LONGEST_CODE)[: LONGEST_CODE + 1]
    assert (read_code(text), mistyped_code(text, in_quiz=False), link_payload(text)) == (None, None, "")
