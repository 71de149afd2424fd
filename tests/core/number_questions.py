"""Questions for a number, as the tables of answers ask them."""

from decimal import Decimal

from bot.core.kinds.number import Number


def number(value: str, within: str = "0", unit: str = "") -> Number:
    """Return a question for a number."""
    return Number(Decimal(value), Decimal(within), unit)
