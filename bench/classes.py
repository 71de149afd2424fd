"""Measure live classes under Telegram's limits: messages a round, delivery, closing, counting. Prints Markdown."""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from statistics import mean

from class_stage import TELEGRAMS_LIMIT, ClassStage, StageError
from class_teacher import Round, Teacher

Figures = dict[str, float]
Measure = Callable[[ClassStage, int], Awaitable[Figures]]
EDITING = ("editMessageText", "editMessageCaption", "editMessageReplyMarkup")


def main() -> int:
    """Measure and print; return 1 if a measurement failed, an answer was miscounted or a summary is wrong."""
    arguments = _arguments()
    passed = True
    for title, measure in (("over a link", _over_link), ("in a group", _in_group)):
        if arguments.only and arguments.only not in title:
            continue
        table: dict[int, Figures] = {}
        for size in arguments.sizes:
            began = time.monotonic()
            try:
                table[size] = asyncio.run(_measured(measure, size, arguments))
            except StageError as error:
                print(f"{size} pupils {title}: {error}", file=sys.stderr)
                passed = False
                continue
            print(f"{size} pupils {title}: {time.monotonic() - began:.0f} s", file=sys.stderr)
        passed &= not any(figures["miscounted"] or figures.get("wrong_summary") for figures in table.values())
        print(_rendered(title, table), end="\n\n", flush=True)
    return 0 if passed else 1


async def _measured(measure: Measure, size: int, arguments: argparse.Namespace) -> Figures:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        limited = not arguments.no_limits
        async with ClassStage(size, Path(folder), limited=limited, haste=arguments.haste) as stage:
            return await measure(stage, arguments.rounds)


async def _over_link(stage: ClassStage, rounds: int) -> Figures:
    teacher = Teacher(stage)
    led = await teacher.lead_over_link(rounds)
    own_results = sorted(_own_result(stage, person) for person in stage.rehearsal.pupils)
    minimum = max(0, len(stage.pupils) - TELEGRAMS_LIMIT) / TELEGRAMS_LIMIT
    delivered = [_delivery(stage, one) for one in led]
    return {
        **_a_round(stage, led),
        "delivery": mean(delivered),
        "delivery_worst": max(delivered),
        "minimum": minimum,
        "close": mean(_closing(stage, one) for one in led),
        "explaining": mean(_explaining(stage, one) for one in led),
        "explaining_ratio": max(_explaining(stage, one) for one in led) / (len(stage.pupils) / TELEGRAMS_LIMIT),
        **_counted(stage),
        "wrong_summary": float(sorted(teacher.summary().values()) != own_results),
    }


async def _in_group(stage: ClassStage, rounds: int) -> Figures:
    led = await Teacher(stage).lead_in_group(rounds)
    return {**_a_round(stage, led), **_counted(stage)}


def _a_round(stage: ClassStage, led: Sequence[Round]) -> Figures:
    """Count the messages and calls by kind, as the mean of the rounds."""
    pupils = stage.rehearsal.pupils.keys() | {stage.group}
    shown = [one for one in stage.shown if any(round_.began <= one.at < round_.ended for round_ in led)]
    calls = [one for one in stage.calls if any(round_.began <= one.at < round_.ended for round_ in led)]
    done = [one for one in calls if one.status == HTTPStatus.OK]
    counts = {
        "questions": sum(one.kind == "question" for one in shown if one.chat_id in pupils),
        "explanations": sum(one.kind == "explanation" for one in shown if one.chat_id in pupils),
        "others": sum(one.kind == "other" for one in shown if one.chat_id in pupils),
        "controls": sum(one.chat_id == stage.teacher for one in shown),
        "edits": sum(one.method in EDITING for one in done),
        "stops": sum(one.method == "stopPoll" for one in done),
    }
    return {name: count / len(led) for name, count in counts.items()}


def _delivery(stage: ClassStage, round_: Round) -> float:
    """Return the seconds between a round's first question and its last."""
    moments = [one.at for one in stage.shown if one.kind == "question" and round_.began <= one.at < round_.ended]
    return (moments[-1] - moments[0]).total_seconds()


def _closing(stage: ClassStage, round_: Round) -> float:
    """Return the seconds between a round's last answer and its first explanation or closed poll."""
    answered = max(
        deed.at for pupil in stage.pupils for deed in pupil.answers if round_.began <= deed.at < round_.ended
    )
    stops = [one.at for one in stage.calls if one.method == "stopPoll"]
    explained = [one.at for one in stage.shown if one.kind == "explanation"]
    return (min(at for at in (*stops, *explained) if at >= answered) - answered).total_seconds()


def _explaining(stage: ClassStage, round_: Round) -> float:
    """Return the seconds between a round's first explanation and its last."""
    moments = [one.at for one in stage.shown if one.kind == "explanation" and round_.began <= one.at <= round_.ended]
    return (moments[-1] - moments[0]).total_seconds()


def _counted(stage: ClassStage) -> Figures:
    given, miscounted = stage.miscounted()
    refused = sum(one.status == HTTPStatus.TOO_MANY_REQUESTS for one in stage.calls)
    return {"given": given, "miscounted": miscounted, "refused": refused}


def _own_result(stage: ClassStage, person: int) -> tuple[int, int]:
    """Return a pupil's result as (right, seen)."""
    deeds = stage.rehearsal.pupils[person].answers
    return sum(deed.right for deed in deeds), len(deeds)


_LABELS = {
    "questions": ("messages a round: questions", 1),
    "explanations": ("explanations", 1),
    "others": ("others to pupils, or to the group", 1),
    "controls": ("to the teacher", 1),
    "edits": ("edits", 1),
    "stops": ("polls closed", 1),
    "delivery": ("s from a round's first question to its last, mean", 2),
    "delivery_worst": ("the same, worst round", 2),
    "minimum": ("the least that the limit allows", 2),
    "close": ("s from the last answer to the closed round", 2),
    "explaining": ("s from the first explanation to the last", 2),
    "explaining_ratio": ("the worst of these, as a multiple of the time at 30 a second (at most 1.05)", 3),
    "given": ("answers given", 0),
    "miscounted": ("answers not counted exactly once (must be 0)", 0),
    "wrong_summary": ("summaries that differ from what pupils did (must be 0)", 0),
    "refused": ("calls refused by the rate limit (429)", 0),
}


def _rendered(title: str, table: dict[int, Figures]) -> str:
    head = [f"{title}, pupils", *(f"{size:,}" for size in table)]
    lines = [head, ["---", *["---:"] * len(table)]]
    for key, (label, digits) in _LABELS.items():
        if any(key in figures for figures in table.values()):
            lines.append([label, *(f"{figures[key]:,.{digits}f}" for figures in table.values())])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["link", "group"], help="measure only this type of class")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000], metavar="N", help="pupils in a class")
    parser.add_argument("--rounds", type=int, default=3, help="questions in each class")
    parser.add_argument("--haste", type=float, default=1.0, help="factor by which pupils are faster than real ones")
    parser.add_argument("--no-limits", action="store_true", help="switch Telegram's limits off, for a quick check")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
