"""Lanes keep order, lose nothing, and let nobody wait for somebody else's crowd."""

from collections import defaultdict

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.tg.lanes import MOST_OF_ONE_LANE, Lanes, Waiting

NAMES = "abcd"
FATES = st.lists(st.sampled_from(("done", "fails", "early")), min_size=12, max_size=12)


def crowd(lane: str, count: int, first: int = 1) -> list[Waiting]:
    """Make updates of one lane."""
    return [Waiting(number, lane, None) for number in range(first, first + count)]


def ids(updates: list[Waiting]) -> list[int]:
    """Give the ids of updates."""
    return [update.update_id for update in updates]


def test_a_lane_of_ten_thousand_delays_another_by_no_more_than_a_batch() -> None:
    """Whoever writes while somebody else has 10,000 updates waiting is in the next batch, always."""
    lanes = Lanes()
    lanes.put(crowd("busy", 10_000))
    for turn in range(20):
        newcomer = Waiting(20_000 + turn, f"quiet {turn}", None)
        lanes.put([newcomer])
        batch = lanes.take(100, 0.0)
        assert newcomer in batch
        assert len(batch) == 1 + MOST_OF_ONE_LANE


def test_many_busy_lanes_take_turns() -> None:
    """Where there are more busy lanes than a batch holds, each has its turn before any has a second."""
    lanes = Lanes()
    for name in range(10):
        lanes.put(crowd(str(name), 100, first=name * 100))
    turns = [{update.lane for update in lanes.take(2 * MOST_OF_ONE_LANE, 0.0)} for _ in range(5)]
    assert sorted(lane for turn in turns for lane in turn) == sorted(map(str, range(10)))


def test_a_held_lane_waits_and_others_go_on() -> None:
    """A lane whose update failed is held as a whole until the time given; others are not."""
    lanes = Lanes()
    lanes.put([*crowd("a", 3), *crowd("b", 1, first=10)])
    first, second, third, other = lanes.take(10, 0.0)
    lanes.give_back([first, second, third], until=5.0)
    lanes.put([*crowd("a", 1, first=4), *crowd("b", 1, first=11)])
    assert ids(lanes.take(10, 4.9)) == [other.update_id + 1]
    assert lanes.next_due(4.9) == 5.0
    assert ids(lanes.take(10, 5.0)) == [1, 2, 3, 4]


def test_who_stepped_aside_does_not_hold_its_lane() -> None:
    """An update that came too early waits alone: its lane goes on, and it comes again when it is due."""
    lanes = Lanes()
    lanes.put(crowd("a", 2))
    (early,) = lanes.take(1, 0.0)
    lanes.step_aside(early, 3.0)
    assert lanes.next_due(0.0) == 0.0
    assert ids(lanes.take(10, 0.0)) == [2]
    assert lanes.next_due(1.0) == 3.0
    assert lanes.take(10, 2.9) == []
    assert lanes.take(10, 3.0) == [early]


def test_who_stepped_aside_is_called_back() -> None:
    """What an update waited for may be known before its time: it is due at once, and others are not."""
    lanes = Lanes()
    lanes.put([*crowd("a", 1), *crowd("b", 1, first=10)])
    for early in lanes.take(10, 0.0):
        lanes.step_aside(early, 3.0)
    assert lanes.call_back({"a", "c"})
    assert lanes.next_due(1.0) == 1.0
    assert ids(lanes.take(10, 1.0)) == [1]
    assert not lanes.call_back({"a"})
    assert ids(lanes.take(10, 3.0)) == [10]


def test_nothing_is_due_where_nothing_waits() -> None:
    """Empty lanes give nothing and are due never."""
    lanes = Lanes()
    assert lanes.next_due(1.0) is None
    assert lanes.take(10, 1.0) == []
    assert len(lanes) == 0


class LanesInUse(RuleBasedStateMachine):
    """Updates come, are taken, finish, fail or step aside, while a plain count says what must be so."""

    def __init__(self) -> None:
        super().__init__()
        self.lanes = Lanes()
        self.now = 0.0
        self.newest = 0
        self.waiting: set[int] = set()
        self.finished: list[int] = []
        self.in_order: dict[str, list[int]] = defaultdict(list)
        self.stepped_aside: set[int] = set()

    @rule(names=st.lists(st.sampled_from(NAMES), max_size=12))
    def put(self, names: str) -> None:
        """Let updates come."""
        updates = [Waiting(self.newest + place, name, None) for place, name in enumerate(names, 1)]
        self.newest += len(updates)
        self.waiting.update(ids(updates))
        self.lanes.put(updates)

    @rule(seconds=st.floats(0, 3))
    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds

    @rule(
        most=st.integers(0, 12), fates=st.lists(st.sampled_from(("done", "fails", "early")), min_size=12, max_size=12)
    )
    def work(self, most: int, fates: list[str]) -> None:
        """Take a batch; what fails, and all behind it in its lane, goes back."""
        batch = self.lanes.take(most, self.now)
        assert len(batch) <= most
        back: list[Waiting] = []
        for update, fate in zip(batch, fates, strict=False):
            if fate == "fails" or any(one.lane == update.lane for one in back):
                back.append(update)
            elif fate == "early":
                self.stepped_aside.add(update.update_id)
                self.lanes.step_aside(update, self.now + 1)
            else:
                self._finish(update)
        self.lanes.give_back(back, self.now + 1)

    def _finish(self, update: Waiting) -> None:
        assert update.update_id in self.waiting
        self.waiting.remove(update.update_id)
        self.finished.append(update.update_id)
        if update.update_id not in self.stepped_aside:
            self.in_order[update.lane].append(update.update_id)

    @invariant()
    def the_count_is_right(self) -> None:
        """As many wait as came and did not finish."""
        assert len(self.lanes) == len(self.waiting)
        assert (self.lanes.next_due(self.now) is None) == (not self.waiting)

    @invariant()
    def lanes_keep_their_order(self) -> None:
        """In each lane, updates finish in the order in which they came, but for those that stepped aside."""
        assert all(finished == sorted(finished) for finished in self.in_order.values())

    def teardown(self) -> None:
        """In the end everything that came is there, once."""
        while len(self.lanes):
            due = self.lanes.next_due(self.now)
            assert due is not None
            self.now = due
            batch = self.lanes.take(7, self.now)
            assert batch
            for update in batch:
                self._finish(update)
        self.lanes_keep_their_order()
        assert sorted(self.finished) == list(range(1, self.newest + 1))


TestLanesInUse = LanesInUse.TestCase
TestLanesInUse.__doc__ = "Whatever is taken, given back or steps aside, order is kept and no update is lost or doubled."


def test_all_that_stepped_aside_is_called_back_before_what_came_later() -> None:
    """Whatever its lane, an update that stepped aside is taken before one that waits in a lane."""
    lanes = Lanes()
    lanes.step_aside(Waiting(1, "chat 1", {}), 10.0)
    lanes.put([Waiting(2, "chat 2", {})])
    assert lanes.call_back(None)
    assert [update.update_id for update in lanes.take(9, 0.0)] == [1, 2]
