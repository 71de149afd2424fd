"""Health is a matter of progress: what waits, what moved, and when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.monitoring.health import SILENCE, SLOW, STANDSTILL, Health, counted_out, in_words, judge, unreadable
from bot.monitoring.pulse import Pulse
from bot.monitoring.report import as_json, as_lines
from bot.store.backlog import Backlog

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MOMENT = timedelta(seconds=1)
EMPTY = Backlog(0, None, 0, None, 0, None, 0)
LONG_AGO = NOW - timedelta(days=1)
JUST_NOW = NOW - MOMENT
LIVELY = Pulse(LONG_AGO, JUST_NOW, JUST_NOW, JUST_NOW, JUST_NOW, JUST_NOW)
QUIET = replace(LIVELY, worked_at=LONG_AGO, sent_at=LONG_AGO, looked_at=LONG_AGO)


def waiting(part: str, since: datetime) -> Backlog:
    """Let one thing wait somewhere since a moment."""
    count, oldest = {
        "updates": ("updates", "oldest_update"),
        "messages": ("messages", "oldest_message"),
        "deadlines": ("overdue", "oldest_deadline"),
    }[part]
    return replace(EMPTY, **{count: 1, oldest: since})


def names(health: Health) -> list[str]:
    """Give the names of the troubles."""
    return [trouble.name for trouble in health.troubles]


def test_a_quiet_bot_is_well() -> None:
    """Where nothing waits, nothing need move, as long as Telegram speaks."""
    assert names(judge(EMPTY, QUIET, NOW)) == []


def test_a_bot_that_never_ran_is_not_well() -> None:
    """Without a pulse nobody works here."""
    assert names(judge(EMPTY, Pulse(), NOW)) == ["start"]


def test_silence_of_telegram_is_a_trouble_that_no_restart_mends() -> None:
    """Asked and silent, Telegram is at fault; up to the limit all is well, also for one that just started."""
    pulse = replace(LIVELY, polled_at=NOW - SILENCE)
    assert names(judge(EMPTY, pulse, NOW)) == []
    silent = judge(EMPTY, pulse, NOW + MOMENT)
    assert (names(silent), silent.restart_helps) == (["telegram"], False)
    assert names(judge(EMPTY, Pulse(started_at=NOW - SILENCE), NOW)) == []
    assert names(judge(EMPTY, Pulse(started_at=NOW - SILENCE - MOMENT), NOW)) == ["telegram"]


def test_posts_that_fail_are_a_trouble_until_one_arrives() -> None:
    """A post that failed comes again within seconds; where failures go on and nothing arrives, the way in is shut."""
    posted = replace(LIVELY, received_at=LONG_AGO, failed_at=LONG_AGO + STANDSTILL)
    assert names(judge(EMPTY, posted, NOW)) == []
    shut = judge(EMPTY, replace(posted, failed_at=JUST_NOW), NOW)
    assert (names(shut), shut.restart_helps) == (["webhook"], False)
    assert names(judge(EMPTY, replace(posted, failed_at=JUST_NOW, received_at=NOW), NOW)) == []
    assert names(judge(EMPTY, replace(posted, failed_at=JUST_NOW, started_at=JUST_NOW), NOW)) == []


def test_a_bot_that_asks_nothing_hangs() -> None:
    """Who has not even asked must be started anew."""
    pulse = replace(LIVELY, polled_at=LONG_AGO, asked_at=LONG_AGO)
    health = judge(EMPTY, pulse, NOW)
    assert (names(health), health.restart_helps) == (["telegram"], True)


def test_a_bot_that_works_off_a_heap_need_not_ask_for_more() -> None:
    """While updates wait and are handled, not asking is right."""
    pulse = replace(LIVELY, polled_at=LONG_AGO, asked_at=LONG_AGO)
    assert names(judge(waiting("updates", LONG_AGO), pulse, NOW)) == []


@pytest.mark.parametrize("part", ["updates", "messages", "deadlines"])
def test_a_queue_is_a_trouble_only_when_it_stands_still(part: str) -> None:
    """However old, a queue that moves is well; one that stands still too long is not, and a restart may help."""
    old = waiting(part, NOW - STANDSTILL - MOMENT)
    assert names(judge(old, LIVELY, NOW)) == []
    standing = judge(old, QUIET, NOW)
    assert (names(standing), standing.restart_helps) == ([part], True)
    assert names(judge(waiting(part, NOW - STANDSTILL), QUIET, NOW)) == []


def ready(since: datetime) -> Backlog:
    """Have one update that could be handled wait since then."""
    return replace(waiting("updates", since), oldest_ready=since)


@pytest.mark.parametrize("pulse", [LIVELY, Pulse(started_at=JUST_NOW)])
def test_a_bot_is_slow_when_what_it_could_handle_waits(pulse: Pulse) -> None:
    """However much moves, an update that could be handled and waited for over a minute is told; no restart helps."""
    assert judge(ready(NOW - SLOW), pulse, NOW).state == "well"
    slow = judge(ready(NOW - SLOW - MOMENT), pulse, NOW)
    assert (slow.state, slow.is_good, slow.restart_helps) == ("slow", True, False)
    assert [one.name for one in slow.warnings] == ["slow"]
    assert as_lines(as_json(slow))[0] == slow.warnings[0].words
    assert slow.ages()["oldest_ready"] == 61.0


def test_what_waits_for_something_makes_no_bot_slow() -> None:
    """An old update that is held, and may not be handled yet, is no delay of ours."""
    assert judge(waiting("updates", LONG_AGO), LIVELY, NOW).state == "well"


def test_a_bot_that_stands_still_is_worse_than_slow() -> None:
    """Where nothing moves at all that is the state, and a restart may help."""
    standing = judge(ready(LONG_AGO), QUIET, NOW)
    assert (standing.state, standing.restart_helps, standing.warnings) == ("unwell", True, ())


def test_who_just_started_has_time() -> None:
    """What waited while the bot was off, and how long it was off, is no trouble right after its start."""
    pulse = replace(QUIET, started_at=NOW - STANDSTILL, polled_at=LONG_AGO, asked_at=LONG_AGO)
    assert names(judge(waiting("messages", LONG_AGO), pulse, NOW)) == []


def test_waiting_as_telegram_asked_is_no_standstill() -> None:
    """A pulse ahead of time, until which Telegram asked to wait, counts as moving."""
    later = NOW + timedelta(minutes=10)
    pulse = replace(QUIET, sent_at=later, polled_at=later)
    assert names(judge(waiting("messages", LONG_AGO), pulse, later)) == []
    assert names(judge(waiting("messages", LONG_AGO), replace(pulse, sent_at=NOW), later)) == ["messages"]


def test_presses_without_their_messages_are_a_trouble() -> None:
    """While Telegram says that it sends presses so, no button works, and the sentence says what to set."""
    bare = replace(LIVELY, bare_at=NOW)
    health = judge(EMPTY, bare, NOW)
    assert names(health) == ["presses"]
    assert "callback_query_mode to Default in @BotFather" in health.troubles[0].words
    assert not health.restart_helps
    assert names(judge(EMPTY, replace(bare, whole_at=JUST_NOW), NOW)) == ["presses"]
    assert names(judge(EMPTY, replace(bare, whole_at=NOW), NOW)) == []
    assert names(judge(EMPTY, bare.merged(Pulse(whole_at=NOW)), NOW)) == []


def test_two_processes_have_one_pulse() -> None:
    """Of two pulses the later moments hold, whichever process they are from."""
    leader = Pulse(started_at=LONG_AGO, polled_at=NOW, asked_at=NOW)
    helper = Pulse(started_at=JUST_NOW, worked_at=NOW, polled_at=LONG_AGO)
    assert leader.merged(helper) == helper.merged(leader) == Pulse(JUST_NOW, NOW, NOW, NOW, None, None)


def test_one_process_more_hides_no_standstill() -> None:
    """Of several processes one leads, and has time from then on; another that has just started gives no grace."""
    standing = replace(LIVELY, polled_at=LONG_AGO, led_at=LONG_AGO).merged(Pulse(started_at=NOW))
    assert names(judge(EMPTY, standing, NOW)) == ["telegram"]
    assert names(judge(EMPTY, replace(standing, led_at=JUST_NOW), NOW)) == []


def test_processes_are_told_where_they_can_be_counted() -> None:
    """How many live and lead is told if the server knows."""
    lines = as_lines(as_json(judge(replace(EMPTY, processes=3, leaders=1), LIVELY, NOW)))
    assert lines[-2:] == ["processes alive          3", "processes leading        1"]


def test_a_process_that_is_counted_out_is_unwell() -> None:
    """Whatever is with the others, and a new start would not help."""
    health = counted_out(judge(EMPTY, LIVELY, NOW))
    assert (names(health), health.restart_helps) == (["presence"], False)


def test_the_report_says_every_figure() -> None:
    """For a person there is a line for each figure, and for each trouble a sentence."""
    health = judge(replace(waiting("updates", NOW - timedelta(minutes=5)), classes=2), QUIET, NOW)
    lines = as_lines(as_json(health))
    assert lines[0] == "An update has waited for 5 minutes, and no update is handled: the log says why."
    told = {line[:25].rstrip(): line[25:] for line in lines[1:]}
    assert told == {
        "Telegram's last word": "1 second ago",
        "oldest update waiting": "5 minutes ago",
        "oldest update ready": "none",
        "oldest message unsent": "none",
        "oldest deadline overdue": "none",
        "updates waiting": "1",
        "messages unsent": "0",
        "deadlines overdue": "0",
        "live classes open": "2",
    }
    assert as_lines(as_json(judge(EMPTY, LIVELY, NOW)))[0] == "All is well."


def test_a_long_pause_that_telegram_asks_for_is_a_warning() -> None:
    """It says for how long and needs no restart; a message may wait meanwhile, and a short pause says nothing."""
    unsent = replace(waiting("messages", LONG_AGO), pause=3600.0)
    health = judge(unsent, QUIET, NOW)
    assert (names(health), health.state, health.restart_helps) == ([], "slow", False)
    (warning,) = as_json(health)["warnings"]
    assert warning["name"] == "flood"
    assert warning["words"].startswith("Waits for Telegram: 3600 s.")
    assert judge(replace(EMPTY, pause=59.0), QUIET, NOW).state == "well"


def test_a_database_that_cannot_be_read_is_said() -> None:
    """Then what waits is not known, and is not told as nothing."""
    health = unreadable(OSError("The disk is full."), LIVELY, NOW)
    assert as_lines(as_json(health)) == ["The disk is full.", "Telegram's last word     1 second ago"]
    assert not health.restart_helps


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (119, "119 seconds"),
        (120, "2 minutes"),
        (7200, "2 hours"),
        (200_000, "2 days"),
    ],
)
def test_spans_are_said_in_the_largest_unit(seconds: int, words: str) -> None:
    """A span is said in the largest unit of which there are at least two."""
    assert in_words(timedelta(seconds=seconds)) == words
