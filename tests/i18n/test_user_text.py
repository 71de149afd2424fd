"""Sanitizing of people's texts: no links, isolated names, and no other changes."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import any_text

from bot.i18n import Texts
from bot.i18n.user_text import (
    ISOLATE,
    ISOLATE_END,
    WORD_JOINER,
    isolated,
    parts_without_links,
    without_bidi_controls,
    without_links,
)
from bot.playground.world.entities import FormattedText, with_detected_entities

TEXTS = Texts("en", {"language": {"name": "English"}, "to": {"one": "Hello, {name}!", "all": "With {names}: {link}"}})
TEXTS_WITH_LINKS = (
    *("@durov", "(@durov)", "@pic", "@a_b_c_d_e", "durov@x.org", "a.b+c@mail.x.co.uk", "mailto:a@x.org"),
    *(
        "t.me/x",
        "T.ME/x",
        "x.ru",
        "X.RU",
        "пример.рф",
        "x.қаз",
        "сайт.бел",
        "www.x.co.uk/a?b#c",
        "x.xn--p1ai",
        "1.2.3.4",
    ),
    *(
        "https://x.org",
        "http://localhost/a",
        "ftp://x.org",
        "tg://resolve?domain=x",
        "ton://x",
        "x.ru:80/a",
        "x@y.ru/z",
    ),
    *("/stop", "/stop@a_bot", "a /stop b", "(/stop)", "«/stop»", "//stop", "!/stop"),
    *("#x", "#привет", "#1a", "##x", "#\u200cx", "$USD", "$1INCH", "a $USD b", "http:/\u200b/stop"),
    *("+77011234567", "+7 701 123-45-67", "+1 (701) 123-4567", "Анна+77011234567", "x.भारत", "a.b.c.com", "é@x.ru"),
)
PIECES = st.sampled_from(
    (*"@#$/.:+-_ ()<>&a1я\u200c\u0301😀\n", "ru", "рф", "t.me", "://", "USD", "stop", "durov", "+770112")
)


def detected_entities(text: str) -> list[str]:
    """Return the types of the entities that Telegram detects in a text, as implemented in the playground."""
    return [entity.type for entity in with_detected_entities(FormattedText(text)).entities]


@pytest.mark.parametrize("text", TEXTS_WITH_LINKS)
def test_a_text_has_no_links_after_sanitizing(text: str) -> None:
    """Mentions, mail addresses, domains, commands, tags and phone numbers become plain text that looks the same."""
    sanitized = without_links(text)
    assert detected_entities(sanitized) == []
    assert sanitized.replace(WORD_JOINER, "") == text
    assert WORD_JOINER in sanitized


@given(st.lists(PIECES, max_size=14).map("".join))
@example("x.ru")
def test_random_mixtures_of_link_characters_have_no_links_after_sanitizing(text: str) -> None:
    """In any mixture of the characters of links, nothing is detected, and only joiners are added."""
    sanitized = without_links(text)
    assert detected_entities(sanitized) == []
    assert sanitized.replace(WORD_JOINER, "") == text
    assert without_links(sanitized) == sanitized


@given(st.lists(st.lists(PIECES, max_size=5).map("".join), max_size=4).map(tuple))
def test_no_link_spans_the_parts_of_a_text(parts: tuple[str, ...]) -> None:
    """Nothing is detected in sanitized parts that are joined, and only joiners are added."""
    sanitized = parts_without_links(parts)
    assert detected_entities("".join(sanitized)) == []
    assert tuple(part.replace(WORD_JOINER, "") for part in sanitized) == parts


@pytest.mark.parametrize(
    "text",
    [
        *("Ann", "Алихан К.", "and/or", "1/2", "3.14", "10.12.1948", "1991-2011", "2 724 900", "2724900", "2011-12-16"),
        *(
            "10 000 000",
            "U.S.",
            "Is it so? Yes. No.",
            "$5",
            "a@",
            "# 1",
            "Ра’ад",
            "12:30",
            "7+5",
            "100 %",
            "C#",
            "#️⃣1️⃣",
            "а . б",
        ),
    ],
)
def test_ordinary_texts_are_not_changed(text: str) -> None:
    """Numbers, dates, fractions and sentences get no joiners."""
    assert without_links(text) == text


@given(any_text)
def test_a_name_does_not_change_the_text_direction_around_it(name: str) -> None:
    """A name is isolated, on one line and without directional characters; an empty one stays empty."""
    result = isolated(name)
    assert result.count(ISOLATE) == result.count(ISOLATE_END) == bool(result)
    inner = result[1:-1]
    assert without_bidi_controls(inner) == inner == " ".join(inner.split())


def test_names_are_isolated_in_plain_and_html_texts() -> None:
    """Names are isolated in texts for buttons and for messages, and escaped in messages."""
    assert TEXTS.plain("to.one", name="\u202eAnn\u2069") == "Hello, \u2068Ann\u2069!"
    assert TEXTS.html("to.one", name="<@ann>\n") == "Hello, \u2068&lt;@\u2060ann&gt;\u2069!"
    filled = TEXTS.html("to.all", names=("Ann", "Ben & Co"), link="https://x.org/?a&b")
    assert filled == "With \u2068Ann\u2069, \u2068Ben &amp; Co\u2069: https://x.org/?a&amp;b"
