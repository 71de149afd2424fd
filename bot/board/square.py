"""A QR code as an SVG path, for a page that draws it itself."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import TypedDict

import segno


class Square(TypedDict):
    """``size`` is the width and height in modules, quiet zone included; ``path`` draws the dark modules."""

    size: int
    path: str


@lru_cache(maxsize=64)
def square_of(text: str) -> Square:
    """Draw a text as a QR code that may lose 15 % of itself, as to a head before the projector (ISO 18004, level M)."""
    rows = tuple(segno.make_qr(text, error="m").matrix_iter())
    return {"size": len(rows), "path": "".join(_line(row, height) for height, row in enumerate(rows))}


def _line(row: Iterable[int], height: int) -> str:
    """Draw the runs of dark modules of one row."""
    path, start = [], 0
    for is_dark, run in groupby(row):
        width = len(tuple(run))
        if is_dark:
            path.append(f"M{start} {height}h{width}v1h-{width}z")
        start += width
    return "".join(path)
