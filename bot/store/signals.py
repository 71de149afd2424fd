"""The processes that share one database: which of them are alive, and signals between them (NOTIFY).

A process lives as long as its own session at the PostgreSQL server holds the lock on its number; the server ends the
session with the process. On SQLite there is one process, and whatever another number claimed is of one that ended.
"""

from sqlalchemy import Connection, text

# The first half of the two-part keys of the locks on numbers; the second is the number, below 2**31.
LOCKS = 7_269_002
# The same of the one lock that makes a process the leader, and its second half.
LEADERSHIP = (7_269_003, 0)
# Where processes listen (PostgreSQL, "LISTEN").
CHANNEL = "bot"
# The signals: many updates are waiting; an update came in while there is no leader; a message has no owner; a text is
# expected from people, whose ids follow after a space, separated by commas.
INBOX, FRESH, OUTBOX, EXPECT = "inbox", "fresh", "outbox", "expect"

# PostgreSQL, "pg_locks": the first part of a key is in classid, the second in objid, and objsubid is 2.
_HELD = (
    "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = :locks "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def live_processes(connection: Connection, number: int) -> frozenset[int]:
    """Return the numbers of the live processes. ``number`` is the number of this process."""
    if connection.dialect.name == "sqlite":
        return frozenset((number,))
    return frozenset(map(int, connection.scalars(text(_HELD), {"locks": LOCKS})))


def count_processes(connection: Connection) -> tuple[int, int] | None:
    """Return how many processes are alive, and how many of them lead: one, or none while leadership passes on.

    Return None on SQLite, where another program cannot find that out.
    """
    if connection.dialect.name == "sqlite":
        return None
    alive, leading = (connection.scalars(text(_HELD), {"locks": key}).all() for key in (LOCKS, LEADERSHIP[0]))
    return len(alive), len(leading)


def send_signal(connection: Connection, word: str) -> None:
    """Send a signal to every process once this transaction is committed; do nothing on SQLite."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SELECT pg_notify(:channel, :word)"), {"channel": CHANNEL, "word": word})
