"""Count the questions that are sent twice when the bot is killed under a classroom's load. Prints Markdown."""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import mean

from process import Process, running

from bot.playground.errors import ActionRefusedError
from bot.playground.server import create_app
from bot.playground.world import Message, World, WorldEvent
from bot.rehearsal.message_reading import visible_text
from bot.serving import serve
from bot.wiring import clock

BANK = Path(__file__).parent.parent / "questions.yaml"
TOKEN = "42:kills"  # noqa: S105 - opens nothing
MOST_TWICE = 3
# After a start the load needs this long to become steady; the kill comes at a random time in the seconds after that.
_WARM_UP_SECONDS = 2.0
_KILL_WINDOW_SECONDS = 2.0
_POLL_SECONDS = 0.05
_START_LIMIT = 60.0
Act = Callable[[int, int], None]


class Crowd:
    """Learners in a solo quiz, each of whom answers a random time after a question came.

    Attributes:
        answers, messages: the number of answers given, and of messages that the bot sent.
    """

    def __init__(self, people: int, rate: float) -> None:
        self.world = World(clock, Random(1), first_update_id=1)  # noqa: S311 - no secrets here
        self.answers = 0
        self.messages = 0
        self._rng = Random(2)  # noqa: S311 - no secrets here
        self._pause = people / rate
        self._people = [self.world.add_person(f"Learner {number}").id for number in range(people)]
        self._newest: dict[int, int] = {}
        self.world.subscribe(self._on_change)

    def start_quizzes(self) -> None:
        """Schedule the /quiz command of every learner."""
        for person in self._people:
            self._later(person, 0, self._ask)

    def sent_twice(self) -> int:
        """Count the questions that equal the one before them in their chat: a quiz asks each question once."""
        return sum(self._sent_twice_in(person) for person in self._people)

    def _sent_twice_in(self, person: int) -> int:
        messages = self.world.chats[person].messages.values()
        asked = [question for one in messages if (question := self._question(one))]
        return sum(one == before for before, one in pairwise(asked))

    def _question(self, message: Message) -> str:
        """Return the question of a message; empty if the message asks nothing."""
        poll = self.world.polls.get(message.content.poll_id or "")
        if poll:
            return poll.question.text
        return visible_text(message) if _button(message, "skip:") else ""

    def _on_change(self, change: WorldEvent) -> None:
        if change.kind != "sent":
            return
        message = self.world.chats[change.chat_id].messages[change.message_id]
        if message.sender_id == self.world.bot.id:
            self.messages += 1
            self._newest[change.chat_id] = message.id
            self._later(change.chat_id, message.id, self._answer)

    def _later(self, person: int, message_id: int, act: Act) -> None:
        asyncio.get_running_loop().call_later(self._rng.expovariate(1 / self._pause), act, person, message_id)

    def _ask(self, person: int, _message_id: int) -> None:
        self.world.send_text(person, person, "/quiz 20")

    def _answer(self, person: int, message_id: int) -> None:
        """Answer a message if it is the newest: vote in a poll, skip a typed question, start a quiz after a result."""
        if self._newest.get(person) != message_id:
            return
        message = self.world.chats[person].messages[message_id]
        skip = _button(message, "skip:")
        poll = self.world.polls.get(message.content.poll_id or "")
        self.answers += 1
        try:
            if poll:
                self.world.vote(person, poll.id, list(poll.correct_option_ids))
            elif skip:
                self.world.press_button(person, person, message_id, skip)
            elif _button(message, "missed:") or _button(message, "quiz"):
                self._ask(person, 0)
            else:
                self.answers -= 1
        except ActionRefusedError:
            self.answers -= 1


def _button(message: Message, prefix: str) -> str | None:
    """Return the data of the first button whose data start with the prefix, or None."""
    buttons = [button.get("callback_data", "") for row in message.inline_keyboard for button in row]
    return next((data for data in buttons if data.startswith(prefix)), None)


async def _measured(kills: int, people: int, rate: float) -> list[int]:
    """Kill the bot `kills` times; return for each kill the number of questions that were sent twice."""
    crowd, rng = Crowd(people, rate), Random(3)  # noqa: S311 - no secrets here
    server = await serve(create_app(crowd.world, TOKEN))
    twice: list[int] = []
    rates: list[float] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": server.origin,
            "BOT_BANK": str(BANK),
            "BOT_DATABASE_URL": f"sqlite:///{folder}/bot.sqlite",
            "BOT_SENDS_PER_SECOND": "0",
            "BOT_ASKS_PER_PERSON": "0",
            "BOT_LOG_LEVEL": "WARNING",
        }
        crowd.start_quizzes()
        try:
            for _ in range(kills + 1):
                with ExitStack() as stack:
                    bot = stack.enter_context(running(("-m", "bot", "run"), environment, Path(folder)))
                    before = crowd.sent_twice()
                    await _wait_until_caught_up(crowd, bot)
                    twice.append(crowd.sent_twice() - before)
                    given, began = crowd.answers, time.monotonic()
                    await asyncio.sleep(_WARM_UP_SECONDS + rng.uniform(0, _KILL_WINDOW_SECONDS))
                    rates.append((crowd.answers - given) / (time.monotonic() - began))
                    bot.kill()
                    bot.wait()
                print(f"{len(twice) - 1} kills, {twice[1:]}, {rates[-1]:.1f} answers/s", file=sys.stderr, flush=True)
        finally:
            await server.stop()
    print(f"Load before the kills: {mean(rates):.1f} answers a second.\n")
    return twice[1:]


def _is_behind(crowd: Crowd, messages: int) -> bool:
    return crowd.messages == messages or bool(crowd.world.updates.fetch(0, 1))


async def _wait_until_caught_up(crowd: Crowd, bot: Process) -> None:
    """Wait until the bot has sent a message and has fetched all updates that came while it was dead."""
    messages = crowd.messages
    ends = time.monotonic() + _START_LIMIT
    while _is_behind(crowd, messages) and bot.poll() is None and time.monotonic() < ends:  # noqa: ASYNC110 - polls
        await asyncio.sleep(_POLL_SECONDS)
    await asyncio.sleep(1.0)


def main() -> int:
    """Measure and print; return 1 if on average a class would notice the questions that were sent twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20, help="number of kills")
    parser.add_argument("--people", type=int, default=60, help="number of learners")
    parser.add_argument("--rate", type=float, default=30.0, help="answers a second, all learners together")
    arguments = parser.parse_args()
    twice = asyncio.run(_measured(arguments.kills, arguments.people, arguments.rate))
    counts: defaultdict[int, int] = defaultdict(int)
    for one in twice:
        counts[one] += 1
    print("| questions sent twice | kills |\n|---:|---:|")
    for count, times in sorted(counts.items()):
        print(f"| {count} | {times} |")
    print(f"\nMean of {len(twice)} kills: {mean(twice):.2f} (must be below {MOST_TWICE}).")
    return 0 if mean(twice) < MOST_TWICE else 1


if __name__ == "__main__":
    sys.exit(main())
