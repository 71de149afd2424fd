"""All values of a SQLite database arrive in PostgreSQL, or are reported."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from moved import NOW, contents, ignore
from postgresql import Server
from sqlalchemy import delete, insert

from bot.store.database import StoreError, make_engine
from bot.store.migrate import migrate
from bot.store.moving.move import move
from bot.store.moving.sums import Sums
from bot.store.outbox import OUTBOX
from bot.store.tables import metadata

pytestmark = pytest.mark.usefixtures("small_batches")

AWKWARD = st.text(max_size=20) | st.sampled_from(["\\N", "\\.", "\t\n\r\\", "\u2028", "👩‍👩‍👧", "İ" * 5000, "\0", " "])
MOMENTS = st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
LARGE = st.integers(-(2**63), 2**63 - 1)
SMALL = st.integers(-(2**31), 2**31 - 1)
LEARNERS = st.lists(
    st.fixed_dictionaries(
        {
            "id": LARGE,
            "name": AWKWARD,
            "language": AWKWARD,
            "language_chosen": st.booleans(),
            "topic": AWKWARD,
            "count": SMALL,
            "session_id": st.none() | LARGE,
            "best_right": SMALL,
            "best_of": SMALL,
            "since": MOMENTS,
            "class_id": st.none() | LARGE,
            "expected_text": st.none() | AWKWARD,
            "is_private": st.booleans(),
        }
    ),
    unique_by=lambda row: row["id"],
    max_size=7,
)


@pytest.fixture(scope="module")
def both(postgresql_server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A SQLite file and a PostgreSQL database, shared by many examples."""
    source = tmp_path_factory.mktemp("awkward") / "bot.sqlite3"
    return source, postgresql_server("")


def without_nul(value: object) -> object:
    """Return a value as PostgreSQL can store it."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


@given(
    learners=LEARNERS,
    outgoing=st.lists(st.tuples(LARGE.filter(lambda number: number < 2**63 - 1), AWKWARD), max_size=5),
)
@example(learners=[], outgoing=[(-3, "\0"), (-1, ""), (0, "x")])
def test_any_values_arrive(
    both: tuple[Path, str], learners: list[dict[str, Any]], outgoing: list[tuple[int, str]]
) -> None:
    """Texts, numbers, times and NULLs arrive unchanged, except for the character NUL."""
    source, target = both
    numbers = dict(outgoing)
    rows = [
        {"id": number, "chat_id": number, "kind": "N", "body": text, "language": "", "created_at": NOW}
        for number, text in numbers.items()
    ]
    for url in (f"sqlite:///{source}", target):
        engine = make_engine(url)
        migrate(engine)
        with engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))
            if url != target and learners:
                connection.execute(insert(metadata.tables["persons"]), learners)
            if url != target and rows:
                connection.execute(insert(OUTBOX), rows)
        engine.dispose()
    moved = move(source, target, ignore)
    expected = contents(f"sqlite:///{source}")
    assert contents(target) == {
        name: sorted((tuple(without_nul(value) for value in row) for row in found), key=repr)
        for name, found in expected.items()
    }
    held = [value for found in expected.values() for row in found for value in row if isinstance(value, str)]
    assert len(moved.mended) == sum("\0" in value for value in held)


def test_letters_that_postgresql_cannot_hold_are_mended_and_told(source: Path, target: str) -> None:
    """A NUL, and bytes that are no UTF-8, become U+FFFD; each row is named by its key, and not by what it holds."""
    with closing(sqlite3.connect(source)) as opened, opened:
        opened.execute("UPDATE answers SET given = 'a' || char(0) || 'b' WHERE round = 3")
        opened.execute("UPDATE persons SET name = CAST(x'41eda080ff' AS TEXT), topic = 'fine � already' WHERE id = 2")
        opened.execute("UPDATE question_progress SET key = 'k' || char(0) WHERE person_id = 4")
    moved = move(source, target, ignore)
    assert moved.mended == (
        "answers, session_id 91, round 3, person_id 4: given",
        "persons, id 2: name",
        "question_progress, key 'k\\x00': key",
    )
    found = contents(target)
    assert [row[6] for row in found["answers"] if row[1] == 3] == ["a\ufffdb"]
    assert [row[1] for row in found["persons"] if row[0] == 2] == ["A\ufffd\ufffd\ufffd\ufffd"]
    assert "k\ufffd" in [row[0] for row in found["question_progress"]]


def test_a_value_that_does_not_fit_is_told(source: Path, target: str) -> None:
    """A number too large for its column, or a moment that is none, stops the move, which quotes nobody."""
    with closing(sqlite3.connect(source)) as opened, opened:
        opened.execute("UPDATE answers SET round = 3000000000 WHERE round = 3")
    with pytest.raises(StoreError, match="out of range for type integer"):
        move(source, target, ignore)
    with closing(sqlite3.connect(source)) as opened, opened:
        opened.execute("UPDATE answers SET round = 3 WHERE round = 3000000000")
        opened.execute("UPDATE persons SET since = 'Askar' WHERE id = 3")
    with pytest.raises(StoreError, match=r"Of persons, what follows rowid 2 is damaged") as told:
        move(source, target, ignore)
    assert "Askar" not in str(told.value)


CELLS = st.none() | st.integers(-3, 3) | LARGE
POLLS = st.lists(st.tuples(AWKWARD, CELLS, CELLS, CELLS), unique_by=lambda row: row[0], max_size=5)


def summed(rows: list[tuple[Any, ...]]) -> Sums:
    """Return the sums over rows of polls, added one by one."""
    sums = Sums(metadata.tables["polls"])
    for row in rows:
        sums.add([(*row, None)])  # polls also say in which message they stand
    return sums


@given(rows=POLLS, data=st.data())
def test_sums_see_every_change_but_the_order(rows: list[tuple[Any, ...]], data: st.DataObject) -> None:
    """In another order rows have the same sums; with two cells of a column exchanged, that column differs."""
    assert summed(rows).differences(summed(data.draw(st.permutations(rows)))) == []
    if len(rows) > 1:
        first, second, *others = rows
        exchanged = [(*first[:3], second[3]), (*second[:3], first[3]), *others]
        changed = [] if first[3] == second[3] else ["polls: the column vote"]
        assert summed(rows).differences(summed(exchanged)) == changed


@pytest.mark.parametrize(("one", "other"), [(-1, -2), (None, 0), (0, 1), (2**61 - 1, 0)])
def test_sums_see_numbers_that_hash_alike(one: int | None, other: int | None) -> None:
    """Python's hash takes some numbers for the same; the sums do not."""
    assert summed([("p", 1, 1, one)]).differences(summed([("p", 1, 1, other)])) == ["polls: the column vote"]
