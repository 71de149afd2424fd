"""The two ways to be refused here: a bot's call as Telegram words it, and a person's act in plain words."""


class BotApiError(Exception):
    """A Bot API call that is refused.

    Attributes:
        code: the HTTP status and ``error_code``.
        description: Telegram's text, with its prefix, e.g. ``Bad Request: chat not found``.
        parameters: Bot API ``ResponseParameters``: ``retry_after`` in seconds or ``migrate_to_chat_id``.
    """

    def __init__(self, code: int, description: str, parameters: dict[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters or {}


class ActionRefusedError(ValueError):
    """Something a person cannot do in a Telegram client: vote twice, press a button that is not there."""


def bad_request(reason: str) -> BotApiError:
    """Word a refusal with status 400."""
    return BotApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> BotApiError:
    """Word a refusal with status 403."""
    return BotApiError(403, f"Forbidden: {reason}")
