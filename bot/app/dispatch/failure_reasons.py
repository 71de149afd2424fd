"""The reason that is stored with a dead letter."""

MAX_REASON_LENGTH = 500


def failure_reason(error: BaseException) -> str:
    """Return an error's class and message, as a text that every database can store."""
    try:
        message = str(error)
    except Exception as failure:  # noqa: BLE001 - an error whose __str__ raises must not cause a second failure
        message = f"(message not available: {type(failure).__name__})"
    reason = f"{type(error).__name__}: {message}"[:MAX_REASON_LENGTH]
    return reason.encode(errors="replace").decode().replace("\0", "?")
