"""Parsing of Telegram's HTML into text and entities."""

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
    """Tags become entities, with offsets in UTF-16 code units."""
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
    """Broken markup is refused with its byte offset."""
    with pytest.raises(BotApiError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {reason}"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_escaped_text_survives(text: str) -> None:
    """A text with escaped <, > and & is parsed into the original text, without entities."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(escaped) == FormattedText(text)


@example("\uffff\U00010000")
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="<&>"), min_size=1))
def test_lengths_are_in_utf_16_code_units(text: str) -> None:
    """The length of a text is its number of UTF-16 code units."""
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
def test_entities_are_detected(text: str, found: list[tuple[str, int, int]]) -> None:
    """Commands, links, mentions and hashtags are detected in plain text."""
    entities = with_detected_entities(FormattedText(text)).entities
    assert [(entity.type, entity.offset, entity.length) for entity in entities] == found


def test_nothing_is_detected_in_code() -> None:
    """A command inside code is not detected."""
    assert [entity.type for entity in with_detected_entities(parse_html("<code>/quiz</code>")).entities] == ["code"]


def test_entities_shift_when_white_space_is_stripped() -> None:
    """White space around a text is stripped, and entities keep covering the same words."""
    assert trimmed(parse_html("\n <b>a </b> ")) == FormattedText("a", (Entity("bold", 0, 1),))
