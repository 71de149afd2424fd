"""Messages of a live class: their common parts, and those for pupils in private chats."""

from dataclasses import dataclass
from typing import Literal

from bot.app.messages.lesson import AnswerExplanation
from bot.core.classroom import Phase
from bot.core.nicknames import NicknameFault as NicknameFault
from bot.core.prompt import Found, Prompt


@dataclass(frozen=True, slots=True)
class Controls:
    """Values that decide which control buttons there are.

    Attributes:
        session, round: the session and the round of the buttons.
        timed: whether rounds have a time limit.
        vote: 1 or 2: the first or the second vote on the open question.
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
    """The counts of a vote: options as (text, votes), in the order in which they were shown."""

    options: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ControlsChanged:
    """New control buttons for an existing message."""

    message_id: int
    controls: Controls


@dataclass(frozen=True, slots=True)
class DeletedMessage:
    """Deletion of a message."""

    message_id: int


@dataclass(frozen=True, slots=True)
class NicknameWanted:
    """The question for a nickname, to a pupil who joins.

    Attributes:
        offer: a nickname that a press accepts; empty for none.
        fault: why the last one was refused; empty at first.
        asks_name: whether the real name is asked afterwards.
    """

    session: int
    offer: str
    fault: NicknameFault
    asks_name: bool


@dataclass(frozen=True, slots=True)
class RealNameWanted:
    """The question for the real name, which only the teacher sees. ``fault``: whether the last one was refused."""

    fault: bool


@dataclass(frozen=True, slots=True)
class Seated:
    """The welcome to a pupil who has taken a seat.

    Attributes:
        back: whether the pupil returns to the same seat.
        phase: the phase of the class, which decides what comes next.
        left: whether the pupil left during the open round, so that it is over for them.
    """

    nickname: str
    round: int
    of: int
    phase: Phase
    back: bool
    left: bool = False


@dataclass(frozen=True, slots=True)
class NicknameChanged:
    """The notice that a host has changed the pupil's nickname."""

    nickname: str


@dataclass(frozen=True, slots=True)
class ClassQuestion:
    """The question of a round, for one pupil; the answer stays hidden until the round is closed.

    Attributes:
        seconds: the pupil's time limit; 0 for none.
        vote: 2 if the question is asked again after a discussion, else 1.
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
    """The mark of a pupil's answer and the right answer, after the round was closed.

    Attributes:
        outcome: ``silent`` if there was no answer.
        given: the answer; ``note`` is the author's explanation of that mistake, if any.
        spelling: the correct spelling of a right answer that was misspelt; empty if it was not.
        found: how many of several right options were chosen; None for other questions, and if all were right.
    """

    outcome: Literal["right", "wrong", "silent"]
    given: str
    note: str
    lesson: AnswerExplanation
    spelling: str = ""
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class ClassResult:
    """The result of a live class for one pupil.

    Attributes:
        right, seen: number of right answers, and of questions seen; ``of`` is the number of the whole class.
        missed: the stems of the questions missed, including those asked before the pupil joined.
        group: whether the class was in a group.
    """

    session: int
    right: int
    seen: int
    of: int
    missed: tuple[str, ...]
    group: bool
