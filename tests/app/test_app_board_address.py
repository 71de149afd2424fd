"""Addresses of boards: how long they work after the end of the class, and texts that are no key."""

from datetime import UTC, datetime, timedelta

import pytest
from small_bank import BANK
from strategies.random_generators import seeded_rng

from bot.app.board import SHOWN_AFTER_END, is_key
from bot.app.commands import ClassPlan, Command, Control, ControlClass, OpenClass, Visitor
from bot.app.dispatch.service import QuizService, Received
from bot.core.join_codes import make_secret
from bot.store.database import Database
from bot.store.live_classes import LiveClassRow

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
TEACHER = Visitor(1, "Ms Kim", "en")


class BoardHarness:
    """A service with one open class and a clock that the test moves."""

    def __init__(self, database: Database) -> None:
        self.now = NOW
        self._commands: list[Command] = []
        self.service = QuizService(database, BANK, lambda: self.now, UTC)
        self.service.open("quiz_bot")
        self.handle(OpenClass(TEACHER, plan=ClassPlan(count=1, seconds=0), message_id=1))
        with database.transaction() as unit:
            found = unit.live_classes.find(1)
            assert isinstance(found, LiveClassRow)
            self.key = found.key

    def handle(self, command: Command) -> None:
        """Handle a command."""
        self._commands.append(command)
        number = len(self._commands)
        self.service.store_updates([Received(number, f"chat {command.visitor.id}", str(number))])
        self.service.process_batch(lambda body: self._commands[int(body) - 1], 1)

    def end(self) -> None:
        """End the class by the two presses of its teacher."""
        for control in (Control.ASK_END, Control.END):
            self.handle(ControlClass(TEACHER, session=1, round=0, control=control))

    def scene(self) -> str | None:
        """Return the scene of the board; None if there is neither a view nor an ETag."""
        view, stamp = self.service.board(self.key), self.service.board_etag(self.key)
        assert (view is None) == (stamp is None)
        return view.scene if view else None


def test_a_board_is_gone_an_hour_after_its_class_ended(database: Database) -> None:
    """A board shows the final standings for an hour after the end of its class, then it does not exist."""
    harness = BoardHarness(database)
    harness.now += 5 * HOUR
    assert harness.scene() == "lobby"
    harness.end()
    ended_at = harness.now
    scenes = []
    for later in (timedelta(0), SHOWN_AFTER_END - SECOND, SHOWN_AFTER_END, timedelta(days=365)):
        harness.now = ended_at + later
        scenes.append(harness.scene())
    assert scenes == ["end", "end", None, None]
    assert SHOWN_AFTER_END == HOUR


@pytest.mark.parametrize(
    "key", ["", "\x00", "a\x00b", "x" * 10_000, "a b", "ключ", "a\n", "%", "\ud800", "' OR 1=1 --"]
)
def test_a_text_that_is_no_key_is_not_looked_up(key: str, database: Database) -> None:
    """A text that cannot be a key is answered as an unknown board on either engine, without a database error."""
    harness = BoardHarness(database)
    assert not is_key(key)
    assert (harness.service.board(key), harness.service.board_etag(key)) == (None, None)


def test_generated_keys_match_the_pattern() -> None:
    """Every generated key matches the pattern of keys."""
    assert all(is_key(make_secret(seeded_rng(seed))) for seed in range(1000))
