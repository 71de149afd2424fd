"""The bundled sample bank, and the files that ``bot init`` writes.

Existing files are never overwritten.
"""

import os
import stat
from pathlib import Path

import bot
from bot.config import Settings

BANK, SETTINGS = Path("questions.yaml"), Path(".env")
# In an installed bot the sample is beside the code; in a clone of the project, at the top.
_PACKAGE = Path(bot.__file__).parent
_SAMPLES = (_PACKAGE / "sample-questions.yaml", _PACKAGE.parent / BANK)
# The token gives full control of the bot, so only the owner may read it.
_PRIVATE, _PUBLIC = 0o600, 0o666
_OBSTACLE = (
    "{path} is {what}, so nothing was written. Remove it, or run the command in another folder. It writes the files "
    "{bank} and {settings} there."
)
_NO_SAMPLE = "The bundled sample bank is missing: reinstall the bot."


class FirstRunError(Exception):
    """The files cannot be written, or the sample is missing; the message says what to do."""


def sample_bank() -> Path:
    """Return the path of the sample bank. Raises FirstRunError if it is missing."""
    found = next((path for path in _SAMPLES if path.is_file()), None)
    if found is None:
        raise FirstRunError(_NO_SAMPLE)
    return found


def choose_bank(given: Path | None) -> tuple[Path, bool]:
    """Return the given bank, the one in this folder, or the sample; and whether it is the sample.

    Raises FirstRunError if the sample is needed and missing.
    """
    if given is not None or os.path.lexists(BANK):
        return given or BANK, False
    return sample_bank(), True


def write_files() -> dict[Path, bool]:
    """Write a sample bank and a file of settings into this folder; existing files are left alone.

    Returns:
        for each file whether it was written.

    Raises:
        FirstRunError: something that is not a file has its name, or the sample is missing. Nothing is written.
        OSError: a file cannot be written, and no part of it is left. ``filename`` is its path.
    """
    contents = {BANK: (sample_bank().read_bytes(), _PUBLIC), SETTINGS: (settings_text().encode(), _PRIVATE)}
    for path in contents:
        _check(path)
    return {path: _write_new(path, content, mode) for path, (content, mode) in contents.items()}


def settings_text() -> str:
    """Return the contents of a file of settings: the token to fill in, and every other setting with its default."""
    lines = [
        "# Settings of the quiz bot. Fill in the token; for any other, remove the # before its name and change it."
    ]
    for name, field in Settings.model_fields.items():
        value = "" if field.is_required() else _format_value(field.default)
        lines += ["", f"# {field.description}", f"{'' if field.is_required() else '#'}BOT_{name.upper()}={value}"]
    return "\n".join([*lines, ""])


def _format_value(value: object) -> str:
    """Format a default as it is written in a file of settings."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else f"{value}"


def _check(path: Path) -> None:
    """Raise FirstRunError if the path exists and is not a readable file."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if not os.path.lexists(path):
            return
        what = "a link that leads nowhere"
    except OSError as error:
        what = f"not readable ({error.strerror})"
    else:
        if stat.S_ISREG(mode):
            return
        what = "a folder" if stat.S_ISDIR(mode) else "not an ordinary file"
    raise FirstRunError(_OBSTACLE.format(path=path, what=what, bank=BANK, settings=SETTINGS))


def _write_new(path: Path, content: bytes, mode: int) -> bool:
    """Write a file unless it exists; return whether it was written. After an OSError no part of the file is left."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        return False
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(path)
        raise
    return True
