"""What is measured: the solo loop, answers paced as a class gives them, votes that pour in, a crash. Prints nothing."""

import time
from pathlib import Path
from random import Random

from hot_poll import hot_poll
from hour import hour
from plan import SETUP_LIMIT, Measured, Plan, Scenario, open_everywhere, percentiles
from process import cpu_seconds
from stage import Stage, StageError
from takeover import takeover
from targets import Target

_WAVE_LIMIT = 240.0
_LOOK_SECONDS = 0.01
# So that the busy run has learners to spare while others think or begin anew.
_BUSY_CROWD = 4


def solo(target: Target, plan: Plan, folder: Path) -> Measured:
    """All learners answer every question the moment it comes: first beside Telegram, then far from it."""
    with Stage(target, folder, plan.habits(plan.learners)) as stage:
        first = stage.start_bot()
        stage.order("begin")
        stage.wait("the first answers", lambda now: bool(now["answered"] >= plan.learners), SETUP_LIMIT)
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
    before, spent_before = stage.order("figures"), _spent(stage)
    time.sleep(seconds)
    after, spent_after = stage.order("figures"), _spent(stage)
    bot, server, fake = (later - earlier for later, earlier in zip(spent_after, spent_before, strict=True))
    answers = after["answered"] - before["answered"]
    if not answers:
        raise StageError(f"no answer was dealt with in {seconds:g} s: {after}\n{stage.log()}")
    passed = after["now"] - before["now"]
    return {
        "solo": answers / passed,
        "cpu": bot / answers * 10_000,
        **({"cpu_server": server / answers * 10_000} if server else {}),
        "requests": (sum(after["requests"].values()) - sum(before["requests"].values())) / answers,
        "fake_busy": fake / passed,
    }


def _spent(stage: Stage) -> tuple[float, float, float]:
    """Give the CPU time of the bot, of its database's server and of the fake."""
    return stage.cpu_seconds(), stage.server_cpu_seconds(), cpu_seconds(stage.fake)


def paced(target: Target, plan: Plan, folder: Path) -> Measured:
    """Everybody has a question open; answers come at random moments, `rate` a second, however slow the bot is."""
    with Stage(target, folder, plan.habits(plan.learners)) as stage:
        stage.start_bot()
        open_everywhere(stage, plan.learners)
        near = _delays(stage, plan, plan.rate, 0.0)
        far = _delays(stage, plan, plan.rate, plan.far)
        stage.order("network", 0)
        stage.drain()
        return {
            **{f"paced_{name}": value for name, value in near.items()},
            **{f"paced_far_{name}": value for name, value in far.items()},
            "unmet": stage.order("figures")["unmet"],
            "miscounted": stage.miscounted(),
        }


def busy(target: Target, plan: Plan, folder: Path) -> Measured:
    """The same beside Telegram with more answers a second, which not every bot keeps up with."""
    learners = plan.learners * _BUSY_CROWD
    with Stage(target, folder, plan.habits(learners)) as stage:
        stage.start_bot()
        open_everywhere(stage, learners)
        measured = _delays(stage, plan, plan.busy_rate, 0.0)
        unmet = stage.order("figures")["unmet"]
        stage.drain()
        return {
            **{f"busy_{name}": value for name, value in measured.items()},
            "busy_unmet": unmet,
            "miscounted": stage.miscounted(),
        }


def _delays(stage: Stage, plan: Plan, rate: float, distance: float) -> Measured:
    """Measure, in ms, from the tap (p50, p99) and from when getUpdates gave it out (p50_given, p99_given)."""
    stage.order("network", distance)
    stage.order("pace", rate)
    time.sleep(max(plan.seconds / 4, 0.5))
    stage.order("clear_delays")
    time.sleep(plan.seconds)
    delays = stage.order("figures", 0, "delays")["delays"]
    if len(delays) < 2:  # noqa: PLR2004 - percentiles need two
        raise StageError(f"no answer was dealt with in {plan.seconds:g} s\n{stage.log()}")
    since_tap, since_given_out = zip(*delays, strict=True)
    p50, p99 = percentiles(since_tap)
    p50_given, p99_given = percentiles(since_given_out)
    return {"p50": p50, "p99": p99, "p50_given": p50_given, "p99_given": p99_given}


def votes(target: Target, plan: Plan, folder: Path) -> Measured:
    """Everybody has a question open and all answer at the same moment: once as it is, once with sending held back."""
    with Stage(target, folder, plan.habits(plan.people)) as stage:
        stage.start_bot()
        open_everywhere(stage, plan.people)
        memory = stage.megabytes()
        stored, asked = _wave(stage, plan.people)
        memory_after = stage.megabytes()
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
    """Votes pour in, and one process of the bot is killed (-9) when half of them are stored.

    A bot of one process is started again; of several, one at random dies and the others go on without it.
    """
    people = max(plan.people // 5, 10)
    dice = Random(time.monotonic_ns())  # noqa: S311 - whom it hits, no secret
    with Stage(target, folder, plan.habits(people)) as stage:
        stage.start_bot()
        open_everywhere(stage, people)
        wanted = stage.stored() + people // 2
        stage.order("release", people)
        _await_stored(stage, wanted)
        stage.kill(dice.randrange(target.processes))
        if target.processes == 1:
            stage.start_bot()
        stage.drain()
        return {"lost": stage.miscounted() / people * 100}


def _await_stored(stage: Stage, wanted: int) -> None:
    """Wait until so many answers are in the database."""
    ends = time.monotonic() + _WAVE_LIMIT
    while (stored := stage.stored()) < wanted:
        if time.monotonic() > ends:
            raise StageError(f"{stored} of {wanted} answers stored after {_WAVE_LIMIT:g} s\n{stage.log()}")
        time.sleep(_LOOK_SECONDS)


def _wave(stage: Stage, people: int, *, sends: bool = True) -> tuple[float, float]:
    """Let all vote at once; returns votes/s until the last is in the database, and until its next question came."""
    wanted = stage.stored() + people
    released = stage.order("release", people)
    _await_stored(stage, wanted)
    stored = people / (time.monotonic() - released["now"])
    if not sends:
        return stored, 0.0
    asked = stage.wait("the next questions", lambda now: bool(now["open"] >= people), _WAVE_LIMIT)
    return stored, people / (asked["now"] - released["now"])


SCENARIOS = {
    "solo": Scenario(solo),
    "paced": Scenario(paced),
    "busy": Scenario(busy),
    "votes": Scenario(votes),
    "crash": Scenario(crash),
    "hot": Scenario(hot_poll, lambda target: target.is_ours),
    "takeover": Scenario(takeover, lambda target: target.processes > 1),
    "hour": Scenario(hour, lambda target: target.is_ours),
}
