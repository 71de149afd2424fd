"""The list of English words that `pyspellchecker` brings along, with how often each occurs.

The list takes some 5 MB and a fifth of a second to load, so it is loaded when first needed, once a process.
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
    """Return how often a word of four letters or more occurs in the list's corpus; 0 where it is not listed."""
    written = word.encode()
    rows = _rows().get(written[:_KEY], b"")
    start = rows.find(b" %b:" % written)
    return 0 if start < 0 else int(rows[start + len(written) + 2 : rows.find(b" ", start + 1)])


def _rows() -> dict[bytes, bytes]:
    """Return words and frequencies, as one text for each beginning of three letters: it takes little memory."""
    with _LOADING:
        if not _loaded:
            _loaded.append(_load())
        return _loaded[0]


def _load() -> dict[bytes, bytes]:
    import spellchecker  # noqa: PLC0415 - only what misses the accepted answer by a letter needs the list

    packed = (files(spellchecker) / "resources" / "en.json.gz").read_bytes()
    rows: defaultdict[bytes, bytearray] = defaultdict(bytearray)
    for found in _ROW.finditer(gzip.decompress(packed)):
        rows[found[1][:_KEY]] += b" %b:%b" % (found[1], found[2])
    return {key: bytes(texts) + b" " for key, texts in rows.items()}
