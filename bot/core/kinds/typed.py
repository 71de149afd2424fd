"""A word, name or short phrase to type; misspellings are forgiven unless the question is exact."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Self

from bot.core.field_reader import FieldReader
from bot.core.kind import Field, Kind, Option, Value
from bot.core.marking import AnswerTexts, Comparison, OtherAnswers, compare, fold, is_same, matches
from bot.core.prompt import Answer, Mark, NotAnAnswer, Prompt, Written, WrittenPrompt
from bot.core.text_limits import LONGEST_ANSWER, is_within
from bot.core.truth_words import FALSE, TRUE


@dataclass(frozen=True, slots=True)
class Typed(Kind):
    """A text to type.

    Attributes:
        accept: the texts that are right; the first is the one shown.
        wrong: texts that are never right, even if they resemble a right one, each with its note.
        exact: whether nothing is forgiven, not even another case.
        others: the answers of the whole bank, which are not misspellings of these; neither compared nor stored.
    """

    accept: tuple[str, ...]
    wrong: tuple[Option, ...] = ()
    exact: bool = False
    others: OtherAnswers | None = field(default=None, compare=False, repr=False)

    name: ClassVar[str] = "typed"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("accept", "texts", required=True, description="the right answers; the first is shown"),
        Field("wrong", "options", required=False, description="wrong answers, even if they resemble a right one"),
        Field("exact", "boolean", required=False, description="true: the spelling must be exact, also capital letters"),
    )

    @classmethod
    def read(cls, fields: Mapping[str, Value]) -> Self:
        """Build the kind from `accept`, `wrong` and `exact`. Raises QuestionError with every fault found."""
        exact = fields.get("exact") in TRUE
        reader = FieldReader(cls, fields, exact=exact)
        accept = reader.texts("accept")
        for index, text in enumerate(accept):
            if text and not _is_answer(text):
                reader.add_fault("accept", f"needs a letter or digit and at most {LONGEST_ANSWER} characters", index)
        wrong = reader.options("wrong")
        reader.check_disjoint("wrong", (option.text for option in wrong), "accept", accept)
        word = reader.text("exact")
        if word and word not in TRUE and word not in FALSE:
            reader.add_fault("exact", f"is “{word}”: write true, or remove it")
        reader.raise_faults()
        return cls(accept, wrong, exact)

    def write(self) -> dict[str, Value]:
        """Return the fields."""
        wrong: dict[str, Value] = {"wrong": self.wrong} if self.wrong else {}
        exact: dict[str, Value] = {"exact": "true"} if self.exact else {}
        return {"accept": self.accept, **wrong, **exact}

    def prompt(self, seed: int) -> Prompt:  # noqa: ARG002 - nothing to shuffle
        """Ask for a text."""
        return WrittenPrompt("text")

    def mark(self, answer: Answer) -> Mark | NotAnAnswer:
        """Mark a text; one without a letter or digit, or of over 200 characters, is not an answer."""
        if not isinstance(answer, Written) or not _is_answer(answer.text):
            return NotAnAnswer("text")
        given = " ".join(answer.text.split())
        found = self._compare(given)
        if found.right:
            return Mark(right=True, given=given, spelling=found.spelling)
        return Mark(right=False, given=given, note=self._note(given))

    def solution(self) -> tuple[str, ...]:
        """Return the first accepted text."""
        return self.accept[:1]

    def answer_texts(self) -> AnswerTexts:
        """Return the accepted texts and the wrong ones."""
        return AnswerTexts(self.accept, tuple(option.text for option in self.wrong))

    def mark_beside(self, others: OtherAnswers) -> Self:
        """Return this kind with the answers of the other questions in its bank, which are not misspellings."""
        return replace(self, others=others)

    def _compare(self, given: str) -> Comparison:
        if self.exact:
            return Comparison(any(is_same(given, text) for text in self.accept))
        return compare(given, self.accept, [option.text for option in self.wrong], self._words_of_others)

    def _words_of_others(self) -> frozenset[str]:
        return self.others.words_of_others(self.accept) if self.others else frozenset()

    def _note(self, given: str) -> str:
        is_meant = is_same if self.exact else _is_meant
        return next((option.note for option in self.wrong if is_meant(given, option.text)), "")


def _is_meant(given: str, text: str) -> bool:
    return matches(given, (text,))


def _is_answer(text: str) -> bool:
    return is_within(text, LONGEST_ANSWER) and any(sign.isalnum() for sign in fold(text))
