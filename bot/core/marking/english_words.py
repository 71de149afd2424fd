"""The list of English words that `pyspellchecker` brings along, with how often each occurs.

The list takes some 4 MB and a fifth of a second to load, so it is loaded when first needed, once a process.
"""

import gzip
import re
import threading
from collections import defaultdict
from importlib.resources import files

_ROW = re.compile(rb'"([a-z]{4,})": ?(\d+)')
_KEY = 3
_LOADING = threading.Lock()
_loaded: list[dict[str, str]] = []


def is_loaded() -> bool:
    """Return whether this process has loaded the list."""
    return bool(_loaded)


def frequency_of(word: str) -> int:
    """Return how often a word of four letters or more occurs in the list's corpus; 0 where it is not listed."""
    rows = _rows().get(word[:_KEY], "")
    start = rows.find(f" {word}:")
    return 0 if start < 0 else int(rows[start + len(word) + 2 : rows.find(" ", start + 1)])


def _rows() -> dict[str, str]:
    """Return words and frequencies, as one text for each beginning of three letters: it takes little memory."""
    with _LOADING:
        if not _loaded:
            _loaded.append(_load())
        return _loaded[0]


def _load() -> dict[str, str]:
    import spellchecker  # noqa: PLC0415 - only what misses the accepted answer by a letter needs the list

    packed = (files(spellchecker) / "resources" / "en.json.gz").read_bytes()
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for found in _ROW.finditer(gzip.decompress(packed)):
        word = found[1].decode()
        rows[word[:_KEY]].append(f" {word}:{found[2].decode()}")
    return {key: "".join(texts) + " " for key, texts in rows.items()}
