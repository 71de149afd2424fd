"""What is told to who leads a live class."""

from dataclasses import dataclass

from bot.app.commands.classroom import ClassPlan
from bot.app.messages.classroom import Controls
from bot.app.messages.solo import TopicOffer


@dataclass(frozen=True, slots=True)
class ClassSetup:
    """The choice of a class over a link. ``message_id`` is the message to change, None for a new one."""

    topics: tuple[TopicOffer, ...]
    plan: ClassPlan
    message_id: int | None = None


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
class ClassControls:
    """The control message of who leads a class.

    Attributes:
        message_id: the message to change, None for a new one.
        answered, asked: how many answered the open round, of how many who were given it.
        here: how many are in the class.
        names: in the lobby, the nicknames of those who came last.
        quiet: whether the class waits because nobody answered.
        vote: how the last vote went, where options were chosen; ``right`` of ``answered_last`` were right.
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
    right: int
    answered_last: int
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


@dataclass(frozen=True, slots=True)
class PupilList:
    """Who is in the class, one page: pupils as (number, what the teacher reads)."""

    session: int
    page: int
    pages: int
    pupils: tuple[tuple[int, str], ...]
    message_id: int | None


@dataclass(frozen=True, slots=True)
class PupilCard:
    """One pupil and what can be done: time, another nickname, out. ``renaming`` while a nickname is awaited."""

    session: int
    pupil: int
    nickname: str
    real_name: str
    allowance: int
    right: int
    seen: int
    message_id: int | None
    renaming: bool = False


@dataclass(frozen=True, slots=True)
class HostList:
    """Who leads the class, and the address by which another becomes a co-host.

    Attributes:
        others: co-hosts to whom it can be handed over, as (person, name).
        is_host: whether the reader is the host, who alone can hand over.
    """

    session: int
    link: str
    host: str
    others: tuple[tuple[int, str], ...]
    is_host: bool
