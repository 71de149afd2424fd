"""Advice on answers of two questions that are a misspelling apart: authors check that both are meant so."""

from collections import defaultdict
from collections.abc import Iterator

from bot.bank.advice import Advice
from bot.core.kinds.typed import Typed
from bot.core.marking.typo_distance import Words, folded_words, is_possible_typo
from bot.core.question import Bank, Question


class _Answers:
    """The answers of a bank by the number of their letters: only those of about one length can be near."""

    def __init__(self, bank: Bank) -> None:
        self._by_length: defaultdict[int, list[tuple[Question, str, Words]]] = defaultdict(list)
        for question in bank.questions:
            texts = question.kind.answer_texts()
            for text in dict.fromkeys((*texts.right, *texts.wrong)):
                words = folded_words(text)
                self._by_length[len("".join(words))].append((question, text, words))

    def near(self, words: Words) -> Iterator[tuple[Question, str, Words]]:
        """Yield the answers within reach of these words."""
        length = len("".join(words))
        for letters in range(length - 2, length + 3):
            yield from (answer for answer in self._by_length.get(letters, ()) if is_possible_typo(words, answer[2]))


def answers_within_reach(bank: Bank) -> Iterator[Advice]:
    """An answer to type that is a misspelling away from an answer of another question."""
    answers, told = _Answers(bank), set[frozenset[Words]]()
    for question in bank.questions:
        if not isinstance(question.kind, Typed) or question.kind.exact:
            continue
        own = {folded_words(text) for text in question.kind.accept}
        for text in question.kind.accept:
            words = folded_words(text)
            for other, near, near_words in answers.near(words):
                pair = frozenset((words, near_words))
                if other.id != question.id and near_words not in own and pair not in told and not _is_kin(other, own):
                    told.add(pair)
                    yield _advice(question, text, other, near)


def _is_kin(other: Question, own: set[Words]) -> bool:
    """Return whether another question has one of these answers too: then what it accepts are names of one thing."""
    return any(folded_words(text) in own for text in other.kind.answer_texts().right)


def _advice(question: Question, text: str, other: Question, near: str) -> Advice:
    message = (
        f"“{text}” is a misspelling away from “{near}”, an answer of the question {other.id!r}. Neither is taken for"
        " the other. Check that both are spelled as you mean them, and put near forms that are wrong under `wrong`."
    )
    return Advice("questions", question.id, message, text, (other.id, near))
