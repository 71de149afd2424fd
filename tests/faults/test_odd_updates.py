"""Tests of malformed updates: each is stored, tried and set aside, and other people's updates are handled."""

import json
import os
from random import Random, SystemRandom
from time import monotonic
from typing import Any

import pytest
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
from update_pipeline import UpdatePipeline

from bot.app import operator
from bot.store.answers import ANSWERS
from bot.store.database import Database
from bot.store.pupils import PUPILS

AT_ONCE = 100
OTHER = {"id": 9, "is_bot": False, "first_name": "Ben"}
GOOD: Json = {"message": message("/help", {"id": 9, "type": "private"}, OTHER)}
FUZZ_SECONDS = 300
# Fewer values on PostgreSQL: its transactions take longer, and the types are checked before the database is used.
FEW_AT_A_SERVER = ({}, "\0", 2**70)

pytestmark = pytest.mark.usefixtures("no_retry_delays")


@pytest.fixture
def pipeline(database: Database) -> UpdatePipeline:
    """The pipeline on each engine."""
    return UpdatePipeline(database)


async def begin(pipeline: UpdatePipeline) -> None:
    """Start a solo quiz and one in a group, so that malformed updates meet open rounds."""
    start = [{"message": message("/quiz 3")}, {"callback_query": press("ggo::3:30:0", GROUP)}]
    await pipeline.process([pipeline.with_id(one) for one in start])
    assert pipeline.counts().set_aside == 0
    assert pipeline.sent[7] > 0
    assert pipeline.sent[GROUP["id"]] > 0


