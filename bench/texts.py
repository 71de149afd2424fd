"""Measure how the time to parse typed texts grows with their length: ``uv run python bench/texts.py``.

Doubling a text should at most double the time. Every parser refuses texts over its limit before it parses them, so
the patterns behind the limits are also measured without the limits.
"""

import sys
import time
from collections.abc import Callable
from decimal import Decimal

from bot.core import join_codes, nicknames, number_parsing, reserved_names, text_limits
from bot.core.kinds.number import Number
from bot.core.kinds.typed import Typed
from bot.core.kinds.year import Year
from bot.core.marking import fold
from bot.core.prompt import Written
from bot.i18n import LANGUAGES
from bot.wiring import read_banned_nicknames

# The longest text that most limits allow, and lengths above it.
LENGTHS = (200, 250, 500, 1000, 2000, 4000)
TRIES = 5
# Each is repeated to the length of a text.
UNITS = {
    "letter": "a",
    "a1": "a1",
    "f": "f",
    "space": "x ",
    "marks": "a\u0323\u0301\u0344",
    "digit": "7",
    "groups": "1,111",
    "groups of one": "1,111,1",
    "points": "1.",
    "commas": ",",
    "U+FDFA": "\ufdfa",
    "humps": "aB",
    "emoji": "👩🏽\u200d🚀",
    "words": "one hundred and ",
    "articles": "an ",
    "apostrophes": "1'",
    "wrappers": "I think it is ",
    "initials": "E. ",
    "dates": "10th December 1948 ",
    "signs": "50% & № 1 ",
    "numbers": "двадцать пять ",
    "cases": "смертной казни ",
    "endings": "құқықтарының ",
    "two alphabets": "АAВBСC іi ",
}
REFUSED = read_banned_nicknames("")
RESERVED = reserved_names.read_reserved((texts.plain("seat.roles") for texts in LANGUAGES.values()), ["Mrs Kim"])
PARSERS: dict[str, Callable[[str], object]] = {
    "nickname": lambda text: nicknames.fault_in(text, REFUSED, ["Anna"], RESERVED),
    "free nickname": lambda text: nicknames.make_unique(text, ["Anna"]),
    "real name": nicknames.clean_name,
    "class code": join_codes.read_code,
    "typed answer": lambda text: Typed(("Blue whale",)).mark(Written(text)),
    "name": lambda text: Typed(("Erlan Idrissov", "Idrissov", "Mr Idrissov")).mark(Written(text)),
    "typed answer, Russian": lambda text: Typed(("смертная казнь", "казнь")).mark(Written(text)),
    "typed answer, Kazakh": lambda text: Typed(("адам құқығы", "құқық")).mark(Written(text)),
    "number": lambda text: Number(Decimal(3), unit="per 100 people").mark(Written(text)),
    "year": lambda text: Year(1966).mark(Written(text)),
}
CACHES = [
    one
    for name, module in list(sys.modules.items())
    if name.startswith("bot.core")
    for one in vars(module).values()
    if hasattr(one, "cache_clear")
]
UNLIMITED: dict[str, Callable[[str], object]] = {
    "numerals": number_parsing.numbers_in,
    "folding": fold,
    "refused": REFUSED.parts.search,
    "refused word": REFUSED.words.fullmatch,
}


def fastest(parse: Callable[[str], object], text: str) -> float:
    """Return the least CPU time of several tries, in microseconds; caches are cleared before each."""
    times = []
    for _ in range(TRIES):
        for cache in CACHES:
            cache.cache_clear()
        began = time.process_time()
        parse(text)
        times.append(time.process_time() - began)
    return min(times) * 1e6


def measure(title: str, parsers: dict[str, Callable[[str], object]]) -> float:
    """Print a table of times in microseconds, each parser with its slowest text; return the largest ratio."""
    print(
        f"\n{title}\n| parser | text | {' | '.join(map(str, LENGTHS))} | 4000 / 2000 |\n|{'---|' * (3 + len(LENGTHS))}"
    )
    worst = 0.0
    for name, parse in parsers.items():
        rows = {kind: [fastest(parse, (unit * length)[:length]) for length in LENGTHS] for kind, unit in UNITS.items()}
        kind, times = max(rows.items(), key=lambda row: max(row[1]))
        ratio = max(row[-1] / row[-2] for row in rows.values())
        worst = max(worst, ratio)
        print(f"| {name} | {kind} | {' | '.join(f'{one:.0f}' for one in times)} | {ratio:.1f} at most |")
    return worst


def main() -> None:
    """Measure the parsers with their limits, and the patterns without limits."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    longest = {name: value for name, value in vars(text_limits).items() if name.startswith("LONGEST_")}
    print(", ".join(f"{name} {value}" for name, value in longest.items()))
    measure("Parsers with their limits (microseconds)", PARSERS)
    measure("Patterns without limits (microseconds)", UNLIMITED)


main()
