"""Turns the medians into Markdown tables: one row a figure, one column a target, and the ratio to the baseline."""

from collections.abc import Mapping

from scenarios import Plan
from targets import OURS

Results = dict[str, dict[str, list[float]]]

_BASE = "baseline"
_CHECKS = ("fake_busy", "impatient", "unmet", "lost", "miscounted")
"""Figures that check the measurement; a ratio of them means nothing."""


def render(medians: Mapping[str, Mapping[str, float]], plan: Plan) -> str:
    """Give the table; a figure that was not measured is a dash."""
    names = list(medians)
    compares = OURS.name in medians and _BASE in medians
    head = ["", *names, *(["ours : baseline"] if compares else [])]
    lines = [_row(head), _row(["---", *["---:"] * (len(head) - 1)])]
    for key, (label, digits) in _labels(plan).items():
        values = [medians[name].get(key) for name in names]
        cells = [label, *(_number(value, digits) for value in values)]
        if compares:
            ratio = _ratio(medians[OURS.name].get(key), medians[_BASE].get(key))
            cells.append("-" if key in _CHECKS else ratio)
        if any(value is not None for value in values):
            lines.append(_row(cells))
    return "\n".join(lines)


def _labels(plan: Plan) -> dict[str, tuple[str, int]]:
    """Give each figure's row: its label and how many digits after the point."""
    far = f"{plan.far * 1000:g} ms from Telegram"
    return {
        "solo": (f"solo answers/s, {plan.learners} learners", 0),
        "solo_far": (f"solo answers/s, {far}", 0),
        "votes": (f"votes stored/s, {plan.people} at once, nothing sent", 0),
        "votes_sending": ("votes stored/s, next questions sent meanwhile", 0),
        "asked": ("next questions/s in that burst", 0),
        "paced_p50": (f"ms from tap to next question at {plan.rate:g}/s, p50", 1),
        "paced_p99": ("the same, p99", 1),
        "paced_p50_given": ("ms from getUpdates to next question, p50", 1),
        "paced_p99_given": ("the same, p99", 1),
        "paced_far_p50": (f"ms from tap to next question, {far}, p50", 1),
        "paced_far_p99": ("the same, p99", 1),
        "paced_far_p50_given": (f"ms from getUpdates, {far}, p50", 1),
        "paced_far_p99_given": ("the same, p99", 1),
        "unmet": ("taps not made, as no learner had a question (should be 0)", 0),
        "cpu": ("CPU s per 10,000 answers", 1),
        "requests": ("requests an answer", 2),
        "fake_busy": ("cores the fake was busy with (near 1: the fake was measured, not the bot)", 2),
        "impatient": ("quizzes asked for again because nothing came for 5 s", 0),
        "memory": (f"RSS MB at {plan.people} people", 0),
        "first": ("s from start to first getUpdates, new database", 2),
        "again": (f"the same, {plan.people} people in it", 2),
        "lost": ("% of answers lost or doubled by kill -9 in a burst", 1),
        "miscounted": ("answers not counted exactly once, all rounds", 0),
    }


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"


def _ratio(ours: float | None, base: float | None) -> str:
    return "-" if ours is None or not base else f"{ours / base:.2f}"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
