"""Time limits of clients for each part of a request and its response."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Time limits in seconds.

    Attributes:
        header: for the whole header block of a request, from the opening of the connection or from its first byte.
        body: for the whole body of a request.
        sending: for the client to read a response.
        idle: between requests; longer than the minute in which clients reuse a connection.
    """

    header: float = 10.0
    body: float = 20.0
    sending: float = 20.0
    idle: int = 75
