"""Scenarios: solo quizzes, answers at the pace of a class, many votes at once, and a crash."""

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

_BURST_LIMIT = 240.0
_POLL_SECONDS = 0.01
# More learners in the busy scenario: at its rate, many wait for their next question at any time.
_BUSY_FACTOR = 4


def solo(target: Target, plan: Plan, folder: Path) -> Measured:
    """Measure learners who answer each question at once: first without network delay, then with it."""
    with Stage(target, folder, plan.habits(plan.learners)) as stage:
        first = stage.start_bot()
        stage.control("start_quizzes")
        stage.wait("the first answers", lambda now: bool(now["answered"] >= plan.learners), SETUP_LIMIT)
        near = _window(stage, plan.seconds)
        stage.control("set_round_trip", plan.far)
        far = _window(stage, plan.seconds)
        stage.control("set_round_trip", 0)
        stage.drain()
        return {
            **near,
            "solo_far": far["solo"],
            "first": first,
            "restarts": stage.control("figures")["restarts"],
            "miscounted": stage.miscounted(),
        }


def _window(stage: Stage, seconds: float) -> Measured:
    """Measure a steady window: answers/s, CPU seconds per 10,000 answers, requests an answer, the fake's load."""
    time.sleep(max(seconds / 4, 0.5))
    before, cpu_before = stage.control("figures"), _cpu_times(stage)
    time.sleep(seconds)
    after, cpu_after = stage.control("figures"), _cpu_times(stage)
    bot, server, fake = (later - earlier for later, earlier in zip(cpu_after, cpu_before, strict=True))
    answers = after["answered"] - before["answered"]
    if not answers:
        raise StageError(f"the bot handled no answer in {seconds:g} s: {after}\n{stage.log()}")
    passed = after["now"] - before["now"]
    return {
        "solo": answers / passed,
        "cpu": bot / answers * 10_000,
        **({"cpu_server": server / answers * 10_000} if server else {}),
        "requests": (sum(after["requests"].values()) - sum(before["requests"].values())) / answers,
        "fake_busy": fake / passed,
    }


def _cpu_times(stage: Stage) -> tuple[float, float, float]:
    """Return the CPU times of the bot, of its database's server and of the fake."""
    return stage.cpu_seconds(), stage.server_cpu_seconds(), cpu_seconds(stage.fake)


def paced(target: Target, plan: Plan, folder: Path) -> Measured:
    """Measure answers at random times, `rate` a second on average, however slow the bot is."""
    with Stage(target, folder, plan.habits(plan.learners)) as stage:
        stage.start_bot()
        open_everywhere(stage, plan.learners)
        near = _delays(stage, plan, plan.rate, 0.0)
        far = _delays(stage, plan, plan.rate, plan.far)
        stage.control("set_round_trip", 0)
        stage.drain()
        return {
            **{f"paced_{name}": value for name, value in near.items()},
            **{f"paced_far_{name}": value for name, value in far.items()},
            "missed_taps": stage.control("figures")["missed_taps"],
            "miscounted": stage.miscounted(),
        }


def busy(target: Target, plan: Plan, folder: Path) -> Measured:
    """Measure the same with more answers a second and no network delay; not every bot keeps up."""
    learners = plan.learners * _BUSY_FACTOR
    with Stage(target, folder, plan.habits(learners)) as stage:
        stage.start_bot()
        open_everywhere(stage, learners)
        measured = _delays(stage, plan, plan.busy_rate, 0.0)
        missed_taps = stage.control("figures")["missed_taps"]
        stage.drain()
        return {
            **{f"busy_{name}": value for name, value in measured.items()},
            "busy_missed_taps": missed_taps,
            "miscounted": stage.miscounted(),
        }


def _delays(stage: Stage, plan: Plan, rate: float, round_trip: float) -> Measured:
    """Measure, in ms, from the tap (p50, p99) and from its delivery by getUpdates (p50_delivered, p99_delivered)."""
    stage.control("set_round_trip", round_trip)
    stage.control("set_rate", rate)
    time.sleep(max(plan.seconds / 4, 0.5))
    stage.control("clear_delays")
    time.sleep(plan.seconds)
    delays = stage.control("figures", 0, "delays")["delays"]
    if len(delays) < 2:  # noqa: PLR2004 - percentiles need two
        raise StageError(f"the bot handled too few answers in {plan.seconds:g} s\n{stage.log()}")
    since_tap, since_delivery = zip(*delays, strict=True)
    p50, p99 = percentiles(since_tap)
    p50_delivered, p99_delivered = percentiles(since_delivery)
    return {"p50": p50, "p99": p99, "p50_delivered": p50_delivered, "p99_delivered": p99_delivered}


def votes(target: Target, plan: Plan, folder: Path) -> Measured:
    """Measure votes that all come at once: first with sending as usual, then with almost no sending."""
    with Stage(target, folder, plan.habits(plan.people)) as stage:
        stage.start_bot()
        open_everywhere(stage, plan.people)
        memory = stage.megabytes()
        stored, asked = _burst(stage, plan.people)
        memory_after = stage.megabytes()
        again = stage.start_bot()
        stage.start_bot(silent=True)
        stored_silent, _ = _burst(stage, plan.people, sends=False)
        return {
            "votes": stored_silent,
            "votes_sending": stored,
            "asked": asked,
            "memory": max(memory, memory_after),
            "again": again,
            "miscounted": stage.miscounted(),
        }


def crash(target: Target, plan: Plan, folder: Path) -> Measured:
    """Measure the answers lost when one process of the bot is killed (-9) while half of many votes are stored.

    A bot with one process is started again. Of several, a random one is killed and the others go on without it.
    """
    people = max(plan.people // 5, 10)
    rng = Random(time.monotonic_ns())  # noqa: S311 - chooses a process, no secret
    with Stage(target, folder, plan.habits(people)) as stage:
        stage.start_bot()
        open_everywhere(stage, people)
        wanted = stage.stored() + people // 2
        stage.control("release", people)
        _await_stored(stage, wanted)
        stage.kill(rng.randrange(target.processes))
        if target.processes == 1:
            stage.start_bot()
        stage.drain()
        return {"lost": stage.miscounted() / people * 100}


def _await_stored(stage: Stage, wanted: int) -> None:
    """Wait until this many answers are in the database."""
    ends = time.monotonic() + _BURST_LIMIT
    while (stored := stage.stored()) < wanted:
        if time.monotonic() > ends:
            raise StageError(f"{stored} of {wanted} answers stored after {_BURST_LIMIT:g} s\n{stage.log()}")
        time.sleep(_POLL_SECONDS)


def _burst(stage: Stage, people: int, *, sends: bool = True) -> tuple[float, float]:
    """Release all votes at once; return votes/s until the last is stored, and until all next questions came."""
    wanted = stage.stored() + people
    released = stage.control("release", people)
    _await_stored(stage, wanted)
    stored = people / (time.monotonic() - released["now"])
    if not sends:
        return stored, 0.0
    asked = stage.wait("the next questions", lambda now: bool(now["open"] >= people), _BURST_LIMIT)
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
