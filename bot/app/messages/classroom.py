"""What a live class is told: what all its messages share, and what pupils get in their own chats."""

from dataclasses import dataclass
from typing import Literal

from bot.app.messages.lesson import AnswerExplanation
from bot.core.classroom import Phase
from bot.core.nicknames import NicknameFault as NicknameFault
from bot.core.prompt import Found, Prompt


@dataclass(frozen=True, slots=True)
class Controls:
    """What decides which control buttons there are.

    Attributes:
        session, round: what the buttons are for.
        timed: whether rounds have an end of their own.
        vote: the first vote or the second on the open question.
        last: whether the round is the last.
        ending: whether the end was pressed and must be confirmed.
    """

    session: int
    round: int
    phase: Phase
    timed: bool
    vote: int
    last: bool
    ending: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How a vote went: options as (text, votes), in the order in which they were shown."""

    options: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ControlsChanged:
    """Other buttons under a message that is there."""

    message_id: int
    controls: Controls


@dataclass(frozen=True, slots=True)
class DeletedMessage:
    """Take this message away."""

    message_id: int


@dataclass(frozen=True, slots=True)
class NicknameWanted:
    """A pupil joins: what shall we call you?

    Attributes:
        offer: a nickname to take by a press; empty for none.
        fault: why the last one was refused; empty at first.
        asks_name: whether the real name is asked afterwards.
    """

    session: int
    offer: str
    fault: NicknameFault
    asks_name: bool


@dataclass(frozen=True, slots=True)
class RealNameWanted:
    """What is your real name? Only the teacher sees it. ``fault`` where the last one was refused."""

    fault: bool


@dataclass(frozen=True, slots=True)
class Seated:
    """You are in.

    Attributes:
        back: whether the same seat was taken again.
        phase: what comes next: the lobby waits, a question comes now or with the next round, or the class is over.
        left: whether the open round was left before, so that it is over for this pupil.
    """

    nickname: str
    round: int
    of: int
    phase: Phase
    back: bool
    left: bool = False


@dataclass(frozen=True, slots=True)
class NicknameChanged:
    """The teacher calls this pupil otherwise from now on."""

    nickname: str


@dataclass(frozen=True, slots=True)
class ClassQuestion:
    """The question of a round, for one pupil; the answer stays hidden until the round is closed.

    Attributes:
        seconds: how long this pupil has; 0 for no limit.
        vote: 2 where it is asked again after a discussion.
    """

    session: int
    round: int
    of: int
    topic: str
    stem: str
    prompt: Prompt
    seconds: int
    vote: int


@dataclass(frozen=True, slots=True)
class ClassExplanation:
    """A round is closed: how this pupil's answer was marked, and what was right.

    Attributes:
        outcome: ``silent`` where there was no answer.
        given: what was answered; ``note`` is why that was wrong, if the author wrote it.
        poll_message_id: the message with the poll to close; only in what an older version has told.
        spelling: how a right answer is written that was misspelt; empty where it was not.
        found: how many of several right options were chosen; None for other questions and where all was right.
    """

    outcome: Literal["right", "wrong", "silent"]
    given: str
    note: str
    lesson: AnswerExplanation
    poll_message_id: int | None = None
    spelling: str = ""
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class ClassResult:
    """How the class went for one pupil.

    Attributes:
        right, seen: right answers of the questions seen; ``of`` is how many the class had.
        missed: the stems of the questions missed, those asked before the pupil came among them.
        group: True where the class was in a group.
    """

    session: int
    right: int
    seen: int
    of: int
    missed: tuple[str, ...]
    group: bool
