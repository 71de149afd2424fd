"""Messages that show learners their progress."""

import pytest

from bot.app import messages
from bot.app.messages import TopicResult
from bot.tg.views import show


@pytest.mark.parametrize(
    ("right", "of", "drawn"),
    [(0, 9, "⬜⬜⬜⬜⬜"), (1, 90, "🟩⬜⬜⬜⬜"), (89, 90, "🟩🟩🟩🟩⬜"), (9, 9, "🟩🟩🟩🟩🟩")],
)
def test_a_bar_is_full_only_when_all_is_right(right: int, of: int, drawn: str) -> None:
    """A bar has five squares: none full for nothing, one for anything, all for all."""
    (call,) = show(messages.TopicList((TopicResult("Topic", right, of),), ()), "en")
    assert f"{drawn} Topic: {right}/{of}" in call.parameters["text"]
