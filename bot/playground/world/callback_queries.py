"""Presses of inline buttons and what the bot answered to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# How long the official server lets a bot answer a press.
ANSWER_TIME = timedelta(seconds=150)


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the person sees: a toast, or an alert to close. ``text`` is empty where only the spinner stops."""

    text: str
    show_alert: bool
    url: str = ""


@dataclass(slots=True)
class CallbackQuery:
    """One press; ``answer`` is None while the button spins."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    data: str
    pressed_at: datetime
    answer: CallbackAnswer | None = None
