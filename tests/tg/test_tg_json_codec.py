"""JSON as it comes: right, half right, or none."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tg.bot_api.json_codec import read_json

VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(), st.lists)


@given(VALUES | st.dictionaries(st.text(), VALUES))
def test_valid_json_is_read_unchanged(value: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    """Any JSON value is read correctly from text and from bytes, escaped or not."""
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False)):
        assert read_json(text) == read_json(text.encode()) == value


@pytest.mark.parametrize("text", ['{"a": ["x\\ud83d", 1]}', b'{"a": ["x\\ud83d", 1]}', b'{"a": ["x\\udc00", 1]}'])
def test_half_a_character_becomes_a_question_mark(text: str | bytes) -> None:
    """No database and no UTF-8 takes one; the rest stays."""
    assert read_json(text) == {"a": ["x?", 1]}


def test_bytes_that_are_no_utf_8_are_replaced() -> None:
    """One broken byte does not cost the whole."""
    assert read_json(b'["\xff", 1]') == ["\N{REPLACEMENT CHARACTER}", 1]


@pytest.mark.parametrize("text", [b"", b"{", b"<html>", b'{"a":', b"[" * 99_999, "nothing"])
def test_invalid_json_is_refused(text: str | bytes) -> None:
    """Invalid JSON raises a ValueError or a RecursionError."""
    with pytest.raises((ValueError, RecursionError)):
        read_json(text)
