"""Messages to the hosts of a live class."""

from dataclasses import dataclass
from typing import Literal

from bot.app.commands.classroom import ClassPlan
from bot.app.messages.classroom import Controls, NicknameFault
from bot.app.messages.solo import TopicOffer


@dataclass(frozen=True, slots=True)
class ClassSetup:
    """The choices for a class over a link. ``message_id`` is the message to edit; None for a new one."""

    topics: tuple[TopicOffer, ...]
    plan: ClassPlan
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class ListedClass:
    """One of the classes that a person leads.

    Attributes:
        topic: the title of its topic; empty for all topics mixed.
        round: the open or last closed round; 0 before the first. ``of`` is the number of rounds.
    """

    session: int
    topic: str
    code: str
    round: int
    of: int


@dataclass(frozen=True, slots=True)
class ClassUnderWay:
    """The notice that the person leads classes already.

    Attributes:
        classes: the newest first; empty if there is only one, whose controls follow.
        more: number of further classes that are not listed.
        most: the maximum of open classes, if it is reached; 0 if the person can open another.
    """

    classes: tuple[ListedClass, ...] = ()
    more: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class BoardOffered:
    """The address of the board of a quiz in a group, for the person who began it."""

    link: str


@dataclass(frozen=True, slots=True)
class ClassOpened:
    """The code and link of a class that was opened.

    Attributes:
        code: the code for joining; ``link`` is the address with the code, which the QR picture contains.
        board: the address of the board; empty if no boards are served.
        message_id: the message with the choices, which is replaced by the final ones.
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
    """An option of a question with its votes.

    Attributes:
        text: its text; ``true`` or ``false`` for a statement.
        first, last: number of people who chose it in the first and the last vote; None before that vote is closed, and
            ``first`` is None without a discussion.
        right: whether it is right; None while hidden.
    """

    text: str
    first: int | None
    last: int | None
    right: bool | None


@dataclass(frozen=True, slots=True)
class VoteShown:
    """The current question of a class, with the counts of its closed votes.

    Attributes:
        statement: whether it is a statement that is true or false.
        options: in the order in which they were shown; empty while a vote is open, and if the answer is written.
        solution: the right answer or answers; empty while hidden.
        right, answered: number of right answers and of all answers, once the round is closed.
    """

    stem: str
    statement: bool
    options: tuple[OptionVotes, ...]
    solution: tuple[str, ...]
    right: int
    answered: int


@dataclass(frozen=True, slots=True)
class ClassControls:
    """The control message of a host.

    Attributes:
        message_id: the message to edit; None for a new one.
        answered, asked: number of pupils who answered the open round, and who were asked.
        here: number of pupils who are present.
        names: in the lobby, the nicknames of the pupils who joined last.
        quiet: whether the class is paused because nobody answered.
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
    """One pupil's result, for the hosts; the real name is empty if unknown."""

    nickname: str
    real_name: str
    right: int
    seen: int


@dataclass(frozen=True, slots=True)
class HardQuestion:
    """A question of the class with the number of its right answers and of all answers."""

    stem: str
    right: int
    answered: int


@dataclass(frozen=True, slots=True)
class ClassSummary:
    """The result of a class for the hosts: all pupils, and the hardest questions, the worst first."""

    session: int
    rounds: int
    pupils: tuple[PupilSummary, ...]
    hardest: tuple[HardQuestion, ...]
    group: bool


# Whether a pupil is in the class, left it, or was removed.
Presence = Literal["here", "away", "out"]


@dataclass(frozen=True, slots=True)
class PupilLine:
    """One pupil in the list of a class; the real name is empty if unknown."""

    pupil: int
    nickname: str
    real_name: str
    presence: Presence


@dataclass(frozen=True, slots=True)
class PupilList:
    """One page of the pupils of a class. ``message_id`` is the message to edit; None for a new one."""

    session: int
    page: int
    pages: int
    pupils: tuple[PupilLine, ...]
    message_id: int | None


@dataclass(frozen=True, slots=True)
class PupilCard:
    """One pupil, with buttons for more time, a new nickname, and removal.

    Attributes:
        allowance: percentage of a round's time; 0 for unlimited time.
        message_id: the message to edit; None for a new one.
        renaming: whether a new nickname is expected; ``fault`` is why the last one was refused.
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
    """The hosts of a class, and the invitation for a co-host.

    Attributes:
        link: the address of the invitation; empty if none is valid, or the reader may not invite.
        others: the co-hosts as (person, name); the class can be handed over to them, and they can be removed.
        is_host: whether the reader is the host; only the host can invite, remove and hand over.
        message_id: the message to edit; None for a new one.
        inviting: ``open`` if a co-host can be invited, else why not: the class has started, or has the maximum of
            co-hosts (``full``).
    """

    session: int
    link: str
    host: str
    others: tuple[tuple[int, str], ...]
    is_host: bool
    message_id: int | None = None
    inviting: Inviting = "open"
