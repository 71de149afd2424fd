"""Kinds with options: one right, several right, true or false."""

import pytest

from bot.core.errors import Fault, QuestionError
from bot.core.kind import Kind, Option, Value
from bot.core.kinds.one_right import OneRight
from bot.core.kinds.several_right import SeveralRight
from bot.core.kinds.true_false import TrueFalse
from bot.core.prompt import Answer, Chosen, Mark, NotAnAnswer, TrueFalsePrompt, Written

OFFICE = OneRight("Geneva", (Option("Vienna", "Vienna is the seat of the OSCE."), Option("New York")))
PARTNERS = SeveralRight(("OSCE", "UNICEF"), (Option("NATO", "An alliance."), Option("FIFA", "A game."), Option("OPEC")))


def faults(kind: type[Kind], fields: dict[str, Value]) -> tuple[Fault, ...]:
    """Return the faults in the fields of a question."""
    with pytest.raises(QuestionError) as caught:
        kind.read(fields)
    return caught.value.faults


def test_the_right_option_is_marked_right() -> None:
    """The right option is marked right and has no note."""
    assert OFFICE.mark(Chosen((0,))) == Mark(right=True, given="Geneva")


def test_a_wrong_option_gets_its_note() -> None:
    """A wrong option gets the author's note if there is one."""
    assert OFFICE.mark(Chosen((1,))) == Mark(right=False, given="Vienna", note="Vienna is the seat of the OSCE.")


@pytest.mark.parametrize("answer", [Chosen(()), Chosen((3,)), Chosen((-1,)), Chosen((0, 1)), Written("Geneva")])
def test_not_exactly_one_known_option_is_not_an_answer(answer: Answer) -> None:
    """A retracted, unknown or double choice, or a text, is not marked."""
    assert OFFICE.mark(answer) == NotAnAnswer("option")


@pytest.mark.parametrize(
    ("chosen", "right"),
    [((0, 1), True), ((1, 0), True), ((0,), False), ((0, 1, 2), False), ((2, 3), False), ((1, 4), False)],
)
def test_several_right_needs_exactly_the_right_options(chosen: tuple[int, ...], *, right: bool) -> None:
    """All right options and no others must be chosen, in any order."""
    mark = PARTNERS.mark(Chosen(chosen))
    assert isinstance(mark, Mark)
    assert mark.right is right


def test_several_choices_are_one_line_in_the_authors_order() -> None:
    """The chosen options and their notes are listed in the author's order."""
    expected = Mark(right=False, given="UNICEF; NATO; FIFA", note="An alliance. A game.")
    assert PARTNERS.mark(Chosen((3, 1, 2))) == expected


@pytest.mark.parametrize("answer", [Chosen(()), Chosen((0, 5)), Written("OSCE")])
def test_an_unknown_choice_is_not_an_answer(answer: Answer) -> None:
    """A retraction, an unknown option or a text is not marked."""
    assert PARTNERS.mark(answer) == NotAnAnswer("option")


@pytest.mark.parametrize(("word", "choice"), [("true", 0), ("false", 1)])
def test_choice_0_is_true_and_choice_1_is_false(word: str, choice: int) -> None:
    """Choice 0 means true and choice 1 means false."""
    kind = TrueFalse.read({"answer": word})
    assert kind.prompt(0) == TrueFalsePrompt(correct=word == "true")
    assert kind.mark(Chosen((choice,))) == Mark(right=True, given=word)
    assert kind.mark(Chosen((1 - choice,))) == Mark(right=False, given="false" if word == "true" else "true")
    assert kind.solution() == (word,)


@pytest.mark.parametrize("answer", [Chosen(()), Chosen((2,)), Chosen((0, 1)), Written("true")])
def test_another_choice_than_true_or_false_is_not_an_answer(answer: Answer) -> None:
    """Any other choice is not marked."""
    assert TrueFalse(answer=True).mark(answer) == NotAnAnswer("option")


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"answer": "Geneva", "wrong": ("Vienna",)}, OneRight),
        ({"answer": "Geneva"}, OneRight),
        ({"answer": "yes"}, TrueFalse),
        ({"answer": "on"}, TrueFalse),
        ({"answer": "yes", "wrong": ("no",)}, OneRight),
        ({"answer": "True", "wrong": ("False", "The text does not say")}, OneRight),
        ({"answer": "true"}, TrueFalse),
        ({"answer": "false"}, TrueFalse),
        ({"answer": Option("true"), "wrong": ("false",)}, TrueFalse),
    ],
)
def test_the_value_of_answer_decides_the_kind(fields: dict[str, Value], kind: type[Kind]) -> None:
    """An `answer` of true or false makes a statement, another value a choice question."""
    assert [claimant for claimant in (OneRight, TrueFalse) if claimant.claims(fields)] == [kind]


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        (OneRight, {"answer": "Geneva"}, [("wrong", None, "is missing: add it (the wrong options)")]),
        (OneRight, {"answer": "Geneva", "wrong": ()}, [("wrong", None, "has 0 items: write 1 to 11")]),
        (
            OneRight,
            {"answer": "Geneva", "wrong": ("Vienna", "", " Vienna")},
            [
                ("wrong", 1, "is empty: write something or remove it"),
                ("wrong", 2, "“Vienna” is given twice: keep one of them"),
            ],
        ),
        (
            OneRight,
            {"answer": "Council", "wrong": ("Vienna", "Council")},
            [("wrong", 1, "“Council” is also in `answer`: keep it in one of them")],
        ),
        (
            OneRight,
            {"answer": Option("Geneva", "It is the seat."), "wrong": ("Vienna",)},
            [("answer", 0, "is right, so it has no note: explain it in `why`")],
        ),
        (
            OneRight,
            {"answer": "Geneva", "wrong": ("Vienna",), "unit": "km"},
            [("unit", None, "is not a field of a one right question: remove it (its fields: `answer`, `wrong`)")],
        ),
        (SeveralRight, {"answers": ("a",), "wrong": ("b",)}, [("answers", None, "has 1 items: write 2 to 11")]),
        (
            SeveralRight,
            {"answers": tuple("abcdefg"), "wrong": tuple("hijklm")},
            [("wrong", None, "makes 13 options in all: 12 is the most a poll takes")],
        ),
        (TrueFalse, {"answer": "maybe"}, [("answer", None, "is “maybe”: write true or false")]),
        (
            TrueFalse,
            {"answer": "true", "wrong": ("false",)},
            [("wrong", None, "is not a field of a true/false question: remove it (its fields: `answer`)")],
        ),
    ],
)
def test_every_fault_has_its_place_and_remedy(
    kind: type[Kind], fields: dict[str, Value], expected: list[tuple[str, int | None, str]]
) -> None:
    """Faults are collected in the order of the fields, each with its place and remedy."""
    assert [(fault.field, fault.index, fault.message) for fault in faults(kind, fields)] == expected


def test_signs_that_change_the_meaning_distinguish_options() -> None:
    """C, C++ and C# are three options, and so are 5, -5 and 5 %."""
    kind = OneRight.read({"answer": "C", "wrong": ("C++", "C#", "5", "-5", "5 %")})
    assert len(kind.wrong) == 5


def test_texts_are_trimmed() -> None:
    """White space around an option, as in a block scalar, is removed."""
    kind = OneRight.read({"answer": " Geneva\n", "wrong": (Option("Vienna\n", "No.\n"),)})
    assert kind == OneRight("Geneva", (Option("Vienna", "No."),))
