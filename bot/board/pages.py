"""The board's HTML pages: the board itself, and error pages in the reader's language."""

from html import escape
from pathlib import Path
from string import Template

from bot.app.board import BoardView
from bot.board.board_poller import BoardEvent
from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES, nearest_language

_FOLDER = Path(__file__).parent
_BOARD = Template((_FOLDER / "page.html").read_text(encoding="utf-8"))
_ERROR = Template((_FOLDER / "refusal.html").read_text(encoding="utf-8"))


def board_page(key: str, view: BoardView, event: BoardEvent) -> str:
    """Render the page of a board. It contains the current snapshot, so it shows the board at once."""
    texts = LANGUAGES[nearest_language(view.language)]
    values = {
        "key": key,
        "language": texts.code,
        "title": view.title,
        "snapshot": event.data,
        "snapshot_id": event.id,
        "needs_scripts": texts.plain("board.needs_scripts"),
        "reconnecting": texts.plain("board.reconnecting"),
        "over": texts.plain("board.over"),
        "controls": texts.plain("board.controls"),
        "smaller": texts.plain("board.smaller"),
        "larger": texts.plain("board.larger"),
        "colours": texts.plain("board.colours"),
        "full_screen": texts.plain("board.full_screen"),
    }
    return _BOARD.substitute({name: escape(value) for name, value in values.items()})


def not_found_page(accepted: str) -> str:
    """Render the error page for an unknown board. ``accepted`` is the header Accept-Language."""
    texts = LANGUAGES[preferred_language(accepted)]
    return _error_page(texts.code, texts.plain("board.gone_title"), texts.plain("board.gone"))


def too_many_viewers_page(accepted: str) -> str:
    """Render the error page for too many viewers. ``accepted`` is the header Accept-Language."""
    texts = LANGUAGES[preferred_language(accepted)]
    return _error_page(texts.code, texts.plain("board.full_title"), texts.plain("board.full"))


def unavailable_page(accepted: str) -> str:
    """Render the error page for a board that cannot be read now. ``accepted`` is the header Accept-Language."""
    texts = LANGUAGES[preferred_language(accepted)]
    return _error_page(texts.code, texts.plain("board.unreadable_title"), texts.plain("board.unreadable"))


def _error_page(language: str, title: str, text: str) -> str:
    return _ERROR.substitute(language=language, title=escape(title), text=escape(text))


def preferred_language(accepted: str) -> str:
    """Return the bot's language that the reader prefers (RFC 9110, 12.5.4, Accept-Language)."""
    weighted = sorted(map(_language_weight, accepted.split(",")), key=lambda tag_and_weight: -tag_and_weight[1])
    codes = (tag.split("-")[0].lower() for tag, weight in weighted if weight > 0)
    return next((code for code in codes if code in LANGUAGES), DEFAULT_LANGUAGE)


def _language_weight(item: str) -> tuple[str, float]:
    """Parse one item of Accept-Language; return the language tag and its weight from 0 to 1."""
    tag, _, weight = item.partition(";q=")
    try:
        return tag.strip(), float(weight) if weight else 1.0
    except ValueError:
        return tag.strip(), 0.0
