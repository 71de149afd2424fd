"""What is told in a group where a quiz is live: at most two messages a round, whatever the size of the group."""

from dataclasses import dataclass

from bot.app.commands.classroom import ClassPlan
from bot.app.messages.classroom import Controls, Tally
from bot.app.messages.lesson import AnswerExplanation
from bot.app.messages.solo import TopicOffer
from bot.core.prompt import ChoicePrompt, TrueFalsePrompt
from bot.core.standings import Standing


@dataclass(frozen=True, slots=True)
class GroupSetup:
    """The choice of a quiz for a group.

    Attributes:
        message_id: the message to change; None for a new one.
        unchecked: whether the bot cannot check who votes, because it does not administer the group.
    """

    thread_id: int | None
    topics: tuple[TopicOffer, ...]
    plan: ClassPlan
    message_id: int | None = None
    unchecked: bool = False


@dataclass(frozen=True, slots=True)
class GroupChosen:
    """The choice was made: the message that offered it now only tells it. An empty topic is mixed."""

    message_id: int
    topic: str
    plan: ClassPlan
    count: int


@dataclass(frozen=True, slots=True)
class GroupNotice:
    """A plain sentence in a group, by the name of its text; ``name`` is put into it where it has one.

    ``reply_to`` is the message that it answers, so that it stands among the comments on a post where that one does.
    """

    thread_id: int | None
    text: str
    name: str = ""
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class GroupQuizWaits:
    """A quiz is under way in the group: its controls again."""

    thread_id: int | None
    of: int
    controls: Controls


@dataclass(frozen=True, slots=True)
class GroupPoll:
    """The question of a round, for a whole group."""

    session: int
    round: int
    of: int
    thread_id: int | None
    stem: str
    prompt: ChoicePrompt | TrueFalsePrompt
    why: str
    seconds: int
    controls: Controls


@dataclass(frozen=True, slots=True)
class GroupDiscussion:
    """The first vote is over and the question taken away: how ``answered`` people voted, without what is right."""

    thread_id: int | None
    message_id: int | None
    stem: str
    statement: bool
    tally: Tally
    controls: Controls
    answered: int = 0


@dataclass(frozen=True, slots=True)
class GroupReveal:
    """A round is closed: its poll is stopped, and what was right is told.

    Attributes:
        message_id: the message with the poll; None where Telegram never took it.
        first, last: how the votes went; ``first`` is None without a discussion.
        standings: the best so far, every few rounds; else empty.
        quiet: whether the quiz now waits because nobody answered.
        more: how many others share the last place shown.
    """

    thread_id: int | None
    message_id: int | None
    round: int
    of: int
    lesson: AnswerExplanation
    right: int
    answered: int
    first: Tally | None
    last: Tally
    standings: tuple[Standing, ...]
    bonus: bool
    quiet: bool
    controls: Controls
    more: int = 0


@dataclass(frozen=True, slots=True)
class GroupResult:
    """The quiz in the group is over: the best, how many others share the last of those places, how many took part."""

    session: int
    thread_id: int | None
    rounds: int
    people: int
    standings: tuple[Standing, ...]
    bonus: bool
    more: int = 0


@dataclass(frozen=True, slots=True)
class LookUp:
    """No message: Telegram is asked who administers a group."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class MemberCheck:
    """No message: Telegram is asked whether somebody who voted in a quiz is in its group."""

    session: int
    person: int
