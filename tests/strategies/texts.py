"""Strategies for texts of any script, words, nicknames, and the texts of authors and banks."""

import re

from hypothesis import strategies as st

from bot.core.visual_comparison import visible_form

any_text = st.text(max_size=60)
"""Text of any script, including control characters and marks without a base."""

words = st.text(alphabet="abcdefghklmnoprstuwyzäöüéøßабвгдежзийкғқңөұүі", min_size=1, max_size=12)
"""Words of Latin, Cyrillic and Kazakh letters, without digits."""

phrases = st.lists(words, min_size=1, max_size=4).map(" ".join)
"""One to four such words."""

authored_text = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), include_characters="\n"))
    .map(lambda text: re.sub("[\ufeff\u202a\u202b\u202d\u202e]", "", text).strip())
    .filter(visible_form)
)
"""Free text of an author: any script, line breaks, every character that YAML interprets.

It has a visible character and no control that changes the direction of text."""

identifiers = st.from_regex(r"[a-z][a-z0-9-]{0,23}", fullmatch=True)
"""Ids of passages, topics and questions."""

_FRAGMENTS = (
    "Женева ",
    "word. ",
    "<b>&amp; ",
    "😀",
    "a\nb\nc\n",
    "日本",
    "“Ra’ad” ",
    "\\*_{n}% ",
    "x" * 40,
    "Да! Нет? ",
    "\u2003y",
)

bank_texts = st.builds(
    lambda fragment, times, end: f"{(fragment * times)[:1000]}{end}".strip(),
    st.sampled_from(_FRAGMENTS),
    st.one_of(st.integers(0, 3), st.integers(0, 300)),
    words,
)
"""Stems, options and explanations of a bank: up to 1024 characters of many scripts and types."""

nicknames = st.one_of(
    words,
    phrases,
    st.text(alphabet="aAbß İıʼ\u0301\u0327\u200d\u3164\ufe0fЯңéﬁＡ1👋🏽🇰🇿가각", max_size=30),
)
"""Typed nicknames: words, and characters that are invisible, join others, or get longer in another case."""
