"""A question as Telegram shows it: a quiz poll for choices, a message for answers in writing. Nothing is cut."""

from typing import Any

from bot.app.messages import AskedQuestion
from bot.core.prompt import ChoicePrompt, TrueFalsePrompt, WrittenPrompt
from bot.i18n import Texts
from bot.tg.call import Call, data, keyboard
from bot.tg.views.paging import length, pages, pieces
from bot.tg.views.text import paragraphs, safe, send

# Bot API, sendPoll and InputPollOption.
LONGEST_QUESTION = 300
LONGEST_OPTION = 100
LONGEST_EXPLANATION = 200
LONGEST_DESCRIPTION = 1024
LETTERS = "ABCDEFGHIJKL"


def asked_question(message: AskedQuestion, texts: Texts) -> list[Call]:
    """Show a question."""
    if isinstance(message.prompt, WrittenPrompt):
        return _in_writing(message, message.prompt, texts)
    return _by_poll(message, message.prompt, texts)


def _in_writing(message: AskedQuestion, prompt: WrittenPrompt, texts: Texts) -> list[Call]:
    place = texts.html("question.place", round=message.round, of=message.of)
    heading = f"<i>{' · '.join(filter(None, [place, safe(message.topic)]))}</i>"
    if prompt.expects == "number" and prompt.unit:
        how = texts.html("question.write_number_unit", unit=prompt.unit)
    else:
        how = texts.html(f"question.write_{prompt.expects}")
    stem = [f"<b>{paragraph}</b>" for paragraph in paragraphs(message.stem)]
    calls = [send(page) for page in pages([heading, *stem, how])]
    calls[-1].parameters["reply_markup"] = _buttons(message, texts)
    return calls


def _by_poll(message: AskedQuestion, prompt: ChoicePrompt | TrueFalsePrompt, texts: Texts) -> list[Call]:
    if isinstance(prompt, TrueFalsePrompt):
        options: tuple[str, ...] = (texts.plain("question.true"), texts.plain("question.false"))
        correct: tuple[int, ...] = (0 if prompt.correct else 1,)
        several = False
    else:
        options, correct, several = prompt.options, prompt.correct, prompt.several
    lettered = any(length(option) > LONGEST_OPTION for option in options)
    shown = LETTERS[: len(options)] if lettered else options
    question, before = _question_line(message, several=several, texts=texts)
    if lettered:
        before = "\n\n".join(filter(None, [before, *map("{}) {}".format, LETTERS, options)]))
    calls, description = _place_before(before)
    calls.append(
        Call(
            "sendPoll",
            {
                "question": question,
                "options": [{"text": option} for option in shown],
                "type": "quiz",
                "is_anonymous": False,
                "allows_multiple_answers": several,
                "correct_option_ids": correct,
                "shuffle_options": isinstance(prompt, ChoicePrompt) and not lettered,
                "reply_markup": _buttons(message, texts),
                **({"description": description} if description else {}),
                **({"explanation": message.why} if _fits_the_poll(message.why) else {}),
            },
        )
    )
    return calls


def _question_line(message: AskedQuestion, *, several: bool, texts: Texts) -> tuple[str, str]:
    """Give the poll's question, and what must stand above it because it is too long for that."""
    hint = f"\n({texts.plain('question.several')})" if several else ""
    line = f"{message.round}/{message.of}. {message.stem}{hint}"
    if length(line) <= LONGEST_QUESTION:
        return line, ""
    key = "question.above_several" if several else "question.above"
    return texts.plain(key, round=message.round, of=message.of), message.stem


def _place_before(text: str) -> tuple[list[Call], str]:
    """Give what is too long for the poll's question as messages before it, or as its description if it fits there."""
    if length(text) <= LONGEST_DESCRIPTION:
        return [], text
    return [send(safe(piece)) for piece in pieces(text)], ""


def _fits_the_poll(why: str) -> bool:
    """Say whether an explanation may go along: at most 200 characters with at most 2 line feeds (Bot API, sendPoll)."""
    return length(why) <= LONGEST_EXPLANATION and why.count("\n") <= 2  # noqa: PLR2004 - the rule is above


def _buttons(message: AskedQuestion, texts: Texts) -> dict[str, Any]:
    return keyboard([[(texts.plain("question.skip"), data("skip", message.session, message.round))]])
