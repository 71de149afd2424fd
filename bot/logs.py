"""Sets up the logs: one record each on standard error, for people or as JSON, and no secret in any of them.

A record is one line; below it may stand a traceback, which is indented. So nothing that comes from outside (a server's
answer, a file's name) can forge a record, break one in two, or give orders to the terminal that shows it.

Whoever logs names no person, answer or chat; an id that must be told goes through ``Pseudonyms``.
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

# Stands before each line of a traceback: a record begins with a digit.
_INDENT = "  "

# What JSON lets stand as it is, though programs may end a line there and terminals may obey it: DEL and C1, Unicode's
# own ends of lines and its orders for the direction of writing, and halves of a character.
_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

LogFormat = Literal["people", "json"]
# So many hexadecimal digits tell a million people apart nearly always, and are still read at a glance.
_DIGITS = 12


class Pseudonyms:
    """Other names for the ids of people and chats: always the same ones here, and nowhere else.

    Args:
        salt: of this installation. An id has so few digits that without a salt all could be tried.
    """

    def __init__(self, salt: str) -> None:
        self._salt = salt.encode()

    def of(self, number: int) -> str:
        """Give the name of an id."""
        return f"#{hmac.digest(self._salt, str(number).encode(), 'sha256').hex()[:_DIGITS]}"


def on_one_line(text: str) -> str:
    """Return a text with each character escaped that ends a line, is invisible, or is an order to a terminal."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


class _Redacting(logging.Formatter):
    """Formats a record and takes the secret out, wherever it came from.

    The text of an exception may quote what somebody wrote (a row, a parameter): it is told at DEBUG only. Its kind, and
    where it came from, is always told.
    """

    def __init__(self, secret: str, *, told_whole: bool) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        # As it is, and as it stands in an address.
        self._forms = tuple({secret, quote(secret, safe="")} - {""})
        self._told_whole = told_whole

    def format(self, record: logging.LogRecord) -> str:
        """Format a record. Its own exception text is not kept, for another handler may tell it otherwise."""
        record.exc_text = None
        line = self.line(record)
        for form in self._forms:
            line = line.replace(form, "[token]")
        return line

    def line(self, record: logging.LogRecord) -> str:
        """Format a record for people: a line, and below it what has many lines by nature."""
        record.message = record.getMessage()
        record.asctime = self.formatTime(record)
        below = "\n".join(filter(None, (self.formatException(record.exc_info), record.stack_info)))
        indented = (_INDENT + on_one_line(line) for line in (below.split("\n") if below else ()))
        return "\n".join((on_one_line(self.formatMessage(record)), *indented))

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's own name
        """Tell an exception, with its text or without."""
        error = ei[1] if isinstance(ei, tuple) else None
        if not isinstance(error, BaseException):
            return ""
        return "".join(traceback.format_exception(error) if self._told_whole else _bare(error)).rstrip("\n")


class _Json(_Redacting):
    """Formats a record as one line of JSON: time, level, origin, message, and the exception if there is one."""

    def line(self, record: logging.LogRecord) -> str:
        """Format a record for programs."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        if record.stack_info:
            told["stack"] = record.stack_info
        return _UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(told, ensure_ascii=False))


def _bare(error: BaseException) -> Iterator[str]:
    """Give the lines of a traceback without what the exceptions say: their kinds, and the code they came through."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause:
        yield from _bare(cause)
        yield "From this followed:\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__module__}.{type(error).__qualname__}\n"
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _bare(one)


def set_up_logs(level: str, secret: str, form: LogFormat = "people") -> None:
    """Log from this level on, in this form; ``secret`` is left out of every record."""
    handler = logging.StreamHandler()
    handler.setFormatter((_Json if form == "json" else _Redacting)(secret, told_whole=level == "DEBUG"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells every step, which helps nobody here
