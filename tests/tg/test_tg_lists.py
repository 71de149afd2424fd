"""Lists of questions in messages: one line for each, whatever lines the question has."""

import pytest

from bot.app.messages import ClassResult, ClassSummary, HardQuestion, Message, QuizResult
from bot.tg.views import show

POEM = "Read the lines:\n  Frost and sun;\n\n  a day of wonder!\nWho wrote them?"
STEMS = (POEM, "Why?")
MESSAGES: dict[str, Message] = {
    "quiz": QuizResult(1, 0, 2, (), STEMS, 9),
    "class": ClassResult(1, 0, 2, 2, STEMS, group=False),
    "summary": ClassSummary(1, 2, (), tuple(HardQuestion(stem, 0, 9) for stem in STEMS), group=False),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_each_question_of_a_list_has_one_line(name: str) -> None:
    """A question with line breaks and an empty line is one item of the list, and no two."""
    shown = "\n".join(str(call.parameters["text"]) for call in show(MESSAGES[name], "en"))
    items = [line.removesuffix(" <b>0/9</b>") for line in shown.split("\n") if line.startswith("•")]
    assert items == ["• Read the lines: Frost and sun; a day of wonder! Who wrote them?", "• Why?"]
    assert "\n  Frost" not in shown
