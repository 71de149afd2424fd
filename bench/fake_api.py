"""A fake Bot API with simulated learners, in a process of its own, on 127.0.0.1 and ports the system picks.

Prints `{"ports": [N, ...]}` when ready, one for each line; all lines lead to the same Telegram.
`/bot<token>/<method>` is Telegram; `/bench/<order>` is for the one who measures.
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
from waiting import Waiting


class Parts(NamedTuple):
    """What the fake is made of."""

    api: BotApi
    learners: Learners
    waiting: Waiting
    network: Network
    crowd: Crowd
    askers: Askers


class Orders:
    """What the measuring side may ask for, each a GET of `/bench/<order>?...` answered with the figures so far."""

    def __init__(self, parts: Parts) -> None:
        self._loop = asyncio.get_running_loop()
        self._parts = parts
        self._learners = learners = parts.learners
        self._crowd, self._askers = crowd, askers = parts.crowd, parts.askers
        self._dice = Random(1)  # noqa: S311 - arrivals, no secret
        self._rate = 0.0
        self._orders: dict[str, Callable[[float], object]] = {
            "figures": lambda _: None,
            "begin": lambda number: learners.begin(holding=bool(number)),
            "rest": self._rest,
            "release": lambda number: learners.release(int(number)),
            "pace": self._pace,
            "network": self._set_distance,
            "await_bot": lambda _: parts.api.await_bot(),
            "await_another": lambda number: parts.api.await_bot(but=int(number)),
            "clear_delays": lambda _: learners.delays.clear(),
            "gather": lambda _: crowd.gather(),
            "vote": lambda number: crowd.vote(int(number)),
            "close_vote": lambda _: crowd.control("close"),
            "ask_scores": lambda number: askers.ask(on=bool(number)),
        }

    def respond(self, order: str, fields: Fields, reply: Reply) -> None:
        """Carry out one order. Raises KeyError where there is none of that name."""
        self._orders[order](float(fields.get("number", 0)))
        reply(200, json.dumps(self._figures(fields)))

    def _rest(self, _number: float) -> None:
        self._rate = 0.0
        self._learners.rest()

    def _set_distance(self, seconds: float) -> None:
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
            "waiting": len(self._parts.waiting),
            "impatient": learners.impatient,
            "unmet": learners.unmet,
            "requests": dict(self._parts.api.requests),
            "is_group_asked": self._crowd.poll is not None,
            "unanswered": self._askers.unanswered,
            "delays": learners.delays if "delays" in wanted else [],
            "answers": {learner.id: learner.answers for learner in learners} if "answers" in wanted else {},
            "given_out": self._crowd.given_out if "crowd" in wanted else {},
            "asking": self._askers.delays if "crowd" in wanted else [],
        }

    def _pace(self, rate: float) -> None:
        """Let learners answer at random moments, so many a second in the mean, whether the bot keeps up or not."""
        stands = self._rate > 0
        self._rate = rate
        if not stands:
            self._tick_after(self._loop.time())

    def _tick_after(self, since: float) -> None:
        """Set the next arrival by the clock, not by when the last was carried out, so that the rate holds."""
        at = since + self._dice.expovariate(self._rate)
        self._loop.call_at(at, self._tick, at)

    def _tick(self, at: float) -> None:
        if self._rate:
            self._learners.release(1)
            self._tick_after(at)


async def serve(habits: Habits, lifetime: float, lines: int) -> None:
    """Serve until the lifetime (seconds) is over or the process is ended."""
    waiting = Waiting()
    learners = Learners(habits, waiting)
    crowd, askers = Crowd(learners, waiting), Askers(learners, waiting)
    api, network = BotApi(waiting, learners, crowd, askers), Network()
    orders = Orders(Parts(api, learners, waiting, network, crowd, askers))

    def respond(line: int, path: str, fields: Fields, reply: Reply) -> None:
        _, where, what = path.split("/", 2)
        if where == "bench":
            orders.respond(what, fields, reply)
        else:
            api.respond(line, what, fields, reply)

    ports = [await _open(partial(respond, line), network) for line in range(lines)]
    gc.freeze()
    print(json.dumps({"ports": ports}), flush=True)
    await asyncio.sleep(lifetime)


async def _open(respond: Respond, network: Network) -> int:
    """Listen; give the port."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(respond, network), "127.0.0.1", 0)
    return int(server.sockets[0].getsockname()[1])


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=500, help="how many people there are")
    parser.add_argument("--quiz-length", type=int, default=20, help="N of the /quiz N that they send")
    parser.add_argument("--wrong-share", type=float, default=0.0, help="how often they answer wrong, 0 to 1")
    parser.add_argument("--lines", type=int, default=1, help="how many ports to listen on")
    parser.add_argument("--lifetime", type=float, default=1800, help="seconds until it ends by itself")
    arguments = parser.parse_args()
    habits = Habits(arguments.learners, arguments.quiz_length, arguments.wrong_share)
    asyncio.run(serve(habits, arguments.lifetime, arguments.lines))


if __name__ == "__main__":
    main()
