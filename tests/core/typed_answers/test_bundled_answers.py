"""Marking of typed answers to the bundled bank."""

from pathlib import Path

import pytest
from bundled_answers import BUNDLED
from typed_rows import is_right

from bot.bank import load
from bot.core.kinds.typed import Typed

BANK = load(Path(__file__).parents[3] / "questions.yaml")
TYPED = {question.id: question.kind for question in BANK.questions if isinstance(question.kind, Typed)}
ANSWERS = [
    (f"{name}: {text}", name, text, right)
    for name, answers in BUNDLED.items()
    for texts, right in ((answers.right, True), (answers.wrong, False))
    for text in texts
]


@pytest.mark.parametrize(("name", "text", "right"), [pytest.param(*row, id=label) for label, *row in ANSWERS])
def test_a_bundled_answer_gets_the_verdict_of_a_fair_teacher(name: str, text: str, *, right: bool) -> None:
    """A natural answer to a question of the bundled bank gets the verdict of a fair teacher."""
    assert is_right(TYPED[name], text) is right


def test_every_typed_question_has_ten_right_and_ten_wrong_answers() -> None:
    """Each typed question of the bundled bank has at least ten right and ten wrong answers, and none twice."""
    assert BUNDLED.keys() == TYPED.keys()
    assert {
        name: (len(one.right), len(one.wrong))
        for name, one in BUNDLED.items()
        if min(len(one.right), len(one.wrong)) < 10
    } == {}
    assert len({label for label, *_ in ANSWERS}) == len(ANSWERS)
