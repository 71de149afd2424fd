"""Codes that pupils type, and secrets in links."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text, seeded_rng

from bot.core.join_codes import ALPHABET, CODE_LENGTH, SECRET_LENGTH, make_code, make_secret, read_code

LOOK_ALIKE = ("0OQD", "1IL", "2Z", "5S", "6G", "8B", "UVY", "3E", "4A")
TO_CYRILLIC = str.maketrans("KMHPCTX", "КМНРСТХ")

codes = st.integers().map(seeded_rng).map(make_code)


@given(codes)
def test_a_code_is_six_characters_of_the_alphabet(code: str) -> None:
    """A code has six characters of the alphabet, and is read as itself."""
    assert re.fullmatch(f"[{ALPHABET}]{{{CODE_LENGTH}}}", code)
    assert read_code(code) == code


@pytest.mark.parametrize("alike", LOOK_ALIKE)
def test_no_two_characters_look_alike(alike: str) -> None:
    """The alphabet has at most one of several characters that look alike."""
    assert len(set(alike) & set(ALPHABET)) <= 1


def test_no_code_is_a_word() -> None:
    """The alphabet has no vowel and no digit that resembles one."""
    assert not set(ALPHABET) & set("AEIOUY0134")
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_codes_differ() -> None:
    """A random generator yields different codes, in which every character of the alphabet occurs."""
    rng = seeded_rng(1)
    made = {make_code(rng) for _ in range(200)}
    assert len(made) == 200
    assert set("".join(made)) == set(ALPHABET)


@given(codes, st.lists(st.sampled_from(("", " ", "-", " – ", "\t", "\u00a0")), min_size=7, max_size=7), st.booleans())
def test_spaces_case_and_keyboard_do_not_matter(code: str, between: list[str], cyrillic: bool) -> None:  # noqa: FBT001 - drawn
    """Spaces, dashes, lower case and a Cyrillic keyboard change nothing."""
    typed = code.translate(TO_CYRILLIC) if cyrillic else code
    spread = "".join(gap + sign for gap, sign in zip(between, typed, strict=False)) + between[-1]
    assert read_code(spread) == read_code(spread.lower()) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ckm-7tx", "CKM7TX"),
        ("скм 7тх", "CKM7TX"),
        ("ＣＫＭ７ＴＸ", "CKM7TX"),
        ("CKM7T", None),
        ("CKM7TXX", None),
        ("CKM7TO", None),
        ("привет", None),
        ("", None),
    ],
)
def test_other_texts_are_not_codes(typed: str, code: str | None) -> None:
    """Six characters of the alphabet are a code; more, fewer or other characters are not."""
    assert read_code(typed) == code


@given(any_text)
def test_any_text_is_read(text: str) -> None:
    """Any text contains a whole code or none."""
    code = read_code(text)
    assert code is None or read_code(code) == code


@given(st.integers())
def test_a_secret_fits_a_start_link(seed: int) -> None:
    """A secret has only characters that a start link may have, is longer than a code, and differs from the next."""
    rng = seeded_rng(seed)
    secret, other = make_secret(rng), make_secret(rng)
    assert re.fullmatch(rf"[A-Za-z0-9_-]{{{SECRET_LENGTH}}}", secret)
    assert secret != other
    assert CODE_LENGTH < len(secret) <= 64
