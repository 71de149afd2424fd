"""A question as Telegram shows it: a quiz poll for choices, a message for written answers. Nothing is cut off."""

from typing import Any, Protocol

from bot.app.messages import AskedQuestion
from bot.core.prompt import ChoicePrompt, TrueFalsePrompt, WrittenPrompt
from bot.i18n import Texts
from bot.i18n.user_text import without_links
from bot.tg.bot_api.call import ApiCall, data, keyboard
from bot.tg.views.paging import length, pages
from bot.tg.views.text import paragraphs, safe, send

# Bot API, sendPoll and InputPollOption.
LONGEST_QUESTION = 300
LONGEST_OPTION = 100
LONGEST_EXPLANATION = 200
LONGEST_DESCRIPTION = 1024
LETTERS = "ABCDEFGHIJKL"


class Put(Protocol):
    """Common parts of every asked question: the number of its round, and what is asked."""

    @property
    def round(self) -> int: ...  # noqa: D102 - the class says it
    @property
    def of(self) -> int: ...  # noqa: D102
    @property
    def stem(self) -> str: ...  # noqa: D102


def asked_question(message: AskedQuestion, texts: Texts) -> list[ApiCall]:
    """Show a question."""
    prompt = message.prompt
    if isinstance(prompt, WrittenPrompt):
        calls = in_writing(message, message.topic, prompt, texts)
    else:
        calls = by_poll(message, prompt, texts)
        calls[-1].parameters.update(as_quiz(prompt, message.why))
    calls[-1].parameters["reply_markup"] = _buttons(message, texts)
    return calls


def in_writing(message: Put, topic: str, prompt: WrittenPrompt, texts: Texts, note: str = "") -> list[ApiCall]:
    """Ask for a written answer, with a plain note below."""
    place = texts.html("question.place", round=message.round, of=message.of)
    heading = f"<i>{' · '.join(filter(None, [place, safe(topic)]))}</i>"
    if prompt.expects == "number" and prompt.unit:
        how = texts.html("question.write_number_unit", unit=prompt.unit)
    else:
        how = texts.html(f"question.write_{prompt.expects}")
    stem = [f"<b>{paragraph}</b>" for paragraph in paragraphs(message.stem)]
    return [send(page) for page in pages([heading, *stem, how, safe(note)])]


def by_poll(message: Put, prompt: ChoicePrompt | TrueFalsePrompt, texts: Texts, note: str = "") -> list[ApiCall]:
    """Ask by a poll that is not anonymous, the last call, with a plain note in it. The right answer stays hidden."""
    if isinstance(prompt, TrueFalsePrompt):
        options: tuple[str, ...] = (texts.plain("question.true"), texts.plain("question.false"))
        several = False
    else:
        options, several = prompt.options, prompt.several
    lettered = is_lettered(options)
    shown = LETTERS[: len(options)] if lettered else options
    question, before = _question_line(message, several=several, texts=texts)
    if lettered:
        before = "\n\n".join(filter(None, [before, *map("{}) {}".format, LETTERS, options)]))
    calls, description = _place_before(before, note)
    parameters = {
        "question": question,
        "options": [{"text": option} for option in shown],
        "is_anonymous": False,
        "allows_multiple_answers": several,
        "shuffle_options": isinstance(prompt, ChoicePrompt) and not lettered,
        # A person it was forwarded to could vote, and a quiz poll shows each voter what is right.
        "protect_content": True,
        **({"description": description} if description else {}),
    }
    return [*calls, ApiCall("sendPoll", parameters)]


def as_quiz(prompt: ChoicePrompt | TrueFalsePrompt, why: str) -> dict[str, Any]:
    """Return the parameters that make a poll show each voter what was right, and why if that fits."""
    correct = prompt.correct if isinstance(prompt, ChoicePrompt) else (0 if prompt.correct else 1,)
    return {"type": "quiz", "correct_option_ids": correct, **_explained(why)}


def is_lettered(options: tuple[str, ...]) -> bool:
    """Return whether a poll shows letters for these options, because one of them is too long for it."""
    return any(length(option) > LONGEST_OPTION for option in options)


def _question_line(message: Put, *, several: bool, texts: Texts) -> tuple[str, str]:
    """Return the poll's question, and the text above it if the stem is too long.

    Telegram links nothing in a question and in options (Bot API, sendPoll: custom emoji alone).
    """
    hint = f"\n({texts.plain('question.several')})" if several else ""
    line = f"{message.round}/{message.of}. {message.stem}{hint}"
    if length(line) <= LONGEST_QUESTION:
        return line, ""
    key = "question.above_several" if several else "question.above"
    return texts.plain(key, round=message.round, of=message.of), message.stem


def _place_before(text: str, note: str) -> tuple[list[ApiCall], str]:
    """Return a text too long for the poll's question as messages before it, or as its description if it fits there."""
    described = without_links("\n\n".join(filter(None, [text, note])))
    if length(described) <= LONGEST_DESCRIPTION:
        return [], described
    return [send(paragraph) for paragraph in paragraphs(text)], note


def _explained(why: str) -> dict[str, str]:
    """Return the explanation of a poll if it fits: at most 200 characters and 2 line feeds (Bot API, sendPoll)."""
    told = without_links(why)
    fits = length(told) <= LONGEST_EXPLANATION and told.count("\n") <= 2  # noqa: PLR2004 - the rule is above
    return {"explanation": told} if fits else {}


def _buttons(message: AskedQuestion, texts: Texts) -> dict[str, Any]:
    return keyboard([[(texts.plain("question.skip"), data("skip", message.session, message.round))]])
