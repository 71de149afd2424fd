"""Library: the bank as handlers use it, with questions by id and by version, topics and passages."""

import json
from collections.abc import Collection
from functools import lru_cache

from bot.bank.document import fingerprint, question_from_document, question_to_document
from bot.core.other_answers import mark_beside, mark_beside_each_other, other_answers_in
from bot.core.prompt import Prompt
from bot.core.question import Bank, Passage, Question, Topic
from bot.core.quotation import find_quote, sentence_around, sentences_around
from bot.store.versions import Versions

# A sentence in three parts: before the quoted words, the quoted words, after them.
Sentence = tuple[str, str, str]


class Library:
    """The current bank, with access to stored versions of questions that it no longer contains."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank = mark_beside_each_other(bank)
        self.questions = {question.id: question for question in bank.questions}
        self.topics = {topic.id: topic for topic in bank.topics}
        self.passages = {passage.id: passage for passage in bank.reading}
        self._fingerprints = {question.id: fingerprint(question) for question in bank.questions}
        self._versions = {self._fingerprints[question.id]: question for question in bank.questions}
        self._sentences: dict[tuple[str, str], Sentence] = {}
        self._neighbours: dict[str, frozenset[str]] = {}
        self._answers = other_answers_in(bank)

    def documents(self) -> dict[str, str]:
        """Return every question of the bank as JSON, by fingerprint."""
        return {
            version: json.dumps(question_to_document(question), ensure_ascii=False)
            for version, question in self._versions.items()
        }

    def fingerprint(self, question_id: str) -> str:
        """Return the fingerprint of a question of the bank."""
        return self._fingerprints[question_id]

    def version(self, version: str, stored: Versions) -> Question:
        """Return the question with this fingerprint, from the bank or the stored versions. Raises LookupError."""
        known = self._versions.get(version)
        if known is None:
            document = stored.find(version)
            if document is None:
                raise LookupError(f"version {version} of a question was never stored")
            known = self._versions[version] = mark_beside(question_from_document(json.loads(document)), self._answers)
        return known

    def pool(self, topic: str) -> tuple[Question, ...]:
        """Return the questions of a topic; of all topics if it is empty."""
        return tuple(question for question in self.bank.questions if topic in ("", question.topic))

    def topic(self, topic_id: str) -> Topic | None:
        """Return a topic of the bank, or None."""
        return self.topics.get(topic_id)

    def sentence(self, question: Question) -> Sentence:
        """Return the sentence of the reading that a question quotes; only the quote if the reading lacks it now."""
        key = (question.passage, question.quote)
        if key not in self._sentences:
            passage = self.passage(question.passage)
            self._sentences[key] = _quoted_sentence(passage.text if passage else "", question.quote)
        return self._sentences[key]

    def on_same_sentences(self, question_ids: Collection[str]) -> frozenset[str]:
        """Return these ids and those of all questions of the bank that quote the same sentences."""
        return frozenset(question_ids).union(*map(self._neighbours_of, question_ids))

    def _neighbours_of(self, question_id: str) -> frozenset[str]:
        question = self.questions.get(question_id)
        if question is None:
            return frozenset()
        if question_id not in self._neighbours:
            self._find_neighbours(question.passage)
        return self._neighbours[question_id]

    def _find_neighbours(self, passage_id: str) -> None:
        """Find the questions on a passage that share a sentence; or share the quote, if the passage lacks it."""
        questions = [question for question in self.bank.questions if question.passage == passage_id]
        passage = self.passage(passage_id)
        numbers = sentences_around(passage.text if passage else "", [question.quote for question in questions])
        places = [tuple(one) or (question.quote,) for one, question in zip(numbers, questions, strict=True)]
        held: dict[int | str, set[str]] = {}
        for question, own in zip(questions, places, strict=True):
            for place in own:
                held.setdefault(place, set()).add(question.id)
        for question, own in zip(questions, places, strict=True):
            self._neighbours[question.id] = frozenset().union(*(held[place] for place in own))

    def passage(self, passage_id: str) -> Passage | None:
        """Return a passage of the bank, or None."""
        return self.passages.get(passage_id)


def _quoted_sentence(text: str, quote: str) -> Sentence:
    span = find_quote(text, quote)
    if span is None:
        return "", quote, ""
    start, end = sentence_around(text, span)
    return text[start : span[0]], text[span[0] : span[1]], text[span[1] : end]


@lru_cache(maxsize=4096)
def prompt_of(question: Question, session: int, round_number: int) -> Prompt:
    """Return the prompt of a question in a round; its options have the same order each time in that round.

    Cached, because all votes of a group refer to the same prompt.
    """
    return question.kind.prompt(session * 1000 + round_number)
