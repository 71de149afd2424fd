"""Runs web applications in the event loop that runs already, each on a port of its own."""

from bot.serving.refusals import Refusals
from bot.serving.server import Server, serve
from bot.serving.time_limits import TimeLimits

__all__ = ("Refusals", "Server", "TimeLimits", "serve")
