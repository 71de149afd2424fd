"""How votes and standings look in a message: numbers and words, so that nothing depends on colour."""

from collections.abc import Sequence

from bot.app.messages import Tally
from bot.core.standings import Standing
from bot.i18n import Texts
from bot.tg.views.question import LETTERS, is_lettered
from bot.tg.views.text import person, safe

_MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}
_SQUARES = 5


def tally(first: Tally, last: Tally | None, texts: Texts, *, statement: bool, voters: int = 0) -> str:
    """Render how many chose each option, in one vote or in both; long options by the letters they had in the poll.

    If one vote is shown, a full bar stands for ``voters``, as on the board, or for the most votes if those are more.
    """
    options = [text for text, _ in first.options]
    if statement:
        words = {"true": texts.plain("question.true"), "false": texts.plain("question.false")}
        names = [words.get(option, option) for option in options]
    else:
        names = list(LETTERS[: len(options)]) if is_lettered(tuple(options)) else options
    if last is None:
        most = max([voters, *(votes for _, votes in first.options)])
        lines = [
            f"{_bar(votes, most)} {votes} · {safe(name)}" for name, (_, votes) in zip(names, first.options, strict=True)
        ]
        return "\n".join(lines)
    both = zip(names, first.options, last.options, strict=True)
    heading = f"<i>{texts.html('board.first_vote')} → {texts.html('board.last_vote')}</i>"
    return "\n".join([heading, *(f"{before} → {after} · {safe(name)}" for name, (_, before), (_, after) in both)])


def _bar(votes: int, most: int) -> str:
    """Draw a share as five squares; all are full only for everybody, and one is as soon as there is a vote."""
    rounded = min(-(-votes * _SQUARES // most), _SQUARES - 1) if most else 0
    full = _SQUARES if 0 < votes == most else rounded
    return "▰" * full + "▱" * (_SQUARES - full)


def ranking(standings: Sequence[Standing], more: int, texts: Texts, *, bonus: bool, moving: bool) -> str:
    """Render the standings: rank, name, right answers of those seen, and how many more share the last rank.

    ``moving`` adds how many ranks each person moved up or down.
    """
    lines = [_line(one, texts, bonus=bonus, moving=moving) for one in standings]
    return "\n".join([*lines, texts.html("board.more", n=more)] if more else lines)


def _line(one: Standing, texts: Texts, *, bonus: bool, moving: bool) -> str:
    place = _MEDALS.get(one.rank, f"{one.rank}.")
    points = f" · {texts.html('board.points', n=one.points)}" if bonus else ""
    up = one.up if moving else 0
    moved = f" ▲{up}" if up > 0 else f" ▼{-up}" if up < 0 else ""
    return f"{place} {person(one.name)} · {texts.html('board.score', right=one.right, seen=one.seen)}{points}{moved}"
