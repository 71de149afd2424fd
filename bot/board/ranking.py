"""The standings of a board as JSON in words."""

from collections.abc import Sequence
from typing import Any

from bot.core.standings import Standing
from bot.i18n import Texts
from bot.i18n.insertion import isolated


def ranking_of(standings: Sequence[Standing], more: int, texts: Texts, *, bonus: bool) -> dict[str, Any] | None:
    """Return the standings in words; None while nobody was right.

    Args:
        standings: the top, best first.
        more: how many others share the last place in it.
        texts: the words of the page's language.
        bonus: whether points are shown beside right answers.
    """
    if not any(standing.right for standing in standings):
        return None
    return {
        "title": texts.plain("board.standings"),
        "rule": texts.plain("board.ranked_points" if bonus else "board.ranked"),
        "rows": [_row(standing, texts, bonus=bonus) for standing in standings],
        "more": texts.plain("board.more", n=more) if more else "",
    }


def _row(standing: Standing, texts: Texts, *, bonus: bool) -> dict[str, Any]:
    return {
        "rank": standing.rank,
        "place": texts.plain("board.rank", rank=standing.rank),
        "name": isolated(standing.name),
        "score": texts.plain("board.score", right=standing.right, seen=standing.seen),
        "points": texts.plain("board.points", n=standing.points) if bonus else "",
        "up": standing.up,
        "movement": _movement(standing.up, texts),
    }


def _movement(up: int, texts: Texts) -> str:
    """Say by how many places somebody moved."""
    if up == 0:
        return texts.plain("board.same")
    return texts.plain("board.up", n=up) if up > 0 else texts.plain("board.down", n=-up)
