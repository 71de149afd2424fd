"""The words of a bank's other answers: whoever types one of them means that answer, and misspelt no other."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.marking.tokenizer import tokenize

_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class AnswerTexts:
    """The answers of one question.

    Attributes:
        right: the texts that are right.
        wrong: the texts that are wrong.
    """

    right: tuple[str, ...]
    wrong: tuple[str, ...] = ()


class OtherAnswers:
    """The answers of all questions of a bank. Words are read when first asked for, and then kept."""

    def __init__(self, answers: Iterable[AnswerTexts]) -> None:
        self._answers = tuple(answers)
        self._word_sets: list[tuple[frozenset[str], frozenset[str], frozenset[str]]] = []
        self._words: dict[tuple[str, ...], frozenset[str]] = {}

    def words_of_others(self, accepted: tuple[str, ...]) -> frozenset[str]:
        """Return the words of other answers than these, which are all that one question accepts.

        Answers that another question accepts beside one of these are other names of the same thing.
        """
        if accepted not in self._words:
            texts = frozenset(map(_folded, accepted))
            own = frozenset(word for text in accepted for word in _words(text))
            words: set[str] = set()
            for names, right, wrong in self._questions():
                words |= wrong if names & texts else right | wrong
                own |= right if names & texts else frozenset()
            self._words[accepted] = frozenset(words - own)
        return self._words[accepted]

    def _questions(self) -> list[tuple[frozenset[str], frozenset[str], frozenset[str]]]:
        if not self._word_sets:
            self._word_sets = [
                (frozenset(map(_folded, one.right)), _words(*one.right), _words(*one.wrong)) for one in self._answers
            ]
        return self._word_sets


def _folded(text: str) -> str:
    return " ".join(tokenize(text)[0])


def _words(*texts: str) -> frozenset[str]:
    """Return the words of texts that are long enough to be mistaken for others."""
    return frozenset(
        word for text in texts for form in tokenize(text) for word in form if len(word) >= _SHORTEST and word.isalpha()
    )
