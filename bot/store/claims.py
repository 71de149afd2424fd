"""Claims of updates in the inbox: the heads of lanes in their fair order, and a few updates behind each.

The queries are the same on SQLite and PostgreSQL except for the locks, which one process on one file does not need.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, TextClause, bindparam, text

from bot.store.base import Instant

# A lane gives at most this many updates to one claim, so that a busy one leaves room for the others.
MOST_OF_ONE_LANE = 8
# No retry is delayed for longer than this; an update that seems to be is due: the clock was set back.
LONGEST_HELD = timedelta(seconds=10)
# A claim first reads this many updates, and all of them only if none of these is the head of a lane.
LOOKED_AT = 1000
# The first half of the two-part keys of the locks on lanes; the second is made from the lane's name.
LANE_LOCKS = 7_269_006


class Claimed(NamedTuple):
    """An update that this transaction works: as it was received, how often it failed, how often it came too early."""

    update_id: int
    lane: str
    body: str
    tries: int
    deferrals: int


# Deferred updates are in no line. The head of a line is looked up row by row, which both engines do by the index on
# lanes; with a join they would read everything. "next" is the update behind the head, if any.
_DUE = "(one.not_before IS NULL OR one.not_before <= :now OR one.not_before > :latest)"
_IN_LINE = (
    "SELECT min(line.update_id) FROM inbox AS line WHERE line.done_at IS NULL AND line.deferrals = 0 AND line.lane ="
)
_HEADS = f"""
SELECT one.update_id, one.lane, one.body, one.tries, one.deferrals, one.position,
    CASE WHEN one.deferrals = 0 THEN ({_IN_LINE} one.lane AND line.update_id > one.update_id) END AS next
FROM inbox AS one
WHERE one.done_at IS NULL AND {_DUE} AND (one.deferrals > 0 OR one.update_id = ({_IN_LINE} one.lane))
"""  # noqa: S608 - made of constants
# A range, though it needs no lower bound: PostgreSQL then estimates few rows and reads them by the index, in order.
_AT_FIRST = f"""
AND one.position BETWEEN 0 AND coalesce((
    SELECT one.position FROM inbox AS one WHERE one.done_at IS NULL AND {_DUE}
    ORDER BY one.position, one.update_id LIMIT 1 OFFSET {LOOKED_AT}
), {2**63 - 1})
"""  # noqa: S608 - the same
# Updates that have waited long enough for followers to claim them.
_OLD = " AND one.received_at <= :since"
_IN_ORDER = " ORDER BY one.position, one.update_id LIMIT :most"
_LINES = f"""
WITH RECURSIVE queue (lane, head, update_id, behind) AS (
    SELECT lane, update_id, update_id, 0 FROM inbox WHERE update_id IN :heads
    UNION ALL
    SELECT lane, head, ({_IN_LINE} queue.lane AND line.update_id > queue.update_id), behind + 1
    FROM queue WHERE behind < {MOST_OF_ONE_LANE - 1} AND update_id IS NOT NULL
)
SELECT head, update_id FROM queue WHERE behind > 0 AND update_id IS NOT NULL ORDER BY behind
"""  # noqa: S608 - the same
_THESE = f"""
SELECT one.update_id, one.lane, one.body, one.tries, one.deferrals FROM inbox AS one
WHERE one.update_id IN :ids AND one.done_at IS NULL AND {_DUE}
"""  # noqa: S608 - the same
_SKIP_LOCKED = " FOR UPDATE SKIP LOCKED"


def _heads(where: str, lock: str) -> str:
    """Build the query for heads. On PostgreSQL the lane is locked too: an earlier update may arrive in it meanwhile."""
    query = _HEADS + where + _IN_ORDER
    if lock:
        query = (
            f"WITH heads AS MATERIALIZED ({query}{lock}) SELECT * FROM heads "  # noqa: S608 - the same
            f"WHERE pg_try_advisory_xact_lock({LANE_LOCKS}, hashtext(lane)) ORDER BY position, update_id"
        )
    return query


def _timed(query: str, *lists: str) -> TextClause:
    moments = (bindparam(name, type_=Instant) for name in ("now", "latest", "since") if f":{name}" in query)
    return text(query).bindparams(*moments, *(bindparam(name, expanding=True) for name in lists))


def _queries(lock: str) -> Mapping[str, TextClause]:
    return {
        "first": _timed(_heads(_AT_FIRST, lock)),
        "any": _timed(_heads("", lock)),
        "old": _timed(_heads(_AT_FIRST + _OLD, lock)),
        "this": _timed(_heads(" AND one.update_id = :update_id", lock)),
        "lines": _timed(_LINES, "heads"),
        "these": _timed(_THESE + lock, "ids"),
    }


_QUERIES = {"sqlite": _queries(""), "postgresql": _queries(_SKIP_LOCKED)}


class Claims:
    """The claims of one transaction; they end with it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._queries = _QUERIES[connection.dialect.name]

    def some(self, most: int, now: datetime, since: datetime | None = None) -> tuple[Claimed, ...]:
        """Claim at most ``most`` updates: heads of lanes in their order, and behind each head those that follow it.

        Args:
            most: the largest number of updates.
            now: the current time.
            since: claim nothing at the head of a lane that came later; by default, all that is due.
        """
        moment = as_of(now)
        if since:
            heads = self._run("old", moment, most=most, since=since)
        else:
            heads = self._run("first", moment, most=most) or self._run("any", moment, most=most)
        behind = self._behind([row.update_id for row in heads if row.next is not None][: most - len(heads)], moment)
        claimed: list[Claimed] = []
        room = most - len(heads)
        for row in heads:
            followers = behind.get(row.update_id, ())[:room]
            room -= len(followers)
            claimed += (Claimed(*row[:5]), *followers)
        return tuple(claimed)

    def one(self, update_id: int, now: datetime) -> Claimed | None:
        """Claim this update, if it is the head of its lane, due and free."""
        rows = self._run("this", as_of(now), most=1, update_id=update_id)
        return Claimed(*rows[0][:5]) if rows else None

    def _behind(self, heads: Sequence[int], moment: dict[str, datetime]) -> dict[int, list[Claimed]]:
        """Claim those that follow each of these heads, up to the first that is not due or not free."""
        if not heads:
            return {}
        lines = self._run("lines", {}, heads=heads)
        # By their ids only: such a query always has a good plan.
        found = {row.update_id: Claimed(*row) for row in self._run("these", moment, ids=[row[1] for row in lines])}
        behind: dict[int, list[Claimed]] = {head: [] for head in heads}
        ended = set()
        for head, update_id in lines:
            if update_id not in found:
                ended.add(head)
            elif head not in ended:
                behind[head].append(found[update_id])
        return behind

    def _run(self, query: str, moment: dict[str, datetime], **values: object) -> Sequence[Any]:
        return self._connection.execute(self._queries[query], {**moment, **values}).all()


def as_of(now: datetime) -> dict[str, datetime]:
    """Return the parameters by which a query finds updates that wait for a retry at this time."""
    return {"now": now, "latest": now + LONGEST_HELD}
