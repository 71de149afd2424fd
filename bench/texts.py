"""How the time to read what people type grows with its length: ``uv run python bench/texts.py``.

Doubling a text should at most double the time. Every reader refuses what is over its limit before it reads, so the
patterns behind the limits are measured too, as if there were none.
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
from bot.wiring import refused_nicknames

# The longest text of which most limits let something be read, and lengths above them.
LENGTHS = (200, 250, 500, 1000, 2000, 4000)
TRIES = 5
# What a text is made of, over and over.
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
REFUSED = refused_nicknames("")
RESERVED = reserved_names.read_reserved((texts.plain("seat.roles") for texts in LANGUAGES.values()), ["Mrs Kim"])
READERS: dict[str, Callable[[str], object]] = {
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


def fastest(read: Callable[[str], object], text: str) -> float:
    """Return the least CPU time that a reader takes, in microseconds; no try remembers the one before."""
    times = []
    for _ in range(TRIES):
        for cache in CACHES:  # remembering is not reading
            cache.cache_clear()
        began = time.process_time()
        read(text)
        times.append(time.process_time() - began)
    return min(times) * 1e6


def measure(title: str, readers: dict[str, Callable[[str], object]]) -> float:
    """Print a table of times in microseconds, each reader with its worst text; return the largest ratio."""
    print(
        f"\n{title}\n| reader | text | {' | '.join(map(str, LENGTHS))} | 4000 / 2000 |\n|{'---|' * (3 + len(LENGTHS))}"
    )
    worst = 0.0
    for name, read in readers.items():
        rows = {kind: [fastest(read, (unit * length)[:length]) for length in LENGTHS] for kind, unit in UNITS.items()}
        kind, times = max(rows.items(), key=lambda row: max(row[1]))
        ratio = max(row[-1] / row[-2] for row in rows.values())
        worst = max(worst, ratio)
        print(f"| {name} | {kind} | {' | '.join(f'{one:.0f}' for one in times)} | {ratio:.1f} at most |")
    return worst


def main() -> None:
    """Measure what people reach, and what stands behind the limits."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    longest = {name: value for name, value in vars(text_limits).items() if name.startswith("LONGEST_")}
    print(", ".join(f"{name} {value}" for name, value in longest.items()))
    measure("What a person reaches (microseconds)", READERS)
    measure("The patterns without limits (microseconds)", UNLIMITED)


main()
