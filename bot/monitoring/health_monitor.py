"""Periodic health check: stores the times of the last activity, notifies systemd, and logs changes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from bot.monitoring.counters import Counters
from bot.monitoring.health import Health, judge, unreadable, with_lost_session
from bot.monitoring.pulse import KEY, Pulse
from bot.monitoring.systemd import Systemd
from bot.store.base import decode, encode
from bot.store.database import Database, StoreError
from bot.store.membership import Membership
from bot.tg.runner import HandlerRunner

log = logging.getLogger(__name__)

# Each check writes one row: often enough for its readers, and rarely enough to cost almost nothing.
CHECK_SECONDS = 10.0
# Troubles with the work of the leader alone (bot/monitoring/health.py).
OF_LEADER = ("telegram", "deadlines")
# A trouble that bot/store/outage.py already logs.
OF_DATABASE = "database"


class HealthMonitor:
    """Monitor of the bot's health.

    Args:
        runner: executor for calls of the database.
        clock: returns the current time.
        membership: this process' membership in the cluster.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - its sources and its receivers
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
        # The start of a process that leads from its beginning is known already.
        self._has_led = self.leads
        self._troubles: frozenset[str] = frozenset()

    @property
    def leads(self) -> bool:
        """Whether this process is the leader."""
        return self._membership.leading.is_set()

    async def run(self, beat: Callable[[], Awaitable[None]]) -> None:
        """Check the health periodically until cancelled.

        Args:
            beat: returns once a handler could have run in this process; until then systemd is not notified.
        """
        self._systemd.ready()
        # Twice within systemd's watchdog interval, as man sd_watchdog_enabled recommends.
        pause = min(CHECK_SECONDS, (self._systemd.patience or 2 * CHECK_SECONDS) / 2)
        try:
            while True:
                await self._check_safely(beat)
                await asyncio.sleep(pause)
        finally:
            self._systemd.stopping()

    async def _check_safely(self, beat: Callable[[], Awaitable[None]]) -> None:
        """Check the health. An error in the check must not end the bot; systemd is not notified then."""
        try:
            await beat()
            await self.check()
        except Exception:
            log.exception("Health check failed.")

    async def check(self) -> None:
        """Check the health, store the times of the last activity, notify systemd, and log changes."""
        health = await self._checked(keep=True)
        words = " ".join(one.words for one in (*health.troubles, *health.warnings)) or "All is well."
        (self._systemd.unwell if self._needs_restart(health) else self._systemd.alive)(words)
        self._log(health)

    async def health(self) -> Health:
        """Check the health and return the result."""
        return replace(await self._checked(keep=False), refused=self.counters.refused.copy())

    def _needs_restart(self, health: Health) -> bool:
        """Return whether a restart of this process may fix a trouble.

        A follower ignores troubles with the leader's work. While the database fails, a restart fixes nothing.
        """
        return not self._database.fails and any(
            one.restart_helps for one in health.troubles if self.leads or one.name not in OF_LEADER
        )

    async def _checked(self, *, keep: bool) -> Health:
        if self.leads and not self._has_led:
            self.counters.pulse.led_at = self._clock()
        self._has_led = self.leads
        try:
            health = await self._runner.call(self._read, keep)
        except StoreError as error:
            health = unreadable(error, self.counters.pulse, self._clock())
        return with_lost_session(health) if self._membership.is_lost else health

    def _read(self, keep: bool) -> Health:  # noqa: FBT001 - the runner passes arguments by place
        """Check the health by the database, where all processes of the bot store the times of their last activity."""
        with self._database.transaction() as unit:
            kept = unit.key_values.get(KEY)
            pulse = self.counters.pulse.merged(decode(Pulse, kept)) if kept else self.counters.pulse
            if keep:
                unit.key_values.set(KEY, encode(pulse))
            now = self._clock()
            return judge(unit.backlog(now), pulse, now)

    def _log(self, health: Health) -> None:
        """Log each trouble or warning when it begins, and the end of the last one."""
        news = {trouble.name for trouble in (*health.troubles, *health.warnings)} - {OF_DATABASE}
        for found, level in ((health.troubles, logging.ERROR), (health.warnings, logging.WARNING)):
            for trouble in found:
                if trouble.name in news - self._troubles:
                    log.log(level, "%s", trouble.words)
        if self._troubles and not (health.troubles or health.warnings):
            log.info("All is well again.")
        self._troubles = frozenset(news)
