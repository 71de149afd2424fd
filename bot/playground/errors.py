"""The two errors of the playground: of a bot's call, in Telegram's words, and of a person's action."""


class BotApiError(Exception):
    """An error that answers a Bot API call.

    Attributes:
        code: the HTTP status, which is also ``error_code``.
        description: Telegram's text, with its prefix, e.g. ``Bad Request: chat not found``.
        parameters: Bot API ``ResponseParameters``: ``retry_after`` in seconds or ``migrate_to_chat_id``.
    """

    def __init__(self, code: int, description: str, parameters: dict[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters or {}


class ActionRefusedError(ValueError):
    """An action that no Telegram client allows: to vote twice, to press a button that does not exist."""


def bad_request(reason: str) -> BotApiError:
    """Create an error with status 400."""
    return BotApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> BotApiError:
    """Create an error with status 403."""
    return BotApiError(403, f"Forbidden: {reason}")
