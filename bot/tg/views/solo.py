"""A solo quiz apart from its questions: setup, explanations, stopping, the result."""

from bot.app.messages import (
    Explanation,
    QuizChosen,
    QuizResult,
    QuizSetup,
    QuizStopped,
    QuizWaits,
    RightSpelling,
    TopicResult,
)
from bot.i18n import Texts
from bot.tg.bot_api.call import ApiCall, Buttons, data
from bot.tg.views.lesson import explanation_paragraphs, spelled
from bot.tg.views.paging import pages
from bot.tg.views.text import bullets, safe, send, show_in

COUNTS = (5, 10, 20)
_MOST = 0.8
_MINUTE = 60
# The word in callback data for a new quiz that replaces a paused one.
AFRESH = "afresh"


def explanation(message: Explanation, texts: Texts) -> list[ApiCall]:
    """Show the right answer, and the sentence of the text that proves it."""
    return [
        send(page)
        for page in pages(explanation_paragraphs(message.lesson, f"explanation.{message.outcome}", message, texts))
    ]


def right_spelling(message: RightSpelling, texts: Texts) -> list[ApiCall]:
    """Render that a misspelt answer is right, and how it is written."""
    return [send(spelled(message.spelling, texts))]


def quiz_setup(message: QuizSetup, texts: Texts) -> list[ApiCall]:
    """Offer topics and numbers; the chosen ones are ticked."""
    offers = [("", texts.plain("setup.mixed")), *((offer.id, offer.title) for offer in message.topics)]
    rows: list[list[tuple[str, str]]] = [
        [(ticked(title, topic == message.topic), data("set", topic, message.count))] for topic, title in offers
    ]
    counts = sorted({*COUNTS, message.count})
    rows.append([(ticked(str(count), count == message.count), data("set", message.topic, count)) for count in counts])
    rows.append([(texts.plain("setup.start"), data("go", message.topic, message.count))])
    return [show_in(message.message_id, texts.html("setup.text"), rows)]


def quiz_chosen(message: QuizChosen, texts: Texts) -> list[ApiCall]:
    """Replace the setup by a summary of what was chosen."""
    topic = message.topic or texts.plain("setup.mixed")
    questions = texts.plain("count.questions", n=message.count)
    return [show_in(message.message_id, texts.html("quiz.chosen", topic=topic, questions=questions))]


def quiz_waits(message: QuizWaits, texts: Texts) -> list[ApiCall]:
    """Show that a quiz is open, and ask whether to continue it."""
    if message.missed is not None:
        new = data("missed", message.missed, AFRESH)
    elif message.topic is not None:
        new = data("new", message.topic, message.count or 0)
    else:
        new = data("quiz", AFRESH)
    buttons = [[(texts.plain("quiz.go_on"), data("on"))], [(texts.plain("quiz.new"), new)]]
    return [send(texts.html("quiz.waits", round=message.round, of=message.of), buttons)]


def quiz_stopped(message: QuizStopped, texts: Texts) -> list[ApiCall]:
    """Show that the quiz is paused."""
    text = texts.html("quiz.stopped", round=message.round, of=message.of, right=message.right)
    return [send(text, [[(texts.plain("quiz.go_on"), data("on"))]])]


def quiz_result(message: QuizResult, texts: Texts) -> list[ApiCall]:
    """Show the result by topic, the missed questions, and a button to practise them."""
    again = [(texts.plain("result.again"), data("quiz"))]
    if not message.of:
        return [send(texts.html("result.empty"), [again])]
    parts = [
        f"{texts.html('result.title', right=message.right, of=message.of)}\n{texts.html(_praise(message))}",
        "\n".join(f"{bar(topic)} {safe(topic.title)}: {topic.right}/{topic.of}" for topic in message.topics),
        texts.html("result.time", time=_time(message.seconds, texts)),
    ]
    if message.missed:
        missed = [item for stem in message.missed for item in bullets(stem)]
        parts += pages([texts.html("result.missed"), *missed], between="\n")
    practise: Buttons = [[(texts.plain("result.practise"), data("missed", message.session))]]
    calls = [send(page) for page in pages(parts)]
    calls[-1] = send(calls[-1].parameters["text"], [*(practise if message.missed else ()), again])
    return calls


def bar(topic: TopicResult) -> str:
    """Draw a share as five squares; all are full only when all is right, and one is as soon as anything is."""
    full = topic.right * 5 // topic.of if topic.of else 0
    full = max(full, 1) if topic.right else 0
    return "🟩" * full + "⬜" * (5 - full)


def _praise(message: QuizResult) -> str:
    if message.right == message.of:
        return "result.all"
    return "result.most" if message.right >= message.of * _MOST else "result.some"


def _time(seconds: int, texts: Texts) -> str:
    """Format a duration: seconds below two minutes, minutes above."""
    if seconds < 2 * _MINUTE:
        return texts.plain("count.seconds", n=seconds)
    return texts.plain("count.minutes", n=round(seconds / _MINUTE))


def ticked(text: str, chosen: bool) -> str:  # noqa: FBT001 - is it the chosen one
    """Mark a label as chosen."""
    return f"✅ {text}" if chosen else text
