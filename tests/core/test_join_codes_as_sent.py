"""Class codes as pupils send them: in sentences, punctuation, homoglyphs and links; and texts that are not codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text, seeded_rng

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
codes = st.integers().map(seeded_rng).map(make_code)
slips = st.sampled_from("ABEGILOQSUVYZ01234568")


@pytest.mark.parametrize(
    "sent",
    [
        *(shape.format(spread.format(*CODE)) for shape in (*BARE, *LABELLED, *HIDDEN) for spread in SPREAD),
        *(shape.format(spread.format(*CODE)) for shape in AMONG for spread in TWO),
        *(shape.format(CODE) for shape in SHAPES),
    ],
)
def test_a_code_is_found_among_punctuation_and_labels(sent: str) -> None:
    """Punctuation, the word "code", other words around a code, and spaces in it change nothing."""
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
    """Pieces between hyphens, points and soft hyphens, and single characters, are joined; other words are not."""
    assert read_code(sent) == CODE


@pytest.mark.parametrize(
    ("typed", "is_answer"),
    [
        *(("779797", True), ("77 97 97", True), ("7 cm 9 mm", True), ("СССР 79", True), ("9779 km", True)),
        *(("R9CRTP", False), ("R9C 779", False), ("R 9 C R T P", False), ("код 779797", False), ("French", False)),
    ],
)
def test_a_number_with_its_unit_is_an_answer(typed: str, is_answer: bool) -> None:  # noqa: FBT001 - a parameter
    """Six characters that are a number or a quantity are not a code during a quiz."""
    assert is_quantity(typed) == is_answer


@given(codes, st.sampled_from(SHAPES), st.sampled_from(({}, TO_CYRILLIC, TO_GREEK)))
def test_any_code_is_found_in_homoglyphs(code: str, shape: str, letters: dict[int, int]) -> None:
    """Every code except one of digits alone is found in every form, also in Cyrillic or Greek homoglyphs."""
    assert read_code(shape.format(code.translate(letters))) == code or code.isdecimal()


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("link", LINKS)
def test_a_code_is_read_from_every_form_of_a_join_link(link: str, around: str) -> None:
    """A link is read in every form that Telegram uses, with any text around it and any name of the bot."""
    sent = around.format(link.format(CODE))
    assert link_payload(sent) == CODE
    assert read_code(sent) == read_code(sent.replace(CODE, CODE.lower())) == CODE
    assert mistyped_code(around.format(link.format("R9CRTQ")), in_quiz=True) == "R9CRTQ"


@given(codes, st.integers(0, 5), slips)
def test_a_code_with_one_wrong_character_is_quoted_as_typed(code: str, place: int, slip: str) -> None:
    """A code with one character outside the alphabet is a mistyped code and not a code."""
    typed = code[:place] + slip + code[place + 1 :]
    if not typed.isdecimal():
        for sent in (typed, f"#{typed}.", f"Код {typed}", f"code: {typed}"):
            assert read_code(sent) is None
            assert mistyped_code(sent, in_quiz=False) == code_to_quote(sent) == typed


@given(codes, st.integers(0, 5), st.sampled_from(ALPHABET))
def test_a_code_with_a_character_too_few_or_too_many_is_mistyped(code: str, place: int, sign: str) -> None:
    """Five or seven characters of the alphabet are a mistyped code, in any case."""
    for typed in (code[:place] + code[place + 1 :], code[:place] + sign + code[place:]):
        if not typed.isdecimal():
            assert mistyped_code(typed.lower(), in_quiz=False) == typed


@pytest.mark.parametrize("typed", ["R9CRTQ", "R9CRT", "R9CRTPP", "r9crt0", "CKMRTO", "R9C-RTQ", "код R9CRTQ", "R9CRTЩ"])
def test_a_mistyped_code_is_recognized_during_a_quiz(typed: str) -> None:
    """A text that resembles a code and no answer is a mistyped code during a quiz."""
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
def test_an_ordinary_answer_is_not_a_code(typed: str) -> None:
    """Words, numbers, quantities, dates and abbreviations during a quiz are neither codes nor mistyped codes."""
    assert read_code(typed) is None
    assert mistyped_code(typed, in_quiz=True) is None


@pytest.mark.parametrize(
    "typed", ["hello", "Hello!", "thank you", "спасибо", "French", "рақмет", "/", "👍", "1991", "what is this"]
)
def test_ordinary_talk_is_not_a_mistyped_code(typed: str) -> None:
    """Ordinary messages to a bot outside a quiz are not mistyped codes."""
    assert mistyped_code(typed, in_quiz=False) is None


def test_one_text_is_one_guess() -> None:
    """Only the first of several codes in a text is read, so that one text cannot try many."""
    assert read_code("R9CRTP R9CRTX R9CRTK") == "R9CRTP"
    assert read_code("t.me/b?start=R9CRTX R9CRTP") == "R9CRTX"


@pytest.mark.parametrize(
    ("typed", "repeated"),
    [
        *(("no such code at all", ""), ("x" * 4000, ""), ("x" * 13, ""), ("", ""), ("...", ""), ("ABC", "ABC")),
        *(("привет", "ПРИВЕТ"), ("<b>", "B"), ("@durov", "DUROV"), ("x.ru", ""), ("мой код", "МОЙ"), ("R9CRTP!", CODE)),
    ],
)
def test_only_one_short_word_is_quoted(typed: str, repeated: str) -> None:
    """A reply to a wrong code quotes only letters and digits, and so no link, mention or tag."""
    assert code_to_quote(typed) == repeated


@given(any_text, st.booleans())
def test_at_most_twelve_letters_and_digits_are_quoted(text: str, in_quiz: bool) -> None:  # noqa: FBT001 - drawn
    """A reply quotes at most twelve letters and digits of any text, and a mistyped code is never a code."""
    near = mistyped_code(text, in_quiz=in_quiz)
    assert near is None or read_code(text) is None
    for said in (near or "", code_to_quote(text)):
        assert said == "" or said.isalnum() or all(sign.isalnum() or sign.isnumeric() for sign in said)


@pytest.mark.parametrize("unit", ["R9CRTP ", "https://t.me/b?start=", "код ", "\ufdfa", "№", "t.me/" + "x" * 100, "C"])
def test_a_too_long_text_is_not_read(unit: str) -> None:
    """A text longer than the limit for codes has no code."""
    text = (unit * LONGEST_CODE)[: LONGEST_CODE + 1]
    assert (read_code(text), mistyped_code(text, in_quiz=False), link_payload(text)) == (None, None, "")
