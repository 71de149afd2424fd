"""Every table in one place, for the migrations and the test that compares them."""

from bot.store.answers import GivenAnswer, Item
from bot.store.base import Base
from bot.store.inbox import InboxRow
from bot.store.outbox import OutboxRow
from bot.store.persons import Person
from bot.store.sessions import Poll, QuizSession
from bot.store.versions import QuestionVersion

__all__ = ["Base", "GivenAnswer", "InboxRow", "Item", "OutboxRow", "Person", "Poll", "QuestionVersion", "QuizSession"]
