"""Every message has a view, Telegram takes every call that views make, and every button leads somewhere."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import is_dataclass, replace
from datetime import UTC, datetime
from html import unescape
from typing import Any, Literal, get_args

import pytest
from class_examples import CLASS_EXAMPLES
from group_examples import GROUP_EXAMPLES
from hypothesis import given
from hypothesis import strategies as st
from strategies import asked_questions, bank_texts, explanations, seeded_rng
from telegram import Bot

from bot.app import messages
from bot.app.commands import PressStale
from bot.app.messages import AskedQuestion, Explanation, Message, Notice, TopicOffer, TopicResult
from bot.core.prompt import ChoicePrompt, TrueFalsePrompt, WrittenPrompt
from bot.core.scoring import Score, TopicScore
from bot.i18n import LANGUAGES
from bot.playground.bot_api import BotApi
from bot.playground.request import PlaygroundRequest
from bot.playground.world import World
from bot.tg.bot_api.call import ApiCall
from bot.tg.bot_api.client import ApiClient as Calls
from bot.tg.inbound.router import to_command
from bot.tg.views import VIEWS, show
from bot.tg.views.paging import LONGEST_MESSAGE, length

MESSAGES: tuple[type, ...] = get_args(Message)
LARGEST = 2**63 - 1
TOPIC = "a-topic-id-of-24-letters"
PASSAGE = "p" * 40
TITLE = "<Title> & " * 10
STEM = "A stem? " * 128
ASKED = AskedQuestion(LARGEST, 100, 100, TITLE, STEM, WrittenPrompt("text"), "Why. " * 200)
OFFERS = tuple(TopicOffer(TOPIC, TITLE, 9) for _ in range(12))
RESULTS = tuple(TopicResult(TITLE, 1, 9) for _ in range(12))
SCORE = Score(9, 10, 3, 90, tuple(TopicScore(TOPIC, TITLE, 1, 9) for _ in range(12)), (7, 10), 3)


def explained(
    outcome: Literal["wrong", "skipped"], solution: tuple[str, ...], given: str, *, statement: bool
) -> Explanation:
    """Build an explanation with a passage."""
    lesson = messages.AnswerExplanation(statement, solution, "Why.", TITLE, "In ", "<Geneva>", ".")
    return Explanation(outcome, given, "No.", lesson)


EXAMPLES: tuple[Message, ...] = (
    *(
        replace(ASKED, prompt=WrittenPrompt(expects, unit))
        for expects in ("text", "number", "year")
        for unit in ("", "km²")
    ),
    replace(ASKED, prompt=TrueFalsePrompt(correct=True)),
    replace(ASKED, prompt=ChoicePrompt(("x" * 1024, "y" * 1024, "z"), (2, 0, 1), (1,), several=False), why="Why."),
    replace(ASKED, stem="A stem?", prompt=ChoicePrompt(("x", "y", "z"), (2, 0, 1), (0, 2), several=True), why="Why."),
    explained("wrong", ("Geneva", "<Bern>"), "Vienna", statement=False),
    explained("skipped", ("true",), "", statement=True),
    messages.QuizResult(LARGEST, 3, 100, RESULTS, (STEM,) * 97, 7200),
    messages.QuizResult(LARGEST, 2, 2, RESULTS, (), 1),
    messages.QuizResult(LARGEST, 0, 0, (), (), 0),
    messages.QuizStopped(3, 10, 2),
    messages.RightSpelling("Idrissov"),
    messages.QuizWaits(3, 10),
    messages.QuizWaits(3, 10, TOPIC, 100),
    messages.QuizWaits(3, 10, "", None),
    messages.QuizWaits(3, 10, missed=LARGEST),
    messages.QuizSetup(OFFERS, TOPIC, 100),
    messages.QuizSetup(OFFERS, "", 5),
    messages.QuizSetup((), "", 7),
    messages.QuizChosen(1, TITLE, 10),
    messages.QuizChosen(1, "", 1),
    messages.Welcome("<b>Ann & Bob", TITLE, 1),
    messages.Help(),
    messages.ScoreCard(SCORE),
    messages.ScoreCard(replace(SCORE, right=0, answered=0, best=None, days=0)),
    messages.TopicList(RESULTS, OFFERS),
    messages.Contents(TITLE, STEM, ((PASSAGE, TITLE),) * 12),
    messages.PassageShown(2, 3, TITLE, "Text. " * 580, PASSAGE, PASSAGE),
    messages.PassageShown(1, 1, TITLE, "Text.", "", "", 1),
    messages.LanguageChoice(),
    Notice("quiz.none"),
    messages.PressAnswer("1"),
    messages.PressAnswer("1", "toast.stale"),
    messages.RightSign(1),
    messages.ClosedPoll(1),
    messages.ClosedButtons(1),
    *GROUP_EXAMPLES,
    *CLASS_EXAMPLES,
)
"""Messages of every kind, with texts, ids and numbers as long as a bank and a database allow."""


def calls() -> Iterator[tuple[Message, ApiCall]]:
    """Yield every call that shows an example, in every language."""
    for language in LANGUAGES:
        for message in EXAMPLES:
            yield from ((message, call) for call in show(message, language))


def buttons(call: ApiCall) -> list[dict[str, str]]:
    """Return the buttons of a call."""
    return [button for row in call.parameters.get("reply_markup", {}).get("inline_keyboard", ()) for button in row]


def pressed(data: str, chat: dict[str, object]) -> dict[str, Any]:
    """Build the update that Telegram sends when a button with this data is pressed in a chat."""
    person = {"id": 7, "is_bot": False, "first_name": "Ann"}
    message = {"message_id": 12, "date": 1_772_000_000, "chat": chat, "text": "A question"}
    query = {"id": "55", "from": person, "chat_instance": "1", "data": data, "message": message}
    return {"update_id": 1, "callback_query": query}


def plain(html: str) -> str:
    """Return what a reader sees, without the white space."""
    return "".join(unescape(re.sub(r"<[^>]*>", "", html)).replace("\u2060", "").split())


def poll_of(made: list[ApiCall]) -> dict[str, Any]:
    """Return the parameters of the only poll among the calls."""
    (poll,) = [call.parameters for call in made if call.method == "sendPoll"]
    return poll


def test_every_message_has_a_view() -> None:
    """Every kind of message there is belongs to the union, has a view, and is among the examples here."""
    defined = {
        shape
        for shape in vars(messages).values()
        if is_dataclass(shape) and shape.__module__.startswith(messages.__name__)
    }
    parts = {messages.TopicOffer, messages.TopicResult, messages.Controls, messages.AnswerExplanation, messages.Tally}
    parts |= {
        messages.OptionVotes,
        messages.VoteShown,
        messages.PupilLine,
        messages.PupilSummary,
        messages.HardQuestion,
    }
    assert defined - parts == set(MESSAGES) == set(VIEWS) == set(map(type, EXAMPLES))


def test_every_button_leads_somewhere() -> None:
    """Every button of every view in every language is handled by a feature, with the longest ids too."""
    made = [button["callback_data"] for _, call in calls() for button in buttons(call)]
    assert len(made) > 100
    chats = ({"id": 7, "type": "private", "first_name": "Ann"}, {"id": -5, "type": "group", "title": "9B"})
    lost = {data for data in made if not any(is_taken(data, chat) for chat in chats)}
    assert not lost


def is_taken(data: str, chat: dict[str, object]) -> bool:
    """Return whether a button with this data is handled in a chat."""
    return not isinstance(to_command(pressed(data, chat), "quiz_bot"), PressStale | None)


def test_callback_data_is_short_enough() -> None:
    """Callback data has 1 to 64 bytes, a keyboard 100 buttons at most, a row 8 (Bot API, InlineKeyboardButton)."""
    for message, call in calls():
        for button in buttons(call):
            assert 1 <= len(button["callback_data"].encode()) <= 64, message
            assert button["text"].strip()
        rows = call.parameters.get("reply_markup", {}).get("inline_keyboard", [])
        assert all(1 <= len(row) <= 8 for row in rows)
        assert sum(map(len, rows)) <= 100


def test_messages_are_short_enough() -> None:
    """No message is longer than 4096 after its entities are parsed, and none is empty."""
    for _, call in calls():
        if "text" in call.parameters and call.method != "answerCallbackQuery":
            assert 0 < length(unescape(re.sub(r"<[^>]*>", "", call.parameters["text"]))) <= LONGEST_MESSAGE


def test_answers_to_presses_are_short_enough() -> None:
    """The answer to a button press has at most 200 characters (Bot API, answerCallbackQuery)."""
    for texts in LANGUAGES.values():
        toasts = [key for key in texts.keys() if key.startswith("toast.")]  # noqa: SIM118 - a method, not a mapping
        assert toasts
        assert all(0 < length(texts.plain(toast)) <= 200 for toast in toasts)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_telegram_takes_every_call(language: str) -> None:
    """The playground, which refuses what Telegram refuses, takes every example in every language."""
    bot, person = new_world()
    for message in EXAMPLES:
        for call in show(message, language):
            if call.method in {"sendMessage", "sendPoll", "sendPhoto"}:
                await bot.call(call.method, {"chat_id": person, **call.parameters})
            elif call.method == "editMessageText":
                new = {name: value for name, value in call.parameters.items() if name != "message_id"}
                await bot.call("sendMessage", {"chat_id": person, **new})


def new_world() -> tuple[Calls, int]:
    """Create a playground with one person; return the bot and the person's chat."""
    world = World(lambda: datetime(2026, 3, 2, tzinfo=UTC), seeded_rng())
    api = BotApi(world, "1:test")
    person = world.add_person("Ann")
    world.send_text(person.id, person.id, "/start")
    request = PlaygroundRequest(api)
    return Calls(Bot("1:test", request=request, get_updates_request=request)), person.id


