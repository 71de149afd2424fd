"""Facts about the installation itself: a few texts by name, such as the salt of the log. Nothing about people."""

from sqlalchemy import Column, Connection, String, Table, select, text

from bot.store.base import metadata

KEY_VALUES = Table(
    "key_values",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
# The fact that stands while a database is being moved into this one, and how far that is: bot/store/moving/.
MOVING = "moving"
# Both engines know this clause (SQLite, "UPSERT"; PostgreSQL, "INSERT"): several processes may write at once.
_PUT = "INSERT INTO key_values (name, value) VALUES (:name, :value) ON CONFLICT (name) DO "


class KeyValues:
    """The facts kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str | None:
        """Give a fact, or None."""
        return self._connection.scalar(select(KEY_VALUES.c.value).where(KEY_VALUES.c.name == name))

    def set(self, name: str, value: str) -> None:
        """Keep a fact in the place of what it was before."""
        self._connection.execute(text(_PUT + "UPDATE SET value = excluded.value"), {"name": name, "value": value})

    def set_default(self, name: str, value: str) -> str:
        """Keep a fact unless it is kept already; give the one that holds from now on."""
        self._connection.execute(text(_PUT + "NOTHING"), {"name": name, "value": value})
        return self.get(name) or value