async def test_any_field_may_have_any_json_type(
    pipeline: UpdatePipeline, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If any field of any update has any JSON type or is missing, the update is stored and others are answered."""
    monkeypatch.setattr("bot.app.dispatch.update_processor.MAX_TRIES", 1)
    async with pipeline:
        await begin(pipeline)
        odd = [pipeline.with_id(one) for one in all_mutations(FEW_AT_A_SERVER if pipeline.service.is_remote else FEW)]
        for start in range(0, len(odd), AT_ONCE):
            good = [pipeline.with_id(GOOD) for _ in range(5)]
            before = pipeline.sent[9]
            await pipeline.process([*odd[start : start + AT_ONCE - len(good)], *good])
            await pipeline.process(odd[start + AT_ONCE - len(good) : start + AT_ONCE])
            assert pipeline.sent[9] == before + len(good)
        counts = pipeline.counts()
    assert len(odd) > 1500
    assert {one["update_id"] for one in odd} <= pipeline.ids()
    assert counts.waiting == 0
    assert counts.handled + counts.set_aside == counts.stored
    assert counts.set_aside > 100
    assert set(counts.kinds) <= {"OddUpdateError", "KeyError"}
    assert "unexpectedly" not in caplog.text
    assert "Traceback" not in caplog.text


BEN = {"id": 8, "is_bot": False, "first_name": "Ben"}
# Each of these once crashed the process before it was stored, and again at every start.
FATAL: dict[str, Json] = {
    "a text that is a list": {"message": message(["/help"])},  # type: ignore[arg-type]
    "a person whose id is an object": {"message": message("/help", sender={**BEN, "id": {}})},
    "a voter whose id is an object": {"poll_answer": vote("1", user={**BEN, "id": {}})},
    "a press by an id that is an object": {"callback_query": {**press("quiz"), "from": {**BEN, "id": {}}}},
    "a speaker whose id is a list": {"message": message("/quiz", GROUP, BEN, sender_chat={"id": []})},
}


@pytest.mark.parametrize("odd", FATAL.values(), ids=FATAL)
async def test_updates_that_once_crashed_the_bot_are_set_aside(
    pipeline: UpdatePipeline, odd: Json, caplog: pytest.LogCaptureFixture
) -> None:
    """Such an update is set aside with one log line that names the remedy but no person, and others are answered."""
    async with pipeline:
        await pipeline.process([pipeline.with_id(GOOD), pipeline.with_id(odd), pipeline.with_id(GOOD)])
        assert pipeline.sent[9] == 2
    assert [one.id for one in pipeline.dead_letters()] == [2]
    (line,) = (one.getMessage() for one in caplog.records if one.name.startswith("bot.tg"))
    assert line.startswith("Update 2 failed 3 times and is set aside: it is not as the Bot API says (OddUpdateError).")
    assert "`bot inbox list`" in line


# No question of the bank has more than four options.
IMPOSSIBLE = ([4], [11], [2**62], [0, 4], list(range(1_000)))


def answered(pipeline: UpdatePipeline) -> tuple[int, int]:
    """Return the number of stored answers, in the solo quiz and in the group's open round."""
    with pipeline.database.engine.connect() as connection:
        alone = connection.scalar(select(func.count()).select_from(ANSWERS)) or 0
        seats = connection.scalars(select(PUPILS.c.seat)).all()
    return alone, sum(bool(seat.reply) for seat in seats)


@pytest.mark.parametrize("options", IMPOSSIBLE, ids=lambda options: f"{len(options)} up to {max(options)}")
async def test_a_vote_for_options_that_the_poll_lacks_is_no_answer(
    pipeline: UpdatePipeline, options: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    """In a solo quiz and in a group such a vote is refused without an error, and the next vote counts."""
    async with pipeline:
        await begin(pipeline)
        for poll in ("1", "2"):
            await pipeline.process([pipeline.with_id({"poll_answer": vote(poll, option_ids=options)})])
        assert answered(pipeline) == (0, 0)
        for poll in ("1", "2"):
            await pipeline.process([pipeline.with_id({"poll_answer": vote(poll, option_ids=[0, 0])})])
        assert answered(pipeline) == (1, 1)
        assert pipeline.counts().set_aside == 0
    assert caplog.text == ""


LEVELS = (201, 900, 100_000)


@pytest.mark.parametrize("levels", LEVELS)
async def test_a_deeply_nested_update_is_set_aside_unchanged(pipeline: UpdatePipeline, levels: int) -> None:
    """A deeply nested update delays no other, and is stored as it came, for an operator to see and to requeue."""
    async with pipeline:
        odd = [DEEP, {"telepathy": DEEP["message"]}]
        await pipeline.process([pipeline.with_id(one) for one in (GOOD, *odd, GOOD)], levels=levels)
        assert pipeline.sent[9] == 2
        dead_letters = pipeline.dead_letters()
        assert {one.problem for one in dead_letters} == {"ValueError: it is nested more than 200 levels deep"}
        assert all("[" * levels + "]" * levels in one.what for one in dead_letters)
        assert ['"update_id":2' in dead_letters[0].what, '"update_id":3' in dead_letters[1].what] == [True, True]
        assert [line.split()[4:] for line in operator.list_updates(pipeline.database)[1:-1]] == [
            ["message", "ValueError"],
            ["telepathy", "ValueError"],
        ]
        operator.requeue_updates(pipeline.database, (2,))
        await pipeline.process([pipeline.with_id(GOOD)])
        assert pipeline.sent[9] == 3
        assert len(pipeline.dead_letters()) == 2
    assert pipeline.ids() == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("odd", [LONG, HUGE], ids=["a number of 5,000 digits", "a text of 5 MB"])
async def test_a_very_long_value_delays_no_other_update(pipeline: UpdatePipeline, odd: Json) -> None:
    """An update with a very long number or text is stored, and the others are answered."""
    async with pipeline:
        await pipeline.process([pipeline.with_id(GOOD), pipeline.with_id(odd), pipeline.with_id(GOOD)])
        assert pipeline.sent[9] == 2
    assert pipeline.counts().waiting == 0
    assert pipeline.ids() == {1, 2, 3}


STRANGE_IDS: tuple[Any, ...] = (None, True, 1.0, 1.5, "1", [], {}, 2**63, 10**30, -(2**64), float("nan"))


@pytest.mark.parametrize("strange", STRANGE_IDS, ids=repr)
async def test_an_update_without_a_valid_id_is_skipped(pipeline: UpdatePipeline, strange: object) -> None:
    """An update without a valid id is not stored, and neither others nor the polling stop, even if it comes alone."""
    odd = {**GOOD, "update_id": strange}
    async with pipeline:
        await pipeline.process([odd], [pipeline.with_id(GOOD), odd, pipeline.with_id(GOOD)], [odd, odd])
        assert pipeline.sent[9] == 2
    assert pipeline.ids() == {1, 2}


@pytest.mark.parametrize("result", [[None], [7, "x"], [[]], [{}]], ids=repr)
async def test_results_that_are_not_updates_are_skipped(pipeline: UpdatePipeline, result: list[Any]) -> None:
    """Updates are handled beside values that are not updates."""
    async with pipeline:
        await pipeline.process(result, [pipeline.with_id(GOOD), *result], result, [*result, pipeline.with_id(GOOD)])
        assert pipeline.sent[9] == 2


def with_duplicate_keys(update: Json) -> str:
    """Return the JSON of an update whose outer keys each come twice, first with null."""
    return "{" + "".join(f'"{name}":null,' for name in update) + json.dumps(update)[1:]


async def test_the_last_of_duplicate_json_keys_counts(pipeline: UpdatePipeline) -> None:
    """The last value of a duplicate key counts, as in most JSON parsers."""
    body = f'{{"ok":true,"result":[{with_duplicate_keys(pipeline.with_id(GOOD))}]}}'.encode()
    async with pipeline:
        pipeline.telegram.bodies.append(body)
        await pipeline.process([])
        assert pipeline.sent[9] == 1


@pytest.mark.long
async def test_five_minutes_of_random_updates(pipeline: UpdatePipeline, capsys: pytest.CaptureFixture[str]) -> None:
    """Random updates raise nothing, all are stored, and the valid update after each is answered.

    The environment variable ``FUZZ_SEED`` repeats a run; ``FUZZ_SECONDS`` changes its length.
    """
    seed = int(os.environ.get("FUZZ_SEED", SystemRandom().randrange(10**6)))
    random = Random(seed)  # noqa: S311 - no secrets here
    ends = monotonic() + float(os.environ.get("FUZZ_SECONDS", FUZZ_SECONDS))
    sent: set[int] = set()
    received = 2
    async with pipeline:
        await begin(pipeline)
        while monotonic() < ends:
            batch = []
            for _ in range(random.randint(1, AT_ONCE // 2)):
                batch += [pipeline.with_id(random_mutation(random)), pipeline.with_id(GOOD)]
            before, good = pipeline.sent[9], len(batch) // 2
            received += len(batch)
            sent |= {one["update_id"] for one in batch if type(one["update_id"]) is int}
            await pipeline.process(batch, levels=random.choice((50, 199, 300, 900, 20_000)))
            assert pipeline.sent[9] == before + good, f"seed {seed}"
        counts = pipeline.counts()
    with capsys.disabled():
        print(  # noqa: T201 - the counts are what this run is for
            f"\nseed {seed}, {pipeline.database.engine.dialect.name}: updates={received} stored={counts.stored}"
            f" handled={counts.handled} set_aside={counts.set_aside} waiting={counts.waiting} raised=0"
            f" answered={pipeline.sent[9]} {dict(counts.kinds)}"
        )
    assert sent <= pipeline.ids()
    assert counts.waiting == 0
    assert counts.handled + counts.set_aside == counts.stored
