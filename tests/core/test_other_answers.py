"""Answers of a bank beside each other: an answer to one question is not a misspelling of another's answer."""

import pytest
from strategies import question

from bot.app.library import Library
from bot.bank import fingerprint
from bot.core.kind import Kind, Option
from bot.core.kinds.one_right import OneRight
from bot.core.kinds.several_right import SeveralRight
from bot.core.kinds.typed import Typed
from bot.core.other_answers import mark_beside_each_other
from bot.core.prompt import Mark, Written
from bot.core.question import Bank, Passage, Topic


def bank_of(*kinds: Kind) -> Bank:
    """Create a bank of questions of these kinds; the first is the one to answer."""
    questions = tuple(question(f"q{number}", kind=kind) for number, kind in enumerate(kinds))
    return Bank("A bank", "en", "", "", (Passage("passage", "P", "Words."),), (Topic("bodies", "Bodies"),), questions)


def is_right(typed: str, *kinds: Kind) -> bool:
    """Return whether an answer to the first question of a bank is right."""
    mark = mark_beside_each_other(bank_of(*kinds)).questions[0].kind.mark(Written(typed))
    assert isinstance(mark, Mark)
    return mark.right


IDRISSOV = Typed(("Idrissov",))


@pytest.mark.parametrize(
    "other",
    [
        Typed(("Idrisson",)),
        Typed(("Someone", "Erlan Idrisson")),
        Typed(("Someone",), (Option("Idrisson"),)),
        OneRight("Idrisson", (Option("Someone"),)),
        OneRight("Someone", (Option("Idrisson"), Option("Nobody"))),
        SeveralRight(("Someone", "Idrisson"), (Option("Nobody"),)),
        SeveralRight(("Someone", "Anybody"), (Option("IDRISSON"),)),
    ],
)
def test_an_answer_of_another_question_is_not_a_misspelling(other: Kind) -> None:
    """A right or wrong answer of another question is wrong here; without that question it is a typo."""
    assert is_right("Idrisson", IDRISSOV)
    assert not is_right("Idrisson", IDRISSOV, other)


def test_accepted_variants_may_be_misspellings_of_each_other() -> None:
    """Texts that one question accepts together remain misspellings of each other, also in another question."""
    assert is_right("Idrisoff", Typed(("Idrissoff", "Idrisov")))
    assert is_right("Idrisov", IDRISSOV, Typed(("Idrissov", "Idrisov")))


def test_a_typo_closer_to_another_answer_is_wrong() -> None:
    """A misspelling of another question's answer is not one of this question's."""
    assert is_right("Karabulakh", Typed(("Karabulak",)), Typed(("Karabulakov",)))
    assert not is_right("Karabulatov", Typed(("Karabulatin",)), Typed(("Karabulatovo",)))


def test_an_inflected_form_of_another_answer_is_wrong() -> None:
    """Another question's answer in another case is that answer."""
    assert is_right("Идриссову", Typed(("Идрисову",)))
    assert not is_right("Идриссову", Typed(("Идрисову",)), Typed(("Идриссов",)))


def test_an_accepted_answer_is_right_beside_any_other() -> None:
    """The accepted text and its inflected forms are right in every bank."""
    other = OneRight("Idrissovs", (Option("Idrissov"), Option("Idriskov")))
    assert is_right("idrissov", IDRISSOV, other)
    assert is_right("Idrissov's", IDRISSOV, other)


def test_other_answers_are_not_stored() -> None:
    """A question with the answers of others equals the question alone and has the same fingerprint and fields."""
    alone = bank_of(IDRISSOV, Typed(("Idrisson",)))
    beside = mark_beside_each_other(alone)
    assert beside == alone
    assert hash(beside.questions[0].kind) == hash(IDRISSOV)
    assert fingerprint(beside.questions[0]) == fingerprint(alone.questions[0])
    assert beside.questions[0].kind.write() == IDRISSOV.write()


def test_a_library_marks_every_question_beside_the_others() -> None:
    """The questions of a running bot take the other answers of their bank into account."""
    library = Library(bank_of(IDRISSOV, OneRight("Idrisson", (Option("Someone"),))))
    mark = library.questions["q0"].kind.mark(Written("Idrisson"))
    assert isinstance(mark, Mark)
    assert not mark.right
