"""Presses that a modified client could send: the data of any button, in any chat."""

from collections.abc import Iterator
from typing import Any

from bot_in_process import BotInProcess
from learner import Learner

from bot.app.commands import Control
from bot.playground.world.callback_queries import CallbackQuery
from bot.store.tables import INBOX, OUTBOX, PERSONS, metadata
from bot.tg.features import FEATURES

Json = dict[str, Any]

# Telegram's own accounts that act for somebody else (Bot API, Message.sender_chat), and another bot.
NOT_PEOPLE = {
    "an anonymous administrator": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
    "a channel": {"id": 136817688, "is_bot": True, "first_name": "Channel"},
    "Telegram": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
    "another bot": {"id": 4242, "is_bot": True, "first_name": "Other"},
}


def every_button(session: int, pupil: int, host: int) -> Iterator[str]:
    """Yield data of each button of each feature for these ids; guessed data for a button that is not listed here."""
    arguments: dict[str, tuple[str, ...]] = {
        "quiz": ("",),
        "topic": ("body:5",),
        "set": ("body:5",),
        "go": ("body:5",),
        "new": ("body:5",),
        "on": ("",),
        "skip": (f"{session}:1",),
        "missed": (f"{session}",),
        "cset": ("body:5:30:0:0",),
        "copen": ("body:5:30:0:0",),
        "cnew": ("",),
        "ctl": tuple(f"{control}:{session}:{number}" for control in Control for number in (0, 1)),
        "controls": (f"{session}",),
        "nick": (f"{session}",),
        "pupils": (f"{session}", f"{session}:0"),
        "pupil": (f"{pupil}",),
        "time": (f"{pupil}:150",),
        "rename": (f"{pupil}",),
        "remove": (f"{pupil}",),
        "readmit": (f"{pupil}",),
        "hosts": (f"{session}",),
        "handover": (f"{session}:{host}",),
        "score": ("",),
        "read": ("", "whale"),
        "language": ("kk",),
        "gset": ("body:5:30:0",),
        "ggo": ("body:5:30:0",),
    }
    names = [name for feature in FEATURES for name in (*feature.buttons, *feature.group_buttons)]
    guesses = ("", f"{session}", f"{pupil}", f"{session}:{host}")
    for name in dict.fromkeys(names):
        for argument in arguments.get(name, guesses):
            yield f"{name}:{argument}" if argument else name


class Forger:
    """Sends presses that no official client would send."""

    def __init__(self, bot: BotInProcess) -> None:
        self.bot = bot
        self.world = bot.world

    def user(self, person: Learner) -> Json:
        """Return a person as a User object of the Bot API."""
        return {"id": person.id, "is_bot": False, "first_name": self.world.people[person.id].first_name}

    def message_in(self, chat: Json, **more: object) -> Json:
        """Return a message of the bot in a chat as a Message object of the Bot API."""
        bot = {"id": self.world.bot.id, "is_bot": True, "first_name": "Quiz", "username": self.world.bot.username}
        return {"message_id": 1, "date": 1_772_000_000, "chat": chat, "from": bot, "text": "x", **more}

    def send_press(self, user: Json, data: str, **more: object) -> str:
        """Send a press; return its id."""
        query = CallbackQuery(self.world.random_id(), user["id"], 0, 0, data, self.world.now())
        self.world.queries[query.id] = query
        self.world.queue_update(
            "callback_query", {"id": query.id, "from": user, "chat_instance": "1", "data": data, **more}
        )
        return query.id

    async def presses(self, *presses: tuple[Json, str, Json]) -> list[str | None]:
        """Send presses; return the answer to each, None if there was none."""
        ids = [self.send_press(user, data, **more) for user, data, more in presses]
        await self.bot.wait_until_idle()
        answers = [self.world.queries[one].answer for one in ids]
        return [answer.text if answer else None for answer in answers]

    def stored(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return all rows of the database except the inbox, the outbox and the persons."""
        with self.bot.database.engine.connect() as connection:
            tables = [one for one in metadata.sorted_tables if one not in (INBOX, OUTBOX, PERSONS)]
            return {one.name: sorted(map(tuple, connection.execute(one.select())), key=repr) for one in tables}
