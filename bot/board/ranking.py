"""The standings of a board as JSON with translated texts."""

from collections.abc import Sequence
from typing import Any

from bot.core.standings import Standing
from bot.i18n import Texts
from bot.i18n.user_text import isolated


def ranking_json(standings: Sequence[Standing], more: int, texts: Texts, *, bonus: bool) -> dict[str, Any] | None:
    """Return the standings as JSON; None if no pupil has a right answer yet.

    Args:
        standings: the top places, best first.
        more: the number of other people who share the last of these places.
        texts: the texts in the page's language.
        bonus: whether points are shown beside the number of right answers.
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
    """Describe by how many places a person moved."""
    if up == 0:
        return texts.plain("board.same")
    return texts.plain("board.up", n=up) if up > 0 else texts.plain("board.down", n=-up)
