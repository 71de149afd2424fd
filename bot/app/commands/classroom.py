"""What is asked around a live class: by who leads it, by who takes part, and by what happens to its group."""

from dataclasses import dataclass
from enum import StrEnum

from bot.app.commands.base import Command


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a group.

    Attributes:
        chat_id, thread_id: the group, and its forum topic if it has topics.
        anonymous: whether somebody speaks in the name of the group: an administrator whom Telegram does not name.
    """

    chat_id: int
    thread_id: int | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """What is chosen for a class.

    Attributes:
        topic: the id of a topic; empty for mixed.
        count: how many questions.
        seconds: how long a round lasts; 0 where the teacher says when.
        bonus: whether quick right answers earn more.
        asks_names: whether pupils are asked for their real names; never in a group.
    """

    topic: str = ""
    count: int = 10
    seconds: int = 30
    bonus: bool = False
    asks_names: bool = False


class Control(StrEnum):
    """What who leads a class may do; the values stand in the buttons' data."""

    START = "start"
    CLOSE = "close"
    NEXT = "next"
    PAUSE = "pause"
    RESUME = "resume"
    MORE = "more"
    SKIP = "skip"
    DISCUSS = "discuss"
    ASK_END = "end"
    END = "endnow"
    KEEP = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlClass(Command):
    """A control button of a class.

    Attributes:
        round: the round that the button was made for; one made for another does nothing.
        spot: the group in which it was pressed; None in private.
    """

    session: int
    round: int
    control: Control
    spot: Spot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpGroupQuiz(Command):
    """Let me choose a quiz for this group. ``plan`` is what is chosen so far, None before the first choice."""

    spot: Spot
    plan: ClassPlan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginGroupQuiz(Command):
    """Start this quiz in the group; one message starts one."""

    spot: Spot
    plan: ClassPlan
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseGroupQuiz(Command):
    """Pause the quiz in this group."""

    spot: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowLeader(Command):
    """Let somebody lead quizzes in this group; ``person`` is None where nobody was named."""

    spot: Spot
    person: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterGroup(Command):
    """The bot was let into a group, as an administrator or not, or put out of it (``inside`` is False)."""

    spot: Spot
    inside: bool
    administers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRole(Command):
    """The bot became an administrator of its group, or is none any more."""

    spot: Spot
    administers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrateGroup(Command):
    """A group became a supergroup and has another id now."""

    old: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpClass(Command):
    """Let me choose a class over a link.

    Attributes:
        plan: what is chosen so far; None before the first choice.
        afresh: whether I want another, though I lead one already.
    """

    plan: ClassPlan | None = None
    afresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClass(Command):
    """Open this class and give me its link; one message opens one."""

    plan: ClassPlan
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinClass(Command):
    """Let me into the class with this code, as it was typed or came with a link; empty where I was not told one yet."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinAsHost(Command):
    """Let me lead a class with others, by this invitation."""

    invitation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeNickname(Command):
    """Call me by the nickname that was offered."""

    session: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveClass(Command):
    """Let me out of my class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPupils(Command):
    """Show me who is in the class, page by page, from 0. ``page`` is None for a new list."""

    session: int
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPupil(Command):
    """Show me one pupil and what I can do for them."""

    pupil: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAllowance(Command):
    """Give this pupil so many percent of a round's time; 0 for all the time they want."""

    pupil: int
    allowance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamePupil(Command):
    """Let me write another nickname for this pupil."""

    pupil: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePupil(Command):
    """Put this pupil out of the class."""

    pupil: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadmitPupil(Command):
    """Let a pupil who was put out come back."""

    pupil: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowHosts(Command):
    """Show me who leads this class, and how others can."""

    session: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Command):
    """Make this co-host the host."""

    session: int
    person: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveHost(Command):
    """Make this co-host lead the class no longer."""

    session: int
    person: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewInvitation(Command):
    """Make a new invitation for a co-host; the one before is good no longer."""

    session: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowControls(Command):
    """Give me the controls of my class in a new message."""

    session: int
