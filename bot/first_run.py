"""What somebody who has nothing yet begins with: the sample bank that comes along, and files to change.

Nothing that is there already is written over.
"""

import os
import stat
from pathlib import Path

import bot
from bot.config import Settings

BANK, SETTINGS = Path("questions.yaml"), Path(".env")
# In an installed bot the sample stands beside the code; in a clone of the project, at the top.
_PACKAGE = Path(bot.__file__).parent
_SAMPLES = (_PACKAGE / "sample-questions.yaml", _PACKAGE.parent / BANK)
# Who has the token has the bot.
_PRIVATE, _USUAL = 0o600, 0o666
_OBSTACLE = (
    "{path} is {what}, and so nothing is written. Take it away, or give the command in another folder. It writes the "
    "files {bank} and {settings} there."
)
_NO_SAMPLE = "The sample bank that comes with the bot is not there: install the bot again."


class FirstRunError(Exception):
    """Nobody can begin here; the text says why and what to do."""


def sample_bank() -> Path:
    """Return where the sample bank is. Raises FirstRunError where it is missing."""
    found = next((path for path in _SAMPLES if path.is_file()), None)
    if found is None:
        raise FirstRunError(_NO_SAMPLE)
    return found


def choose_bank(given: Path | None) -> tuple[Path, bool]:
    """Return the bank to try the bot with, and whether it is the sample: it is, where no other was named or is here.

    Raises FirstRunError where the sample is missing.
    """
    if given is not None or os.path.lexists(BANK):
        return given or BANK, False
    return sample_bank(), True


def write_files() -> dict[Path, bool]:
    """Write a bank and settings to begin with into this folder; each that is there already stays as it is.

    Returns:
        for each file whether it was written.

    Raises:
        FirstRunError: something else stands in the place of a file, or the sample is missing. Nothing is written.
        OSError: a file cannot be written, and none of it is left. ``filename`` says which.
    """
    contents = {BANK: (sample_bank().read_bytes(), _USUAL), SETTINGS: (settings_text().encode(), _PRIVATE)}
    for path in contents:
        _check(path)
    return {path: _write_new(path, content, mode) for path, (content, mode) in contents.items()}


def settings_text() -> str:
    """Return the contents of a file of settings: the token to fill in, and every other with its usual value."""
    lines = [
        "# Settings of the quiz bot. Fill in the token; for any other, remove the # before its name and change it."
    ]
    for name, field in Settings.model_fields.items():
        value = "" if field.is_required() else _written(field.default)
        lines += ["", f"# {field.description}", f"{'' if field.is_required() else '#'}BOT_{name.upper()}={value}"]
    return "\n".join([*lines, ""])


def _written(value: object) -> str:
    """Return a usual value as one writes it in a file."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else f"{value}"


def _check(path: Path) -> None:
    """Raise FirstRunError where something stands that is no file, and that no bot could read."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if not os.path.lexists(path):
            return
        what = "a link that leads nowhere"
    except OSError as error:
        what = f"there and cannot be looked at ({error.strerror})"
    else:
        if stat.S_ISREG(mode):
            return
        what = "a folder" if stat.S_ISDIR(mode) else "no ordinary file"
    raise FirstRunError(_OBSTACLE.format(path=path, what=what, bank=BANK, settings=SETTINGS))


def _write_new(path: Path, content: bytes, mode: int) -> bool:
    """Write a file that is not there yet; return whether it was so. Raises OSError, and leaves no part of a file."""
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
