"""Places are fair: who asks for much stands behind who asks for little, and nobody's own order changes."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.store.fair_queue import AT_ONCE, LANE_STEP, MOST_SOURCES, POLL_STEP, FairQueue, microseconds

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_class_that_votes_at_once_keeps_its_order_with_the_press_behind_it() -> None:
    """Two hundred votes of one moment have one place, the moment, which is that of everybody else."""
    places = FairQueue()
    given_out = {places.next_position(f"chat {number}", "poll", NOW) for number in range(AT_ONCE // POLL_STEP)}
    assert given_out == {microseconds(NOW)} == {places.next_position("chat 7", "", NOW)}


def test_ten_thousand_votes_stand_behind_who_asks_for_little() -> None:
    """They have places over ten seconds, so that what comes a second later is before most of them."""
    places = FairQueue()
    votes = [places.next_position(f"chat {number}", "poll", NOW) for number in range(10_000)]
    assert votes == sorted(votes)
    assert votes[-1] == microseconds(NOW) + 9_999 * POLL_STEP - AT_ONCE
    message = places.next_position("chat -1", "", NOW + timedelta(seconds=1))
    assert sum(place <= message for place in votes) == (1_000_000 + AT_ONCE) // POLL_STEP + 1


def test_a_lane_that_asks_for_much_stands_behind_sooner() -> None:
    """A hundred of one lane that come at once have places over most of a second."""
    places = FairQueue()
    assert [places.next_position("chat 7", "", NOW) for _ in range(100)][-1] == microseconds(
        NOW
    ) + 99 * LANE_STEP - AT_ONCE
    assert places.next_position("chat 7", "", NOW + timedelta(seconds=2)) == microseconds(NOW + timedelta(seconds=2))


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(("", "x", "y")), st.integers(0, 9_000)), max_size=400))
def test_in_a_lane_places_never_fall(came: list[tuple[str, str, int]]) -> None:
    """A later update of a lane has no earlier position, nor one before its arrival."""
    places, moment, last = FairQueue(), NOW, {"a": 0, "b": 0}
    for lane, poll, waited in came:
        moment += timedelta(microseconds=waited)
        place = places.next_position(lane, poll, moment)
        assert place >= max(last[lane], microseconds(moment))
        last[lane] = place


def test_the_number_of_remembered_sources_is_bounded() -> None:
    """The number of remembered sources is bounded, for any number of updates and lanes."""
    places = FairQueue()
    for number in range(3 * MOST_SOURCES):
        places.next_position(f"chat {number}", f"poll {number % 7}", NOW)
        assert len(places._sources) <= MOST_SOURCES
        assert len(places._lanes) <= MOST_SOURCES
