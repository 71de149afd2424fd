"""Short messages and changes of existing ones: notices, answers to presses, reactions, closing of polls and buttons."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """A plain text, by the name of the text."""

    text: str


@dataclass(frozen=True, slots=True)
class CodeWait:
    """The notice that codes are ignored for some seconds, after too many wrong ones."""

    seconds: int


@dataclass(frozen=True, slots=True)
class CodeUnknown:
    """The notice that no open class has this code; ``code`` is empty if the text is too long to be repeated."""

    code: str


@dataclass(frozen=True, slots=True)
class PressAnswer:
    """The answer that Telegram requires for every button press; an empty text only ends the button's progress bar."""

    press_id: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RightSign:
    """A reaction to a learner's message: the answer is right."""

    message_id: int


@dataclass(frozen=True, slots=True)
class TakenSign:
    """A reaction to a pupil's message: the answer was accepted; the mark follows later."""

    message_id: int


@dataclass(frozen=True, slots=True)
class ClosedPoll:
    """Closing of the poll in this message."""

    message_id: int


@dataclass(frozen=True, slots=True)
class ClosedButtons:
    """Removal of the buttons of this message."""

    message_id: int
