"""Looks every few seconds how the bot is: keeps its pulse in the database, tells systemd, logs changes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from bot.monitoring.counters import Counters
from bot.monitoring.health import Health, counted_out, judge, unreadable
from bot.monitoring.pulse import KEY, Pulse
from bot.monitoring.systemd import Systemd
from bot.store.base import decode, encode
from bot.store.database import Database, StoreError
from bot.store.membership import Membership
from bot.tg.runner import HandlerRunner

log = logging.getLogger(__name__)

# A look writes one row: often enough for whoever reads it, and seldom enough to cost nothing.
LOOK_SECONDS = 10.0
# The troubles of what the leader alone does (bot/monitoring/health.py).
OF_LEADER = ("telegram", "deadlines")
# The trouble that the database itself reports (bot/store/outage.py).
OF_DATABASE = "database"


class HealthMonitor:
    """Knows how the bot is.

    Args:
        runner: runs what touches the database.
        clock: gives the moment.
        presence: of this process among those that share the database.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - whom it asks and whom it tells
        self,
        database: Database,
        counters: Counters,
        runner: HandlerRunner,
        clock: Callable[[], datetime],
        systemd: Systemd,
        membership: Membership,
    ) -> None:
        self.counters = counters
        self._database = database
        self._runner = runner
        self._clock = clock
        self._systemd = systemd
        self._membership = membership
        # Who led from the beginning led from its start.
        self._has_led = self.leads
        self._troubles: frozenset[str] = frozenset()

    @property
    def leads(self) -> bool:
        """Whether this process does what one does for all."""
        return self._membership.leading.is_set()

    async def run(self, beat: Callable[[], Awaitable[None]]) -> None:
        """Look until cancelled.

        Args:
            beat: comes back once a story could have run in this process; until then systemd hears of no life.
        """
        self._systemd.ready()
        # Twice within what systemd waits for (man sd_watchdog_enabled).
        pause = min(LOOK_SECONDS, (self._systemd.patience or 2 * LOOK_SECONDS) / 2)
        try:
            while True:
                await self._look_safely(beat)
                await asyncio.sleep(pause)
        finally:
            self._systemd.stopping()

    async def _look_safely(self, beat: Callable[[], Awaitable[None]]) -> None:
        """Look; a fault of the watch must not end the bot, and systemd hears of no life then."""
        try:
            await beat()
            await self.look()
        except Exception:
            log.exception("It could not be looked how the bot is.")

    async def look(self) -> None:
        """Keep the pulse, and tell how the bot is."""
        health = await self._judged(keep=True)
        words = " ".join(one.words for one in (*health.troubles, *health.warnings)) or "All is well."
        (self._systemd.unwell if self._needs_restart(health) else self._systemd.alive)(words)
        self._log(health)

    async def health(self) -> Health:
        """Return how the bot is now."""
        return replace(await self._judged(keep=False), refused=self.counters.refused.copy())

    def _needs_restart(self, health: Health) -> bool:
        """Return whether a new start of this process may mend something: what only the leader does is not its fault.

        Nothing moves on while the database fails, and no start mends that.
        """
        return not self._database.fails and any(
            one.restart_helps for one in health.troubles if self.leads or one.name not in OF_LEADER
        )

    async def _judged(self, *, keep: bool) -> Health:
        if self.leads and not self._has_led:
            self.counters.pulse.led_at = self._clock()
        self._has_led = self.leads
        try:
            health = await self._runner.call(self._read, keep)
        except StoreError as error:
            health = unreadable(error, self.counters.pulse, self._clock())
        return counted_out(health) if self._membership.is_lost else health

    def _read(self, keep: bool) -> Health:  # noqa: FBT001 - the runner passes arguments by place
        """Judge by the database, where other processes of this bot keep their pulse too."""
        with self._database.transaction() as unit:
            kept = unit.key_values.get(KEY)
            pulse = self.counters.pulse.merged(decode(Pulse, kept)) if kept else self.counters.pulse
            if keep:
                unit.key_values.set(KEY, encode(pulse))
            now = self._clock()
            return judge(unit.backlog(now), pulse, now)

    def _log(self, health: Health) -> None:
        """Log a trouble or warning when it begins, and the end of all; the database reports its own."""
        news = {trouble.name for trouble in (*health.troubles, *health.warnings)} - {OF_DATABASE}
        for found, level in ((health.troubles, logging.ERROR), (health.warnings, logging.WARNING)):
            for trouble in found:
                if trouble.name in news - self._troubles:
                    log.log(level, "%s", trouble.words)
        if self._troubles and not (health.troubles or health.warnings):
            log.info("All is well again.")
        self._troubles = frozenset(news)
