"""Everything around the quiz: welcome, help, score, topics, reading, language, plain notices."""

from bot.app.messages import (
    Contents,
    Help,
    LanguageChoice,
    Notice,
    PassageShown,
    ScoreCard,
    TopicList,
    TopicResult,
    Welcome,
)
from bot.i18n import LANGUAGES, Texts
from bot.tg.bot_api.call import ApiCall, data
from bot.tg.views.solo import bar
from bot.tg.views.text import linked, safe, send, show_in


def welcome(message: Welcome, texts: Texts) -> list[ApiCall]:
    """Show the welcome, with three ways to begin."""
    questions = texts.plain("count.questions", n=message.questions)
    text = texts.html("welcome.text", name=message.name, title=message.title, questions=questions)
    buttons = [[(texts.plain(f"welcome.{name}"), data(name))] for name in ("quiz", "score", "read")]
    return [send(text, buttons)]


def help_text(_message: Help, texts: Texts) -> list[ApiCall]:
    """Show what the bot can do."""
    return [send(texts.html("help.text"))]


def score_card(message: ScoreCard, texts: Texts) -> list[ApiCall]:
    """Show what a person knows, with a small bar for each topic."""
    score = message.score
    if not score.answered:
        return [send(texts.html("score.none"))]
    lines = [
        f"{bar(TopicResult(topic.title, topic.mastered, topic.of))} {safe(topic.title)}: {topic.mastered}/{topic.of}"
        for topic in score.topics
    ]
    mastered = texts.html("score.mastered", mastered=score.mastered, of=score.of)
    parts = [
        texts.html("score.title"),
        f"{mastered}\n<i>{texts.html('score.mastered_means')}</i>",
        "\n".join(lines),
        texts.html("score.answers", right=score.right, asked=score.answered),
    ]
    if score.best:
        parts.append(texts.html("score.best", right=score.best[0], of=score.best[1]))
    parts.append(texts.html("score.days", days=texts.plain("count.days", n=score.days)))
    return [send("\n\n".join(parts))]


def topic_list(message: TopicList, texts: Texts) -> list[ApiCall]:
    """Show the topics; each is a button that starts a quiz on it."""
    lines = [f"{bar(topic)} {safe(topic.title)}: {topic.right}/{topic.of}" for topic in message.topics]
    buttons = [[(offer.title, data("topic", offer.id))] for offer in message.offers]
    return [send("\n\n".join([texts.html("topics.title"), "\n".join(lines), texts.html("topics.quiz")]), buttons)]


def contents(message: Contents, texts: Texts) -> list[ApiCall]:
    """Show the table of contents of the reading."""
    text = "\n\n".join(
        [
            f"📖 <b>{safe(message.title)}</b>",
            texts.html("read.source", source=linked(message.source)),
            texts.html("read.choose"),
        ]
    )
    return [send(text, [[(title, data("read", passage))] for passage, title in message.passages])]


def passage_shown(message: PassageShown, texts: Texts) -> list[ApiCall]:
    """Show one passage, with buttons to the one before and after."""
    place = texts.html("read.place", number=message.number, of=message.of)
    text = f"📖 <b>{safe(message.title)}</b> <i>({place})</i>\n\n{safe(message.text)}"
    ways = [("◀️", message.previous), ("▶️", message.next)]
    row = [(sign, data("read", passage)) for sign, passage in ways if passage]
    return [show_in(message.message_id, text, [row] if row else [])]


def language_choice(_message: LanguageChoice, texts: Texts) -> list[ApiCall]:
    """Offer the languages, each by its own name."""
    buttons = [[(language.name, data("language", code))] for code, language in LANGUAGES.items()]
    return [send(texts.html("language.choose"), buttons)]


def notice(message: Notice, texts: Texts) -> list[ApiCall]:
    """Send one sentence."""
    return [send(texts.html(message.text))]
