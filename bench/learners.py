"""Simulated learners in private chats: they start quizzes, answer what is asked, and note how long the bot took.

They see only what the bot sends. How they tell a question from a result is the contract written in README.md.
"""

import asyncio
import json
from collections import deque
from collections.abc import Iterator
from itertools import count
from random import Random
from typing import NamedTuple

from waiting import Waiting

FIRST_ID = 100_000_000
FIRST_NUMBER = 1_000_000_000
TYPED_ANSWER = "2000"
"""Reads as a word, a number and a year, so every kind of typed question takes it for an answer."""
SETTLE_SECONDS = 0.2
"""How long a learner looks at a message that is no question, in case a question follows, before acting on it."""
PATIENCE_SECONDS = 5.0
"""How long a learner in mid-quiz waits after such a message before asking for a quiz again."""


class Open(NamedTuple):
    """A question that waits for its learner: a poll, or a typed question where the poll id is empty."""

    poll_id: str = ""
    options: tuple[int, ...] = ()


class Habits(NamedTuple):
    """How many learners there are and what they do: the N of their `/quiz N`, and how often they answer wrong (0-1)."""

    learners: int
    quiz_length: int
    wrong_share: float


class Delay(NamedTuple):
    """How long the bot took to come with the next thing, in seconds: since the tap, and since it was given the tap."""

    since_tap: float
    since_given_out: float


class Learner:
    """One person and what is going on in their chat. Times are of the loop's clock; None: nothing of that kind."""

    __slots__ = ("answered", "answers", "given_out_at", "id", "menu", "open", "quiet_since", "tapped_at")

    def __init__(self, person: int) -> None:
        self.id = person
        self.open: Open | None = None
        self.menu: tuple[int, str] | None = None
        self.answered = 0  # in this quiz
        self.answers = 0  # in all
        self.tapped_at: float | None = None
        self.given_out_at: float | None = None
        self.quiet_since: float | None = None

    def note_given_out(self, now: float) -> None:
        """Note that the bot has been given this learner's answer."""
        self.given_out_at = now


