"""Operator's commands on dead letters: list them, requeue updates, delete updates or messages.

The output contains no names, texts or tokens, so that it can be pasted into a bug report.
"""

import json
import re
from collections.abc import Callable, Sequence

from bot.store.database import Database, StoreError
from bot.store.dead_letters import DeadLetter, DeadLetters

# Rows changed in one transaction. The bot, which may be running on the same SQLite file, waits no longer than that.
CHANGED_AT_ONCE = 500
# A problem begins with the name of the exception.
_EXCEPTION_NAME = re.compile(r"[A-Za-z_][\w.]*")
# Exceptions whose text comes from Telegram. Telegram puts a text that it was sent, if any, between quotation marks.
_TELEGRAM_ERRORS = ("BadRequest", "Forbidden", "NetworkError", "TimedOut")
_UPDATE_KIND = re.compile(r"[a-z_]+")
_BEGINNING = re.compile(r'\A\{"update_id":\s*-?\d+,\s*"([a-z_]+)"')
_BEGINNING_LENGTH = 100


def list_updates(database: Database, _ids: Sequence[int] = ()) -> tuple[str, ...]:
    """List the updates that were set aside."""
    with database.transaction() as unit:
        rows = unit.dead_letters.updates()
    if not rows:
        return ("No update is set aside.",)
    lines = _table(("update", "set aside", "kind", "problem"), [_row(one, _kind_of(one.what)) for one in rows])
    return (*lines, f"{len(rows)} set aside. `bot inbox retry` processes them again; `bot inbox drop` deletes them.")


def list_messages(database: Database, _ids: Sequence[int] = ()) -> tuple[str, ...]:
    """List the messages that Telegram refused."""
    with database.transaction() as unit:
        rows = unit.dead_letters.messages()
    if not rows:
        return ("No message was refused.",)
    lines = _table(("message", "created", "kind", "problem"), [_row(one, one.what) for one in rows])
    return (*lines, f"{len(rows)} refused. `bot outbox drop` deletes them.")


def requeue_updates(database: Database, ids: Sequence[int]) -> tuple[str, ...]:
    """Requeue updates: these, or all if none is named. Raises StoreError for an update that was not set aside."""
    count = _change(database, ids, DeadLetters.updates, DeadLetters.requeue)
    return (f"{count} requeued. A running bot processes them within seconds.",)


def drop_updates(database: Database, ids: Sequence[int]) -> tuple[str, ...]:
    """Delete updates: these, or all if none is named. Raises StoreError for an update that was not set aside."""
    return (f"{_change(database, ids, DeadLetters.updates, DeadLetters.drop_updates)} dropped.",)


def drop_messages(database: Database, ids: Sequence[int]) -> tuple[str, ...]:
    """Delete refused messages: these, or all if none is named. Raises StoreError for one that was not refused."""
    return (f"{_change(database, ids, DeadLetters.messages, DeadLetters.drop_messages)} dropped.",)


def _change(
    database: Database,
    ids: Sequence[int],
    rows: Callable[[DeadLetters], Sequence[DeadLetter]],
    change: Callable[[DeadLetters, Sequence[int]], None],
) -> int:
    """Change these dead letters, or all, CHANGED_AT_ONCE per transaction; return how many were changed."""
    with database.read_only() as unit:
        set_aside = tuple(one.id for one in rows(unit.dead_letters))
    chosen = tuple(dict.fromkeys(ids)) or set_aside
    if unknown := sorted(set(chosen).difference(set_aside)):
        raise StoreError(f"Not set aside: {', '.join(map(str, unknown))}. Nothing was changed.")
    for start in range(0, len(chosen), CHANGED_AT_ONCE):
        try:
            with database.transaction() as unit:
                change(unit.dead_letters, chosen[start : start + CHANGED_AT_ONCE])
        except LookupError as error:
            raise StoreError(f"No longer set aside: {error}. {start} were changed before that.") from error
    return len(chosen)


def _row(one: DeadLetter, kind: str) -> tuple[str, ...]:
    return str(one.id), f"{one.at:%Y-%m-%d %H:%M} UTC", kind, _problem(one.problem)


def _kind_of(body: str) -> str:
    """Return the type of an update: its one field beside the id (Bot API, "Update").

    The JSON text may be invalid or nested too deeply to be parsed; then its beginning is searched.
    """
    try:
        fields = [name for name in json.loads(body) if name != "update_id"]
    except (ValueError, TypeError, RecursionError):
        fields = _BEGINNING.findall(body[:_BEGINNING_LENGTH])
    return fields[0] if fields and _UPDATE_KIND.fullmatch(fields[0]) else "unknown"


def _problem(problem: str) -> str:
    """Return the name of the exception; for Telegram's refusals also the reason, up to the first quoted text."""
    raised = _EXCEPTION_NAME.match(problem)
    if raised is None:
        return "unknown"
    return problem.partition('"')[0].rstrip() if raised[0] in _TELEGRAM_ERRORS else raised[0]


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Format rows as lines with aligned columns."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    return tuple("  ".join(map(str.ljust, row, widths)).rstrip() for row in (head, *rows))


# The functions by subject and action, as named on the command line.
ACTIONS: dict[tuple[str, str], Callable[[Database, Sequence[int]], tuple[str, ...]]] = {
    ("inbox", "list"): list_updates,
    ("inbox", "retry"): requeue_updates,
    ("inbox", "drop"): drop_updates,
    ("outbox", "list"): list_messages,
    ("outbox", "drop"): drop_messages,
}
