"""Scenario of a hot poll: a crowd votes at once in one group's poll, while people in private chats send /score."""

import time
from pathlib import Path

from plan import SETUP_LIMIT, Measured, Plan, percentiles
from stage import Stage, StageError
from targets import Target

# A vote counts on the board and for the teacher once the pupil's seat has a reply.
_VOTED = "SELECT id, person_id FROM pupils WHERE id > {low} AND seat LIKE '%\"reply\":{{%'"
_ANSWERS = "SELECT COUNT(*) FROM answers WHERE person_id >= 200000000"
_POLL_SECONDS = 0.03
_LIMIT = 240.0
# Processes commit out of order: a row may become visible this much later than rows with larger numbers.
_LATE_SECONDS = 2.0


def hot_poll(target: Target, plan: Plan, folder: Path) -> Measured:
    """Measure the time until votes are in the database, the delays in private chats, and the close of the round."""
    with Stage(target, folder, plan.habits(1)) as stage:
        stage.start_bot()
        stage.control("start_group_quiz")
        stage.wait("the group's question", lambda now: bool(now["is_group_asked"]), SETUP_LIMIT)
        stage.control("ask_scores", 1)
        # Votes may arrive before the bot has stored the poll's id; this scenario measures a poll that is stored.
        time.sleep(2.0)
        before = len(stage.control("figures", 0, "crowd")["score_delays"])
        stage.control("vote", plan.people)
        voted = _await_votes(stage, plan.people)
        figures = stage.control("ask_scores", 0, "crowd")
        stage.wait("every score", lambda now: not now["unanswered"], SETUP_LIMIT)
        score_delays = stage.control("figures", 0, "crowd")["score_delays"][before:]
        delivered = {int(person): at for person, at in figures["delivered"].items()}
        p50, p99 = percentiles([at - delivered[person] for person, at in voted.items()])
        return {
            "hot_all": max(voted.values()) - min(delivered.values()),
            "hot_p50": p50,
            "hot_p99": p99,
            "hot_private": max(score_delays, default=0.0) * 1000,
            "hot_close": _close(stage, plan.people),
            "miscounted": abs(int(stage.query(_ANSWERS)[0][0]) - plan.people),
        }


def _await_votes(stage: Stage, people: int) -> dict[int, float]:
    """Wait until every vote is in the database; return when each was first seen there, by voter."""
    seen: dict[int, float] = {}
    marks: list[tuple[float, int]] = [(time.monotonic(), 0)]
    ends = time.monotonic() + _LIMIT
    while len(seen) < people:
        if time.monotonic() > ends:
            raise StageError(f"{len(seen)} of {people} votes were stored after {_LIMIT:g} s\n{stage.log()}")
        now = time.monotonic()
        low = max((number for at, number in marks if at < now - _LATE_SECONDS), default=0)
        rows = stage.query(_VOTED.format(low=low))
        now = time.monotonic()
        for _, person in rows:
            seen.setdefault(int(person), now)
        marks.append((now, max((int(number) for number, _ in rows), default=low)))
        time.sleep(_POLL_SECONDS)
    return seen


def _close(stage: Stage, people: int) -> float:
    """Press the host's button that closes the round; return the seconds until every answer is stored."""
    started = time.monotonic()
    stage.control("close_round")
    while int(stage.query(_ANSWERS)[0][0]) < people:
        if time.monotonic() > started + _LIMIT:
            raise StageError(f"the round was not closed within {_LIMIT:g} s\n{stage.log()}")
        time.sleep(_POLL_SECONDS)
    return time.monotonic() - started
