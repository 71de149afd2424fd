"""What is no message of its own: plain sentences, answers to presses, closing what is over."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """A plain sentence, by the name of its text."""

    text: str


@dataclass(frozen=True, slots=True)
class CodeWait:
    """Too many class codes were wrong: none is read for so many seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class CodeUnknown:
    """No open class has this code; ``code`` is empty where what was typed is too long to be repeated."""

    code: str


@dataclass(frozen=True, slots=True)
class PressAnswer:
    """The answer that Telegram wants for every button press; an empty text only stops the button's waiting."""

    press_id: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RightSign:
    """A short sign on a learner's message: right."""

    message_id: int


@dataclass(frozen=True, slots=True)
class TakenSign:
    """A short sign on a pupil's message: the answer was taken; how it was marked comes later."""

    message_id: int


@dataclass(frozen=True, slots=True)
class ClosedPoll:
    """Close the poll in this message."""

    message_id: int


@dataclass(frozen=True, slots=True)
class ClosedButtons:
    """Take the buttons off this message."""

    message_id: int
