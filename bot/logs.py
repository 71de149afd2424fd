"""Sets up the logs: one line each on standard error, and the token in none of them."""

import logging
from urllib.parse import quote


class _Redacting(logging.Formatter):
    """Formats a line and takes the secret out, wherever it came from."""

    def __init__(self, secret: str) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        # As it is, and as it stands in an address.
        self._forms = tuple({secret, quote(secret, safe="")} - {""})

    def format(self, record: logging.LogRecord) -> str:
        """Format a line."""
        line = super().format(record)
        for form in self._forms:
            line = line.replace(form, "[token]")
        return line


def set_up_logs(level: str, secret: str) -> None:
    """Log from this level on; ``secret`` is left out of every line."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Redacting(secret))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells every step, which helps nobody here
