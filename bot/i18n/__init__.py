"""The bot's own words: one file a language in ``languages/``, found by its name. A new language is a file and no line.

A text is a sentence with ``{names}``, or, where a number ``{n}`` rules its form, one sentence a plural category of CLDR
(https://cldr.unicode.org/index/cldr-spec/plural-rules). Texts may hold Telegram's HTML; what is put into them may not.
What people brought is put into them as `bot/i18n/insertion.py` says: ``{name}`` and ``{names}`` are of people,
``{link}`` and ``{source}`` alone may be tapped.
"""

import tomllib
from collections.abc import Mapping
from html import escape
from pathlib import Path

from babel import Locale

from bot.i18n.insertion import isolated, unlinked

# Spoken with everybody whose language we do not know; every other language has the same texts.
REFERENCE = "en"
# What is meant to be tapped, of all that is put into texts.
_TAPPED = frozenset({"link", "source"})


class Texts:
    """The texts of one language.

    Attributes:
        code: its ISO 639-1 code.
        name: its name in itself.
    """

    def __init__(self, code: str, content: Mapping[str, Mapping[str, str | Mapping[str, str]]]) -> None:
        self.code = code
        self._plural = Locale.parse(code).plural_form
        self._texts = {f"{part}.{key}": text for part, texts in content.items() for key, text in texts.items()}
        self.name = self.plain("language.name")

    def keys(self) -> frozenset[str]:
        """Give the names of all texts."""
        return frozenset(self._texts)

    def forms(self, key: str) -> Mapping[str, str]:
        """Give a text's sentences by plural category; a text without plural has the one category ``other``."""
        text = self._texts[key]
        return {"other": text} if isinstance(text, str) else text

    def plain(self, key: str, **values: object) -> str:
        """Return a text with its values put in, names isolated.

        Raises KeyError where there is no such text or value.
        """
        return self._filled(key, {name: _isolated(name, value) for name, value in values.items()})

    def html(self, key: str, **values: object) -> str:
        """Return a text for a message in Telegram's HTML; strings put in have no marks and nothing to tap."""
        return self._filled(key, {name: _html(name, value) for name, value in values.items()})

    def _filled(self, key: str, values: Mapping[str, object]) -> str:
        forms = self.forms(key)
        number = values.get("n")
        category = self._plural(number) if isinstance(number, int) else "other"
        return forms.get(category, forms["other"]).format(**values)


def _isolated(name: str, value: object) -> object:
    """Return a value as it is put into a text; names of several people are set side by side."""
    if name in ("name", "names") and isinstance(value, str):
        return isolated(value)
    if name == "names" and isinstance(value, tuple):
        return ", ".join(map(isolated, value))
    return value


def _html(name: str, value: object) -> object:
    """Return a value as it is put into HTML."""
    if isinstance(value, tuple):
        return _isolated(name, tuple(html_of(one) for one in value))
    if not isinstance(value, str):
        return value
    return escape(value, quote=False) if name in _TAPPED else _isolated(name, html_of(value))


def html_of(text: str) -> str:
    """Return a text that people brought as HTML in which nothing can be tapped."""
    return escape(unlinked(text), quote=False)


def _read_all() -> dict[str, Texts]:
    files = sorted((Path(__file__).parent / "languages").glob("*.toml"), key=lambda file: file.stem != REFERENCE)
    return {file.stem: Texts(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))) for file in files}


LANGUAGES: Mapping[str, Texts] = _read_all()


def nearest_language(tag: str) -> str:
    """Give the language to speak with somebody whose app speaks this one (an IETF tag such as ``ru-RU``)."""
    code = tag.replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGES else REFERENCE
