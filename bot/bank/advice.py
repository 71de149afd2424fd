"""One piece of advice on a bank."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice on a passage, topic or question.

    Attributes:
        section: the section of the bank that the item is in, such as ``questions``.
        id: the item's id.
        message: the advice, in one or two sentences.
        answer: the answer that the advice is about; empty if it is about the whole item.
        other: the id of another question and the answer there that the message also names; empty for none.
    """

    section: str
    id: str
    message: str
    answer: str = ""
    other: tuple[str, str] = ("", "")
