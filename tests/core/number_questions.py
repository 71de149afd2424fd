"""Questions for a number in the tables of answers."""

from decimal import Decimal

from bot.core.kinds.number import Number


def number(value: str, within: str = "0", unit: str = "") -> Number:
    """Create a question for a number."""
    return Number(Decimal(value), Decimal(within), unit)
