"""Marking of typed answers: as a fair teacher would."""

from bot.core.marking.comparison import matches
from bot.core.marking.folding import fold

__all__ = ["fold", "matches"]
