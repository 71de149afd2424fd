"""A fake Bot API with simulated learners, in a process of its own, on 127.0.0.1 and a port the system picks.

Prints `{"port": N}` when ready. `/bot<token>/<method>` is Telegram; `/bench/<order>` is for the one who measures.
"""

import argparse
import asyncio
import gc
import json
from random import Random

from bot_api import BotApi
from learners import Habits, Learners
from loopback import Connection, Fields, Network, Reply
from waiting import Waiting


class Orders:
    """What the measuring side may ask for, each a GET of `/bench/<order>?...` answered with the figures so far."""

    def __init__(self, api: BotApi, learners: Learners, waiting: Waiting, network: Network) -> None:
        self._loop = asyncio.get_running_loop()
        self._api = api
        self._learners = learners
        self._waiting = waiting
        self._network = network
        self._dice = Random(1)  # noqa: S311 - arrivals, no secret
        self._rate = 0.0

    def respond(self, order: str, fields: Fields, reply: Reply) -> None:
        """Carry out one order."""
        number = float(fields.get("number", 0))
        if order == "begin":
            self._learners.begin(holding=bool(number))
        elif order == "rest":
            self._rate = 0.0
            self._learners.rest()
        elif order == "release":
            self._learners.release(int(number))
        elif order == "pace":
            self._pace(number)
        elif order == "network":
            self._network.round_trip = number
        elif order == "await_bot":
            self._api.await_bot()
        elif order == "clear_delays":
            self._learners.delays.clear()
        elif order != "figures":
            raise ValueError(f"no such order: {order}")
        reply(200, json.dumps(self._figures(with_answers="answers" in fields, with_delays="delays" in fields)))

    def _figures(self, *, with_answers: bool, with_delays: bool) -> dict[str, object]:
        learners = self._learners
        return {
            "now": self._loop.time(),
            "first_poll_at": self._api.first_poll_at,
            "offered": learners.offered,
            "answered": learners.answered,
            "open": learners.open,
            "waiting": len(self._waiting),
            "impatient": learners.impatient,
            "unmet": learners.unmet,
            "requests": dict(self._api.requests),
            "delays": learners.delays if with_delays else [],
            "answers": {learner.id: learner.answers for learner in learners} if with_answers else {},
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


async def serve(habits: Habits, lifetime: float) -> None:
    """Serve until the lifetime (seconds) is over or the process is ended."""
    waiting = Waiting()
    crowd = Learners(habits, waiting)
    api, network = BotApi(waiting, crowd), Network()
    orders = Orders(api, crowd, waiting, network)

    def respond(path: str, fields: Fields, reply: Reply) -> None:
        _, where, what = path.split("/", 2)
        (orders if where == "bench" else api).respond(what, fields, reply)

    server = await asyncio.get_running_loop().create_server(lambda: Connection(respond, network), "127.0.0.1", 0)
    gc.freeze()
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await asyncio.sleep(lifetime)


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=500, help="how many people there are")
    parser.add_argument("--quiz-length", type=int, default=20, help="N of the /quiz N that they send")
    parser.add_argument("--wrong-share", type=float, default=0.0, help="how often they answer wrong, 0 to 1")
    parser.add_argument("--lifetime", type=float, default=900, help="seconds until it ends by itself")
    arguments = parser.parse_args()
    habits = Habits(arguments.learners, arguments.quiz_length, arguments.wrong_share)
    asyncio.run(serve(habits, arguments.lifetime))


if __name__ == "__main__":
    main()
