"""The bot's own words: one file a language in ``languages/``, found by its name. A new language is a file and no line.

A text is a sentence with ``{names}``, or, where a number ``{n}`` rules its form, one sentence a plural category of CLDR
(https://cldr.unicode.org/index/cldr-spec/plural-rules). Texts may hold Telegram's HTML; what is put into them may not.
"""

import tomllib
from collections.abc import Mapping
from html import escape
from pathlib import Path

from babel import Locale

# Spoken with everybody whose language we do not know; every other language has the same texts.
REFERENCE = "en"


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
        """Give a text with its values put in. Raises KeyError where there is no such text or value."""
        forms = self.forms(key)
        number = values.get("n")
        category = self._plural(number) if isinstance(number, int) else "other"
        return forms.get(category, forms["other"]).format(**values)

    def html(self, key: str, **values: object) -> str:
        """Give a text for a message in Telegram's HTML; values that are strings are escaped."""
        safe = {name: escape(value, quote=False) if isinstance(value, str) else value for name, value in values.items()}
        return self.plain(key, **safe)


def _read_all() -> dict[str, Texts]:
    files = sorted((Path(__file__).parent / "languages").glob("*.toml"), key=lambda file: file.stem != REFERENCE)
    return {file.stem: Texts(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))) for file in files}


LANGUAGES: Mapping[str, Texts] = _read_all()


def nearest_language(tag: str) -> str:
    """Give the language to speak with somebody whose app speaks this one (an IETF tag such as ``ru-RU``)."""
    code = tag.replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGES else REFERENCE