@given(asked_questions(), st.sampled_from(sorted(LANGUAGES)))
def test_any_question_is_put_whole_and_within_the_limits(asked: AskedQuestion, language: str) -> None:
    """The stem and options of any question are shown in full, in calls that Telegram accepts."""
    made = show(asked, language)
    shown = plain("".join(_words(call) for call in made))
    assert plain_text(asked.stem) in shown
    options = asked.prompt.options if isinstance(asked.prompt, ChoicePrompt) else ()
    assert all(plain_text(option) in shown for option in options)
    bot, person = new_world()
    for call in made:
        asyncio.run(bot.call(call.method, {"chat_id": person, **call.parameters}))


def _words(call: ApiCall) -> str:
    """Return all visible text of a call, as HTML."""
    told = call.parameters
    if call.method == "sendMessage":
        return str(told["text"])
    texts = [told["question"], told.get("description", ""), *(option["text"] for option in told["options"])]
    return " ".join(texts).replace("&", "&amp;").replace("<", "&lt;")


def plain_text(text: str) -> str:
    """Leave the white space out of a plain text."""
    return "".join(text.split())


@given(asked_questions().filter(lambda asked: not isinstance(asked.prompt, WrittenPrompt)))
def test_any_poll_keeps_the_limits(asked: AskedQuestion) -> None:
    """A poll's texts, options and right answers are such as sendPoll takes, and the right ones are the right ones."""
    poll = poll_of(show(asked, "en"))
    options = [option["text"] for option in poll["options"]]
    assert 1 <= length(poll["question"]) <= 300
    assert 2 <= len(options) <= 12
    assert all(1 <= length(option) <= 100 for option in options)
    assert length(poll.get("description", "")) <= 1024
    assert length(poll.get("explanation", "")) <= 200
    assert poll.get("explanation", "").count("\n") <= 2
    correct = list(poll["correct_option_ids"])
    assert correct == sorted(set(correct))
    assert poll["is_anonymous"] is False
    if isinstance(asked.prompt, TrueFalsePrompt):
        assert options == ["True", "False"]
        assert correct == [0 if asked.prompt.correct else 1]
        return
    assert tuple(correct) == asked.prompt.correct
    assert len(options) == len(asked.prompt.options)
    assert poll["allows_multiple_answers"] == asked.prompt.several
    if options != list(asked.prompt.options):
        assert options == list("ABCDEFGHIJKL"[: len(options)])
        assert poll["shuffle_options"] is False


