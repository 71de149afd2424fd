"""Every table in one place, for the migrations and the test that compares them."""

from bot.store.answers import ANSWERS, ITEMS
from bot.store.base import metadata
from bot.store.flood_waits import PAUSES
from bot.store.groups import GROUPS
from bot.store.inbox import INBOX
from bot.store.key_values import FACTS
from bot.store.live_classes import ROOMS
from bot.store.outbox import OUTBOX
from bot.store.persons import PERSONS
from bot.store.pupils import PUPILS
from bot.store.sessions import POLLS, SESSIONS
from bot.store.shared_limits import PACES
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
