"""Simulated learners in private chats: they start quizzes, answer questions, and measure the bot's delays.

They know only the bot's messages. README.md defines how they distinguish a question from a result.
"""

import asyncio
import json
from collections import deque
from collections.abc import Iterator
from itertools import count
from random import Random
from typing import NamedTuple

from update_queue import UpdateQueue

FIRST_ID = 100_000_000
FIRST_NUMBER = 1_000_000_000
TYPED_ANSWER = "2000"
"""A text that every kind of typed question accepts as an answer: a word, a number and a year."""
SETTLE_SECONDS = 0.2
"""Seconds that a learner waits after a message without a question, since a question may follow, before reacting."""
PATIENCE_SECONDS = 5.0
"""Seconds that a learner in a quiz waits after such a message before sending /quiz again."""


class OpenQuestion(NamedTuple):
    """A question without an answer yet: a poll, or a typed question if the poll id is empty."""

    poll_id: str = ""
    options: tuple[int, ...] = ()


class Habits(NamedTuple):
    """The number of learners, the N in their `/quiz N`, and their share of wrong answers (0 to 1)."""

    learners: int
    quiz_length: int
    wrong_share: float


class Delay(NamedTuple):
    """Seconds until the bot's next message: since the learner's tap, and since getUpdates delivered the tap."""

    since_tap: float
    since_delivery: float


class Learner:
    """One person and the state of their chat. Times are of the event loop; None if there is no such event."""

    __slots__ = ("answered", "answers", "delivered_at", "id", "menu", "open", "quiet_since", "tapped_at")

    def __init__(self, person: int) -> None:
        self.id = person
        self.open: OpenQuestion | None = None
        self.menu: tuple[int, str] | None = None
        self.answered = 0  # in this quiz
        self.answers = 0  # in all
        self.tapped_at: float | None = None
        self.delivered_at: float | None = None
        self.quiet_since: float | None = None

    def record_delivery(self, now: float) -> None:
        """Record when getUpdates delivered this learner's answer to the bot."""
        self.delivered_at = now


