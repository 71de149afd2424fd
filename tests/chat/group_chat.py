"""A group of people with the bot in it: they write, press, vote, and read what the bot says there."""

from collections import Counter
from collections.abc import Callable, Iterable

from bot_in_process import BotInProcess
from learner import Learner, read

from bot.core.classroom import Classroom
from bot.i18n import LANGUAGES
from bot.playground.world import Message, Poll
from bot.playground.world.events import Change
from bot.store.sessions import ClassSession


class GroupChat:
    """A teacher, who made the group, and pupils. Whatever somebody does gives what the bot answers in the group.

    Attributes:
        id: the chat's, which changes when the group becomes a supergroup.
        topic: the topic of a forum in which they write; None for General, and where there are no topics.
    """

    def __init__(self, bot: BotInProcess, pupils: Iterable[str] = ("Ben", "Cyd"), *, forum: bool = False) -> None:
        self.bot = bot
        self.world = bot.world
        self.teacher = Learner(bot, "Tess")
        self.pupils = [Learner(bot, name) for name in pupils]
        self.sent: Counter[str] = Counter()
        everybody = [self.teacher.id, *(pupil.id for pupil in self.pupils)]
        self.id = self.world.create_group("9B", everybody, forum=forum).id
        self.topic: int | None = None
        self.world.subscribe(self._count)

    def _count(self, change: Change) -> None:
        if change.chat_id == self.id:
            self.sent[change.what] += 1

    async def says(
        self, who: Learner, text: str, *, reply_to: int | None = None, anonymous: bool = False
    ) -> list[Message]:
        """Write in the group."""
        return await self.does(
            lambda: self.world.say(who.id, self.id, text, thread_id=self.topic, reply_to=reply_to, anonymous=anonymous)
        )

    async def starts(self, *choices: str) -> list[Message]:
        """Let the teacher send ``/quiz``, choose by buttons, and start."""
        await self.says(self.teacher, "/quiz")
        for choice in choices:
            await self.presses(self.teacher, choice)
        return await self.presses(self.teacher, plain_text("setup.start"))

    async def starts_in(self, language: str) -> list[Message]:
        """Do the same in another language, without choosing anything."""
        await self.says(self.teacher, "/quiz")
        return await self.presses(self.teacher, plain_text("setup.start", language))

    async def presses(self, who: Learner, *buttons: str) -> list[Message]:
        """Press buttons, by their texts, one right after the other; the newest message with such a button counts."""
        found = [self.button(button) for button in buttons]
        return await self.does(lambda: [self.world.press(who.id, self.id, one.id, data) for one, data in found])

    async def leads(self, button: str) -> list[Message]:
        """Let the teacher read for a while, and press a control button."""
        await self.bot.advance(seconds=2)
        return await self.presses(self.teacher, button)

    async def vote(self, votes: str) -> list[Message]:
        """Let the pupils vote in the newest poll: ``+`` rightly, ``-`` wrongly, ``.`` not at all, one sign a pupil."""
        return await self.does(lambda: self.cast(votes))

    def cast(self, votes: str) -> None:
        """Do the same, and wait for nothing."""
        poll = self.poll()
        wrong = next(place for place in range(len(poll.options)) if place not in poll.correct)
        for pupil, sign in zip(self.pupils, votes, strict=False):
            if sign != ".":
                self.world.vote(pupil.id, poll.id, list(poll.correct) if sign == "+" else [wrong])

    async def waits(self, **span: float) -> list[Message]:
        """Let time pass, and what is due happen."""
        before = {message.id for message in self.said()}
        await self.bot.advance(**span)
        return [message for message in self.said() if message.id not in before]

    async def does(self, act: Callable[[], object]) -> list[Message]:
        """Do anything; give the bot's new messages in the group when it has nothing more to say."""
        before = {message.id for message in self.said()}
        act()
        await self.bot.wait_until_idle()
        return [message for message in self.said() if message.id not in before]

    def said(self) -> list[Message]:
        """Give what the bot said in the group and did not take away."""
        return [one for one in self.world.messages(self.id, self.teacher.id) if one.sender_id == self.world.bot.id]

    def button(self, text: str) -> tuple[Message, str]:
        """Find the newest button with this text: its message and its data."""
        for message in reversed(self.said()):
            for button in (one for row in message.inline_keyboard for one in row):
                if read(button["text"]) == text:
                    return message, button["callback_data"]
        raise AssertionError(f"there is no button {text!r}")

    def polls(self) -> list[Poll]:
        """Give the polls that stand in the group, the oldest first."""
        return [self.world.polls[one.content.poll_id] for one in self.said() if one.content.poll_id]

    def poll(self) -> Poll:
        """Give the newest poll."""
        return self.polls()[-1]

    def sessions(self) -> list[ClassSession]:
        """Give the quizzes under way in the group."""
        with self.bot.database.transaction() as unit:
            rooms = unit.rooms.all_open_in(self.id)
            found = [unit.sessions.classroom(room.id) for room in rooms]
            return [session for session in found if session]

    def state(self) -> Classroom:
        """Give where the one quiz under way stands."""
        (session,) = self.sessions()
        return session.state

    def toasts(self, who: Learner) -> list[str]:
        """Give what somebody's presses were answered with."""
        return who.toasts()


def plain_text(key: str, language: str = "en", **values: object) -> str:
    """Give a plain text of the bot, such as that of a button."""
    return LANGUAGES[language].plain(key, **values)
