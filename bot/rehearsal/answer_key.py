"""What simulated pupils know of the text: which question stands in a chat, and what answers it. Knows no people."""

import re
from dataclasses import dataclass

from bot.core.kinds.true_false import TrueFalse
from bot.core.prompt import Mark, Written, WrittenPrompt
from bot.core.question import Bank, Question
from bot.playground.world import Message, Poll

# Options too long for a poll stand above it, and the poll holds their letters.
_LETTERED = re.compile(r"^([A-L])\) (.+)$", re.MULTILINE)

# What stands before each of several stems.
_LISTED = "• "


@dataclass(frozen=True, slots=True)
class SeenQuestion:
    """A question in a chat.

    Attributes:
        poll: the poll to vote in; None where the answer is written.
        question: the question of the bank; None for one that the pupil has not heard of.
        text: all that belongs to it, what stands above a poll too.
    """

    message: Message
    poll: Poll | None
    question: Question | None
    text: str

    def right_options(self) -> tuple[int, ...]:
        """Give the numbers of the right options of the poll; none where they are not known."""
        if self.poll is None or self.question is None:
            return ()
        if isinstance(self.question.kind, TrueFalse):
            return (0 if self.question.kind.answer else 1,)
        solution = set(self.question.kind.solution())
        lettered = dict(_LETTERED.findall(self.text))
        labels = [option.text.text for option in self.poll.options]
        return tuple(place for place, label in enumerate(labels) if lettered.get(label, label) in solution)


class AnswerKey:
    """A bank, as somebody remembers it who has read the text."""

    def __init__(self, bank: Bank) -> None:
        # A stem may stand within a longer one.
        longest_first = sorted(bank.questions, key=lambda question: -len(question.stem))
        self._stems = [(_plain(question.stem), question) for question in longest_first]

    def find_question(self, text: str) -> Question | None:
        """Find the question whose stem stands in a text."""
        plain = _plain(text)
        return next((question for stem, question in self._stems if stem in plain), None)

    def find_written_question(self, text: str) -> Question | None:
        """Find the one question to be answered in writing that a text puts; None where it puts none, or tells of some.

        What tells how a question went holds the author's explanation; what sums up a class lists stems.
        """
        question = self.find_question(text)
        if question is None or not is_written(question) or self.is_explanation(text, question):
            return None
        return None if f"{_LISTED}{_plain(question.stem)}" in _plain(text) else question

    def is_explanation(self, text: str, question: Question) -> bool:
        """Say whether a text tells why an answer to the question is right."""
        return _plain(question.why) in _plain(text)


def is_written(question: Question) -> bool:
    """Say whether the answer to a question is written."""
    # How options are ordered does not matter here.
    return isinstance(question.kind.prompt(0), WrittenPrompt)


def is_right(question: Question, text: str) -> bool | None:
    """Say whether a text answers a question right; None where it is no answer at all."""
    mark = question.kind.mark(Written(text))
    return mark.right if isinstance(mark, Mark) else None


def _plain(text: str) -> str:
    return " ".join(text.split())
