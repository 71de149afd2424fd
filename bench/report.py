"""Markdown tables of the medians: a row for each figure, a column for each target, and ratios to the rivals."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from plan import Plan
from targets import BASE, OURS, RIVALS

Medians = Mapping[str, Mapping[str, float]]
Results = dict[str, dict[str, list[float]]]


class Label(NamedTuple):
    """A row's text, its digits after the point, and which values are better; empty if it is only a check."""

    text: str
    digits: int
    better: Literal["more", "less", ""]


def render(medians: Medians, plan: Plan) -> str:
    """Return the table; a figure that was not measured is a dash."""
    names = list(medians)
    rivals = [rival.name for rival in RIVALS if rival.name in medians] if OURS.name in medians else []
    head = ["", *names, *([f"ours : {BASE.name}", "ours : the best rival"] if rivals else [])]
    lines = [_row(head), _row(["---", *["---:"] * (len(head) - 1)])]
    for key, label in _labels(plan).items():
        values = [medians[name].get(key) for name in names]
        cells = [label.text, *(_number(value, label.digits) for value in values)]
        if rivals:
            cells += _ratios(medians, key, label, rivals)
        if any(value is not None for value in values):
            lines.append(_row(cells))
    return "\n".join(lines)


def _ratios(medians: Medians, key: str, label: Label, rivals: Iterable[str]) -> list[str]:
    """Return the ratios of ours to the base and to the best rival in this row."""
    ours, base = medians[OURS.name].get(key), medians.get(BASE.name, {}).get(key)
    others = [medians[name][key] for name in rivals if key in medians[name]]
    if not label.better or not others:
        return ["-", "-"]
    return [_ratio(ours, base), _ratio(ours, max(others) if label.better == "more" else min(others))]


def _labels(plan: Plan) -> dict[str, Label]:
    """Return the row of each figure."""
    far = f"{plan.far * 1000:g} ms from Telegram"
    return {
        "solo": Label(f"solo answers/s, {plan.learners} learners", 0, "more"),
        "solo_far": Label(f"solo answers/s, {far}", 0, "more"),
        "votes": Label(f"votes stored/s, {plan.people} at once, nothing sent", 0, "more"),
        "votes_sending": Label("votes stored/s, next questions sent meanwhile", 0, "more"),
        "asked": Label("next questions/s in that burst", 0, "more"),
        **_delay_labels("paced_", f"at {plan.rate:g}/s"),
        **_delay_labels("paced_far_", f"at {plan.rate:g}/s, {far}"),
        "missed_taps": Label("taps skipped because no learner had a question (should be 0)", 0, ""),
        **_delay_labels("busy_", f"at {plan.busy_rate:g}/s"),
        "busy_missed_taps": Label(f"taps skipped at {plan.busy_rate:g}/s (above 0: the bot did not keep up)", 0, ""),
        "hot_all": Label(f"s until all of {plan.people} votes for one poll are in the score", 2, "less"),
        "hot_p50": Label("ms from getUpdates until such a vote is in the score, p50", 0, "less"),
        "hot_p99": Label("the same, p99", 0, "less"),
        "hot_private": Label("ms until a private chat's /score is answered meanwhile, longest", 0, "less"),
        "hot_close": Label("s to close that round", 2, "less"),
        "takeover_killed": Label("s until another process polls, leader killed (-9)", 2, "less"),
        "delay_killed": Label("s from tap to next question then, longest", 2, "less"),
        "takeover_suspended": Label("s until another process polls, leader suspended (SIGSTOP)", 2, "less"),
        "delay_suspended": Label("s from tap to next question then, longest", 2, "less"),
        "delay_follower": Label("the same, a follower killed", 2, "less"),
        "cpu": Label("CPU s per 10,000 answers", 1, "less"),
        "cpu_server": Label("CPU s of PostgreSQL per 10,000 answers", 1, "less"),
        "requests": Label("requests an answer", 2, ""),
        "fake_busy": Label("cores that the fake used (near 1: the fake is the limit, not the bot)", 2, ""),
        "restarts": Label("quizzes started again because nothing came for 5 s", 0, ""),
        "memory": Label(f"RSS MB at {plan.people} people", 0, "less"),
        "hour_second": Label(f"RSS MB at the second tenth of {plan.hour_answers} answers", 1, "less"),
        "hour_last": Label("the same, at the last tenth", 1, "less"),
        "first": Label("s from start to first getUpdates, new database", 2, "less"),
        "again": Label(f"the same, database with {plan.people} people", 2, "less"),
        "lost": Label("% of answers lost or doubled by kill -9 in a burst", 1, ""),
        "miscounted": Label("answers not counted exactly once, all rounds", 0, ""),
    }


def _delay_labels(start: str, when: str) -> dict[str, Label]:
    return {
        f"{start}p50": Label(f"ms from tap to next question {when}, p50", 1, "less"),
        f"{start}p99": Label("the same, p99", 1, "less"),
        f"{start}p50_delivered": Label(f"ms from getUpdates to next question {when}, p50", 1, "less"),
        f"{start}p99_delivered": Label("the same, p99", 1, "less"),
    }


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"


def _ratio(ours: float | None, base: float | None) -> str:
    return "-" if ours is None or not base else f"{ours / base:.2f}"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