@pytest.mark.parametrize("kind", [messages.AskedQuestion, messages.ClassQuestion, messages.GroupPoll])
def test_no_poll_can_be_forwarded(kind: type[Message]) -> None:
    """Every poll that any message puts is protected: a vote through a forwarded one would tell what is right."""
    polls = [call for one in EXAMPLES if isinstance(one, kind) for call in show(one, "en") if call.method == "sendPoll"]
    assert polls
    assert [call.parameters.get("protect_content") for call in polls] == [True] * len(polls)


@given(explanations, st.sampled_from(sorted(LANGUAGES)))
def test_any_explanation_is_shown_whole(explanation: Explanation, language: str) -> None:
    """Solution, answer, note, reason and sentence are all there, in messages that Telegram takes."""
    made = show(explanation, language)
    shown = plain("".join(_words(call) for call in made))
    lesson = explanation.lesson
    told = [lesson.why, explanation.note, "; ".join(lesson.solution), explanation.given]
    if lesson.passage:
        told.append(lesson.before + lesson.quoted + lesson.after)
    assert all(plain_text(text) in shown for text in told)
    bot, person = new_world()
    for call in made:
        asyncio.run(bot.call(call.method, {"chat_id": person, **call.parameters}))


@given(st.lists(bank_texts, max_size=30))
def test_any_missed_questions_are_listed_whole(missed: list[str]) -> None:
    """A result names every missed question whole, with the buttons below the last message alone."""
    made = show(messages.QuizResult(1, 0, max(len(missed), 1), RESULTS, tuple(missed), 9), "en")
    shown = plain("".join(_words(call) for call in made))
    assert all(plain_text(stem) in shown for stem in missed)
    assert [bool(buttons(call)) for call in made] == [False] * (len(made) - 1) + [True]


def test_an_unknown_language_is_the_reference() -> None:
    """A reader whose language went away is spoken to in the reference language."""
    assert show(Notice("quiz.none"), "tlh") == show(Notice("quiz.none"), "en")
