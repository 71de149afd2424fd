"""What is read where the program is put together."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.dispatch.retention import Retention
from bot.config import SettingsError, read_settings
from bot.core.nicknames import fault_in
from bot.wiring import refused_nicknames, retention, sentences


def test_things_are_kept_as_long_as_the_settings_say() -> None:
    """Hours and days become spans; those of the settings' defaults are the program's own."""
    token = "1:test"  # noqa: S105 - opens nothing
    told = read_settings(token=token, keep_updates_hours=24, keep_set_aside_days=7)
    assert retention(told) == Retention(timedelta(days=1), timedelta(weeks=1))
    assert retention(read_settings(token=token)) == Retention()


def test_a_list_comes_along() -> None:
    """Without a list of one's own the bot's holds, so that rude nicknames are refused from the first class on."""
    assert fault_in("f.u.c.k", refused_nicknames(""), ()) == "rude"


def test_a_school_may_have_a_list_of_its_own(tmp_path: Path) -> None:
    """A file named in the settings takes the place of the bot's list."""
    own = tmp_path / "own.txt"
    own.write_text("# ours\nkartoffel\n", encoding="utf-8")
    refused = refused_nicknames(str(own))
    assert [fault_in(name, refused, ()) for name in ("Kartoffel", "fuck")] == ["rude", ""]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_list_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    """A missing file, or one that is no text, is said in a sentence that names the setting and the file."""
    file = tmp_path / "own.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        refused_nicknames(str(file))
    (told,) = sentences(caught.value)
    assert told.startswith(f"BOT_REFUSED_NICKNAMES names {file}, which cannot be read: ")
