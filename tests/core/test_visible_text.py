"""The visible characters of a name."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import any_text

from bot.core.nicknames import clean, clean_name, fault_in, read_banned_words
from bot.core.visible_text import visible_text

JOINED = (
    *("👨‍👩‍👧", "❤️‍🔥", "👩🏽‍🚀", "🏳️‍🌈", "🏴‍☠️", "🙂‍↔️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
    *("علی‌رضا", "می‌روم", "ශ්‍රී", "ක්‍ෂණ", "क्‍ष", "രാമന്‍", "বাঁশি র‍্যাব"),
)
NOTHING_REFUSED = read_banned_words("")
NAMELESS = (
    *(
        "",
        " ",
        "\u3164",
        "\u2800",
        "\u115f",
        "\u1160",
        "\uffa0",
        "\ufffc",
        "\u200b",
        "\u200d",
        "\u2060",
        "\u00ad",
        "\u180e",
    ),
    *(
        "\u0301",
        "\u0301\u0302\u034f",
        "\ufe0f",
        "\U000e0041",
        "\u202e",
        "\u2066\u2069",
        "🏽",
        "\u3164 \u2800\u0301",
        "\x00\n",
    ),
    *(
        "\u00ad",
        "\u180e",
        "\u17b4",
        "\ue000",
        "\U000e007f",
        "\u2028",
        "\ufeff\u200e",
        "\u115f\u0335\u0336",
        "\u3164 \u2800\u0301",
    ),
)
ODD = st.text(
    st.sampled_from("aя👨🏽🏴\u200d\u200c\ufe0f\u0301\u0dca\u0dbb\u0631\u064b\U000e0067\U000e007f\u3164 \n\x00"),
    max_size=14,
)


@pytest.mark.parametrize("name", JOINED)
def test_joiners_with_an_effect_are_kept(name: str) -> None:
    """Joined emoji, flags of regions, and Persian and Indic names are unchanged, also as nicknames."""
    assert visible_text(name) == clean_name(name) == name
    assert clean(name) == unicodedata.normalize("NFKC", name)
    assert fault_in(name, NOTHING_REFUSED, ()) == ""


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        *(
            ("A\u200dnn", "Ann"),
            ("Алихан\u200c", "Алихан"),
            ("\u200dAnn", "Ann"),
            ("👨\u200d", "👨"),
            ("👨\u200c👩", "👨👩"),
        ),
        *(("👨\u200c👩", "👨👩"), ("👨\u200d\u200d👩", "👨👩"), ("\u202eAnn\u202c", "Ann"), ("A\u0000n\tn\n", "An n")),
        *(
            ("\u2067Ann", "Ann"),
            ("\u3164Ann\u3164", "Ann"),
            ("a🏽\U000e0067\U000e007f", "a🏽"),
            ("🏴\U000e0067", "🏴"),
            ("ع\u200d", "ع"),
        ),
        *(("Z" + "\u0335" * 9, "Z" + "\u0335" * 3), ("Z" + "\u0335\u200d" * 9, "Z" + "\u0335" * 3)),
    ],
)
def test_invisible_characters_are_removed(name: str, seen: str) -> None:
    """Joiners without effect, direction controls, control characters, fillers and towers of marks are removed."""
    assert visible_text(name) == seen


@pytest.mark.parametrize("name", NAMELESS)
def test_a_name_without_visible_characters_is_empty(name: str) -> None:
    """Blanks, marks, format characters and unassigned code points alone are not a nickname or a real name."""
    assert visible_text(name) == clean(name) == clean_name(name) == ""
    assert fault_in(name, NOTHING_REFUSED, ()) == "empty"


@given(any_text | ODD)
@example("\u0dca\u200d\u0301\u0dca\u200d")
def test_visible_text_is_unchanged_by_a_second_pass(name: str) -> None:
    """A visible text is unchanged, on one line, and without direction controls."""
    seen = visible_text(name)
    assert visible_text(seen) == seen == " ".join(seen.split())
    assert all(unicodedata.category(sign) not in ("Cc", "Co", "Cs", "Cn") for sign in seen)
    assert unicodedata.bidirectional("\u202e") not in {unicodedata.bidirectional(sign) for sign in seen}
