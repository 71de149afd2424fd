"""Messages of a live quiz in a group: at most two for each round, whatever the size of the group."""

from dataclasses import dataclass

from bot.app.commands.classroom import ClassPlan
from bot.app.messages.classroom import Controls, Tally
from bot.app.messages.lesson import AnswerExplanation
from bot.app.messages.solo import TopicOffer
from bot.core.prompt import ChoicePrompt, TrueFalsePrompt
from bot.core.standings import Standing


@dataclass(frozen=True, slots=True)
class GroupSetup:
    """The choices for a quiz in a group.

    Attributes:
        message_id: the message to edit; None for a new one.
        unchecked: whether the bot cannot check who votes, because it does not administer the group.
    """

    thread_id: int | None
    topics: tuple[TopicOffer, ...]
    plan: ClassPlan
    message_id: int | None = None
    unchecked: bool = False


@dataclass(frozen=True, slots=True)
class GroupChosen:
    """The final choice, which replaces the message that offered it. An empty topic means all topics mixed."""

    message_id: int
    topic: str
    plan: ClassPlan
    count: int


@dataclass(frozen=True, slots=True)
class GroupNotice:
    """A plain text in a group, by the name of the text; ``name`` is filled in if the text has such a field.

    ``reply_to`` is the message that it answers; in the comments on a channel's post that keeps it in the thread.
    """

    thread_id: int | None
    text: str
    name: str = ""
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class GroupQuizWaits:
    """The notice that a quiz is under way in the group, with its controls."""

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
    """The counts of the first vote, by ``answered`` people, without the right answer; it replaces the poll."""

    thread_id: int | None
    message_id: int | None
    stem: str
    statement: bool
    tally: Tally
    controls: Controls
    answered: int = 0


@dataclass(frozen=True, slots=True)
class GroupReveal:
    """The right answer of a closed round, whose poll is stopped.

    Attributes:
        message_id: the message with the poll; None if Telegram never accepted it.
        first, last: the counts of the votes; ``first`` is None without a discussion.
        standings: the top of the standings, every few rounds; else empty.
        quiet: whether the quiz is paused now because nobody answered.
        more: number of others who share the last place shown.
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
    """The result of a quiz in a group: the top of the standings; ``more`` others share the last place shown."""

    session: int
    thread_id: int | None
    rounds: int
    people: int
    standings: tuple[Standing, ...]
    bonus: bool
    more: int = 0


@dataclass(frozen=True, slots=True)
class LookUp:
    """A question to Telegram, not a message: who administers a group?"""

    chat_id: int


@dataclass(frozen=True, slots=True)
class MemberCheck:
    """A question to Telegram, not a message: is a voter a member of the group?"""

    session: int
    person: int
