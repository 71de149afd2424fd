"""Reads the project's documents: their fenced blocks, their prose, their tables."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
FENCE = re.compile(r"^ *```(?P<info>[^\n`]*)\n(?P<code>.*?)^ *```$", re.MULTILINE | re.DOTALL)


def read(name: str) -> str:
    """Return the text of a file of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, info: str = "") -> list[str]:
    """Return a document's fenced blocks with this info string."""
    return [found["code"] for found in FENCE.finditer(read(name)) if found["info"] == info]


def prose(name: str) -> str:
    """Return a document without its fenced blocks."""
    return FENCE.sub("", read(name))


def table(name: str, *heading: str) -> list[tuple[str, ...]]:
    """Return the cells of the one table with this heading."""
    head = re.escape(f"| {' | '.join(heading)} |\n".replace("|  |", "| |"))
    (found,) = re.findall(rf"^{head}\|[-|]+\|\n((?:\|.*\|\n)+)", read(name), re.MULTILINE)
    return [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in found.splitlines()]
