"""What is measured: the solo loop, answers paced as a class gives them, votes that pour in, a crash. Prints nothing."""

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from process import cpu_seconds, resident_megabytes
from stage import Stage, StageError
from targets import Target

Measured = dict[str, float]

_SETUP_LIMIT = 180.0
_WAVE_LIMIT = 120.0
_LOOK_SECONDS = 0.01


@dataclass(frozen=True)
class Plan:
    """How much to measure.

    Attributes:
        seconds: length of each measured window.
        learners: how many take quizzes side by side in the solo loop and in the paced run.
        people: how many votes pour in at once, one a person.
        far: the simulated distance to Telegram, seconds of round trip.
        rate: answers a second in the paced run.
        wrong_share: how often learners answer wrong, 0 to 1.
    """

    seconds: float
    learners: int
    people: int
    far: float
    rate: float
    wrong_share: float

    def habits(self, count: int) -> tuple[str, ...]:
        """Give the fake's options for so many learners."""
        return ("--learners", str(count), "--wrong-share", str(self.wrong_share))


def solo(target: Target, plan: Plan, folder: Path) -> Measured:
    """All learners answer every question the moment it comes: first beside Telegram, then far from it."""
    with Stage(target, folder, plan.habits(plan.learners)) as stage:
        first = stage.start_bot()
        stage.order("begin")
        stage.wait("the first answers", lambda now: bool(now["answered"] >= plan.learners), _SETUP_LIMIT)
        near = _window(stage, plan.seconds)
        stage.order("network", plan.far)
        far = _window(stage, plan.seconds)
        stage.order("network", 0)
        stage.drain()
        return {
            **near,
            "solo_far": far["solo"],
            "first": first,
            "impatient": stage.order("figures")["impatient"],
            "miscounted": stage.miscounted(),
        }


def _window(stage: Stage, seconds: float) -> Measured:
    """Measure a steady window: answers/s, CPU seconds per 10,000 answers, requests an answer, how busy the fake was."""
    time.sleep(max(seconds / 4, 0.5))
    before, bot_before, fake_before = stage.order("figures"), cpu_seconds(stage.bot), cpu_seconds(stage.fake)
    time.sleep(seconds)
    after, bot_after, fake_after = stage.order("figures"), cpu_seconds(stage.bot), cpu_seconds(stage.fake)
    answers = after["answered"] - before["answered"]
    if not answers:
        raise StageError(f"no answer was dealt with in {seconds:g} s: {after}\n{stage.log()}")
    passed = after["now"] - before["now"]
    return {
        "solo": answers / passed,
        "cpu": (bot_after - bot_before) / answers * 10_000,
        "requests": (sum(after["requests"].values()) - sum(before["requests"].values())) / answers,
        "fake_busy": (fake_after - fake_before) / passed,
    }


def paced(target: Target, plan: Plan, folder: Path) -> Measured:
    """Everybody has a question open; answers come at random moments, `rate` a second, however slow the bot is."""
    with Stage(target, folder, plan.habits(plan.learners)) as stage:
        stage.start_bot()
        _open_everywhere(stage, plan.learners)
        near = _delays(stage, plan, 0.0)
        far = _delays(stage, plan, plan.far)
        stage.order("network", 0)
        stage.drain()
        return {
            **{f"paced_{name}": value for name, value in near.items()},
            **{f"paced_far_{name}": value for name, value in far.items()},
            "unmet": stage.order("figures")["unmet"],
            "miscounted": stage.miscounted(),
        }


def _delays(stage: Stage, plan: Plan, distance: float) -> Measured:
    """Measure, in ms, from the tap (p50, p99) and from when getUpdates gave it out (p50_given, p99_given)."""
    stage.order("network", distance)
    stage.order("pace", plan.rate)
    time.sleep(max(plan.seconds / 4, 0.5))
    stage.order("clear_delays")
    time.sleep(plan.seconds)
    delays = stage.order("figures", 0, "delays")["delays"]
    if len(delays) < 2:  # noqa: PLR2004 - percentiles need two
        raise StageError(f"no answer was dealt with in {plan.seconds:g} s\n{stage.log()}")
    since_tap, since_given_out = zip(*delays, strict=True)
    p50, p99 = _percentiles(since_tap)
    p50_given, p99_given = _percentiles(since_given_out)
    return {"p50": p50, "p99": p99, "p50_given": p50_given, "p99_given": p99_given}


def _percentiles(seconds: tuple[float, ...]) -> tuple[float, float]:
    cuts = quantiles(seconds, n=100, method="inclusive")
    return cuts[49] * 1000, cuts[98] * 1000


def votes(target: Target, plan: Plan, folder: Path) -> Measured:
    """Everybody has a question open and all answer at the same moment: once as it is, once with sending held back."""
    with Stage(target, folder, plan.habits(plan.people)) as stage:
        stage.start_bot()
        _open_everywhere(stage, plan.people)
        memory = resident_megabytes(stage.bot)
        stored, asked = _wave(stage, plan.people)
        memory_after = resident_megabytes(stage.bot)
        again = stage.start_bot()
        stage.start_bot(silent=True)
        stored_silent, _ = _wave(stage, plan.people, sends=False)
        return {
            "votes": stored_silent,
            "votes_sending": stored,
            "asked": asked,
            "memory": max(memory, memory_after),
            "again": again,
            "miscounted": stage.miscounted(),
        }


def crash(target: Target, plan: Plan, folder: Path) -> Measured:
    """Votes pour in, the bot is killed (-9) when half of them are stored, and started again."""
    people = max(plan.people // 5, 10)
    with Stage(target, folder, plan.habits(people)) as stage:
        stage.start_bot()
        _open_everywhere(stage, people)
        wanted = stage.stored() + people // 2
        stage.order("release", people)
        while stage.stored() < wanted:
            time.sleep(_LOOK_SECONDS)
        stage.kill_bot()
        stage.start_bot()
        stage.drain()
        return {"lost": stage.miscounted() / people * 100}


def _open_everywhere(stage: Stage, people: int) -> None:
    stage.order("begin", 1)
    stage.wait(f"a question before each of {people} people", lambda now: bool(now["open"] >= people), _SETUP_LIMIT)


def _wave(stage: Stage, people: int, *, sends: bool = True) -> tuple[float, float]:
    """Let all vote at once; returns votes/s until the last is in the database, and until its next question came."""
    wanted = stage.stored() + people
    released = stage.order("release", people)
    ends = time.monotonic() + _WAVE_LIMIT
    while (stored_now := stage.stored()) < wanted:
        if time.monotonic() > ends:
            raise StageError(f"{stored_now} of {wanted} answers stored after {_WAVE_LIMIT:g} s\n{stage.log()}")
        time.sleep(_LOOK_SECONDS)
    stored = people / (time.monotonic() - released["now"])
    if not sends:
        return stored, 0.0
    asked = stage.wait("the next questions", lambda now: bool(now["open"] >= people), _WAVE_LIMIT)
    return stored, people / (asked["now"] - released["now"])


SCENARIOS = {"solo": solo, "paced": paced, "votes": votes, "crash": crash}
