"""Callback queries: presses of inline buttons, and the bot's answers to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# How long the official server accepts an answer to a callback query.
ANSWER_TIME = timedelta(seconds=150)


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """The bot's answer as the person sees it: a toast or an alert. An empty ``text`` ends the spinner."""

    text: str
    show_alert: bool
    url: str = ""


@dataclass(slots=True)
class CallbackQuery:
    """One press of an inline button; ``answer`` is None until the bot answers."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    data: str
    pressed_at: datetime
    answer: CallbackAnswer | None = None
