"""Reads a bank file and checks its encoding and characters. Does not parse the text."""

import re
import stat
import unicodedata
from pathlib import Path

from bot.bank.problems import START, Findings, Place

MAX_BYTES = 5_000_000
"""Bytes. Ten thousand long questions fit; a larger file is refused before it is read."""

FORBIDDEN = re.compile(r"[\x00-\x08\x0B-\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\uD800-\uDFFF\uFEFF\uFFFE\uFFFF]")
"""Control characters. YAML forbids most of them (YAML 1.2, 5.1), databases forbid NUL, and U+0085, U+2028 and
U+2029 are line breaks for YAML but not for editors, so line numbers would be wrong."""

BIDI_CONTROLS = re.compile("[\u202a\u202b\u202d\u202e]")
"""Invisible embeddings and overrides that reorder the characters after them (UAX 9; "Trojan Source", 2021)."""

LINE_BREAK = re.compile(r"\r\n|\r|\n")


def read_source(path: Path, findings: Findings) -> str | None:
    """Return the text of a UTF-8 file without a byte order mark; report a problem and return None if that fails."""
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
    elif status.st_size > MAX_BYTES:
        findings.add(
            START, f"The file is {status.st_size:,} bytes, over {MAX_BYTES:,}. Split the bank into several files."
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
            f"The file is not UTF-8: byte {error.object[error.start]:#04x} is invalid here. Save it as UTF-8.",
        )
        return None
    _report_bidi_controls(text, findings)
    if not FORBIDDEN.search(text):
        return text
    for number, line in enumerate(LINE_BREAK.split(text), start=1):
        if found := FORBIDDEN.search(line):
            findings.add(Place(number, found.start() + 1), forbidden_message(found.group()))
    return None


def _report_bidi_controls(text: str, findings: Findings) -> None:
    """Report every bidirectional control character; the text can still be checked for other faults."""
    if not BIDI_CONTROLS.search(text):
        return
    for number, line in enumerate(LINE_BREAK.split(text), start=1):
        for found in BIDI_CONTROLS.finditer(line):
            findings.add(Place(number, found.start() + 1), bidi_message(found.group()))


def _place_after(text: str) -> Place:
    lines = LINE_BREAK.split(text)
    return Place(len(lines), len(lines[-1]) + 1)


def forbidden_message(character: str) -> str:
    """Return the message for a character that is not allowed in a bank."""
    return f"The invisible character U+{ord(character):04X} is not allowed in a bank. Delete it."


def bidi_message(character: str) -> str:
    """Return the message for an embedding or override of the text direction."""
    name = unicodedata.name(character).lower()
    effect = "changes the order in which the text after it is shown"
    return f"The invisible character U+{ord(character):04X} ({name}) {effect}. Delete it."
