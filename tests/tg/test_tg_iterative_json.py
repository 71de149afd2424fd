"""The patient reader and writer agree with Python's own wherever those work, and go on where they do not."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tg.bot_api.iterative_json import read_patiently, write_patiently
from bot.tg.bot_api.json_codec import MOST_LEVELS, read_json, read_update, write_json

TEXTS = st.text()
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner))
SCRAPS = st.lists(st.sampled_from(["{", "}", "[", "]", ":", ",", '"', "a", "1", "-", "true", "null", " ", "\\u0000"]))


@given(VALUES)
def test_valid_json_is_read_and_written_unchanged(value: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    """Both ways nothing changes, in whatever form it is written."""
    for text in (json.dumps(value), json.dumps(value, indent=1), write_patiently(value)):
        assert read_patiently(text) == value
        assert json.loads(text) == value


@given(SCRAPS)
def test_invalid_json_is_refused_as_by_python(scraps: list[str]) -> None:
    """Of scraps thrown together the one reads what the other reads, and both raise ValueError for the rest."""
    text = "".join(scraps)
    try:
        expected = json.loads(text)
    except ValueError:
        with pytest.raises(ValueError, match=r".*"):
            read_patiently(text)
    else:
        assert read_patiently(text) == expected


@pytest.mark.parametrize("levels", [1_000, 100_000])
def test_depth_costs_no_stack(levels: int) -> None:
    """Deeply nested JSON is read and written unchanged."""
    text = '{"a":' * levels + "[1]" + "}" * levels
    assert write_json(read_json(text)) == text


def test_an_update_is_read_to_a_depth_that_telegram_never_reaches() -> None:
    """As deep as that it is handled, and a level deeper refused, whichever reader would read it."""
    for more in ("", "\\u0000"):
        for levels, is_read in ((MOST_LEVELS, True), (MOST_LEVELS + 1, False)):
            text = "[" * levels + f'"{more}"' + "]" * levels
            if is_read:
                read_update(text)
            else:
                with pytest.raises(ValueError, match=f"more than {MOST_LEVELS} levels"):
                    read_update(text)


@pytest.mark.parametrize("text", [r'"\u0000"', r'{"\u0000": 1}', r'"\\\u0000"', '"\0"', r'"\ud800"', r'{"\udfff": 1}'])
def test_no_text_holds_what_a_database_cannot(text: str) -> None:
    """In an update, NUL and half a character become question marks, in names as in values; a backslash stays one."""
    again = json.dumps(read_update(write_json(read_json(text))), ensure_ascii=False)
    assert "?" in again
    assert "\\u0000" not in again
    again.encode()
    assert read_update(r'"\\u0000"') == r"\u0000"
