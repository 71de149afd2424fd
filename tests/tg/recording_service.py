"""A service that is written to: raw updates go in as Telegram sends them, and all that is told counts as sent."""

import json
from datetime import UTC, datetime
from typing import Any

from bot.app.dispatch.service import Delivery, QuizService, Received
from bot.app.messages import Message
from bot.core.nicknames import BannedWords
from bot.core.question import Bank
from bot.store.database import Database
from bot.tg.inbound.router import to_command

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEACHER, PUPIL, GROUP = 1, 2, -100


def person(number: int, name: str = "Ann", language: str = "en") -> dict[str, Any]:
    """Return a user as Telegram describes one."""
    names = {"first_name": name, "last_name": name, "username": name, "language_code": language}
    return {"id": number, "is_bot": False, **names}


class WrittenOffice:
    """A service, the router before it, and a count of the messages."""

    def __init__(self, database: Database, bank: Bank, refused: BannedWords) -> None:
        self.database = database
        self._service = QuizService(database, bank, lambda: NOW, UTC, banned_words=refused)
        self._service.open("quiz_bot")
        self._number = 0

    def says(self, number: int, *texts: str, chat: int = 0, **user: str) -> list[Message]:
        """Write texts; return what is told because of them."""
        return self.takes(*({"message": self._message(number, chat or number, text=text, **user)} for text in texts))

    def presses(self, number: int, *data: str, chat: int = 0, **user: str) -> list[Message]:
        """Press buttons; return what is told because of it."""
        message = {**self._message(number, chat or number), "from": {**person(9), "is_bot": True}}
        query = {"id": "1", "from": person(number, **user), "message": message}
        return self.takes(*({"callback_query": {**query, "data": one}} for one in data))

    def _message(self, number: int, chat: int, **fields: str) -> dict[str, Any]:
        """Return a message as Telegram describes one."""
        user = {name: fields.pop(name) for name in ("name", "language") if name in fields}
        place = {"id": chat, "type": "private" if chat > 0 else "supergroup", "title": user.get("name", "9B")}
        about = {"message_id": self._number + 1, "date": 0, "chat": place, "from": person(number, **user)}
        reply = {"reply_to_message": {"from": person(PUPIL, **user)}} if chat < 0 else {}
        return {**about, **reply, **fields}

    def takes(self, *updates: dict[str, Any]) -> list[Message]:
        """Process updates in order as one batch and return the outgoing messages; fail if any update fails."""
        first = self._number + 1
        self._number += len(updates) + 1
        # Each in a lane of its own, so that one batch takes them all.
        self._service.store_updates(
            [Received(number, str(number), json.dumps(update)) for number, update in enumerate(updates, first)]
        )
        worked = self._service.process_batch(lambda body: to_command(json.loads(body), "quiz_bot"), 2 * len(updates))
        # In a group, what waits for Telegram's list of administrators comes again.
        assert worked.count >= len(updates)
        told = list(worked.outgoing)
        more = self._service.record_deliveries(
            [Delivery(one.id, one.claimed_by, one.chat_id, one.message, self._number) for one in told]
        )
        return [one.message for one in (*told, *more)]
