"""How long a client may take over each part of an exchange."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Time limits in seconds.

    Attributes:
        header: for the whole header block of a request, from the opening of the connection or from its first byte.
        body: for the whole body of a request.
        sending: for what is sent to be read by the client.
        idle: between requests; longer than clients reuse a connection (a minute), or one might be closed in use.
    """

    header: float = 10.0
    body: float = 20.0
    sending: float = 20.0
    idle: int = 75
