"""What surrounds the quiz: hello, help, the score, the topics, the reading, the language."""

from datetime import timedelta

from bot.app import commands
from bot.app.context import Work
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


def start(work: Work, command: commands.Start) -> None:
    """Say hello."""
    person = work.person(command.visitor)
    name = name_alone(person.name, person.language)
    work.tell(person, Welcome(name, work.library.bank.title, len(work.library.questions)))


def ask_help(work: Work, command: commands.AskHelp) -> None:
    """Say what the bot can do."""
    work.tell(work.person(command.visitor), Help())


def show_score(work: Work, command: commands.ShowScore) -> None:
    """Show what the person knows."""
    person = work.person(command.visitor)
    work.tell(person, ScoreCard(score_of(work, person)))


def score_of(work: Work, person: Person) -> Score:
    """Sum up what a person knows."""
    best = (person.best_right, person.best_of) if person.best_of else None
    moments = work.unit.answers.moments_since(person.id, work.now - timedelta(days=8))
    days = practised_days(moments, work.now.astimezone(work.zone).date(), work.zone)
    return score(work.library.bank, work.unit.answers.progress(person.id), best, days)


def show_topics(work: Work, command: commands.ShowTopics) -> None:
    """Show the topics, each with how much of it is mastered."""
    person = work.person(command.visitor)
    known = score_of(work, person)
    topics = tuple(TopicResult(topic.title, topic.mastered, topic.of) for topic in known.topics)
    work.tell(person, TopicList(topics, topic_offers(work)))


def read(work: Work, command: commands.Read) -> None:
    """Show the contents of the reading, or a passage of it; by a button, in the message that carries the button."""
    person = work.person(command.visitor)
    passages = work.library.bank.reading
    if command.passage is None:
        listed = tuple((passage.id, passage.title) for passage in passages)
        work.tell(person, Contents(work.library.bank.title, work.library.bank.source, listed))
        return
    places = [place for place, passage in enumerate(passages) if passage.id == command.passage]
    if not places:
        work.toast = "toast.stale"
        return
    work.tell(person, _shown(passages, places[0], command.press.message_id if command.press else None))


def _shown(passages: tuple[Passage, ...], place: int, message_id: int | None) -> PassageShown:
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


def choose_language(work: Work, command: commands.ChooseLanguage) -> None:
    """Offer the languages, or speak the chosen one from now on."""
    person = work.person(command.visitor)
    if command.language is None or command.language not in LANGUAGES:
        work.tell(person, LanguageChoice())
        return
    person.language, person.language_chosen = command.language, True
    work.tell(person, Notice("language.chosen"))


def call_in_group(work: Work, command: commands.CallInGroup) -> None:
    """Say, in the group, that quizzes are taken in a private chat."""
    language = work.person(command.visitor).language
    work.post(command.spot.chat_id, language, GroupNotice(command.spot.thread_id, "group.private_only"))


def ask_help_in_group(work: Work, command: commands.AskHelpInGroup) -> None:
    """Say, in the group, how a quiz is started there."""
    language = work.person(command.visitor).language
    work.post(command.spot.chat_id, language, GroupNotice(command.spot.thread_id, "group.hello"))
