"""Updates of which any field may be anything: each is stored, tried and set aside, and nobody else notices."""

import json
import os
from random import Random, SystemRandom
from time import monotonic
from typing import Any

import pytest
from mill import Mill
from sqlalchemy import func, select
from strategies.mutated_updates import (
    DEEP,
    FEW,
    GROUP,
    HUGE,
    LONG,
    Json,
    all_mutations,
    message,
    press,
    random_mutation,
    vote,
)

from bot.app import operator
from bot.store.answers import ANSWERS
from bot.store.database import Database
from bot.store.pupils import PUPILS

AT_ONCE = 100
OTHER = {"id": 9, "is_bot": False, "first_name": "Ben"}
GOOD: Json = {"message": message("/help", {"id": 9, "type": "private"}, OTHER)}
FUZZ_SECONDS = 300
# A transaction takes longer there, and the types are judged before the database sees anything.
FEW_AT_A_SERVER = ({}, "\0", 2**70)

pytestmark = pytest.mark.usefixtures("no_retry_delays")


@pytest.fixture
def mill(database: Database) -> Mill:
    """The way of an update, on each engine."""
    return Mill(database)


async def begin(mill: Mill) -> None:
    """Have a quiz alone and one in a group be under way, so that odd updates meet open rounds."""
    start = [{"message": message("/quiz 3")}, {"callback_query": press("ggo::3:30:0", GROUP)}]
    await mill.grind([mill.number(one) for one in start])
    assert mill.counts().set_aside == 0
    assert mill.told[7] > 0
    assert mill.told[GROUP["id"]] > 0


