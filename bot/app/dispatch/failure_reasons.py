"""How a failure is written beside what was set aside because of it."""

LONGEST_PROBLEM = 500


def failure_reason(error: BaseException) -> str:
    """Return the kind of an error and what it says, in a text that every database can hold."""
    try:
        said = str(error)
    except Exception as fault:  # noqa: BLE001 - an error that cannot be written must not become another
        said = f"(what it says cannot be written: {type(fault).__name__})"
    problem = f"{type(error).__name__}: {said}"[:LONGEST_PROBLEM]
    return problem.encode(errors="replace").decode().replace("\0", "?")
