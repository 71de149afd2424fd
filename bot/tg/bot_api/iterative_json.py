"""JSON reader and writer for any depth and any content, for input that the fast ones refuse.

Neither is recursive, so nesting uses no stack. They are slow, and meant for rare input.
"""

import json
import re
from typing import Any

_TOKEN = re.compile(
    r"[ \t\n\r]*(?:(?P<sign>[\[\]{}:,])|(?P<quote>\")|(?P<word>true|false|null|NaN|-?Infinity)"
    r"|(?P<whole>-?(?:0|[1-9][0-9]*))(?P<part>\.[0-9]+)?(?P<power>[eE][+-]?[0-9]+)?)"
)
# Not strict: a raw control character in a text does not make the rest unreadable.
_TEXTS = json.JSONDecoder(strict=False)
_REST = re.compile(r"[ \t\n\r]*\Z")
_WORDS = {
    "true": True,
    "false": False,
    "null": None,
    "NaN": float("nan"),
    "Infinity": float("inf"),
    "-Infinity": float("-inf"),
}
_VALUE, _FIRST_VALUE, _NAME, _FIRST_NAME, _COLON, _COMMA, _END = range(7)


def read_patiently(text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Parse JSON, however deep it is nested.

    A lone surrogate becomes "?"; a whole number too long for Python becomes a text of its digits.
    Raises ValueError if it is not JSON.
    """
    return _Parser(text).parse()


class _Parser:
    """State of one parse: the open lists and objects, and what may follow."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._open: list[Any] = []
        self._names: list[str] = []
        self._expects = _VALUE
        self._root: Any = None

    def parse(self) -> Any:  # noqa: ANN401 - the same
        while self._expects != _END:
            found = _TOKEN.match(self._text, self._place)
            if found is None:
                raise self._fault()
            self._place = found.end()
            if found["sign"]:
                self._take_sign(found["sign"])
            elif found["quote"] and self._expects in {_NAME, _FIRST_NAME}:
                self._names.append(self._string())
                self._expects = _COLON
            elif self._expects in {_VALUE, _FIRST_VALUE}:
                self._add(self._scalar(found))
            else:
                raise self._fault()
        if not _REST.match(self._text, self._place):
            raise self._fault()
        return self._root

    def _take_sign(self, sign: str) -> None:
        expects = self._expects
        if sign in "[{" and expects in {_VALUE, _FIRST_VALUE}:
            self._begin(sign)
        elif (sign == "]" and self._is_in(list) and expects in {_FIRST_VALUE, _COMMA}) or (
            sign == "}" and self._is_in(dict) and expects in {_FIRST_NAME, _COMMA}
        ):
            self._open.pop()
            self._close()
        elif sign == ":" and expects == _COLON:
            self._expects = _VALUE
        elif sign == "," and expects == _COMMA:
            self._expects = _VALUE if self._is_in(list) else _NAME
        else:
            raise self._fault()

    def _is_in(self, kind: type) -> bool:
        return bool(self._open) and isinstance(self._open[-1], kind)

    def _begin(self, sign: str) -> None:
        made: Any = [] if sign == "[" else {}
        self._place_value(made)
        self._open.append(made)
        self._expects = _FIRST_VALUE if sign == "[" else _FIRST_NAME

    def _add(self, value: object) -> None:
        self._place_value(value)
        self._close()

    def _close(self) -> None:
        self._expects = _COMMA if self._open else _END

    def _place_value(self, value: object) -> None:
        if not self._open:
            self._root = value
        elif self._is_in(list):
            self._open[-1].append(value)
        else:
            self._open[-1][self._names.pop()] = value

    def _scalar(self, found: re.Match[str]) -> object:
        if found["quote"]:
            return self._string()
        if found["word"]:
            return _WORDS[found["word"]]
        if found["part"] or found["power"]:
            return float(found[0])
        return whole_number(found["whole"])

    def _string(self) -> str:
        value, self._place = _TEXTS.raw_decode(self._text, self._place - 1)
        return clean(value)

    def _fault(self) -> ValueError:
        """Return an error that names the position and quotes nothing."""
        return ValueError(f"no JSON at character {self._place}")


def whole_number(digits: str) -> int | str:
    """Return a whole number, or its digits as a text if Python refuses so long a one (sys.set_int_max_str_digits)."""
    try:
        return int(digits)
    except ValueError:
        return digits


def clean(text: str) -> str:
    """Return a text that UTF-8 can encode, with "?" for each lone surrogate."""
    return text.encode(errors="replace").decode()


class _Piece(str):
    """JSON that is written as it is."""

    __slots__ = ()


def write_patiently(value: object) -> str:
    """Write JSON of any depth. A value that JSON cannot represent is written as a text with the name of its type."""
    written: list[str] = []
    todo: list[object] = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, _Piece):
            written.append(one)
        elif isinstance(one, dict):
            todo += reversed(_object(one))
        elif isinstance(one, list | tuple):
            todo += reversed(_array(one))
        else:
            written.append(_written(one))
    return "".join(written)


def _object(value: dict[Any, Any]) -> list[object]:
    pieces: list[object] = [_Piece("{")]
    for number, (name, one) in enumerate(value.items()):
        pieces += [_Piece(f"{',' if number else ''}{_written(name if isinstance(name, str) else repr(name))}:"), one]
    return [*pieces, _Piece("}")]


def _array(value: list[Any] | tuple[Any, ...]) -> list[object]:
    pieces: list[object] = [_Piece("[")]
    for number, one in enumerate(value):
        pieces += [_Piece(","), one] if number else [one]
    return [*pieces, _Piece("]")]


def _written(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(clean(value), ensure_ascii=False)
    try:
        return json.dumps(value)
    except (TypeError, ValueError):
        # Not a JSON value, or a whole number with more digits than Python prints: it can print those in hexadecimal.
        return json.dumps(f"{value:#x}" if isinstance(value, int) else type(value).__name__)
