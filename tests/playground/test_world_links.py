"""Detection of links in a text."""

import pytest

from bot.playground.world.entities import FormattedText, with_detected_entities


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Join https://t.me/a_bot?start=AB_2-C now", "https://t.me/a_bot?start=AB_2-C"),
        ("Join: t.me/a_bot?start=ABC", "t.me/a_bot?start=ABC"),
        ("Go to https://t.me/a_bot?start=ABC.", "https://t.me/a_bot?start=ABC"),
        ("(see https://example.org/a.b), then", "https://example.org/a.b"),
        ("https://example.org/?q=1!", "https://example.org/?q=1"),
    ],
)
def test_a_link_ends_before_the_sentence_does(text: str, link: str) -> None:
    """Punctuation that ends a sentence or closes a bracket is not part of a link, and t.me needs no scheme."""
    (found,) = with_detected_entities(FormattedText(text)).entities
    assert found.type == "url"
    assert text[found.offset : found.offset + found.length] == link


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("see chat.me/x.", "url", "chat.me/x"),
        ("a.t.me/x", "url", "a.t.me/x"),
        ("X.RU", "url", "X.RU"),
        ("(пример.рф)", "url", "пример.рф"),
        ("x.қаз,", "url", "x.қаз"),
        ("1.2.3.4", "url", "1.2.3.4"),
        ("tg://resolve?domain=durov", "url", "tg://resolve?domain=durov"),
        ("mail@t.me/x", "url", "mail@t.me/x"),
        ("to mail@x.org!", "email", "mail@x.org"),
        ("in $USD", "cashtag", "$USD"),
        ("call +7 701 123-45-67", "phone_number", "+7 701 123-45-67"),
    ],
)
def test_known_domains_need_no_scheme(text: str, kind: str, found: str) -> None:
    """A known domain is a link without a scheme; email addresses, cashtags and phone numbers are detected, too."""
    (entity,) = with_detected_entities(FormattedText(text)).entities
    assert (entity.type, text[entity.offset : entity.offset + entity.length]) == (kind, found)


@pytest.mark.parametrize(
    "text", ["https://", "etc.The", "node.js", "3.14", "10.12.1948", "U.S.", "x.\u2060ru", "$usd", "#1"]
)
def test_similar_texts_are_not_links(text: str) -> None:
    """A scheme alone, a sentence without a space, a number and a domain with a word joiner are plain text."""
    assert with_detected_entities(FormattedText(text)).entities == ()
