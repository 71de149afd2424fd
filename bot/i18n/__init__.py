"""The bot's texts, with one file per language in ``languages/``. To add a language, add a file; no code changes.

A text is a sentence with ``{placeholders}``. A text with a number ``{n}`` has one sentence per plural category of CLDR
(https://cldr.unicode.org/index/cldr-spec/plural-rules). Texts may contain Telegram's HTML, but values may not.
Values are sanitized as described in `bot/i18n/user_text.py`: ``{name}`` and ``{names}`` are names of people, and only
``{link}`` and ``{source}`` may contain links.
"""

import tomllib
from collections.abc import Mapping
from html import escape
from pathlib import Path

from babel import Locale

from bot.i18n.user_text import isolated, without_links

# The fallback for unknown languages. Every other language has the same keys.
DEFAULT_LANGUAGE = "en"
# Placeholders whose values may contain links.
_MAY_BE_LINKS = frozenset({"link", "source"})


class Texts:
    """The texts of one language.

    Attributes:
        code: the ISO 639-1 code of the language.
        name: the name of the language in that language.
    """

    def __init__(self, code: str, content: Mapping[str, Mapping[str, str | Mapping[str, str]]]) -> None:
        self.code = code
        self._plural = Locale.parse(code).plural_form
        self._texts = {f"{part}.{key}": text for part, texts in content.items() for key, text in texts.items()}
        self.name = self.plain("language.name")

    def keys(self) -> frozenset[str]:
        """Return the keys of all texts."""
        return frozenset(self._texts)

    def plural_forms(self, key: str) -> Mapping[str, str]:
        """Return a text's sentences by plural category; a text without plural forms has only ``other``."""
        text = self._texts[key]
        return {"other": text} if isinstance(text, str) else text

    def plain(self, key: str, **values: object) -> str:
        """Return a text without HTML, filled with values.

        Raises KeyError if the text or one of its values is missing.
        """
        return self._fill(key, {name: _plain_value(name, value) for name, value in values.items()})

    def html(self, key: str, **values: object) -> str:
        """Return a text in Telegram's HTML, filled with values, which are escaped and contain no links."""
        return self._fill(key, {name: _html_value(name, value) for name, value in values.items()})

    def _fill(self, key: str, values: Mapping[str, object]) -> str:
        forms = self.plural_forms(key)
        number = values.get("n")
        category = self._plural(number) if isinstance(number, int) else "other"
        return forms.get(category, forms["other"]).format(**values)


def _plain_value(name: str, value: object) -> object:
    """Return a value for a text without HTML; names are isolated and joined by commas."""
    if name in ("name", "names") and isinstance(value, str):
        return isolated(value)
    if name == "names" and isinstance(value, tuple):
        return ", ".join(map(isolated, value))
    return value


def _html_value(name: str, value: object) -> object:
    """Return a value for a text in HTML."""
    if isinstance(value, tuple):
        return _plain_value(name, tuple(safe_html(one) for one in value))
    if not isinstance(value, str):
        return value
    return escape(value, quote=False) if name in _MAY_BE_LINKS else _plain_value(name, safe_html(value))


def safe_html(text: str) -> str:
    """Return a text of a person, escaped for HTML and without links."""
    return escape(without_links(text), quote=False)


def _read_all() -> dict[str, Texts]:
    files = sorted((Path(__file__).parent / "languages").glob("*.toml"), key=lambda file: file.stem != DEFAULT_LANGUAGE)
    return {file.stem: Texts(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))) for file in files}


LANGUAGES: Mapping[str, Texts] = _read_all()


def nearest_language(tag: str) -> str:
    """Return the bot's language for the language of a person's app (an IETF tag such as ``ru-RU``)."""
    code = tag.replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGES else DEFAULT_LANGUAGE
