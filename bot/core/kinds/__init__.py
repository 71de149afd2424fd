"""The kinds of question, one file for each. A new kind is a file and a line here."""

from bot.core.kind import Kind
from bot.core.kinds.number import Number
from bot.core.kinds.one_right import OneRight
from bot.core.kinds.several_right import SeveralRight
from bot.core.kinds.true_false import TrueFalse
from bot.core.kinds.typed import Typed
from bot.core.kinds.year import Year

KINDS: tuple[type[Kind], ...] = (OneRight, SeveralRight, TrueFalse, Typed, Number, Year)
