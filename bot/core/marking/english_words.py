"""Frequency list of English words, from the package `pyspellchecker`.

The list takes some 5 MB and 0.2 s to load, so each process loads it once, on first use.
"""

import gzip
import re
import threading
from collections import defaultdict
from importlib.resources import files

_ROW = re.compile(rb'"([a-z]{4,})": ?(\d+)')
_KEY = 3
_LOADING = threading.Lock()
_loaded: list[dict[bytes, bytes]] = []


def frequency_of(word: str) -> int:
    """Return how often a word of four letters or more occurs in the list's corpus; 0 if it is not listed."""
    written = word.encode()
    rows = _rows().get(written[:_KEY], b"")
    start = rows.find(b" %b:" % written)
    return 0 if start < 0 else int(rows[start + len(written) + 2 : rows.find(b" ", start + 1)])


def _rows() -> dict[bytes, bytes]:
    """Return words and frequencies, joined into one byte string per first three letters to save memory."""
    with _LOADING:
        if not _loaded:
            _loaded.append(_load())
        return _loaded[0]


def _load() -> dict[bytes, bytes]:
    import spellchecker  # noqa: PLC0415 - only near misses of an accepted answer need the list

    packed = (files(spellchecker) / "resources" / "en.json.gz").read_bytes()
    rows: defaultdict[bytes, bytearray] = defaultdict(bytearray)
    for found in _ROW.finditer(gzip.decompress(packed)):
        rows[found[1][:_KEY]] += b" %b:%b" % (found[1], found[2])
    return {key: bytes(texts) + b" " for key, texts in rows.items()}