class Learners:
    """All learners.

    Attributes:
        holding: whether questions stay open until `release` is called.
        stopped: whether learners start no more quizzes.
        offered, answered: the number of answers sent, and of those that the bot has followed up.
        restarts: how often learners sent /quiz again because nothing came.
        missed_taps: answers that could not be released because no learner had an open question.
    """

    def __init__(self, habits: Habits, updates: UpdateQueue) -> None:
        self._loop = asyncio.get_running_loop()
        self._updates = updates
        self._quiz_length = habits.quiz_length
        self._wrong_share = habits.wrong_share
        self._rng = Random(1)  # noqa: S311 - mistakes, no secret
        self._learners = {person: Learner(person) for person in range(FIRST_ID, FIRST_ID + habits.learners)}
        self._ready: deque[Learner] = deque()
        self._message_ids = count(FIRST_NUMBER)
        self.holding = True
        self.stopped = True
        self.offered = 0
        self.answered = 0
        self.restarts = 0
        self.missed_taps = 0
        self.delays: list[Delay] = []

    @property
    def open(self) -> int:
        """The number of learners who have an open question."""
        return len(self._ready)

    def __iter__(self) -> Iterator[Learner]:
        return iter(self._learners.values())

    def next_id(self) -> int:
        """Return the next message id. All chats share one sequence, so ids rise within each chat."""
        return next(self._message_ids)

    def start_quizzes(self, *, holding: bool) -> None:
        """Send every learner's /quiz."""
        self.holding, self.stopped = holding, False
        for learner in self:
            self._start_quiz(learner)
        self._loop.call_later(PATIENCE_SECONDS / 5, self._lose_patience)

    def stop(self) -> None:
        """Stop answering and starting quizzes; updates that were sent are still delivered."""
        self.holding = self.stopped = True

    def release(self, wanted: int) -> int:
        """Answer up to `wanted` open questions, the oldest first; return how many were answered."""
        released = min(wanted, len(self._ready))
        for _ in range(released):
            self._answer(self._ready.popleft())
        self.missed_taps += wanted - released
        return released

    def see_poll(self, person: int, poll_id: str, right: tuple[int, ...]) -> None:
        """Handle a quiz poll from the bot; `right` are the indexes of its right options."""
        if (learner := self._learners.get(person)) is not None:
            wrong = (0,) if right != (0,) else (1,)
            options = wrong if self._rng.random() < self._wrong_share else right
            self._see_question(learner, OpenQuestion(poll_id, options))

    def see_message(self, person: int, message_id: int, markup: str) -> None:
        """Handle a text message from the bot; `markup` is its `reply_markup` as JSON text, or empty."""
        learner = self._learners.get(person)
        if learner is None or learner.open is not None:
            return
        buttons = callback_buttons(markup)
        if any(button.startswith("skip:") for button in buttons):
            self._see_question(learner, OpenQuestion())
            return
        learner.menu = (message_id, buttons[0]) if buttons else None
        learner.quiet_since = self._loop.time()
        if learner.answered >= self._quiz_length:
            self._note_arrival(learner)
        self._loop.call_later(SETTLE_SECONDS, self._settle, learner)

    def _see_question(self, learner: Learner, question: OpenQuestion) -> None:
        self._note_arrival(learner)
        learner.quiet_since = learner.menu = None
        if learner.open is None:
            self._ready.append(learner)
        learner.open = question
        if not self.holding:
            self.release(1)

    def _note_arrival(self, learner: Learner) -> None:
        """Count the learner's last answer as followed up: the bot's next message has come."""
        if learner.tapped_at is not None and learner.delivered_at is not None:
            now = self._loop.time()
            self.delays.append(Delay(now - learner.tapped_at, now - learner.delivered_at))
            self.answered += 1
        learner.tapped_at = learner.delivered_at = None

    def _answer(self, learner: Learner) -> None:
        question, learner.open = learner.open, None
        assert question is not None
        learner.tapped_at, learner.delivered_at = self._loop.time(), None
        learner.answered += 1
        learner.answers += 1
        self.offered += 1
        if question.poll_id:
            self._updates.put("poll_answer", vote(learner.id, question), learner.record_delivery)
        else:
            self._updates.put("message", self._message(learner.id, TYPED_ANSWER, ""), learner.record_delivery)

    def _start_quiz(self, learner: Learner) -> None:
        learner.answered = 0
        learner.quiet_since = learner.menu = None
        self._updates.put("message", self.command(learner.id, f"/quiz {self._quiz_length}"))

    def _settle(self, learner: Learner) -> None:
        """React to a message without a question: start a quiz after a result, or press a menu's first button."""
        if self.stopped or learner.quiet_since is None:
            return
        if learner.answered >= self._quiz_length:
            self._start_quiz(learner)
        elif learner.answered == 0 and learner.menu is not None:
            self._press(learner, *learner.menu)
            learner.menu = None

    def _press(self, learner: Learner, message_id: int, button: str) -> None:
        message = f'{{"message_id":{message_id},"date":1700000000,"chat":{chat(learner.id)},"text":"-"}}'
        body = (
            f'{{"id":"{self.next_id()}","from":{user(learner.id)},"message":{message},'
            f'"chat_instance":"{learner.id}","data":{json.dumps(button)}}}'
        )
        self._updates.put("callback_query", body)

    def _lose_patience(self) -> None:
        """Start a quiz for each learner who has waited for a question too long; runs once a second."""
        limit = self._loop.time() - PATIENCE_SECONDS
        for learner in self:
            if not self.stopped and learner.quiet_since is not None and learner.quiet_since < limit:
                self.restarts += 1
                learner.tapped_at = None
                self._start_quiz(learner)
        self._loop.call_later(PATIENCE_SECONDS / 5, self._lose_patience)

    def command(self, person: int, text: str) -> str:
        """Return the JSON of a Message with a command in a private chat."""
        length = len(text.split(maxsplit=1)[0])
        return self._message(person, text, f',"entities":[{{"type":"bot_command","offset":0,"length":{length}}}]')

    def _message(self, person: int, text: str, entities: str) -> str:
        return (
            f'{{"message_id":{self.next_id()},"date":1700000000,"from":{user(person)},'
            f'"chat":{chat(person)},"text":"{text}"{entities}}}'
        )


def user(person: int) -> str:
    """Return a person as the JSON of a User."""
    return f'{{"id":{person},"is_bot":false,"first_name":"Learner {person}","language_code":"en"}}'


def chat(person: int) -> str:
    """Return a person's private chat as the JSON of a Chat."""
    return f'{{"id":{person},"type":"private","first_name":"Learner {person}"}}'


def vote(person: int, question: OpenQuestion) -> str:
    """Return a vote as the JSON of a PollAnswer."""
    numbers = ",".join(map(str, question.options))
    names = ",".join(f'"{option}"' for option in question.options)
    head = f'"poll_id":"{question.poll_id}","user":{user(person)}'
    return f'{{{head},"option_ids":[{numbers}],"option_persistent_ids":[{names}]}}'


def callback_buttons(markup: str) -> list[str]:
    """Return the callback data of an inline keyboard's buttons, in order."""
    rows = json.loads(markup).get("inline_keyboard", ()) if markup else ()
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]
