"""A person who talks with the bot: writes, presses, votes, and reads what the bot says."""

import re
from collections.abc import Callable, Container
from dataclasses import replace
from html import unescape

from bot_in_process import BotInProcess

from bot.core.question import Question
from bot.i18n import LANGUAGES
from bot.playground.world import Message, Poll
from bot.store.sessions import QuizSession

_MARKS = re.compile(r"<[^>]*>")


_UNSEEN = str.maketrans("", "", "\u2060\u2068\u2069")


def words(key: str, language: str = "en", **values: object) -> str:
    """Return a text of the bot as a person reads it: without marks, isolates and joiners."""
    return read(unescape(_MARKS.sub("", LANGUAGES[language].html(key, **values)))).strip()


def read(text: str) -> str:
    """Return what a person reads of a text: neither isolates of names nor joiners that break links are seen."""
    return text.translate(_UNSEEN)


def text_of(message: Message) -> str:
    """Return what a person reads of a message; nothing for a poll."""
    return read(sent_in(message))


def sent_in(message: Message) -> str:
    """Return the text of a message character by character; nothing for a poll."""
    return message.content.text.text if message.content.text else ""


def marked_in(message: Message, kind: str) -> list[str]:
    """Give the pieces of a message that are marked, e.g. ``bold``."""
    said = message.content.text
    assert said is not None
    text = said.text.encode("utf-16-le")
    spans = [(one.offset * 2, (one.offset + one.length) * 2) for one in said.entities if one.type == kind]
    return [text[start:end].decode("utf-16-le") for start, end in spans]


def buttons_of(message: Message) -> list[str]:
    """Give the texts of a message's buttons."""
    return [read(button["text"]) for row in message.inline_keyboard for button in row]


def _is_question(message: Message) -> bool:
    """Say whether a message puts a question, in whatever language: it can be skipped."""
    return any(button["callback_data"].startswith("skip:") for row in message.inline_keyboard for button in row)


class Learner:
    """One person in a private chat with the bot. Whatever the person does gives what the bot answers to it."""

    def __init__(self, bot: BotInProcess, name: str = "Ann", language: str = "en") -> None:
        self.bot = bot
        self.world = bot.world
        self.id = bot.world.add_person(name, language_code=language).id

    def renames(self, name: str) -> None:
        """Take another first name."""
        self.world.people[self.id] = replace(self.world.people[self.id], first_name=name)

    def switches(self, language: str) -> None:
        """Set Telegram to another language."""
        self.world.people[self.id] = replace(self.world.people[self.id], language_code=language)

    async def says(self, text: str) -> list[Message]:
        """Write."""
        return await self.does(lambda: self.world.send_text(self.id, self.id, text))

    async def presses(self, *buttons: str) -> list[Message]:
        """Press buttons, by their texts, one right after the other, before the bot can answer."""
        found = [self.button(button) for button in buttons]
        return await self.does(
            lambda: [self.world.press_button(self.id, self.id, message.id, data) for message, data in found]
        )

    async def presses_forged(self, data: str) -> list[Message]:
        """Press a button that the bot never made."""
        message = self.messages()[-1]
        message.reply_markup = {"inline_keyboard": [[{"text": "?", "callback_data": data}]]}
        return await self.does(lambda: self.world.press_button(self.id, self.id, message.id, data))

    async def votes(self, *options: str) -> list[Message]:
        """Choose options, by their texts, in the newest poll."""
        poll = self.poll()
        texts = [option.text.text for option in poll.options]
        return await self.votes_in(poll, *(texts.index(option) for option in options))

    async def votes_in(self, poll: Poll, *options: int) -> list[Message]:
        """Choose options, by their places, in any poll."""
        return await self.does(lambda: self.world.vote(self.id, poll.id, list(options)))

    async def answers(self, *, rightly: bool = True) -> list[Message]:
        """Answer the open question."""
        newest = next(message for message in reversed(self.messages()) if _is_question(message))
        if newest.content.poll_id:
            poll = self.world.polls[newest.content.poll_id]
            wrong = next(place for place in range(len(poll.options)) if place not in poll.correct_option_ids)
            return await self.votes_in(poll, *(poll.correct_option_ids if rightly else (wrong,)))
        return await self.says(self.question().kind.solution()[0] if rightly else "1")

    async def takes_quiz(self, command: str, wrongly: Container[int] = ()) -> Message:
        """Take a whole quiz, rounds counted from 1; give the result."""
        await self.says(command)
        while quiz := self.quiz():
            await self.answers(rightly=quiz.state.round not in wrongly)
        return self.messages()[-1]

    async def does(self, act: Callable[[], object]) -> list[Message]:
        """Do anything; give the bot's new messages when it has nothing more to say."""
        last = max((message.id for message in self.messages()), default=0)
        act()
        await self.bot.wait_until_idle()
        return [one for one in self.messages() if one.id > last and one.sender_id == self.world.bot.id]

    def messages(self) -> list[Message]:
        """Give all that stands in the chat."""
        return self.world.messages(self.id, self.id)

    def polls(self) -> list[Poll]:
        """Give the polls in the chat, oldest first."""
        return [self.world.polls[one.content.poll_id] for one in self.messages() if one.content.poll_id]

    def poll(self) -> Poll:
        """Give the newest poll."""
        return self.polls()[-1]

    def button(self, text: str) -> tuple[Message, str]:
        """Find the newest button with this text: its message and its data."""
        for message in reversed(self.messages()):
            for button in (one for row in message.inline_keyboard for one in row):
                if read(button["text"]) == read(text):
                    return message, button["callback_data"]
        raise AssertionError(f"there is no button {text!r}")

    def toasts(self) -> list[str]:
        """Give what every press was answered with; None among them would be a button that spins for ever."""
        presses = [query for query in self.world.queries.values() if query.person_id == self.id]
        return [query.answer.text if query.answer else "(spins for ever)" for query in presses]

    def quiz(self) -> QuizSession | None:
        """Give the quiz that is open or waits."""
        with self.bot.database.transaction() as unit:
            person = unit.persons.find(self.id)
            return unit.sessions.quiz(person.session_id) if person and person.session_id is not None else None

    def question(self) -> Question:
        """Give the open question."""
        quiz = self.quiz()
        assert quiz is not None
        asked = quiz.state.questions[quiz.state.round - 1]
        return next(question for question in self.bot.bank.questions if question.id == asked)

    def marks(self) -> dict[str, bool]:
        """Give how each question answered so far was marked last, by its id."""
        with self.bot.database.transaction() as unit:
            return {question: known.last_right for question, known in unit.answers.progress(self.id).items()}
