"""Key-value table for the installation itself, such as the salt of the log. It holds nothing about people."""

from sqlalchemy import Column, Connection, String, Table, select, text

from bot.store.base import metadata

KEY_VALUES = Table(
    "key_values",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
# The key that exists while a database is being moved into this one; its value is the progress (bot/store/moving/).
MOVING = "moving"
# Both engines know this clause (SQLite, "UPSERT"; PostgreSQL, "INSERT"): several processes may write at once.
_PUT = "INSERT INTO key_values (name, value) VALUES (:name, :value) ON CONFLICT (name) DO "


class KeyValues:
    """The stored values by name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str | None:
        """Return the value of this name, or None."""
        return self._connection.scalar(select(KEY_VALUES.c.value).where(KEY_VALUES.c.name == name))

    def set(self, name: str, value: str) -> None:
        """Store a value, replacing the old one."""
        self._connection.execute(text(_PUT + "UPDATE SET value = excluded.value"), {"name": name, "value": value})

    def set_default(self, name: str, value: str) -> str:
        """Store a value unless the name has one; return the value that is stored now."""
        self._connection.execute(text(_PUT + "NOTHING"), {"name": name, "value": value})
        return self.get(name) or value
