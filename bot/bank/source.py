"""Reads the bytes of a bank file and gives its text. Knows nothing of what the text means."""

import re
import stat
import unicodedata
from pathlib import Path

from bot.bank.problems import START, Findings, Place

LARGEST = 5_000_000
"""Bytes. Ten thousand long questions fit; what is larger is no bank, and is refused before it is read."""

FORBIDDEN = re.compile(r"[\x00-\x08\x0B-\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\uD800-\uDFFF\uFEFF\uFFFE\uFFFF]")
"""Control characters: YAML forbids most (YAML 1.2, 5.1), databases forbid NUL, and U+0085, U+2028 and U+2029
are line breaks to YAML but to no editor, so that line numbers would be wrong."""

TURNING = re.compile("[\u202a\u202b\u202d\u202e]")
"""What turns the order of the signs after it, unseen: U+202A, U+202B, U+202D, U+202E (UAX 9; Trojan Source, 2021)."""

LINE_BREAK = re.compile(r"\r\n|\r|\n")


def read_source(path: Path, findings: Findings) -> str | None:
    """Give the text of a UTF-8 file without its byte order mark, or None when findings say why it cannot be had."""
    try:
        content = _read_bytes(path, findings)
    except FileNotFoundError:
        findings.add(
            START, "There is no such file. Check the spelling and the folder. bot init writes a sample bank here."
        )
        return None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        findings.add(START, f"The file cannot be read ({reason}). Check its permissions.")
        return None
    return None if content is None else _decode(content, findings)


def _read_bytes(path: Path, findings: Findings) -> bytes | None:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        findings.add(START, "This is a folder. Name the YAML file itself.")
    elif not stat.S_ISREG(status.st_mode):
        findings.add(START, "This is not an ordinary file. Name a YAML file.")
    elif status.st_size > LARGEST:
        findings.add(
            START, f"The file is {status.st_size:,} bytes, over {LARGEST:,}. Split the bank into several files."
        )
    else:
        return path.read_bytes()
    return None


def _decode(content: bytes, findings: Findings) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        findings.add(
            _place_after(before),
            f"The file is not UTF-8: byte {error.object[error.start]:#04x} cannot stand here. Save it as UTF-8.",
        )
        return None
    _refuse_turned(text, findings)
    if not FORBIDDEN.search(text):
        return text
    for number, line in enumerate(LINE_BREAK.split(text), start=1):
        if found := FORBIDDEN.search(line):
            findings.add(Place(number, found.start() + 1), forbidden_message(found.group()))
    return None


def _refuse_turned(text: str, findings: Findings) -> None:
    """Note every character that turns the order of others; the text can be read on for other faults."""
    if not TURNING.search(text):
        return
    for number, line in enumerate(LINE_BREAK.split(text), start=1):
        for found in TURNING.finditer(line):
            findings.add(Place(number, found.start() + 1), turning_message(found.group()))


def _place_after(text: str) -> Place:
    lines = LINE_BREAK.split(text)
    return Place(len(lines), len(lines[-1]) + 1)


def forbidden_message(character: str) -> str:
    """Say which invisible character stands where none may."""
    return f"The invisible character U+{ord(character):04X} cannot stand in a bank. Delete it."


def turning_message(character: str) -> str:
    """Return what to do about an embedding or override of the direction of text."""
    name = unicodedata.name(character).lower()
    turns = "shows the text after it in another order than it is written"
    return f"The invisible character U+{ord(character):04X} ({name}) {turns}. Delete it."
