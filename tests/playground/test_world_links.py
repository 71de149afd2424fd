"""Links that Telegram finds by itself in a text."""

import pytest

from bot.playground.world.entities import Formatted, with_found_entities


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
    """Marks that end a sentence or close a bracket are no part of a link, and t.me needs no scheme."""
    (found,) = with_found_entities(Formatted(text)).entities
    assert found.type == "url"
    assert text[found.offset : found.offset + found.length] == link


@pytest.mark.parametrize("text", ["chat.me/x", "a.t.me/x", "mail@t.me/x", "https://", "t.me/"])
def test_what_only_looks_like_a_link_is_none(text: str) -> None:
    """The end of another name is no link, nor is a scheme or a host without anything behind it."""
    assert [entity for entity in with_found_entities(Formatted(text)).entities if entity.type == "url"] == []
