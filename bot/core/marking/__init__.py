"""Marking of typed answers: as a fair teacher would."""

from bot.core.marking.comparison import compare, is_same, matches
from bot.core.marking.folding import fold
from bot.core.marking.neighbours import Answers, Neighbours

__all__ = ["Answers", "Neighbours", "compare", "fold", "is_same", "matches"]
