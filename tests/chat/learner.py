"""A learner in a private chat: writes, presses buttons, votes, and reads the bot's messages."""

import re
from collections.abc import Callable, Container
from dataclasses import replace
from html import unescape

from bot_in_process import BotInProcess

from bot.core.question import Question
from bot.i18n import LANGUAGES
from bot.playground.world import Message, Poll
from bot.store.sessions import SoloSession

_TAGS = re.compile(r"<[^>]*>")
# Word joiner, first strong isolate, pop directional isolate.
_INVISIBLE = str.maketrans("", "", "\u2060\u2068\u2069")


def words(key: str, language: str = "en", **values: object) -> str:
    """Return a text of the bot as a person sees it: without HTML tags, isolates and joiners."""
    return visible(unescape(_TAGS.sub("", LANGUAGES[language].html(key, **values)))).strip()


def visible(text: str) -> str:
    """Return the visible part of a text: without the isolates around names and the joiners that break links."""
    return text.translate(_INVISIBLE)


def text_of(message: Message) -> str:
    """Return the visible text of a message; empty for a poll."""
    return visible(raw_text_of(message))


def raw_text_of(message: Message) -> str:
    """Return the text of a message with its invisible characters; empty for a poll."""
    return message.content.text.text if message.content.text else ""


def entity_texts(message: Message, kind: str) -> list[str]:
    """Return the parts of a message that are formatted in a way, e.g. ``bold``."""
    formatted = message.content.text
    assert formatted is not None
    # The Bot API counts offsets in UTF-16 code units of two bytes.
    text = formatted.text.encode("utf-16-le")
    spans = [(one.offset * 2, (one.offset + one.length) * 2) for one in formatted.entities if one.type == kind]
    return [text[start:end].decode("utf-16-le") for start, end in spans]


def buttons_of(message: Message) -> list[str]:
    """Return the texts of a message's buttons."""
    return [visible(button["text"]) for row in message.inline_keyboard for button in row]


def _is_question(message: Message) -> bool:
    """Return whether a message asks a question, in any language: it has a button to skip it."""
    return any(button["callback_data"].startswith("skip:") for row in message.inline_keyboard for button in row)


class Learner:
    """One person in a private chat with the bot. Each action returns the messages with which the bot replies."""

    def __init__(self, bot: BotInProcess, name: str = "Ann", language: str = "en") -> None:
        self.bot = bot
        self.world = bot.world
        self.id = bot.world.add_person(name, language_code=language).id

    def renames(self, name: str) -> None:
        """Change the first name."""
        self.world.people[self.id] = replace(self.world.people[self.id], first_name=name)

    def switches(self, language: str) -> None:
        """Switch Telegram to another language."""
        self.world.people[self.id] = replace(self.world.people[self.id], language_code=language)

    async def says(self, text: str) -> list[Message]:
        """Send a text."""
        return await self.does(lambda: self.world.send_text(self.id, self.id, text))

    async def presses(self, *buttons: str) -> list[Message]:
        """Press buttons, by their texts, one after the other, before the bot can reply."""
        found = [self.button(button) for button in buttons]
        return await self.does(
            lambda: [self.world.press_button(self.id, self.id, message.id, data) for message, data in found]
        )

    async def presses_forged(self, data: str) -> list[Message]:
        """Press a button that the bot did not create."""
        message = self.messages()[-1]
        message.reply_markup = {"inline_keyboard": [[{"text": "?", "callback_data": data}]]}
        return await self.does(lambda: self.world.press_button(self.id, self.id, message.id, data))

    async def votes(self, *options: str) -> list[Message]:
        """Choose options, by their texts, in the newest poll."""
        poll = self.poll()
        texts = [option.text.text for option in poll.options]
        return await self.votes_in(poll, *(texts.index(option) for option in options))

    async def votes_in(self, poll: Poll, *options: int) -> list[Message]:
        """Choose options, by their indices, in any poll."""
        return await self.does(lambda: self.world.vote(self.id, poll.id, list(options)))

    async def answers(self, *, rightly: bool = True) -> list[Message]:
        """Answer the open question."""
        newest = next(message for message in reversed(self.messages()) if _is_question(message))
        if newest.content.poll_id:
            poll = self.world.polls[newest.content.poll_id]
            wrong = next(index for index in range(len(poll.options)) if index not in poll.correct_option_ids)
            return await self.votes_in(poll, *(poll.correct_option_ids if rightly else (wrong,)))
        return await self.says(self.question().kind.solution()[0] if rightly else "1")

    async def takes_quiz(self, command: str, wrongly: Container[int] = ()) -> Message:
        """Complete a quiz, with wrong answers in the given rounds (from 1); return the result message."""
        await self.says(command)
        while quiz := self.quiz():
            await self.answers(rightly=quiz.state.round not in wrongly)
        return self.messages()[-1]

    async def does(self, act: Callable[[], object]) -> list[Message]:
        """Run an action; wait until the bot is idle, and return its new messages."""
        last = max((message.id for message in self.messages()), default=0)
        act()
        await self.bot.wait_until_idle()
        return [one for one in self.messages() if one.id > last and one.sender_id == self.world.bot.id]

    def messages(self) -> list[Message]:
        """Return all messages of the chat."""
        return self.world.messages(self.id, self.id)

    def polls(self) -> list[Poll]:
        """Return the polls in the chat, oldest first."""
        return [self.world.polls[one.content.poll_id] for one in self.messages() if one.content.poll_id]

    def poll(self) -> Poll:
        """Return the newest poll."""
        return self.polls()[-1]

    def button(self, text: str) -> tuple[Message, str]:
        """Find the newest button with this text; return its message and its data."""
        for message in reversed(self.messages()):
            for button in (one for row in message.inline_keyboard for one in row):
                if visible(button["text"]) == visible(text):
                    return message, button["callback_data"]
        raise AssertionError(f"there is no button {text!r}")

    def toasts(self) -> list[str]:
        """Return the answer to each press, in order."""
        presses = [query for query in self.world.queries.values() if query.person_id == self.id]
        return [query.answer.text if query.answer else "(not answered)" for query in presses]

    def quiz(self) -> SoloSession | None:
        """Return the open or paused quiz, if there is one."""
        with self.bot.database.transaction() as unit:
            person = unit.persons.find(self.id)
            return unit.sessions.find_solo(person.session_id) if person and person.session_id is not None else None

    def question(self) -> Question:
        """Return the open question."""
        quiz = self.quiz()
        assert quiz is not None
        asked = quiz.state.questions[quiz.state.round - 1]
        return next(question for question in self.bot.bank.questions if question.id == asked)

    def marks(self) -> dict[str, bool]:
        """Return the last mark of each answered question, by question id."""
        with self.bot.database.transaction() as unit:
            return {question: known.last_right for question, known in unit.answers.progress(self.id).items()}
