"""What people brought, put into texts: nothing to tap, names isolated, nothing else changed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import any_text

from bot.i18n import Texts
from bot.i18n.insertion import ISOLATE, ISOLATE_END, JOINER, isolated, undirected, unlinked, unlinked_parts
from bot.playground.world.entities import FormattedText, with_detected_entities

TEXTS = Texts("en", {"language": {"name": "English"}, "to": {"one": "Hello, {name}!", "all": "With {names}: {link}"}})
TAPPABLE = (
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


def found_in(text: str) -> list[str]:
    """Return what Telegram finds in a text, as the playground has it."""
    return [entity.type for entity in with_detected_entities(FormattedText(text)).entities]


@pytest.mark.parametrize("text", TAPPABLE)
def test_nothing_in_a_text_of_people_can_be_tapped(text: str) -> None:
    """Mentions, mail, domains, schemes, commands, tags and telephones become plain text that looks the same."""
    told = unlinked(text)
    assert found_in(told) == []
    assert told.replace(JOINER, "") == text
    assert JOINER in told


@given(st.lists(PIECES, max_size=14).map("".join))
@example("x.ru")
def test_no_text_of_such_signs_can_be_tapped(text: str) -> None:
    """However the signs of addresses are mixed, nothing is found, and nothing else is changed."""
    told = unlinked(text)
    assert found_in(told) == []
    assert told.replace(JOINER, "") == text
    assert unlinked(told) == told


@given(st.lists(st.lists(PIECES, max_size=5).map("".join), max_size=4).map(tuple))
def test_nothing_to_tap_spans_the_parts_of_a_text(parts: tuple[str, ...]) -> None:
    """Parts that stand side by side with marks between them are as safe as the whole."""
    told = unlinked_parts(parts)
    assert found_in("".join(told)) == []
    assert tuple(part.replace(JOINER, "") for part in told) == parts


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
def test_ordinary_texts_are_put_in_as_they_are(text: str) -> None:
    """Numbers, dates, fractions and sentences get no joiner."""
    assert unlinked(text) == text


@given(any_text)
def test_a_name_turns_nothing_around_it(name: str) -> None:
    """A name is isolated, on one line, without characters of direction of its own; an empty one leaves nothing."""
    told = isolated(name)
    assert told.count(ISOLATE) == told.count(ISOLATE_END) == bool(told)
    inner = told[1:-1]
    assert undirected(inner) == inner == " ".join(inner.split())


def test_names_are_isolated_wherever_they_are_put_in() -> None:
    """A text is filled alike for messages and for buttons; in messages marks are escaped too."""
    assert TEXTS.plain("to.one", name="\u202eAnn\u2069") == "Hello, \u2068Ann\u2069!"
    assert TEXTS.html("to.one", name="<@ann>\n") == "Hello, \u2068&lt;@\u2060ann&gt;\u2069!"
    told = TEXTS.html("to.all", names=("Ann", "Ben & Co"), link="https://x.org/?a&b")
    assert told == "With \u2068Ann\u2069, \u2068Ben &amp; Co\u2069: https://x.org/?a&amp;b"
