"""Texts of any script, words and nicknames, as people, authors and banks write them."""

import re

from hypothesis import strategies as st

from bot.core.visual_comparison import visible_form

any_text = st.text(max_size=60)
"""Text of any script, control characters and lone marks among it."""

words = st.text(alphabet="abcdefghklmnoprstuwyzäöüéøßабвгдежзийкғқңөұүі", min_size=1, max_size=12)
"""Words without digits, as they stand in Latin, Cyrillic and Kazakh texts."""

phrases = st.lists(words, min_size=1, max_size=4).map(" ".join)
"""One to four such words."""

authored_text = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), include_characters="\n"))
    .map(lambda text: re.sub("[\ufeff\u202a\u202b\u202d\u202e]", "", text).strip())
    .filter(visible_form)
)
"""What an author may write where a text is free: any script, line breaks, every sign that means something to YAML.

Something of it is seen, and nothing turns the order of its signs."""

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
"""Stems, options and explanations as a bank may hold them: up to 1024 characters, of every kind of sign."""

nicknames = st.one_of(
    words,
    phrases,
    st.text(alphabet="aAbß İıʼ\u0301\u0327\u200d\u3164\ufe0fЯңéﬁＡ1👋🏽🇰🇿가각", max_size=30),
)
"""What pupils may type for a nickname: words, and signs that show nothing, join, or grow with their case."""
