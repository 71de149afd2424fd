"""The words of a bank's other answers: a typed word that is one of them is not a misspelling of the accepted answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.marking.tokenizer import tokenize

_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class AnswerTexts:
    """The answers of one question as texts.

    Attributes:
        right: the right answers.
        wrong: the wrong answers.
    """

    right: tuple[str, ...]
    wrong: tuple[str, ...] = ()


class OtherAnswers:
    """The answers of all questions of a bank; their words are computed on first use and cached."""

    def __init__(self, answers: Iterable[AnswerTexts]) -> None:
        self._answers = tuple(answers)
        self._word_sets: list[tuple[frozenset[str], frozenset[str], frozenset[str]]] = []
        self._words: dict[tuple[str, ...], frozenset[str]] = {}

    def words_of_others(self, accepted: tuple[str, ...]) -> frozenset[str]:
        """Return the words of all answers except those accepted by one question.

        A question that accepts one of these texts too accepts other names of the same thing; its words do not count.
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
    """Return the words of texts that are long enough to be confused with others."""
    return frozenset(
        word for text in texts for form in tokenize(text) for word in form if len(word) >= _SHORTEST and word.isalpha()
    )
