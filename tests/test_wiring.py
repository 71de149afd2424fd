"""Retention and banned nicknames, as the wiring derives them from the settings."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.dispatch.retention import Retention
from bot.config import SettingsError, read_settings
from bot.core.nicknames import fault_in
from bot.wiring import error_lines, read_banned_nicknames, retention


def test_retention_follows_the_settings() -> None:
    """Hours and days become time spans; the defaults of the settings are those of the program."""
    token = "1:test"  # noqa: S105 - opens nothing
    settings = read_settings(token=token, keep_updates_hours=24, keep_set_aside_days=7)
    assert retention(settings) == Retention(timedelta(days=1), timedelta(weeks=1))
    assert retention(read_settings(token=token)) == Retention()


def test_the_bundled_list_applies_by_default() -> None:
    """Without a list of its own the bot uses the bundled one, so rude nicknames are refused from the first class on."""
    assert fault_in("f.u.c.k", read_banned_nicknames(""), ()) == "rude"


def test_a_list_in_the_settings_replaces_the_bundled_one(tmp_path: Path) -> None:
    """A file named in the settings replaces the bundled list."""
    own = tmp_path / "own.txt"
    own.write_text("# ours\nkartoffel\n", encoding="utf-8")
    banned = read_banned_nicknames(str(own))
    assert [fault_in(name, banned, ()) for name in ("Kartoffel", "fuck")] == ["rude", ""]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_an_unreadable_list_is_reported(tmp_path: Path, content: bytes | None) -> None:
    """A missing file, or one that is not text, is reported in a sentence with the setting and the file."""
    file = tmp_path / "own.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        read_banned_nicknames(str(file))
    (line,) = error_lines(caught.value)
    assert line.startswith(f"BOT_REFUSED_NICKNAMES names {file}, which cannot be read: ")
