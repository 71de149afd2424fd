"""Answers of a bank beside one another: what answers one question is no misspelling of another's answer."""

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
    """Build a bank of questions of these kinds, the first is the one answered."""
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
def test_an_answer_of_another_question_is_no_misspelling(other: Kind) -> None:
    """A right or wrong answer of any other question is wrong here; without that question it is a slip."""
    assert is_right("Idrisson", IDRISSOV)
    assert not is_right("Idrisson", IDRISSOV, other)


def test_names_of_one_answer_are_not_against_each_other() -> None:
    """Forms that one question accepts stay misspellings of each other, in that question and in its like."""
    assert is_right("Idrisoff", Typed(("Idrissoff", "Idrisov")))
    assert is_right("Idrisov", IDRISSOV, Typed(("Idrissov", "Idrisov")))


def test_what_is_nearer_to_another_answer_is_wrong() -> None:
    """A misspelling of another question's answer is none of this one's."""
    assert is_right("Karabulakh", Typed(("Karabulak",)), Typed(("Karabulakov",)))
    assert not is_right("Karabulatov", Typed(("Karabulatin",)), Typed(("Karabulatovo",)))


def test_a_form_of_another_answer_is_wrong() -> None:
    """Another question's answer in another case is that answer."""
    assert is_right("Идриссову", Typed(("Идрисову",)))
    assert not is_right("Идриссову", Typed(("Идрисову",)), Typed(("Идриссов",)))


def test_an_exact_or_accepted_answer_is_right_beside_any_other() -> None:
    """Whatever else the bank holds, the accepted text itself and its forms are right."""
    other = OneRight("Idrissovs", (Option("Idrissov"), Option("Idriskov")))
    assert is_right("idrissov", IDRISSOV, other)
    assert is_right("Idrissov's", IDRISSOV, other)


def test_neighbours_are_no_part_of_what_is_stored() -> None:
    """A question beside others is equal to itself alone, and has the same fingerprint and fields."""
    alone = bank_of(IDRISSOV, Typed(("Idrisson",)))
    beside = mark_beside_each_other(alone)
    assert beside == alone
    assert hash(beside.questions[0].kind) == hash(IDRISSOV)
    assert fingerprint(beside.questions[0]) == fingerprint(alone.questions[0])
    assert beside.questions[0].kind.write() == IDRISSOV.write()


def test_a_library_marks_every_question_beside_the_others() -> None:
    """Questions that a running bot asks know the answers of its bank, however the bank was made."""
    library = Library(bank_of(IDRISSOV, OneRight("Idrisson", (Option("Someone"),))))
    mark = library.questions["q0"].kind.mark(Written("Idrisson"))
    assert isinstance(mark, Mark)
    assert not mark.right
