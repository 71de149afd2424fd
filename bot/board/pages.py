"""The board's pages as HTML: the board itself, and refusals in the reader's own words."""

from html import escape
from pathlib import Path
from string import Template

from bot.app.board import BoardView
from bot.board.watch import Frame
from bot.i18n import LANGUAGES, REFERENCE, nearest_language

_FOLDER = Path(__file__).parent
_BOARD = Template((_FOLDER / "page.html").read_text(encoding="utf-8"))
_REFUSAL = Template((_FOLDER / "refusal.html").read_text(encoding="utf-8"))


def board_page(key: str, view: BoardView, frame: Frame) -> str:
    """Give the page of a board with its present picture in it, so that it shows at once."""
    texts = LANGUAGES[nearest_language(view.language)]
    values = {
        "key": key,
        "language": texts.code,
        "title": view.title,
        "picture": frame.data,
        "picture_id": frame.id,
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


def gone_page(accepted: str) -> str:
    """Say that there is no such board. ``accepted`` is the header Accept-Language."""
    texts = LANGUAGES[language_for(accepted)]
    return _refusal(texts.code, texts.plain("board.gone_title"), texts.plain("board.gone"))


def full_page(accepted: str) -> str:
    """Say that too many watch. ``accepted`` is the header Accept-Language."""
    texts = LANGUAGES[language_for(accepted)]
    return _refusal(texts.code, texts.plain("board.full_title"), texts.plain("board.full"))


def unreadable_page(accepted: str) -> str:
    """Return the page for a board that cannot be read at present. ``accepted`` is the header Accept-Language."""
    texts = LANGUAGES[language_for(accepted)]
    return _refusal(texts.code, texts.plain("board.unreadable_title"), texts.plain("board.unreadable"))


def _refusal(language: str, title: str, text: str) -> str:
    return _REFUSAL.substitute(language=language, title=escape(title), text=escape(text))


def language_for(accepted: str) -> str:
    """Give the language that a reader likes best of those we speak (RFC 9110, 12.5.4, Accept-Language)."""
    wishes = sorted(map(_wish, accepted.split(",")), key=lambda wish: -wish[1])
    codes = (tag.split("-")[0].lower() for tag, weight in wishes if weight > 0)
    return next((code for code in codes if code in LANGUAGES), REFERENCE)


def _wish(item: str) -> tuple[str, float]:
    """Give a language's tag and how much it is liked, from 0 to 1."""
    tag, _, weight = item.partition(";q=")
    try:
        return tag.strip(), float(weight) if weight else 1.0
    except ValueError:
        return tag.strip(), 0.0