class Learners:
    """All learners. While `holding`, questions stay open until released; while `resting`, nobody starts a quiz."""

    def __init__(self, habits: Habits, waiting: Waiting) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting = waiting
        self._quiz_length = habits.quiz_length
        self._wrong_share = habits.wrong_share
        self._dice = Random(1)  # noqa: S311 - mistakes, no secret
        self._learners = {person: Learner(person) for person in range(FIRST_ID, FIRST_ID + habits.learners)}
        self._ready: deque[Learner] = deque()
        self._numbers = count(FIRST_NUMBER)
        self.holding = True
        self.resting = True
        self.offered = 0
        self.answered = 0
        self.impatient = 0
        self.unmet = 0
        self.delays: list[Delay] = []

    @property
    def open(self) -> int:
        """How many learners have a question before them."""
        return len(self._ready)

    def __iter__(self) -> Iterator[Learner]:
        return iter(self._learners.values())

    def number(self) -> int:
        """Give the next number of a message, whoever sends it: in a chat, a later message has a larger number."""
        return next(self._numbers)

    def begin(self, *, holding: bool) -> None:
        """Let everybody ask for a quiz."""
        self.holding, self.resting = holding, False
        for learner in self:
            self._start_quiz(learner)
        self._loop.call_later(PATIENCE_SECONDS / 5, self._lose_patience)

    def rest(self) -> None:
        """Answer and start nothing more; what is on its way still arrives."""
        self.holding = self.resting = True

    def release(self, wanted: int) -> int:
        """Let so many of those with an open question answer it; returns how many there were."""
        released = min(wanted, len(self._ready))
        for _ in range(released):
            self._answer(self._ready.popleft())
        self.unmet += wanted - released
        return released

    def see_poll(self, person: int, poll_id: str, right: tuple[int, ...]) -> None:
        """A quiz poll came, with the numbers of its right options."""
        if (learner := self._learners.get(person)) is not None:
            wrong = (0,) if right != (0,) else (1,)
            options = wrong if self._dice.random() < self._wrong_share else right
            self._see_question(learner, Open(poll_id, options))

    def see_message(self, person: int, message_id: int, markup: str) -> None:
        """A text message came, with its `reply_markup` as JSON text or empty."""
        learner = self._learners.get(person)
        if learner is None or learner.open is not None:
            return
        buttons = callback_buttons(markup)
        if any(button.startswith("skip:") for button in buttons):
            self._see_question(learner, Open())
            return
        learner.menu = (message_id, buttons[0]) if buttons else None
        learner.quiet_since = self._loop.time()
        if learner.answered >= self._quiz_length:
            self._note_arrival(learner)
        self._loop.call_later(SETTLE_SECONDS, self._settle, learner)

    def _see_question(self, learner: Learner, question: Open) -> None:
        self._note_arrival(learner)
        learner.quiet_since = learner.menu = None
        if learner.open is None:
            self._ready.append(learner)
        learner.open = question
        if not self.holding:
            self.release(1)

    def _note_arrival(self, learner: Learner) -> None:
        """Count an answer as dealt with: the bot has come with what follows it."""
        if learner.tapped_at is not None and learner.given_out_at is not None:
            now = self._loop.time()
            self.delays.append(Delay(now - learner.tapped_at, now - learner.given_out_at))
            self.answered += 1
        learner.tapped_at = learner.given_out_at = None

    def _answer(self, learner: Learner) -> None:
        question, learner.open = learner.open, None
        assert question is not None
        learner.tapped_at, learner.given_out_at = self._loop.time(), None
        learner.answered += 1
        learner.answers += 1
        self.offered += 1
        if question.poll_id:
            self._waiting.put("poll_answer", vote(learner.id, question), learner.note_given_out)
        else:
            self._waiting.put("message", self._message(learner.id, TYPED_ANSWER, ""), learner.note_given_out)

    def _start_quiz(self, learner: Learner) -> None:
        learner.answered = 0
        learner.quiet_since = learner.menu = None
        self._waiting.put("message", self.command(learner.id, f"/quiz {self._quiz_length}"))

    def _settle(self, learner: Learner) -> None:
        """Act on a message that no question followed: a result (again!) or a menu (its first button)."""
        if self.resting or learner.quiet_since is None:
            return
        if learner.answered >= self._quiz_length:
            self._start_quiz(learner)
        elif learner.answered == 0 and learner.menu is not None:
            self._press(learner, *learner.menu)
            learner.menu = None

    def _press(self, learner: Learner, message_id: int, button: str) -> None:
        message = f'{{"message_id":{message_id},"date":1700000000,"chat":{chat(learner.id)},"text":"-"}}'
        body = (
            f'{{"id":"{self.number()}","from":{user(learner.id)},"message":{message},'
            f'"chat_instance":"{learner.id}","data":{json.dumps(button)}}}'
        )
        self._waiting.put("callback_query", body)

    def _lose_patience(self) -> None:
        """Once a second: whoever saw something that was no question, and nothing since, asks for a quiz again."""
        limit = self._loop.time() - PATIENCE_SECONDS
        for learner in self:
            if not self.resting and learner.quiet_since is not None and learner.quiet_since < limit:
                self.impatient += 1
                learner.tapped_at = None
                self._start_quiz(learner)
        self._loop.call_later(PATIENCE_SECONDS / 5, self._lose_patience)

    def command(self, person: int, text: str) -> str:
        """Give a command that somebody writes in private as the JSON of a Message."""
        length = len(text.split(maxsplit=1)[0])
        return self._message(person, text, f',"entities":[{{"type":"bot_command","offset":0,"length":{length}}}]')

    def _message(self, person: int, text: str, entities: str) -> str:
        return (
            f'{{"message_id":{self.number()},"date":1700000000,"from":{user(person)},'
            f'"chat":{chat(person)},"text":"{text}"{entities}}}'
        )


def user(person: int) -> str:
    """Give a person as the JSON of a User."""
    return f'{{"id":{person},"is_bot":false,"first_name":"Learner {person}","language_code":"en"}}'


def chat(person: int) -> str:
    """Give a person's private chat as the JSON of a Chat."""
    return f'{{"id":{person},"type":"private","first_name":"Learner {person}"}}'


def vote(person: int, question: Open) -> str:
    """Give a vote as the JSON of a PollAnswer."""
    numbers = ",".join(map(str, question.options))
    names = ",".join(f'"{option}"' for option in question.options)
    who = f'"poll_id":"{question.poll_id}","user":{user(person)}'
    return f'{{{who},"option_ids":[{numbers}],"option_persistent_ids":[{names}]}}'


def callback_buttons(markup: str) -> list[str]:
    """List the callback data of an inline keyboard's buttons, in order; empty where there are none."""
    rows = json.loads(markup).get("inline_keyboard", ()) if markup else ()
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]
