"""Telegram's HTML becomes text and entities."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.playground.errors import BotApiError
from bot.playground.world.entities import Entity, FormattedText, trimmed, utf16_length, with_detected_entities
from bot.playground.world.html import parse_html


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("a <b>b</b>", "a b", [Entity("bold", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [Entity("bold", 0, 2), Entity("italic", 1, 1)]),
        ("😀<u>x</u>", "😀x", [Entity("underline", 2, 1)]),
        ("&lt;b&gt; &amp; &quot;&#39;&#x41;", "<b> & \"'A", []),
        ("&nbsp;", "&nbsp;", []),
        ('<a href="http://x.y/?a=1&amp;b">z</a>', "z", [Entity("text_link", 0, 1, url="http://x.y/?a=1&b")]),
        ("<span class='tg-spoiler'>s</span>", "s", [Entity("spoiler", 0, 1)]),
        ("<blockquote expandable>q</blockquote>", "q", [Entity("expandable_blockquote", 0, 1)]),
        ('<pre><code class="language-py">1</code></pre>', "1", [Entity("pre", 0, 1, language="py")]),
        ("<B>x</b>", "x", [Entity("bold", 0, 1)]),
        ("<b></b>x", "x", []),
    ],
)
def test_markup_becomes_entities(source: str, text: str, entities: list[Entity]) -> None:
    """Tags vanish from the text and come back as entities counted in UTF-16 units."""
    assert parse_html(source) == FormattedText(text, tuple(entities))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("ä<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 2'),
        ("1 < 2 and", 'Unsupported start tag "" at byte offset 2'),
        ("x<b", "Unclosed start tag at byte offset 1"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_markup_is_refused(source: str, reason: str) -> None:
    """Broken markup is refused with the place in bytes."""
    with pytest.raises(BotApiError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {reason}"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_escaped_text_survives(text: str) -> None:
    """Text whose <, > and & are escaped comes out as it was, without entities."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(escaped) == FormattedText(text)


@example("\uffff\U00010000")
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="<&>"), min_size=1))
def test_units_are_those_of_utf_16(text: str) -> None:
    """Lengths are counted in UTF-16 code units."""
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2
    assert parse_html(f"<b>{text}</b>").entities[0].length == utf16_length(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/quiz 5", [("bot_command", 0, 5)]),
        ("try /quiz@a_bot now", [("bot_command", 4, 11)]),
        ("and/or 1/2", []),
        ("see https://x.y/a/b @someone", [("url", 4, 15), ("mention", 20, 8)]),
        ("a@b.example", [("email", 0, 11)]),
        ("#topic", [("hashtag", 0, 6)]),
    ],
)
def test_telegram_finds_entities_itself(text: str, found: list[tuple[str, int, int]]) -> None:
    """Commands, links, mentions and hashtags are found in plain text."""
    entities = with_detected_entities(FormattedText(text)).entities
    assert [(entity.type, entity.offset, entity.length) for entity in entities] == found


def test_nothing_is_found_in_code() -> None:
    """A command inside code stays code."""
    assert [entity.type for entity in with_detected_entities(parse_html("<code>/quiz</code>")).entities] == ["code"]


def test_entities_move_when_white_space_goes() -> None:
    """White space around a text is taken away and entities keep to their words."""
    assert trimmed(parse_html("\n <b>a </b> ")) == FormattedText("a", (Entity("bold", 0, 1),))
