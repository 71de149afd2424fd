"""Every table in one place, for the migrations and the test that compares them."""

from bot.store.answers import ANSWERS, ITEMS
from bot.store.base import metadata
from bot.store.facts import FACTS
from bot.store.inbox import INBOX
from bot.store.outbox import OUTBOX
from bot.store.paces import PACES
from bot.store.pauses import PAUSES
from bot.store.persons import PERSONS
from bot.store.pupils import PUPILS
from bot.store.rooms import GROUPS, ROOMS
from bot.store.sessions import POLLS, SESSIONS
from bot.store.versions import VERSIONS

__all__ = [
    "ANSWERS",
    "FACTS",
    "GROUPS",
    "INBOX",
    "ITEMS",
    "OUTBOX",
    "PACES",
    "PAUSES",
    "PERSONS",
    "POLLS",
    "PUPILS",
    "ROOMS",
    "SESSIONS",
    "VERSIONS",
    "metadata",
]
