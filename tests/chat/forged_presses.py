"""Presses as a forged client could cause them: data of any button, wherever the presser likes."""

from collections.abc import Iterator
from typing import Any

from bot_in_process import BotInProcess
from learner import Learner

from bot.app.commands import Control
from bot.playground.world.callback_queries import CallbackQuery
from bot.store.tables import INBOX, OUTBOX, PERSONS, metadata
from bot.tg.features import FEATURES

Json = dict[str, Any]

# Accounts of Telegram's that stand in for somebody (Bot API, Message.sender_chat).
STAND_INS = {
    "an anonymous administrator": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
    "a channel": {"id": 136817688, "is_bot": True, "first_name": "Channel"},
    "Telegram": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
    "another bot": {"id": 4242, "is_bot": True, "first_name": "Other"},
}


def every_button(session: int, pupil: int, host: int) -> Iterator[str]:
    """Yield data for each button of each feature, as it would be made for these; guesses for one not described here."""
    words: dict[str, tuple[str, ...]] = {
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
        for told in words.get(name, guesses):
            yield f"{name}:{told}" if told else name


class Forger:
    """Causes presses that no client of Telegram's would cause."""

    def __init__(self, bot: BotInProcess) -> None:
        self.bot = bot
        self.world = bot.world

    def user(self, person: Learner) -> Json:
        """Return a person as Telegram describes them."""
        return {"id": person.id, "is_bot": False, "first_name": self.world.people[person.id].first_name}

    def carrier(self, chat: Json, **more: object) -> Json:
        """Return a message of the bot in a chat."""
        bot = {"id": self.world.bot.id, "is_bot": True, "first_name": "Quiz", "username": self.world.bot.username}
        return {"message_id": 1, "date": 1_772_000_000, "chat": chat, "from": bot, "text": "x", **more}

    def put(self, user: Json, data: str, **more: object) -> str:
        """Have a press come; return its id."""
        query = CallbackQuery(self.world.random_id(), user["id"], 0, 0, data, self.world.now())
        self.world.queries[query.id] = query
        self.world.queue_update(
            "callback_query", {"id": query.id, "from": user, "chat_instance": "1", "data": data, **more}
        )
        return query.id

    async def presses(self, *presses: tuple[Json, str, Json]) -> list[str | None]:
        """Have presses come; return what each was answered with, None for not at all."""
        ids = [self.put(user, data, **more) for user, data, more in presses]
        await self.bot.wait_until_idle()
        answers = [self.world.queries[one].answer for one in ids]
        return [answer.text if answer else None for answer in answers]

    def kept(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return all that the database holds, but for the queues and who ever pressed."""
        with self.bot.database.engine.connect() as connection:
            tables = [one for one in metadata.sorted_tables if one not in (INBOX, OUTBOX, PERSONS)]
            return {one.name: sorted(map(tuple, connection.execute(one.select())), key=repr) for one in tables}
