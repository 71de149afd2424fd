"""Fake Bot API with simulated learners, in a process of its own, on 127.0.0.1 and free ports.

Prints `{"ports": [N, ...]}` when ready. All ports serve the same fake; each process of the bot gets its own.
`/bot<token>/<method>` is the Bot API; `/bench/<command>` controls the simulation.
"""

import argparse
import asyncio
import gc
import json
from collections.abc import Callable
from functools import partial
from random import Random
from typing import NamedTuple

from bot_api import BotApi
from crowd import Askers, Crowd
from learners import Habits, Learners
from loopback import Connection, Fields, Network, Reply, Respond
from update_queue import UpdateQueue


class Parts(NamedTuple):
    """The parts of the fake."""

    api: BotApi
    learners: Learners
    updates: UpdateQueue
    network: Network
    crowd: Crowd
    askers: Askers


class ControlApi:
    """Handler of the benchmark's commands: each is a GET of `/bench/<command>?...` that returns the figures so far."""

    def __init__(self, parts: Parts) -> None:
        self._loop = asyncio.get_running_loop()
        self._parts = parts
        self._learners = learners = parts.learners
        self._crowd, self._askers = crowd, askers = parts.crowd, parts.askers
        self._rng = Random(1)  # noqa: S311 - arrivals, no secret
        self._rate = 0.0
        self._commands: dict[str, Callable[[float], object]] = {
            "figures": lambda _: None,
            "start_quizzes": lambda number: learners.start_quizzes(holding=bool(number)),
            "stop": self._stop,
            "release": lambda number: learners.release(int(number)),
            "set_rate": self._set_rate,
            "set_round_trip": self._set_round_trip,
            "await_bot": lambda _: parts.api.await_bot(),
            "await_another": lambda number: parts.api.await_bot(ignored=int(number)),
            "clear_delays": lambda _: learners.delays.clear(),
            "start_group_quiz": lambda _: crowd.start_quiz(),
            "vote": lambda number: crowd.vote(int(number)),
            "close_round": lambda _: crowd.press_control("close"),
            "ask_scores": lambda number: askers.ask(on=bool(number)),
        }

    def respond(self, command: str, fields: Fields, reply: Reply) -> None:
        """Run one command. Raises KeyError if there is none of that name."""
        self._commands[command](float(fields.get("number", 0)))
        reply(200, json.dumps(self._figures(fields)))

    def _stop(self, _number: float) -> None:
        self._rate = 0.0
        self._learners.stop()

    def _set_round_trip(self, seconds: float) -> None:
        self._parts.network.round_trip = seconds

    def _figures(self, wanted: Fields) -> dict[str, object]:
        learners = self._learners
        return {
            "now": self._loop.time(),
            "first_poll_at": self._parts.api.first_poll_at,
            "polled_by": self._parts.api.polled_by,
            "offered": learners.offered,
            "answered": learners.answered,
            "open": learners.open,
            "unconfirmed": len(self._parts.updates),
            "restarts": learners.restarts,
            "missed_taps": learners.missed_taps,
            "requests": dict(self._parts.api.requests),
            "is_group_asked": self._crowd.poll is not None,
            "unanswered": self._askers.unanswered,
            "delays": learners.delays if "delays" in wanted else [],
            "answers": {learner.id: learner.answers for learner in learners} if "answers" in wanted else {},
            "delivered": self._crowd.delivered if "crowd" in wanted else {},
            "score_delays": self._askers.delays if "crowd" in wanted else [],
        }

    def _set_rate(self, rate: float) -> None:
        """Release answers at random times, `rate` a second on average, whether the bot keeps up or not."""
        is_running = self._rate > 0
        self._rate = rate
        if not is_running:
            self._tick_after(self._loop.time())

    def _tick_after(self, since: float) -> None:
        """Schedule the next arrival after the planned time of the last, not its actual time: this keeps the rate."""
        at = since + self._rng.expovariate(self._rate)
        self._loop.call_at(at, self._tick, at)

    def _tick(self, at: float) -> None:
        if self._rate:
            self._learners.release(1)
            self._tick_after(at)


async def serve(habits: Habits, lifetime: float, port_count: int) -> None:
    """Serve until the lifetime (seconds) is over or the process is ended."""
    updates = UpdateQueue()
    learners = Learners(habits, updates)
    crowd, askers = Crowd(learners, updates), Askers(learners, updates)
    api, network = BotApi(updates, learners, crowd, askers), Network()
    control = ControlApi(Parts(api, learners, updates, network, crowd, askers))

    def respond(index: int, path: str, fields: Fields, reply: Reply) -> None:
        _, where, what = path.split("/", 2)
        if where == "bench":
            control.respond(what, fields, reply)
        else:
            api.respond(index, what, fields, reply)

    ports = [await _listen(partial(respond, index), network) for index in range(port_count)]
    gc.freeze()
    print(json.dumps({"ports": ports}), flush=True)
    await asyncio.sleep(lifetime)


async def _listen(respond: Respond, network: Network) -> int:
    """Start to listen on a free port; return the port."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(respond, network), "127.0.0.1", 0)
    return int(server.sockets[0].getsockname()[1])


def main() -> None:
    """Parse the command line and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=500, help="number of learners")
    parser.add_argument("--quiz-length", type=int, default=20, help="N in the /quiz N that they send")
    parser.add_argument("--wrong-share", type=float, default=0.0, help="share of wrong answers, 0 to 1")
    parser.add_argument("--ports", type=int, default=1, help="number of ports to listen on")
    parser.add_argument("--lifetime", type=float, default=1800, help="seconds until the process exits by itself")
    arguments = parser.parse_args()
    habits = Habits(arguments.learners, arguments.quiz_length, arguments.wrong_share)
    asyncio.run(serve(habits, arguments.lifetime, arguments.ports))


if __name__ == "__main__":
    main()
