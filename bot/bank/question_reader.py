"""Reads one question: its texts, its kind, and its references to a topic and a passage."""

from collections.abc import Mapping

from bot.bank.fields import QUESTION
from bot.bank.kind_reader import read_kind
from bot.bank.mapping_reader import MappingReader
from bot.bank.problems import did_you_mean
from bot.core.question import Level, Question
from bot.core.quotation import find_quote


class QuestionReader:
    """Reader of the questions of one bank.

    Args:
        passages: the text of each passage by its id; None for a faulty text.
        topics: the ids of the bank's topics; empty if the topics are faulty.
    """

    def __init__(self, passages: Mapping[str, str | None], topics: tuple[str, ...]) -> None:
        self._passages = passages
        self._topics = topics

    def read(self, mapping: MappingReader, defaults: Mapping[str, str | None]) -> Question | None:
        """Return the question, its quote as it is in the passage; report problems and return None if it is faulty."""
        kind = read_kind(mapping)  # first, since it finds misspelt fields, which are then not reported as missing
        texts = {
            field.name: mapping.text(field)
            if field.name in mapping or field.name not in defaults
            else defaults[field.name]
            for field in QUESTION
        }
        if "topic" in mapping:
            self.report_unknown_topic(mapping, texts["topic"])
        quote = self._quote(mapping, texts["passage"], texts["quote"])
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

    def report_unknown_topic(self, mapping: MappingReader, topic: str | None) -> None:
        """Report a topic that the bank does not have, unless the bank's topics are faulty."""
        if topic is not None and self._topics and topic not in self._topics:
            message = f"There is no topic {topic!r}. {did_you_mean(topic, self._topics)}"
            mapping.findings.add(mapping["topic"].value.place, message)

    def _quote(self, mapping: MappingReader, passage: str | None, quote: str | None) -> str | None:
        if passage is None or not self._passages:
            return None
        if passage not in self._passages:
            message = f"There is no passage {passage!r}. {did_you_mean(passage, self._passages)}"
            mapping.findings.add(mapping["passage"].value.place, message)
            return None
        text = self._passages[passage]
        if text is None or quote is None:
            return None
        span = find_quote(quote=quote, passage=text)
        if span is None:
            message = f"These words are not in the passage {passage!r}. Copy them from it, or name another passage."
            mapping.findings.add(mapping["quote"].value.place, message)
            return None
        return text[slice(*span)]
