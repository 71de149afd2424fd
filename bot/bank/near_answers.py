"""Advice on answers of two questions that differ only by a misspelling: one of them may be a mistake."""

from collections import defaultdict
from collections.abc import Iterator

from bot.bank.advice import Advice
from bot.core.kinds.typed import Typed
from bot.core.marking.typo_distance import Words, folded_words, is_possible_typo
from bot.core.question import Bank, Question


class _AnswerIndex:
    """Index of a bank's answers by their number of letters: only answers of similar length can be near."""

    def __init__(self, bank: Bank) -> None:
        self._by_length: defaultdict[int, list[tuple[Question, str, Words]]] = defaultdict(list)
        for question in bank.questions:
            texts = question.kind.answer_texts()
            for text in dict.fromkeys((*texts.right, *texts.wrong)):
                words = folded_words(text)
                self._by_length[len("".join(words))].append((question, text, words))

    def near(self, words: Words) -> Iterator[tuple[Question, str, Words]]:
        """Yield the answers that differ from these words only by a misspelling."""
        length = len("".join(words))
        for letters in range(length - 2, length + 3):
            yield from (answer for answer in self._by_length.get(letters, ()) if is_possible_typo(words, answer[2]))


def confusable_answers(bank: Bank) -> Iterator[Advice]:
    """Yield advice on typed answers that differ only by a misspelling from an answer of another question."""
    answers, reported = _AnswerIndex(bank), set[frozenset[Words]]()
    for question in bank.questions:
        if not isinstance(question.kind, Typed) or question.kind.exact:
            continue
        own = {folded_words(text) for text in question.kind.accept}
        for text in question.kind.accept:
            words = folded_words(text)
            for other, near, near_words in answers.near(words):
                pair = frozenset((words, near_words))
                if other.id == question.id or near_words in own or pair in reported or _shares_an_answer(other, own):
                    continue
                reported.add(pair)
                yield _advice(question, text, other, near)


def _shares_an_answer(other: Question, own: set[Words]) -> bool:
    """Return whether another question also has one of these answers: then both accept names of the same thing."""
    return any(folded_words(text) in own for text in other.kind.answer_texts().right)


def _advice(question: Question, text: str, other: Question, near: str) -> Advice:
    message = (
        f"“{text}” differs only by a misspelling from “{near}”, an answer of the question {other.id!r}. Neither is"
        " accepted for the other. Check the spelling of both, and list similar words that are wrong under `wrong`."
    )
    return Advice("questions", question.id, message, text, (other.id, near))
