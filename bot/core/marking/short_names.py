"""Short and full names of places, rulers and wars: "Mt. Everest", "King Henry VIII", "WWII"."""

import re
from collections.abc import Iterable

from bot.core.marking.rule_types import TextRule

_SHORT = {"st": "Saint", "mt": "Mount"}
_PLACE = re.compile(r"(?P<before>(?:(?:in|at|on|from|to) )?)(?P<name>st|mt)(?:\. ?| )(?=[^\W\d_]{3})", re.IGNORECASE)
_RANKS = "king|queen|tsar|czar|emperor|empress|король|королева|царь|царица|император|императрица|патша"
_RULER = re.compile(
    rf"(?:the )?(?:{_RANKS}) (?=[^\W\d_]{{3,}} (?:[ivx]{{1,6}}|\d{{1,2}}(?:st|nd|rd|th)?|the [^\W\d_]+)[.!]?\Z)",
    re.IGNORECASE,
)
_WAR = re.compile(
    r"\b(?:(?:the )?(?:(?P<first>first|1st)|second|2nd) world war"
    r"|(?:world war |ww[ -]?)(?:(?P<one>1|i|one)|2|ii|two))\b",
    re.IGNORECASE,
)


def expand_place(text: str) -> Iterable[str]:
    """Yield the text with "St." or "Mt." before a name at its beginning expanded; nothing for any other text."""
    spaced = " ".join(text.split())
    if found := _PLACE.match(spaced):
        yield f"{found['before']}{_SHORT[found['name'].casefold()]} {spaced[found.end() :]}"


def without_rank(text: str) -> Iterable[str]:
    """Yield the name and number of a ruler without the rank; nothing for any other text."""
    spaced = " ".join(text.split())
    if found := _RULER.match(spaced):
        yield spaced[found.end() :]


def normalize_war(text: str) -> Iterable[str]:
    """Yield the text with world wars written as "World War 1" and "World War 2"; nothing if it names none."""
    spaced = " ".join(text.split())
    written = _WAR.sub(lambda found: f"World War {1 if found['first'] or found['one'] else 2}", spaced)
    if written != spaced:
        yield written


PLACE = TextRule(
    name="St. and Mt. before a name",
    source="English usage on maps",
    variants=expand_place,
    right=(
        ("St. Petersburg", "Saint Petersburg"),
        ("in St Petersburg", "Saint Petersburg"),
        ("Mt. Everest", "Mount Everest"),
        ("mt everest", "Mount Everest"),
        ("Saint Helena", "St Helena"),
    ),
    wrong=(
        ("Mt. Elbrus", "Mount Everest"),
        ("not St. Petersburg", "Saint Petersburg"),
        ("St. Everest", "Mount Everest"),
        ("St", "Saint"),
        ("Mt 5", "Mount 5"),
    ),
)

RANK = TextRule(
    name="the rank of a ruler before the name and number",
    source="English, Russian and Kazakh usage",
    variants=without_rank,
    right=(
        ("King Henry VIII", "Henry VIII"),
        ("Queen Elizabeth the First", "Elizabeth I"),
        ("король Людовик XIV", "Людовик XIV"),
        ("император Александр II", "Александр II"),
        ("Henry VIII", "King Henry VIII"),
    ),
    wrong=(
        ("King Henry VII", "Henry VIII"),
        ("King Henry", "Henry VIII"),
        ("Prince Henry VIII", "Henry VIII"),
        ("Pope Alexander II", "Alexander II"),
        ("not King Henry VIII", "Henry VIII"),
        ("Lear", "King Lear"),
    ),
)

WAR = TextRule(
    name="the world wars",
    source="entries of English dictionaries: World War II, the Second World War, WWII, WW2",
    variants=normalize_war,
    right=(
        ("WWII", "World War II"),
        ("WW2", "World War II"),
        ("the Second World War", "World War II"),
        ("2nd World War", "World War II"),
        ("World War Two", "Second World War"),
        ("WW I", "World War I"),
        ("First World War", "World War I"),
        ("after WWII", "after World War II"),
    ),
    wrong=(
        ("WWI", "World War II"),
        ("WWIII", "World War II"),
        ("First World War", "World War II"),
        ("World War 11", "World War II"),
        ("World War", "World War II"),
        ("before WWII", "World War II"),
        ("World War III", "World War II"),
        ("WW2", "Cold War"),
        ("2 world wars", "World War II"),
    ),
)
