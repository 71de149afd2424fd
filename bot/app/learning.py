"""Handlers around the quiz: welcome, help, score, topics, reading, language."""

from datetime import timedelta

from bot.app import commands
from bot.app.context import Context
from bot.app.display_names import name_alone
from bot.app.messages import (
    Contents,
    GroupNotice,
    Help,
    LanguageChoice,
    Notice,
    PassageShown,
    ScoreCard,
    TopicList,
    TopicResult,
    Welcome,
)
from bot.app.topics import topic_offers
from bot.core.question import Passage
from bot.core.scoring import Score, practised_days, score
from bot.i18n import LANGUAGES
from bot.store.persons import Person


def start(context: Context, command: commands.Start) -> None:
    """Send the welcome."""
    person = context.person(command.visitor)
    name = name_alone(person.name, person.language)
    context.send(person, Welcome(name, context.library.bank.title, len(context.library.questions)))


def ask_help(context: Context, command: commands.AskHelp) -> None:
    """Send the help."""
    context.send(context.person(command.visitor), Help())


def show_score(context: Context, command: commands.ShowScore) -> None:
    """Show the person's score."""
    person = context.person(command.visitor)
    context.send(person, ScoreCard(score_of(context, person)))


def score_of(context: Context, person: Person) -> Score:
    """Return a person's score."""
    best = (person.best_right, person.best_of) if person.best_of else None
    moments = context.unit.answers.moments_since(person.id, context.now - timedelta(days=8))
    days = practised_days(moments, context.now.astimezone(context.zone).date(), context.zone)
    return score(context.library.bank, context.unit.answers.progress(person.id), best, days)


def show_topics(context: Context, command: commands.ShowTopics) -> None:
    """Show the topics, each with the number of questions mastered."""
    person = context.person(command.visitor)
    known = score_of(context, person)
    topics = tuple(TopicResult(topic.title, topic.mastered, topic.of) for topic in known.topics)
    context.send(person, TopicList(topics, topic_offers(context)))


def read(context: Context, command: commands.Read) -> None:
    """Show the contents of the reading, or one passage; after a press, in the message with the button."""
    person = context.person(command.visitor)
    passages = context.library.bank.reading
    if command.passage is None:
        listed = tuple((passage.id, passage.title) for passage in passages)
        context.send(person, Contents(context.library.bank.title, context.library.bank.source, listed))
        return
    places = [place for place, passage in enumerate(passages) if passage.id == command.passage]
    if not places:
        context.toast = "toast.stale"
        return
    context.send(person, _build_passage(passages, places[0], command.press.message_id if command.press else None))


def _build_passage(passages: tuple[Passage, ...], place: int, message_id: int | None) -> PassageShown:
    passage = passages[place]
    return PassageShown(
        number=place + 1,
        of=len(passages),
        title=passage.title,
        text=passage.text,
        previous=passages[place - 1].id if place else "",
        next=passages[place + 1].id if place + 1 < len(passages) else "",
        message_id=message_id,
    )


def choose_language(context: Context, command: commands.ChooseLanguage) -> None:
    """Offer the languages, or switch to the chosen one."""
    person = context.person(command.visitor)
    if command.language is None or command.language not in LANGUAGES:
        context.send(person, LanguageChoice())
        return
    person.language, person.language_chosen = command.language, True
    context.send(person, Notice("language.chosen"))


def call_in_group(context: Context, command: commands.CallInGroup) -> None:
    """Reply in the group that this command works in a private chat only."""
    language = context.person(command.visitor).language
    context.send_to_chat(command.spot.chat_id, language, GroupNotice(command.spot.thread_id, "group.private_only"))


def ask_help_in_group(context: Context, command: commands.AskHelpInGroup) -> None:
    """Reply in the group how to start a quiz there."""
    language = context.person(command.visitor).language
    context.send_to_chat(command.spot.chat_id, language, GroupNotice(command.spot.thread_id, "group.hello"))
