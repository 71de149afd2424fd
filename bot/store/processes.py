"""The processes that share one database: which of them live, and a word from one to the others.

A process lives as long as its own session at the PostgreSQL server holds the lock on its number; the server ends the
session with the process. On SQLite there is one process, and whatever another number claimed is of one that ended.
"""

from sqlalchemy import Connection, text

# The first half of the two-part keys of the locks on numbers; the second is the number, below 2**31.
LOCKS = 7_269_002
# Where processes listen (PostgreSQL, "LISTEN").
CHANNEL = "bot"


def living(connection: Connection, number: int) -> frozenset[int]:
    """Give the numbers of the processes that live; the one that asks has this number."""
    if connection.dialect.name == "sqlite":
        return frozenset((number,))
    # PostgreSQL, "pg_locks": of a key in two parts the first stands in classid, the second in objid, and objsubid is 2.
    query = (
        "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = :locks "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    return frozenset(map(int, connection.scalars(text(query), {"locks": LOCKS})))


def announce(connection: Connection, word: str) -> None:
    """Tell every process a word once this transaction is committed; where there is but one, tell nobody."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SELECT pg_notify(:channel, :word)"), {"channel": CHANNEL, "word": word})
