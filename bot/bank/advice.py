"""One piece of advice on a bank."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice on a passage, topic or question, by the section it stands in and its id.

    Attributes:
        answer: the answer of the question that it is on; empty for the whole item.
        other: the question and the answer that it names besides; empty for none.
    """

    section: str
    id: str
    message: str
    answer: str = ""
    other: tuple[str, str] = ("", "")
