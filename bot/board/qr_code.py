"""QR codes as SVG paths, which the page draws."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import TypedDict

import segno


class QrCode(TypedDict):
    """A QR code: ``size`` is its width in modules, including the quiet zone; ``path`` draws the dark modules."""

    size: int
    path: str


@lru_cache(maxsize=64)
def qr_code(text: str) -> QrCode:
    """Return a text as a QR code that can be read with 15 % of it covered, as by a head (ISO 18004, level M)."""
    rows = tuple(segno.make_qr(text, error="m").matrix_iter())
    return {"size": len(rows), "path": "".join(_line(row, height) for height, row in enumerate(rows))}


def _line(row: Iterable[int], height: int) -> str:
    """Return the path of one row's dark modules."""
    path, start = [], 0
    for is_dark, run in groupby(row):
        width = len(tuple(run))
        if is_dark:
            path.append(f"M{start} {height}h{width}v1h-{width}z")
        start += width
    return "".join(path)
