"""Tests of the health check: it depends on waiting entries and the times of the last activity."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.monitoring.health import SILENCE, SLOW, STANDSTILL, Health, format_span, judge, unreadable, with_lost_session
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
    """Return a backlog with one entry of this part that waits since this time."""
    count, oldest = {
        "updates": ("updates", "oldest_update"),
        "messages": ("messages", "oldest_message"),
        "deadlines": ("overdue", "oldest_deadline"),
    }[part]
    return replace(EMPTY, **{count: 1, oldest: since})


def names(health: Health) -> list[str]:
    """Return the names of the troubles."""
    return [trouble.name for trouble in health.troubles]


def test_an_idle_bot_is_healthy() -> None:
    """Without waiting entries no activity is needed, as long as getUpdates succeeds."""
    assert names(judge(EMPTY, QUIET, NOW)) == []


def test_a_bot_that_never_ran_is_unhealthy() -> None:
    """A database without any activity has the trouble `start`."""
    assert names(judge(EMPTY, Pulse(), NOW)) == ["start"]


def test_silence_of_telegram_is_a_trouble_that_no_restart_fixes() -> None:
    """Requests without success are a trouble after the limit, which starts with the process."""
    pulse = replace(LIVELY, polled_at=NOW - SILENCE)
    assert names(judge(EMPTY, pulse, NOW)) == []
    silent = judge(EMPTY, pulse, NOW + MOMENT)
    assert (names(silent), silent.restart_helps) == (["telegram"], False)
    assert names(judge(EMPTY, Pulse(started_at=NOW - SILENCE), NOW)) == []
    assert names(judge(EMPTY, Pulse(started_at=NOW - SILENCE - MOMENT), NOW)) == ["telegram"]


def test_failing_webhook_requests_are_a_trouble_until_one_arrives() -> None:
    """Repeated failures without any received update are a trouble; a single failure is not."""
    posted = replace(LIVELY, received_at=LONG_AGO, failed_at=LONG_AGO + STANDSTILL)
    assert names(judge(EMPTY, posted, NOW)) == []
    shut = judge(EMPTY, replace(posted, failed_at=JUST_NOW), NOW)
    assert (names(shut), shut.restart_helps) == (["webhook"], False)
    assert names(judge(EMPTY, replace(posted, failed_at=JUST_NOW, received_at=NOW), NOW)) == []
    assert names(judge(EMPTY, replace(posted, failed_at=JUST_NOW, started_at=JUST_NOW), NOW)) == []


def test_a_bot_that_requests_no_updates_needs_a_restart() -> None:
    """Without requests for updates a restart may help."""
    pulse = replace(LIVELY, polled_at=LONG_AGO, asked_at=LONG_AGO)
    health = judge(EMPTY, pulse, NOW)
    assert (names(health), health.restart_helps) == (["telegram"], True)


def test_a_bot_with_a_backlog_need_not_request_updates() -> None:
    """While waiting updates are being handled, missing requests are no trouble."""
    pulse = replace(LIVELY, polled_at=LONG_AGO, asked_at=LONG_AGO)
    assert names(judge(waiting("updates", LONG_AGO), pulse, NOW)) == []


@pytest.mark.parametrize("part", ["updates", "messages", "deadlines"])
def test_a_queue_is_a_trouble_only_when_it_stands_still(part: str) -> None:
    """A queue with old entries is healthy if it moves; if it stands still, a restart may help."""
    old = waiting(part, NOW - STANDSTILL - MOMENT)
    assert names(judge(old, LIVELY, NOW)) == []
    standing = judge(old, QUIET, NOW)
    assert (names(standing), standing.restart_helps) == ([part], True)
    assert names(judge(waiting(part, NOW - STANDSTILL), QUIET, NOW)) == []


def ready(since: datetime) -> Backlog:
    """Return a backlog with one ready update that waits since this time."""
    return replace(waiting("updates", since), oldest_ready=since)


@pytest.mark.parametrize("pulse", [LIVELY, Pulse(started_at=JUST_NOW)])
def test_a_bot_is_slow_when_ready_updates_wait(pulse: Pulse) -> None:
    """A ready update that waits for over a minute is a warning, and no restart helps."""
    assert judge(ready(NOW - SLOW), pulse, NOW).state == "well"
    slow = judge(ready(NOW - SLOW - MOMENT), pulse, NOW)
    assert (slow.state, slow.is_good, slow.restart_helps) == ("slow", True, False)
    assert [one.name for one in slow.warnings] == ["slow"]
    assert as_lines(as_json(slow))[0] == slow.warnings[0].words
    assert slow.ages()["oldest_ready"] == 61.0


def test_deferred_updates_do_not_make_a_bot_slow() -> None:
    """An old update that is deferred is no warning."""
    assert judge(waiting("updates", LONG_AGO), LIVELY, NOW).state == "well"


def test_a_bot_that_stands_still_is_worse_than_slow() -> None:
    """If no update is handled at all, the state is unwell instead of slow, and a restart may help."""
    standing = judge(ready(LONG_AGO), QUIET, NOW)
    assert (standing.state, standing.restart_helps, standing.warnings) == ("unwell", True, ())


def test_entries_that_waited_before_a_start_are_no_trouble() -> None:
    """Right after a start, old entries and the time without activity are no trouble."""
    pulse = replace(QUIET, started_at=NOW - STANDSTILL, polled_at=LONG_AGO, asked_at=LONG_AGO)
    assert names(judge(waiting("messages", LONG_AGO), pulse, NOW)) == []


def test_a_flood_wait_is_no_standstill() -> None:
    """Until the end of a flood wait, which is stored as the last activity, the sender counts as active."""
    later = NOW + timedelta(minutes=10)
    pulse = replace(QUIET, sent_at=later, polled_at=later)
    assert names(judge(waiting("messages", LONG_AGO), pulse, later)) == []
    assert names(judge(waiting("messages", LONG_AGO), replace(pulse, sent_at=NOW), later)) == ["messages"]


def test_presses_without_their_messages_are_a_trouble() -> None:
    """While button presses come without messages, the trouble names the setting to change."""
    bare = replace(LIVELY, bare_at=NOW)
    health = judge(EMPTY, bare, NOW)
    assert names(health) == ["presses"]
    assert "callback_query_mode to Default in @BotFather" in health.troubles[0].words
    assert not health.restart_helps
    assert names(judge(EMPTY, replace(bare, whole_at=JUST_NOW), NOW)) == ["presses"]
    assert names(judge(EMPTY, replace(bare, whole_at=NOW), NOW)) == []
    assert names(judge(EMPTY, bare.merged(Pulse(whole_at=NOW)), NOW)) == []


def test_the_later_activity_of_two_processes_counts() -> None:
    """Merging the activity of two processes takes the later of each two times, in either order."""
    leader = Pulse(started_at=LONG_AGO, polled_at=NOW, asked_at=NOW)
    helper = Pulse(started_at=JUST_NOW, worked_at=NOW, polled_at=LONG_AGO)
    assert leader.merged(helper) == helper.merged(leader) == Pulse(JUST_NOW, NOW, NOW, NOW, None, None)


def test_the_start_of_a_follower_hides_no_standstill() -> None:
    """A new leader gets time until activity is expected; the start of another process gives none."""
    standing = replace(LIVELY, polled_at=LONG_AGO, led_at=LONG_AGO).merged(Pulse(started_at=NOW))
    assert names(judge(EMPTY, standing, NOW)) == ["telegram"]
    assert names(judge(EMPTY, replace(standing, led_at=JUST_NOW), NOW)) == []


def test_processes_are_reported_if_they_can_be_counted() -> None:
    """The report has the numbers of live processes and leaders if the database server knows them."""
    lines = as_lines(as_json(judge(replace(EMPTY, processes=3, leaders=1), LIVELY, NOW)))
    assert lines[-2:] == ["live processes           3", "leaders                  1"]


def test_a_process_without_its_database_session_is_unhealthy() -> None:
    """A lost session is a trouble that no restart fixes."""
    health = with_lost_session(judge(EMPTY, LIVELY, NOW))
    assert (names(health), health.restart_helps) == (["presence"], False)


def test_the_report_has_every_age_and_count() -> None:
    """The text report has a sentence for each trouble, and a line for each age and count."""
    health = judge(replace(waiting("updates", NOW - timedelta(minutes=5)), classes=2), QUIET, NOW)
    lines = as_lines(as_json(health))
    assert lines[0] == "The oldest update has waited for 5 minutes and none is being processed: see the log."
    values = {line[:25].rstrip(): line[25:] for line in lines[1:]}
    assert values == {
        "Telegram's last answer": "1 second ago",
        "oldest waiting update": "5 minutes ago",
        "oldest ready update": "none",
        "oldest unsent message": "none",
        "oldest overdue deadline": "none",
        "waiting updates": "1",
        "unsent messages": "0",
        "overdue deadlines": "0",
        "open live classes": "2",
    }
    assert as_lines(as_json(judge(EMPTY, LIVELY, NOW)))[0] == "All is well."


def test_a_long_flood_wait_is_a_warning() -> None:
    """The warning has the duration; waiting messages are no trouble meanwhile, and a short flood wait is no warning."""
    unsent = replace(waiting("messages", LONG_AGO), pause=3600.0)
    health = judge(unsent, QUIET, NOW)
    assert (names(health), health.state, health.restart_helps) == ([], "slow", False)
    (warning,) = as_json(health)["warnings"]
    assert warning["name"] == "flood"
    assert warning["words"].startswith("Telegram asked to wait for 3600 s,")
    assert judge(replace(EMPTY, pause=59.0), QUIET, NOW).state == "well"


def test_unknown_counts_are_not_reported_as_zero() -> None:
    """If the database cannot be read, the report has the error and leaves unknown values out."""
    health = unreadable(OSError("The disk is full."), LIVELY, NOW)
    assert as_lines(as_json(health)) == ["The disk is full.", "Telegram's last answer   1 second ago"]
    assert not health.restart_helps


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (119, "119 seconds"),
        (120, "2 minutes"),
        (7200, "2 hours"),
        (200_000, "2 days"),
    ],
)
def test_a_span_is_formatted_in_the_largest_unit(seconds: int, text: str) -> None:
    """A span is formatted in the largest unit of which there are at least two."""
    assert format_span(timedelta(seconds=seconds)) == text
