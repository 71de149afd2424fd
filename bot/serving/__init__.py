"""Web servers that run inside the current event loop, each on its own port."""

from bot.serving.refusals import Refusals
from bot.serving.server import Server, serve
from bot.serving.time_limits import TimeLimits

__all__ = ("Refusals", "Server", "TimeLimits", "serve")
