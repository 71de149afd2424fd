"""Commands around live classes: from hosts, from pupils, and from changes of a group."""

from dataclasses import dataclass
from enum import StrEnum

from bot.app.commands.base import Command


@dataclass(frozen=True, slots=True)
class Spot:
    """A group, or a forum topic of it, in which a command was given.

    Attributes:
        chat_id, thread_id: the group, and the forum topic if it has topics.
        anonymous: whether the message was sent in the name of the group, by an administrator whom Telegram hides.
    """

    chat_id: int
    thread_id: int | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """The choices for a live class.

    Attributes:
        topic: the id of a topic; empty for all topics mixed.
        count: the number of questions.
        seconds: the time limit of a round; 0 if the teacher ends it.
        bonus: whether quick right answers earn more points.
        asks_names: whether pupils are asked for their real names; never in a group.
    """

    topic: str = ""
    count: int = 10
    seconds: int = 30
    bonus: bool = False
    asks_names: bool = False


class Control(StrEnum):
    """The control buttons of a live class; the values are part of the buttons' callback data."""

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
    """A press of a control button of a class.

    Attributes:
        round: the round for which the button was created; it does nothing in another round.
        spot: the group in which it was pressed; None in private.
    """

    session: int
    round: int
    control: Control
    spot: Spot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpGroupQuiz(Command):
    """Request to choose a quiz for this group. ``plan`` has the choices so far; None before the first choice."""

    spot: Spot
    plan: ClassPlan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginGroupQuiz(Command):
    """Request to begin this quiz in the group; each message begins at most one."""

    spot: Spot
    plan: ClassPlan
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseGroupQuiz(Command):
    """Request to pause the quiz in this group."""

    spot: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowLeader(Command):
    """Request to allow a person to lead quizzes in this group, or to forbid it; ``person`` is None if none is named."""

    spot: Spot
    person: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterGroup(Command):
    """The bot was added to a group, as an administrator or not, or removed from it (``inside`` is False)."""

    spot: Spot
    inside: bool
    administers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRole(Command):
    """The bot became an administrator of its group, or is no longer one."""

    spot: Spot
    administers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrateGroup(Command):
    """A group became a supergroup, with a new chat id."""

    old: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpClass(Command):
    """Request to choose a class over a link.

    Attributes:
        plan: the choices so far; None before the first choice.
        afresh: whether the person wants another class although they lead one already.
    """

    plan: ClassPlan | None = None
    afresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClass(Command):
    """Request to open this class and to get its link; each message opens at most one."""

    plan: ClassPlan
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinClass(Command):
    """Request to join the class with this code, as typed or from a link; empty if no code was given."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinAsHost(Command):
    """Request to become a co-host by this invitation."""

    invitation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeNickname(Command):
    """Acceptance of the offered nickname."""

    session: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveClass(Command):
    """Request to leave the class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPupils(Command):
    """Request for a page of the pupils of a class, counted from 0. ``page`` is None for a new list."""

    session: int
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPupil(Command):
    """Request to show one pupil, with buttons for what a host can do."""

    pupil: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAllowance(Command):
    """Request to allow this pupil a percentage of a round's time; 0 for unlimited time."""

    pupil: int
    allowance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamePupil(Command):
    """Request to write a new nickname for this pupil."""

    pupil: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePupil(Command):
    """Request to remove this pupil from the class."""

    pupil: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadmitPupil(Command):
    """Request to allow a removed pupil to rejoin."""

    pupil: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowHosts(Command):
    """Request for the list of hosts of a class, with an invitation for the host."""

    session: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Command):
    """Request to make this co-host the host."""

    session: int
    person: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveHost(Command):
    """Request to remove this co-host."""

    session: int
    person: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewInvitation(Command):
    """Request for a new invitation for a co-host; the previous one becomes invalid."""

    session: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowControls(Command):
    """Request for the controls of a class in a new message."""

    session: int
