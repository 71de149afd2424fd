"""Options that look the same, and options that readers can distinguish."""

import pytest
from hypothesis import given
from strategies import any_text

from bot.core.errors import QuestionError
from bot.core.kinds.one_right import OneRight
from bot.core.kinds.several_right import SeveralRight
from bot.core.visual_comparison import are_indistinguishable, visible_form

TOLD_APART = [
    *[("Mg", "mg"), ("Polish", "polish"), ("résumé", "resume"), ("5 m²", "5 m2"), ("[1, 2]", "(1, 2)"), ("1/4", "1-4")],
    *[("the Council", "Council"), ("Vienna", "Vienna."), ("x < y", "x > y"), ("a ≤ b", "a ≥ b"), ("½", "1/2")],
    *[
        ("modern", "modem"),
        ("0", "O"),
        ("1", "l"),
        ("10", "IO"),
        ("ısı", "isi"),
        ("Ä", "A"),
        ("ø", "o"),
        ("№ 1", "No 1"),
    ],
    *[("түр", "тур"), ("тұр", "тур"), ("әлем", "елем"), ("кий", "кии"), ("все", "всё"), ("6", "б"), ("г", "r")],
    *[
        ("σ", "o"),
        ("ρ", "p"),
        ("α", "a"),
        ("ℝ", "R"),
        ("C", "C++"),
        ("5", "-5"),
        ("ab", "a b"),
        ("土", "士"),
        ("ו", "ן"),
    ],
    *[("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"), ("👍🏽", "👍🏿"), ("🇰🇿", "🇰🇬"), ("می‌خواهم", "میخواهم"), ("👨‍👩‍👧", "👨👩👧")],
]
THE_SAME = [
    *[("Oslo", "Оslo"), ("Cu", "Сu"), ("COH", "СОН"), ("A", "Α"), ("A", "Ꭺ"), ("І", "I"), ("Al", "AI"), ("v", "ν")],
    *[
        ("Oslo", "Os\u2060lo"),
        ("Oslo", "Oslo\u200b"),
        ("Oslo", "\ufeffOslo"),
        ("Oslo", "Os\u00adlo"),
        ("Oslo", "O\u200dslo"),
    ],
    *[
        ("Oslo", "Oslo\u3164"),
        ("Oslo", "\u2800Oslo"),
        ("Oslo", "Oslo\u2066\u2069"),
        ("Oslo", "Os\u034flo"),
        ("☺", "☺\ufe0f"),
    ],
    *[("New York", "New\u00a0York"), ("New York", "New  York"), ("é", "e\u0301"), ("й", "и\u0306"), ("Å", "\u212b")],
    *[("1939–45", "1939-45"), ("−5", "-5"), ("it’s", "it's"), ("“a”", '"a"'), ("fin", "ﬁn"), ("A", "Ａ"), ("…", "...")],
    *[("5 × 3", "5 х 3"), ("IV", "Ⅳ"), ("µm", "μm")],
]
BLANK = ["\u2060", "\u200b\u200c", "\u3164", "\u2800 \u2800", "\u00a0\u2060", "\ufe0f", "\u2066\u2069", "\u034f"]


@pytest.mark.parametrize(("one", "other"), TOLD_APART)
def test_options_that_look_different_are_accepted(one: str, other: str) -> None:
    """Case, accents, signs and letters of one alphabet distinguish options."""
    assert not are_indistinguishable(one, other)
    assert OneRight.read({"answer": one, "wrong": (other,)}) == OneRight.read(
        OneRight.read({"answer": one, "wrong": (other,)}).write()
    )
    assert SeveralRight.read({"answers": (one, other), "wrong": ("zzz", "Zzz")}).answers == (one, other)


@pytest.mark.parametrize(("one", "other"), THE_SAME)
def test_options_that_look_the_same_are_refused(one: str, other: str) -> None:
    """Invisible differences do not make another option, right or wrong, in either order."""
    assert are_indistinguishable(one, other)
    assert are_indistinguishable(other, one)
    for fields in ({"answer": one, "wrong": (other,)}, {"answer": "zzz", "wrong": (one, other)}):
        with pytest.raises(QuestionError, match=r"keep (it in )?one of them"):
            OneRight.read(fields)


@pytest.mark.parametrize("text", BLANK)
def test_an_invisible_option_is_refused(text: str) -> None:
    """An option of invisible characters alone is a fault of its own."""
    assert not visible_form(text)
    with pytest.raises(QuestionError, match=r"wrong: (has only blank|is empty)"):
        OneRight.read({"answer": "Oslo", "wrong": (text, "Bergen")})


def test_the_fault_names_the_invisible_difference() -> None:
    """For two options that look the same, the fault names the character that differs."""
    with pytest.raises(QuestionError, match=r"one has U\+041E, cyrillic capital letter o"):
        OneRight.read({"answer": "Oslo", "wrong": ("Оslo",)})
    with pytest.raises(QuestionError, match=r"one has U\+2060, word joiner"):
        OneRight.read({"answer": "Os\u2060lo", "wrong": ("Oslo",)})


@given(any_text)
def test_every_text_looks_like_itself(text: str) -> None:
    """A text looks the same as itself and as its visible form."""
    assert are_indistinguishable(text, text)
    assert are_indistinguishable(visible_form(text), text)