async def test_every_field_may_be_anything(
    mill: Mill, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each kind of update each field is each type of JSON, or missing: each id is kept, and others are answered."""
    monkeypatch.setattr("bot.app.dispatch.update_processor.TRIES", 1)
    async with mill:
        await begin(mill)
        odd = [mill.number(one) for one in all_mutations(FEW_AT_A_SERVER if mill.service.is_remote else FEW)]
        for start in range(0, len(odd), AT_ONCE):
            good = [mill.number(GOOD) for _ in range(5)]
            before = mill.told[9]
            await mill.grind([*odd[start : start + AT_ONCE - len(good)], *good])
            await mill.grind(odd[start + AT_ONCE - len(good) : start + AT_ONCE])
            assert mill.told[9] == before + len(good)
        counts = mill.counts()
    assert len(odd) > 1500
    assert {one["update_id"] for one in odd} <= mill.ids()
    assert counts.waiting == 0
    assert counts.handled + counts.set_aside == counts.stored
    assert counts.set_aside > 100
    assert set(counts.kinds) <= {"OddUpdateError", "KeyError"}
    assert "unexpectedly" not in caplog.text
    assert "Traceback" not in caplog.text


BEN = {"id": 8, "is_bot": False, "first_name": "Ben"}
# Each of these once ended the process before it was stored, and again at every start.
FATAL: dict[str, Json] = {
    "a text that is a list": {"message": message(["/help"])},  # type: ignore[arg-type]
    "a person whose id is an object": {"message": message("/help", sender={**BEN, "id": {}})},
    "a voter whose id is an object": {"poll_answer": vote("1", user={**BEN, "id": {}})},
    "a press by an id that is an object": {"callback_query": {**press("quiz"), "from": {**BEN, "id": {}}}},
    "a speaker whose id is a list": {"message": message("/quiz", GROUP, BEN, sender_chat={"id": []})},
}


@pytest.mark.parametrize("odd", FATAL.values(), ids=FATAL)
async def test_what_was_fatal_is_set_aside(mill: Mill, odd: Json, caplog: pytest.LogCaptureFixture) -> None:
    """It is stored, tried and set aside with one line that says what to do and names nobody; others are answered."""
    async with mill:
        await mill.grind([mill.number(GOOD), mill.number(odd), mill.number(GOOD)])
        assert mill.told[9] == 2
    assert [one.id for one in mill.asides()] == [2]
    (line,) = (one.getMessage() for one in caplog.records if one.name.startswith("bot.tg"))
    assert line.startswith("Update 2 failed 3 times and is set aside: it is not as the Bot API says (OddUpdateError).")
    assert "`bot inbox list`" in line


# No question of the bank has more than four options.
IMPOSSIBLE = ([4], [11], [2**62], [0, 4], list(range(1_000)))


def answered(mill: Mill) -> tuple[int, int]:
    """Return how many answers are kept, alone and in the open round of the group."""
    with mill.database.engine.connect() as connection:
        alone = connection.scalar(select(func.count()).select_from(ANSWERS)) or 0
        seats = connection.scalars(select(PUPILS.c.seat)).all()
    return alone, sum(bool(seat.reply) for seat in seats)


@pytest.mark.parametrize("options", IMPOSSIBLE, ids=lambda options: f"{len(options)} up to {max(options)}")
async def test_a_vote_for_what_a_poll_does_not_offer_is_no_answer(
    mill: Mill, options: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    """Alone and in a group it is refused without a fault, and the next vote counts."""
    async with mill:
        await begin(mill)
        for poll in ("1", "2"):
            await mill.grind([mill.number({"poll_answer": vote(poll, option_ids=options)})])
        assert answered(mill) == (0, 0)
        for poll in ("1", "2"):
            await mill.grind([mill.number({"poll_answer": vote(poll, option_ids=[0, 0])})])
        assert answered(mill) == (1, 1)
        assert mill.counts().set_aside == 0
    assert caplog.text == ""


LEVELS = (201, 900, 100_000)


@pytest.mark.parametrize("levels", LEVELS)
async def test_what_is_nested_too_deeply_is_set_aside_whole(mill: Mill, levels: int) -> None:
    """However deep, it costs nobody else, and is kept as it came, for an operator to see and to put back."""
    async with mill:
        odd = [DEEP, {"telepathy": DEEP["message"]}]
        await mill.grind([mill.number(one) for one in (GOOD, *odd, GOOD)], levels=levels)
        assert mill.told[9] == 2
        aside = mill.asides()
        assert {one.problem for one in aside} == {"ValueError: it is nested more than 200 levels deep"}
        assert all("[" * levels + "]" * levels in one.what for one in aside)
        assert ['"update_id":2' in aside[0].what, '"update_id":3' in aside[1].what] == [True, True]
        assert [line.split()[4:] for line in operator.list_updates(mill.database)[1:-1]] == [
            ["message", "ValueError"],
            ["telepathy", "ValueError"],
        ]
        operator.put_back(mill.database, (2,))
        await mill.grind([mill.number(GOOD)])
        assert mill.told[9] == 3
        assert len(mill.asides()) == 2
    assert mill.ids() == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("odd", [LONG, HUGE], ids=["a number of 5,000 digits", "a text of 5 MB"])
async def test_what_is_very_long_holds_up_nobody(mill: Mill, odd: Json) -> None:
    """A number or a text longer than any is stored with its update, and those beside it are answered."""
    async with mill:
        await mill.grind([mill.number(GOOD), mill.number(odd), mill.number(GOOD)])
        assert mill.told[9] == 2
    assert mill.counts().waiting == 0
    assert mill.ids() == {1, 2, 3}


STRANGE_IDS: tuple[Any, ...] = (None, True, 1.0, 1.5, "1", [], {}, 2**63, 10**30, -(2**64), float("nan"))


@pytest.mark.parametrize("strange", STRANGE_IDS, ids=repr)
async def test_an_update_without_a_usable_id_costs_no_other(mill: Mill, strange: object) -> None:
    """It cannot be stored, and is passed over; alone it is no reason to stand still either."""
    odd = {**GOOD, "update_id": strange}
    async with mill:
        await mill.grind([odd], [mill.number(GOOD), odd, mill.number(GOOD)], [odd, odd])
        assert mill.told[9] == 2
    assert mill.ids() == {1, 2}


@pytest.mark.parametrize("result", [[None], [7, "x"], [[]], [{}]], ids=repr)
async def test_what_is_no_update_costs_no_other(mill: Mill, result: list[Any]) -> None:
    """Whatever stands beside updates, or in their place, those are handled."""
    async with mill:
        await mill.grind(result, [mill.number(GOOD), *result], result, [*result, mill.number(GOOD)])
        assert mill.told[9] == 2


def with_duplicate_keys(update: Json) -> str:
    """Return an update in which each outer name stands twice, first with nothing."""
    return "{" + "".join(f'"{name}":null,' for name in update) + json.dumps(update)[1:]


async def test_of_a_name_that_stands_twice_the_last_counts(mill: Mill) -> None:
    """As most readers of JSON have it."""
    body = f'{{"ok":true,"result":[{with_duplicate_keys(mill.number(GOOD))}]}}'.encode()
    async with mill:
        mill.telegram.bodies.append(body)
        await mill.grind([])
        assert mill.told[9] == 1


@pytest.mark.long
async def test_five_minutes_of_anything(mill: Mill, capsys: pytest.CaptureFixture[str]) -> None:
    """From bytes to the stories, at random: nothing is raised, nothing vanishes, and after each a good one is answered.

    ``FUZZ_SEED`` and ``FUZZ_SECONDS`` in the environment repeat a run, or make it shorter.
    """
    seed = int(os.environ.get("FUZZ_SEED", SystemRandom().randrange(10**6)))
    random = Random(seed)  # noqa: S311 - no secrets here
    ends = monotonic() + float(os.environ.get("FUZZ_SECONDS", FUZZ_SECONDS))
    sent: set[int] = set()
    came = 2
    async with mill:
        await begin(mill)
        while monotonic() < ends:
            helping = []
            for _ in range(random.randint(1, AT_ONCE // 2)):
                helping += [mill.number(random_mutation(random)), mill.number(GOOD)]
            before, good = mill.told[9], len(helping) // 2
            came += len(helping)
            sent |= {one["update_id"] for one in helping if type(one["update_id"]) is int}
            await mill.grind(helping, levels=random.choice((50, 199, 300, 900, 20_000)))
            assert mill.told[9] == before + good, f"seed {seed}"
        counts = mill.counts()
    with capsys.disabled():
        print(  # noqa: T201 - the counts are what this run is for
            f"\nseed {seed}, {mill.database.engine.dialect.name}: updates={came} stored={counts.stored}"
            f" handled={counts.handled} set_aside={counts.set_aside} waiting={counts.waiting} raised=0"
            f" answered={mill.told[9]} {dict(counts.kinds)}"
        )
    assert sent <= mill.ids()
    assert counts.waiting == 0
    assert counts.handled + counts.set_aside == counts.stored
