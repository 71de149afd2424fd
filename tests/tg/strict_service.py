"""A service that refuses some updates, for tests of what becomes of those beside them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from small_bank import BANK
from sqlalchemy import select

from bot.app.dispatch.service import QuizService, Received
from bot.store.database import Database
from bot.store.inbox import INBOX
from bot.tg.inbound.receiver import Receiver
from bot.tg.inbound.throttle import Throttle
from bot.tg.runner import HandlerRunner

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class StrictService(QuizService):
    """A service that refuses to store some updates, and perhaps to set them aside."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, BANK, lambda: NOW, UTC)
        self.refused: dict[int, Exception] = {}
        self.never: Exception | None = None
        self.commits = 0

    def store_updates(self, updates: Sequence[Received], *, for_leader: bool = False) -> tuple[Received, ...]:
        """Store updates, if none is refused."""
        for one in updates:
            if one.update_id in self.refused:
                raise self.refused[one.update_id]
        self.commits += 1
        return super().store_updates(updates, for_leader=for_leader)

    def discard_update(self, update_id: int, lane: str, error: Exception) -> None:
        """Store an id, if that is not refused."""
        if self.never:
            raise self.never
        super().discard_update(update_id, lane, error)


def receiver_at(service: QuizService) -> Receiver:
    """Return the way in, which judges everybody and silences nobody."""
    return Receiver(service, HandlerRunner(in_thread=False), Throttle(10**9), lambda: None)


def stored(database: Database) -> dict[int, str | None]:
    """Return the problem of each update that is stored."""
    with database.engine.connect() as connection:
        return {one.update_id: one.problem for one in connection.execute(select(INBOX))}
