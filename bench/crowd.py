"""A group whose members all vote in one poll at once, and people who send /score in private chats meanwhile."""

import asyncio
import json
import re
from typing import Final

from learners import Learners, OpenQuestion, user, vote
from update_queue import UpdateQueue

GROUP_ID: Final = -1_001_000_000_000
LEADER_ID: Final = 90_000_000
FIRST_VOTER_ID: Final = 200_000_000
FIRST_ASKER_ID: Final = 300_000_000
ASKERS: Final = 10
_ASKING_SECONDS: Final = 1.0
GROUP: Final = f'{{"id":{GROUP_ID},"type":"supergroup","title":"A hot group"}}'
_BUTTON: Final = re.compile(r'"(ctl:[a-z]+:\d+:\d+)"')


class Crowd:
    """The group: its host, who presses the buttons, and its voters.

    Attributes:
        poll: the group's open poll; None before the bot sent it.
        delivered: time (of the event loop) at which getUpdates delivered each voter's vote.
    """

    def __init__(self, learners: Learners, updates: UpdateQueue) -> None:
        self._learners = learners
        self._updates = updates
        self._controls: dict[str, tuple[int, str]] = {}
        self.poll: OpenQuestion | None = None
        self.delivered: dict[int, float] = {}

    def start_quiz(self) -> None:
        """Send the host's /quiz to the group."""
        entities = ',"entities":[{"type":"bot_command","offset":0,"length":5}]'
        body = (
            f'{{"message_id":{self._learners.next_id()},"date":1700000000,"from":{user(LEADER_ID)},'
            f'"chat":{GROUP},"text":"/quiz 5"{entities}}}'
        )
        self._updates.put("message", body)

    def see_poll(self, message_id: int, poll_id: str, right: tuple[int, ...], markup: str) -> None:
        """Record the group's question and the host's buttons below it."""
        self.poll = OpenQuestion(poll_id, right)
        self._note_controls(message_id, markup)

    def see_message(self, message_id: int, markup: str) -> None:
        """Record the host's buttons; if the message offers a quiz, start one without a time limit."""
        if '"ggo:' in markup.replace(" ", ""):
            self._press(message_id, "ggo::5:0:0")
        self._note_controls(message_id, markup)

    def _note_controls(self, message_id: int, markup: str) -> None:
        for data in _BUTTON.findall(markup):
            self._controls[data.split(":")[1]] = (message_id, data)

    def press_control(self, name: str) -> None:
        """Press one of the host's buttons. Raises ValueError if the bot showed none of that name."""
        if name not in self._controls:
            raise ValueError(f"the bot showed no button {name}, but {sorted(self._controls)}")
        self._press(*self._controls[name])

    def _press(self, message_id: int, data: str) -> None:
        message = f'{{"message_id":{message_id},"date":1700000000,"chat":{GROUP},"text":"-"}}'
        body = (
            f'{{"id":"{self._learners.next_id()}","from":{user(LEADER_ID)},"message":{message},'
            f'"chat_instance":"1","data":{json.dumps(data)}}}'
        )
        self._updates.put("callback_query", body)

    def vote(self, voters: int) -> None:
        """Send the right votes of this many people, all at once."""
        assert self.poll is not None

        for person in range(FIRST_VOTER_ID, FIRST_VOTER_ID + voters):
            # The default binds the person now: the for loop goes on before the vote is delivered.
            def record(now: float, voter: int = person) -> None:
                self.delivered[voter] = now

            self._updates.put("poll_answer", vote(person, self.poll), record)


class Askers:
    """People in private chats who each send /score once a second, evenly spread over the second.

    Attributes:
        delays: seconds from each command to the bot's message.
    """

    def __init__(self, learners: Learners, updates: UpdateQueue) -> None:
        self._loop = asyncio.get_running_loop()
        self._learners = learners
        self._updates = updates
        self._asked: dict[int, float] = {}
        self._is_on = False
        self.delays: list[float] = []

    @property
    def unanswered(self) -> int:
        """The number of people who wait for their score."""
        return len(self._asked)

    def ask(self, *, on: bool) -> None:
        """Start or stop asking."""
        starts, self._is_on = on and not self._is_on, on
        if starts:
            self._ask_next(0)

    def _ask_next(self, number: int) -> None:
        if not self._is_on:
            return
        person = FIRST_ASKER_ID + number % ASKERS
        if person not in self._asked:
            self._asked[person] = self._loop.time()
            self._updates.put("message", self._learners.command(person, "/score"))
        self._loop.call_later(_ASKING_SECONDS / ASKERS, self._ask_next, number + 1)

    def see_message(self, person: int) -> None:
        """Record the delay of the bot's answer to this person."""
        if (asked_at := self._asked.pop(person, None)) is not None:
            self.delays.append(self._loop.time() - asked_at)
