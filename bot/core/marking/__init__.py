"""Marking of typed answers: normalization, inflection, typos and the rules of three languages."""

from bot.core.marking.comparison import Comparison, compare, is_same, matches
from bot.core.marking.folding import fold
from bot.core.marking.other_answers import AnswerTexts, OtherAnswers

__all__ = ["AnswerTexts", "Comparison", "OtherAnswers", "compare", "fold", "is_same", "matches"]
