"""Every table in one place, for the migrations and the test that compares them."""

from bot.store.answers import ANSWERS, QUESTION_PROGRESS
from bot.store.base import metadata
from bot.store.flood_waits import FLOOD_WAITS
from bot.store.groups import GROUPS
from bot.store.inbox import INBOX
from bot.store.key_values import KEY_VALUES
from bot.store.live_classes import LIVE_CLASSES
from bot.store.outbox import OUTBOX
from bot.store.persons import PERSONS
from bot.store.pupils import PUPILS
from bot.store.sessions import POLLS, SESSIONS
from bot.store.shared_limits import SHARED_LIMITS
from bot.store.versions import VERSIONS

__all__ = [
    "ANSWERS",
    "FLOOD_WAITS",
    "GROUPS",
    "INBOX",
    "KEY_VALUES",
    "LIVE_CLASSES",
    "OUTBOX",
    "PERSONS",
    "POLLS",
    "PUPILS",
    "QUESTION_PROGRESS",
    "SESSIONS",
    "SHARED_LIMITS",
    "VERSIONS",
    "metadata",
]
