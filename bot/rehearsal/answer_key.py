"""Answer key of simulated pupils: finds the bank's question in a message, and its right answers."""

import re
from dataclasses import dataclass

from bot.core.kinds.true_false import TrueFalse
from bot.core.prompt import Mark, Written, WrittenPrompt
from bot.core.question import Bank, Question
from bot.playground.world import Message, Poll

# If options are too long for a poll, a message above lists them and the poll has only their letters.
_LETTERED = re.compile(r"^([A-L])\) (.+)$", re.MULTILINE)

# The bullet before each stem in a list of questions.
_LISTED = "• "


@dataclass(frozen=True, slots=True)
class SeenQuestion:
    """A question that a pupil has seen in a chat.

    Attributes:
        poll: the poll to vote in; None if the answer is to be written.
        question: the question of the bank; None if it is not in the bank.
        text: the whole text of the question, including messages above a poll.
    """

    message: Message
    poll: Poll | None
    question: Question | None
    text: str

    def right_options(self) -> tuple[int, ...]:
        """Return the ids of the right options of the poll; empty if they are not known."""
        if self.poll is None or self.question is None:
            return ()
        if isinstance(self.question.kind, TrueFalse):
            return (0 if self.question.kind.answer else 1,)
        solution = set(self.question.kind.solution())
        lettered = dict(_LETTERED.findall(self.text))
        labels = [option.text.text for option in self.poll.options]
        return tuple(place for place, label in enumerate(labels) if lettered.get(label, label) in solution)


class AnswerKey:
    """The questions of a bank, searchable by their texts."""

    def __init__(self, bank: Bank) -> None:
        # A stem may be part of a longer one.
        longest_first = sorted(bank.questions, key=lambda question: -len(question.stem))
        self._stems = [(_plain(question.stem), question) for question in longest_first]

    def find_question(self, text: str) -> Question | None:
        """Return the question whose stem occurs in a text, or None."""
        plain = _plain(text)
        return next((question for stem, question in self._stems if stem in plain), None)

    def find_written_question(self, text: str) -> Question | None:
        """Return the question that a text asks to be answered in writing; None if it asks none or reports on questions.

        A text about the result of a question contains the author's explanation; a summary of a class lists stems.
        """
        question = self.find_question(text)
        if question is None or not is_written(question) or self.is_explanation(text, question):
            return None
        return None if f"{_LISTED}{_plain(question.stem)}" in _plain(text) else question

    def is_explanation(self, text: str, question: Question) -> bool:
        """Return whether a text contains the explanation of the question's answer."""
        return _plain(question.why) in _plain(text)


def is_written(question: Question) -> bool:
    """Return whether the answer to a question is written."""
    # The seed only orders options, which does not matter here.
    return isinstance(question.kind.prompt(0), WrittenPrompt)


def is_right(question: Question, text: str) -> bool | None:
    """Return whether a text is the right answer to a question; None if it is not an answer at all."""
    mark = question.kind.mark(Written(text))
    return mark.right if isinstance(mark, Mark) else None


def _plain(text: str) -> str:
    return " ".join(text.split())
