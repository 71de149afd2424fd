"""Sets up the logs: one record each on standard error, for people or as JSON, and no secret in any of them.

A record is one line, perhaps with an indented traceback below it. So no text from outside (a server's response, a file
name) can forge a record, split one, or control the terminal that shows it.

Log messages contain no person, answer or chat; an id that must be logged goes through ``Pseudonyms``.
"""

import hmac
import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote

# Before each line of a traceback, since a record begins with a digit.
_INDENT = "  "

# Characters that JSON does not escape although programs may end a line there or terminals may obey them: DEL and C1,
# Unicode's line ends and marks of writing direction, and surrogates.
_INVISIBLE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

LogFormat = Literal["people", "json"]
# Hexadecimal digits of a pseudonym: enough to tell a million people apart, and short enough to read.
_PSEUDONYM_DIGITS = 12


class Pseudonyms:
    """Pseudonyms for the ids of people and chats: stable in this installation, different in every other.

    Args:
        salt: of this installation. Without a salt all ids could be tried, because they are short.
    """

    def __init__(self, salt: str) -> None:
        self._salt = salt.encode()

    def of(self, number: int) -> str:
        """Return the pseudonym of an id."""
        return f"#{hmac.digest(self._salt, str(number).encode(), 'sha256').hex()[:_PSEUDONYM_DIGITS]}"


def on_one_line(text: str) -> str:
    """Return a text in which characters that end a line, are invisible, or control a terminal are escaped."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


class _RedactingFormatter(logging.Formatter):
    """Formats a record and removes the secret, wherever it came from.

    The text of an exception may quote what a person wrote (a row, a parameter), so it is logged at DEBUG only. Its type
    and its traceback are always logged.
    """

    def __init__(self, secret: str, *, with_texts: bool) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        # As it is, and as it is written in a URL.
        self._forms = tuple({secret, quote(secret, safe="")} - {""})
        self._with_texts = with_texts

    def format(self, record: logging.LogRecord) -> str:
        """Format a record, without caching the exception text: another handler may format it differently."""
        record.exc_text = None
        line = self.line(record)
        for form in self._forms:
            line = line.replace(form, "[token]")
        return line

    def line(self, record: logging.LogRecord) -> str:
        """Format a record for people: a line, and the traceback or stack below it."""
        record.message = record.getMessage()
        record.asctime = self.formatTime(record)
        below = "\n".join(filter(None, (self.formatException(record.exc_info), record.stack_info)))
        indented = (_INDENT + on_one_line(line) for line in (below.split("\n") if below else ()))
        return "\n".join((on_one_line(self.formatMessage(record)), *indented))

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's own name
        """Format an exception, with its text or without."""
        error = ei[1] if isinstance(ei, tuple) else None
        if not isinstance(error, BaseException):
            return ""
        return "".join(traceback.format_exception(error) if self._with_texts else _without_texts(error)).rstrip("\n")


class _JsonFormatter(_RedactingFormatter):
    """Formats a record as one line of JSON: time, level, origin, message, and the exception if there is one."""

    def line(self, record: logging.LogRecord) -> str:
        """Format a record for programs."""
        record_fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            record_fields["exception"] = self.formatException(record.exc_info)
        if record.stack_info:
            record_fields["stack"] = record.stack_info
        return _INVISIBLE.sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(record_fields, ensure_ascii=False))


def _without_texts(error: BaseException) -> Iterator[str]:
    """Yield the lines of a traceback without the texts of the exceptions: their types, and the code they passed."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause:
        yield from _without_texts(cause)
        yield "From this followed:\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__module__}.{type(error).__qualname__}\n"
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _without_texts(one)


def set_up_logs(level: str, secret: str, form: LogFormat = "people") -> None:
    """Set up logging from this level on, in this format; ``secret`` is removed from every record."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        (_JsonFormatter if form == "json" else _RedactingFormatter)(secret, with_texts=level == "DEBUG")
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it logs every step of a migration
