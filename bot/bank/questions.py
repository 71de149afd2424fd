"""Reads one question: its texts, its kind, and the topic and passage that it names."""

from collections.abc import Mapping

from bot.bank.answers import read_kind
from bot.bank.form import Form
from bot.bank.layout import QUESTION
from bot.bank.problems import did_you_mean
from bot.core.question import Level, Question
from bot.core.quotation import find_quote


class QuestionReader:
    """Reads the questions of one bank.

    Args:
        passages: the text of each passage by its id; None where the text itself is at fault.
        topics: the ids there are.
    """

    def __init__(self, passages: Mapping[str, str | None], topics: tuple[str, ...]) -> None:
        self._passages = passages
        self._topics = topics

    def read(self, form: Form, defaults: Mapping[str, str | None]) -> Question | None:
        """Give the question, or None and findings; its quote becomes the passage's own words, letter by letter."""
        kind = read_kind(form)  # first: it names the misspelt fields, which then are not missing
        texts = {
            field.name: defaults[field.name] if field.name in defaults and field.name not in form else form.text(field)
            for field in QUESTION
        }
        if "topic" in form:
            self.refuse_unknown_topic(form, texts["topic"])
        quote = self._quote(form, texts["passage"], texts["quote"])
        whole = {name: text for name, text in texts.items() if text is not None}
        if kind is None or quote is None or len(whole) < len(QUESTION):
            return None
        return Question(
            id=whole["id"],
            topic=whole["topic"],
            level=Level(whole["level"]),
            stem=whole["question"],
            kind=kind,
            why=whole["why"],
            passage=whole["passage"],
            quote=quote,
        )

    def refuse_unknown_topic(self, form: Form, topic: str | None) -> None:
        """Note a topic that the bank does not have; where the bank's topics are at fault, say nothing."""
        if topic is not None and self._topics and topic not in self._topics:
            message = f"There is no topic {topic!r}. {did_you_mean(topic, self._topics)}"
            form.findings.add(form["topic"].value.place, message)

    def _quote(self, form: Form, passage: str | None, quote: str | None) -> str | None:
        if passage is None or not self._passages:
            return None
        if passage not in self._passages:
            message = f"There is no passage {passage!r}. {did_you_mean(passage, self._passages)}"
            form.findings.add(form["passage"].value.place, message)
            return None
        text = self._passages[passage]
        if text is None or quote is None:
            return None
        span = find_quote(quote=quote, passage=text)
        if span is None:
            message = f"These words are not in the passage {passage!r}. Copy them from it, or name another passage."
            form.findings.add(form["quote"].value.place, message)
            return None
        return text[slice(*span)]
