"""Sets up the logs: one line each on standard error, and the token in none of them."""

import logging


class _Redacting(logging.Formatter):
    """Formats a line and takes the secret out, wherever it came from."""

    def __init__(self, secret: str) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        """Format a line."""
        line = super().format(record)
        return line.replace(self._secret, "[token]") if self._secret else line


def set_up_logs(level: str, secret: str) -> None:
    """Log from this level on; ``secret`` is left out of every line."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Redacting(secret))
    logging.basicConfig(level=level, handlers=[handler], force=True)
