"""A crowd votes at once in the poll of one group, while people in private chats ask for their score."""

import time
from pathlib import Path

from plan import SETUP_LIMIT, Measured, Plan, percentiles
from stage import Stage, StageError
from targets import Target

# A vote is in the score once its seat holds a reply; then the board and the teacher's controls count it.
_SEEN = "SELECT id, person_id FROM pupils WHERE id > {low} AND seat LIKE '%\"reply\":{{%'"
_ANSWERS = "SELECT COUNT(*) FROM answers WHERE person_id >= 200000000"
_LOOK_SECONDS = 0.03
_LIMIT = 240.0
# Processes commit out of order: rows with smaller numbers than the last may come so much later.
_LATE_SECONDS = 2.0


def hot_poll(target: Target, plan: Plan, folder: Path) -> Measured:
    """Measure how soon votes are in the database, what private chats feel of it, and the close of the round."""
    with Stage(target, folder, plan.habits(1)) as stage:
        stage.start_bot()
        stage.order("gather")
        stage.wait("the group's question", lambda now: bool(now["is_group_asked"]), SETUP_LIMIT)
        stage.order("ask_scores", 1)
        # Telegram gives the poll's id and the first vote in one breath; here the bot shall know the poll.
        time.sleep(2.0)
        calm = len(stage.order("figures", 0, "crowd")["asking"])
        stage.order("vote", plan.people)
        seen = _watch(stage, plan.people)
        figures = stage.order("ask_scores", 0, "crowd")
        stage.wait("every score", lambda now: not now["unanswered"], SETUP_LIMIT)
        asking = stage.order("figures", 0, "crowd")["asking"][calm:]
        given_out = {int(person): at for person, at in figures["given_out"].items()}
        p50, p99 = percentiles([at - given_out[person] for person, at in seen.items()])
        return {
            "hot_all": max(seen.values()) - min(given_out.values()),
            "hot_p50": p50,
            "hot_p99": p99,
            "hot_private": max(asking, default=0.0) * 1000,
            "hot_close": _close(stage, plan.people),
            "miscounted": abs(int(stage.query(_ANSWERS)[0][0]) - plan.people),
        }


def _watch(stage: Stage, people: int) -> dict[int, float]:
    """Look until every vote is in the database; give when each was seen there first, by voter."""
    seen: dict[int, float] = {}
    marks: list[tuple[float, int]] = [(time.monotonic(), 0)]
    ends = time.monotonic() + _LIMIT
    while len(seen) < people:
        if time.monotonic() > ends:
            raise StageError(f"{len(seen)} of {people} votes were seen after {_LIMIT:g} s\n{stage.log()}")
        now = time.monotonic()
        low = max((number for at, number in marks if at < now - _LATE_SECONDS), default=0)
        rows = stage.query(_SEEN.format(low=low))
        now = time.monotonic()
        for _, person in rows:
            seen.setdefault(int(person), now)
        marks.append((now, max((int(number) for number, _ in rows), default=low)))
        time.sleep(_LOOK_SECONDS)
    return seen


def _close(stage: Stage, people: int) -> float:
    """Let the leader close the round; give the seconds until every answer is kept."""
    started = time.monotonic()
    stage.order("close_vote")
    while int(stage.query(_ANSWERS)[0][0]) < people:
        if time.monotonic() > started + _LIMIT:
            raise StageError(f"the round was not closed within {_LIMIT:g} s\n{stage.log()}")
        time.sleep(_LOOK_SECONDS)
    return time.monotonic() - started
