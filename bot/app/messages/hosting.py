"""What is told to who leads a live class."""

from dataclasses import dataclass
from typing import Literal

from bot.app.commands.classroom import ClassPlan
from bot.app.messages.classroom import Controls, NicknameFault
from bot.app.messages.solo import TopicOffer


@dataclass(frozen=True, slots=True)
class ClassSetup:
    """The choice of a class over a link. ``message_id`` is the message to change, None for a new one."""

    topics: tuple[TopicOffer, ...]
    plan: ClassPlan
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class ListedClass:
    """One of the classes that somebody leads.

    Attributes:
        topic: its title; empty for mixed.
        round: the round that is open or was closed last, of how many; 0 before the first.
    """

    session: int
    topic: str
    code: str
    round: int
    of: int


@dataclass(frozen=True, slots=True)
class ClassUnderWay:
    """You lead classes already.

    Attributes:
        classes: the newest first; none where there is but one, whose controls follow.
        more: how many more there are.
        most: how many one person may open, where that is reached; 0 where another can be opened.
    """

    classes: tuple[ListedClass, ...] = ()
    more: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class BoardOffered:
    """The address of the board of a quiz in a group, for who started it."""

    link: str


@dataclass(frozen=True, slots=True)
class ClassOpened:
    """A class is open: how to join it.

    Attributes:
        code: what pupils join by; ``link`` is the address that does the same, and the QR picture holds it.
        board: the address of the board; empty where none is served.
        message_id: the message with the choice, which now only tells it.
    """

    topic: str
    plan: ClassPlan
    count: int
    code: str
    link: str
    board: str
    message_id: int | None


@dataclass(frozen=True, slots=True)
class OptionVotes:
    """How an option of the question fared.

    Attributes:
        text: what it says; ``true`` and ``false`` for a statement.
        first, last: how many chose it in the first vote and in the last; None where there was none yet, and ``first``
            without a discussion.
        right: whether it is right; None while that is hidden.
    """

    text: str
    first: int | None
    last: int | None
    right: bool | None


@dataclass(frozen=True, slots=True)
class VoteShown:
    """The question before the class, and how its votes went as far as that is over.

    Attributes:
        statement: whether it is a statement to call true or false.
        options: in the order in which they were shown; empty while a vote is open, and where the answer is written.
        solution: the right answer or answers; empty while that is hidden.
        right, answered: right answers of all answers, once the round is closed.
    """

    stem: str
    statement: bool
    options: tuple[OptionVotes, ...]
    solution: tuple[str, ...]
    right: int
    answered: int


@dataclass(frozen=True, slots=True)
class ClassControls:
    """The control message of who leads a class.

    Attributes:
        message_id: the message to change, None for a new one.
        answered, asked: how many answered the open round, of how many who were given it.
        here: how many are in the class.
        names: in the lobby, the nicknames of those who came last.
        quiet: whether the class waits because nobody answered.
        vote: None before the first question and after the end.
    """

    message_id: int | None
    of: int
    code: str
    link: str
    board: str
    answered: int
    asked: int
    here: int
    names: tuple[str, ...]
    quiet: bool
    vote: VoteShown | None
    controls: Controls


@dataclass(frozen=True, slots=True)
class PupilSummary:
    """One pupil, for who leads the class; the real name is empty where it is not known."""

    nickname: str
    real_name: str
    right: int
    seen: int


@dataclass(frozen=True, slots=True)
class HardQuestion:
    """A question of the class with how it went."""

    stem: str
    right: int
    answered: int


@dataclass(frozen=True, slots=True)
class ClassSummary:
    """How the class went, for who led it: everybody, and the questions that went worst first."""

    session: int
    rounds: int
    pupils: tuple[PupilSummary, ...]
    hardest: tuple[HardQuestion, ...]
    group: bool


# Whether a pupil sits in the class, left it, or was put out.
Presence = Literal["here", "away", "out"]


@dataclass(frozen=True, slots=True)
class PupilLine:
    """One pupil in the list of a class; the real name is empty where it is not known."""

    pupil: int
    nickname: str
    real_name: str
    presence: Presence


@dataclass(frozen=True, slots=True)
class PupilList:
    """Who is in the class, one page. ``message_id`` is the message to change, None for a new one."""

    session: int
    page: int
    pages: int
    pupils: tuple[PupilLine, ...]
    message_id: int | None


@dataclass(frozen=True, slots=True)
class PupilCard:
    """One pupil and what can be done: time, another nickname, out.

    Attributes:
        allowance: percent of a round's time; 0 for all the time this pupil wants.
        message_id: the message to change, None for a new one.
        renaming: whether another nickname is awaited; ``fault`` is why the last one was refused.
    """

    session: int
    pupil: int
    nickname: str
    real_name: str
    presence: Presence
    allowance: int
    right: int
    seen: int
    message_id: int | None
    renaming: bool = False
    fault: NicknameFault = ""


Inviting = Literal["open", "started", "full"]


@dataclass(frozen=True, slots=True)
class HostList:
    """Who leads the class, and the address by which another becomes a co-host.

    Attributes:
        link: the invitation; empty where there is none that is good, or the reader may not invite.
        others: co-hosts, as (person, name): the class can be handed over to them, and they can be removed.
        is_host: whether the reader is the host, who alone can invite, remove and hand over.
        message_id: the message to change, None for a new one.
        inviting: whether a co-host can be invited now; else whether the class has started or has enough of them.
    """

    session: int
    link: str
    host: str
    others: tuple[tuple[int, str], ...]
    is_host: bool
    message_id: int | None = None
    inviting: Inviting = "open"
