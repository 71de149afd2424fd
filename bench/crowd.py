"""A group with a quiz whose poll a crowd answers at once, and people who ask in private meanwhile how they do."""

import asyncio
import json
import re
from typing import Final

from learners import Learners, Open, user, vote
from waiting import Waiting

GROUP_ID: Final = -1_001_000_000_000
LEADER_ID: Final = 90_000_000
FIRST_VOTER_ID: Final = 200_000_000
FIRST_ASKER_ID: Final = 300_000_000
ASKERS: Final = 10
_ASKING_SECONDS: Final = 1.0
GROUP: Final = f'{{"id":{GROUP_ID},"type":"supergroup","title":"A hot group"}}'
_BUTTON: Final = re.compile(r'"(ctl:[a-z]+:\d+:\d+)"')


class Crowd:
    """The group: its leader, who presses what must be pressed, and its voters.

    Attributes:
        poll: the group's open poll; None before it came.
        given_out: when each voter's vote was given to the bot, on the loop's clock.
    """

    def __init__(self, learners: Learners, waiting: Waiting) -> None:
        self._learners = learners
        self._waiting = waiting
        self._controls: dict[str, tuple[int, str]] = {}
        self.poll: Open | None = None
        self.given_out: dict[int, float] = {}

    def gather(self) -> None:
        """Let the leader ask for a quiz in the group."""
        entities = ',"entities":[{"type":"bot_command","offset":0,"length":5}]'
        body = (
            f'{{"message_id":{self._learners.number()},"date":1700000000,"from":{user(LEADER_ID)},'
            f'"chat":{GROUP},"text":"/quiz 5"{entities}}}'
        )
        self._waiting.put("message", body)

    def see_poll(self, message_id: int, poll_id: str, right: tuple[int, ...], markup: str) -> None:
        """The group's question came, with the buttons of who leads."""
        self.poll = Open(poll_id, right)
        self._note_controls(message_id, markup)

    def see_message(self, message_id: int, markup: str) -> None:
        """The bot says something in the group: where a quiz is offered, one without a time limit is begun."""
        if '"ggo:' in markup.replace(" ", ""):
            self._press(message_id, "ggo::5:0:0")
        self._note_controls(message_id, markup)

    def _note_controls(self, message_id: int, markup: str) -> None:
        for data in _BUTTON.findall(markup):
            self._controls[data.split(":")[1]] = (message_id, data)

    def control(self, name: str) -> None:
        """Let the leader press a control button. Raises ValueError where none of that name was shown."""
        if name not in self._controls:
            raise ValueError(f"the bot showed no button {name}, but {sorted(self._controls)}")
        self._press(*self._controls[name])

    def _press(self, message_id: int, data: str) -> None:
        message = f'{{"message_id":{message_id},"date":1700000000,"chat":{GROUP},"text":"-"}}'
        body = (
            f'{{"id":"{self._learners.number()}","from":{user(LEADER_ID)},"message":{message},'
            f'"chat_instance":"1","data":{json.dumps(data)}}}'
        )
        self._waiting.put("callback_query", body)

    def vote(self, voters: int) -> None:
        """Let so many people vote right, all at this moment."""
        assert self.poll is not None

        for person in range(FIRST_VOTER_ID, FIRST_VOTER_ID + voters):
            # The person is bound now: the loop goes on before the vote is given out.
            def note(now: float, who: int = person) -> None:
                self.given_out[who] = now

            self._waiting.put("poll_answer", vote(person, self.poll), note)


class Askers:
    """People in private chats who ask for their score, one after the other, each of them once a second.

    Attributes:
        delays: seconds from asking to the bot's message.
    """

    def __init__(self, learners: Learners, waiting: Waiting) -> None:
        self._loop = asyncio.get_running_loop()
        self._learners = learners
        self._waiting = waiting
        self._asked: dict[int, float] = {}
        self._goes_on = False
        self.delays: list[float] = []

    @property
    def unanswered(self) -> int:
        """How many wait for their score."""
        return len(self._asked)

    def ask(self, *, on: bool) -> None:
        """Begin to ask, or ask no more."""
        starts, self._goes_on = on and not self._goes_on, on
        if starts:
            self._turn(0)

    def _turn(self, number: int) -> None:
        if not self._goes_on:
            return
        person = FIRST_ASKER_ID + number % ASKERS
        if person not in self._asked:
            self._asked[person] = self._loop.time()
            self._waiting.put("message", self._learners.command(person, "/score"))
        self._loop.call_later(_ASKING_SECONDS / ASKERS, self._turn, number + 1)

    def see_message(self, person: int) -> None:
        """The bot answered."""
        if (asked_at := self._asked.pop(person, None)) is not None:
            self.delays.append(self._loop.time() - asked_at)
