"""Every version of a question that could be asked, so that history stays readable when the bank changes."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, insert, select

from bot.store.base import Instant, metadata

# One question as it was at one time, as JSON in the bank's own form.
VERSIONS = Table(
    "question_versions",
    metadata,
    Column("fingerprint", String, primary_key=True),
    Column("document", String, nullable=False),
    Column("since", Instant, nullable=False),
)


class Versions:
    """The stored versions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, documents: Mapping[str, str], now: datetime) -> None:
        """Store the new ones of these documents, by fingerprint."""
        known = set(self._connection.scalars(select(VERSIONS.c.fingerprint)))
        new = [
            {"fingerprint": fingerprint, "document": document, "since": now}
            for fingerprint, document in documents.items()
            if fingerprint not in known
        ]
        if new:
            self._connection.execute(insert(VERSIONS), new)

    def find(self, fingerprint: str) -> str | None:
        """Return the document with this fingerprint, or None."""
        return self._connection.scalar(select(VERSIONS.c.document).where(VERSIONS.c.fingerprint == fingerprint))
