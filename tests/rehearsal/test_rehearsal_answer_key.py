"""The answer key recognizes questions in the messages that the bot really sends."""

import re
from html import unescape
from pathlib import Path

import pytest
from schoolroom import Schoolroom

from bot.app.messages import AnswerExplanation, AskedQuestion, Explanation
from bot.bank import load
from bot.core.prompt import WrittenPrompt
from bot.core.question import Bank, Question
from bot.i18n import LANGUAGES
from bot.rehearsal.answer_key import AnswerKey, SeenQuestion
from bot.tg.views import show

SAMPLES = Path(__file__).parents[1] / "bank" / "samples" / "good"
every_language = pytest.mark.parametrize("language", sorted(LANGUAGES))


def explanation_of(question: Question) -> Explanation:
    """Build the explanation of a question's answer as the bot does."""
    lesson = AnswerExplanation(
        statement=False,
        solution=question.kind.solution(),
        why=question.why,
        passage="A passage",
        before="",
        quoted=question.quote,
        after="",
    )
    return Explanation("wrong", "none", "", lesson)


def question_message(question: Question) -> AskedQuestion:
    """Build the message that asks a question as the bot does."""
    return AskedQuestion(1, 3, 10, "A topic", question.stem, question.kind.prompt(7), question.why)


async def see_question(bank: Bank, question: Question, language: str) -> SeenQuestion:
    """Show a pupil the messages that ask a question in a language; return the question that the pupil sees."""
    room = Schoolroom(bank, 1)
    (pupil,) = room.pupils
    room.world.send_text(pupil.person.id, pupil.person.id, "/start")
    for call in show(question_message(question), language):
        await room.call(call.method, pupil.person.id, **call.parameters)
    for message in list(room.world.chats[pupil.person.id].messages.values())[1:]:
        pupil.receive(message)
    seen = pupil.open_question
    assert seen is not None
    return seen


@every_language
async def test_every_question_is_recognized(bank: Bank, language: str) -> None:
    """Each question of the bank and its right options are recognized in every language."""
    for question in bank.questions:
        seen = await see_question(bank, question, language)
        assert seen.question is question
        assert (seen.poll is None) == isinstance(question.kind.prompt(7), WrittenPrompt)
        if seen.poll is not None:
            assert seen.right_options() == seen.poll.correct_option_ids


@pytest.mark.parametrize("sample", ["longest.yaml", "every-kind.yaml"])
async def test_long_questions_are_recognized(sample: str) -> None:
    """Stems in a message before the poll and options by letter are recognized, too."""
    bank = load(SAMPLES / sample)
    for question in bank.questions:
        seen = await see_question(bank, question, "en")
        assert seen.question is question
        assert seen.poll is None or seen.right_options() == seen.poll.correct_option_ids


@every_language
def test_an_explanation_is_no_question(bank: Bank, language: str) -> None:
    """An explanation or a list of questions is not taken for a question to be answered in writing."""
    answer_key = AnswerKey(bank)
    for question in bank.questions:
        (call,) = show(explanation_of(question), language)
        text = unescape(re.sub("<[^>]*>", "", call.parameters["text"]))
        assert answer_key.is_explanation(text, question)
        assert answer_key.find_written_question(f"{question.stem}\n{text}") is None
        assert answer_key.find_written_question(f"Missed:\n• {question.stem}") is None


def test_an_unknown_question_is_not_found(bank: Bank) -> None:
    """A text without a stem of the bank is not a question."""
    assert AnswerKey(bank).find_question("How many stars are there?") is None
