"""Group chat of a teacher, pupils and the bot."""

from collections import Counter
from collections.abc import Callable, Iterable

from bot_in_process import BotInProcess
from learner import Learner, visible

from bot.core.classroom import ClassState
from bot.i18n import LANGUAGES
from bot.playground.world import Message, Poll
from bot.playground.world.events import WorldEvent
from bot.store.sessions import ClassSession


class GroupChat:
    """A teacher, who created the group, pupils and the bot. Each action returns the bot's new messages in the group.

    Attributes:
        id: chat id; it changes when the group becomes a supergroup.
        topic: forum topic in which they write; None for General and in a group without topics.
        sent: number of changes in the group by kind, such as "sent" and "edited".
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

    def _count(self, change: WorldEvent) -> None:
        if change.chat_id == self.id:
            self.sent[change.kind] += 1

    async def says(
        self, who: Learner, text: str, *, reply_to: int | None = None, anonymous: bool = False
    ) -> list[Message]:
        """Write in the group."""
        return await self.does(
            lambda: self.world.send_text(
                who.id, self.id, text, thread_id=self.topic, reply_to=reply_to, anonymous=anonymous
            )
        )

    async def starts(self, *choices: str) -> list[Message]:
        """Send ``/quiz`` as the teacher, press the buttons of these choices, and start."""
        await self.says(self.teacher, "/quiz")
        for choice in choices:
            await self.presses(self.teacher, choice)
        return await self.presses(self.teacher, plain_text("setup.start"))

    async def starts_in(self, language: str) -> list[Message]:
        """Send ``/quiz`` as the teacher and press the start button of this language."""
        await self.says(self.teacher, "/quiz")
        return await self.presses(self.teacher, plain_text("setup.start", language))

    async def presses(self, who: Learner, *buttons: str) -> list[Message]:
        """Press buttons by their texts, one right after the other, each in the newest message that has it."""
        found = [self.button(button) for button in buttons]
        return await self.does(lambda: [self.world.press_button(who.id, self.id, one.id, data) for one, data in found])

    async def leads(self, button: str) -> list[Message]:
        """Press a control button as the teacher, two seconds after the last message."""
        await self.bot.advance(seconds=2)
        return await self.presses(self.teacher, button)

    async def vote(self, votes: str) -> list[Message]:
        """Vote in the newest poll, one sign a pupil: ``+`` right, ``-`` wrong, ``.`` no vote."""
        return await self.does(lambda: self.cast(votes))

    def cast(self, votes: str) -> None:
        """Vote as in ``vote``, without waiting for the bot."""
        poll = self.poll()
        wrong = next(place for place in range(len(poll.options)) if place not in poll.correct_option_ids)
        for pupil, sign in zip(self.pupils, votes, strict=False):
            if sign != ".":
                self.world.vote(pupil.id, poll.id, list(poll.correct_option_ids) if sign == "+" else [wrong])

    async def waits(self, **span: float) -> list[Message]:
        """Advance the clock and wait until the bot has handled what is due."""
        before = {message.id for message in self.bot_messages()}
        await self.bot.advance(**span)
        return [message for message in self.bot_messages() if message.id not in before]

    async def does(self, act: Callable[[], object]) -> list[Message]:
        """Run an action, wait until the bot is idle, and return its new messages in the group."""
        before = {message.id for message in self.bot_messages()}
        act()
        await self.bot.wait_until_idle()
        return [message for message in self.bot_messages() if message.id not in before]

    def bot_messages(self) -> list[Message]:
        """Return the bot's messages in the group that it has not deleted."""
        return [one for one in self.world.messages(self.id, self.teacher.id) if one.sender_id == self.world.bot.id]

    def button(self, text: str) -> tuple[Message, str]:
        """Find the newest button with this text; return its message and its callback data."""
        for message in reversed(self.bot_messages()):
            for button in (one for row in message.inline_keyboard for one in row):
                if visible(button["text"]) == text:
                    return message, button["callback_data"]
        raise AssertionError(f"there is no button {text!r}")

    def polls(self) -> list[Poll]:
        """Return the polls in the group, oldest first."""
        return [self.world.polls[one.content.poll_id] for one in self.bot_messages() if one.content.poll_id]

    def poll(self) -> Poll:
        """Return the newest poll."""
        return self.polls()[-1]

    def sessions(self) -> list[ClassSession]:
        """Return the open quizzes of the group."""
        with self.bot.database.transaction() as unit:
            rows = unit.live_classes.all_open_in(self.id)
            found = [unit.sessions.find_class(row.id) for row in rows]
            return [session for session in found if session]

    def state(self) -> ClassState:
        """Return the state of the one open quiz."""
        (session,) = self.sessions()
        return session.state

    def toasts(self, who: Learner) -> list[str]:
        """Return the bot's answers to a person's button presses."""
        return who.toasts()


def plain_text(key: str, language: str = "en", **values: object) -> str:
    """Return a text of the bot without markup, such as that of a button."""
    return LANGUAGES[language].plain(key, **values)
