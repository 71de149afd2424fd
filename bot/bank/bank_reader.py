"""Builds a Bank from the nodes of its file, section by section. Within a section, ids must be unique."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.bank.fields import BANK, DEFAULTS, MAX_ITEMS, PASSAGE, SECTIONS, TOPIC, TextField
from bot.bank.kind_reader import answer_texts
from bot.bank.mapping_reader import MappingReader, items_of
from bot.bank.problems import Findings, Place
from bot.bank.question_reader import QuestionReader
from bot.bank.yaml_nodes import Node, ScalarNode
from bot.core.other_answers import mark_beside_each_other
from bot.core.question import Bank, Passage, Topic

NOUNS = {"reading": "passage", "topics": "topic", "questions": "question"}
"""The name of one item of each section, as used in messages."""

Texts = dict[str, str | None]
"""The texts of one item by field; None for a text with a reported problem."""


@dataclass(frozen=True, slots=True)
class Located:
    """A bank with the places of its parts in the file.

    Attributes:
        places: the place of every passage, topic and question by section and id.
        answers: the place of every answer by the id of its question and its text.
    """

    bank: Bank
    places: Mapping[tuple[str, str], Place]
    answers: Mapping[tuple[str, str], Place]


def read_bank(root: Node, findings: Findings) -> Located | None:
    """Return the whole bank; report problems and return None if it has faults."""
    mapping = MappingReader.of(root, "bank", findings)
    if mapping is None:
        return None
    mapping.report_unknown((*(field.name for field in BANK), *SECTIONS))
    texts = mapping.texts(BANK)
    places: dict[tuple[str, str], Place] = {}
    reading = [_texts(item, PASSAGE) for item in _section(mapping, "reading", places)]
    topics = [_texts(item, TOPIC) for item in _section(mapping, "topics", places)]
    reader = QuestionReader(_passages(reading, places), _ids("topics", places))
    defaults = _defaults(mapping, reader)
    items = _section(mapping, "questions", places)
    questions = [reader.read(item, defaults) for item in items]
    if findings:
        return None
    bank = Bank(
        **_complete(texts),
        reading=tuple(Passage(**_complete(passage)) for passage in reading),
        topics=tuple(Topic(**_complete(topic)) for topic in topics),
        questions=tuple(question for question in questions if question is not None),
    )
    return Located(mark_beside_each_other(bank), places, _answers(items))


def _answers(items: Iterable[MappingReader]) -> dict[tuple[str, str], Place]:
    """Return the place of every answer by its question's id and its text; the first place if a text is repeated."""
    places: dict[tuple[str, str], Place] = {}
    for item in items:
        name = item["id"].value
        for text in answer_texts(item):
            places.setdefault((name.value if isinstance(name, ScalarNode) else "", text.value), text.place)
    return places


def _texts(item: MappingReader, fields: tuple[TextField, ...]) -> Texts:
    item.report_unknown(field.name for field in fields)
    return item.texts(fields)


def _complete(texts: Texts) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text is not None}


def _ids(section: str, places: Mapping[tuple[str, str], Place]) -> tuple[str, ...]:
    """Return every id of a section, valid or not: an invalid id is one fault, and references to it are not others."""
    return tuple(one for where, one in places if where == section)


def _passages(reading: list[Texts], places: Mapping[tuple[str, str], Place]) -> Texts:
    # The first of two passages with the same id counts, so that only the second one is a fault.
    texts = {one["id"]: one["text"] for one in reversed(reading) if one["id"] is not None}
    return dict.fromkeys(_ids("reading", places)) | texts


def _section(mapping: MappingReader, name: str, places: dict[tuple[str, str], Place]) -> list[MappingReader]:
    """Return a reader for every item of a section, and record the place of its id in ``places``."""
    if name not in mapping:
        mapping.report_missing(name, SECTIONS[name])
        return []
    nodes = items_of(mapping[name].value, name, mapping.findings)
    most = MAX_ITEMS.get(name, len(nodes))
    if len(nodes) > most:
        message = f"There are {len(nodes)} items in {name!r}, but Telegram shows {most} at most. Merge some of them."
        mapping.findings.add(mapping[name].place, message)
    items = [item for node in nodes if (item := MappingReader.of(node, NOUNS[name], mapping.findings)) is not None]
    for item in items:
        _record_id(item, name, places)
    return items


def _record_id(item: MappingReader, section: str, places: dict[tuple[str, str], Place]) -> None:
    value = item["id"].value if "id" in item else None
    if not isinstance(value, ScalarNode) or not value.value:
        return  # reported when the text is read
    first = places.setdefault((section, value.value), value.place)
    if first is not value.place:
        message = f"The id {value.value!r} is already used by the {item.noun} on line {first.line}. Choose another one."
        item.findings.add(value.place, message)


def _defaults(mapping: MappingReader, reader: QuestionReader) -> Texts:
    if "defaults" not in mapping:
        return {}
    defaults = MappingReader.of(mapping["defaults"].value, "set of defaults", mapping.findings)
    if defaults is None:
        return {field.name: None for field in DEFAULTS}
    defaults.report_unknown(field.name for field in DEFAULTS)
    texts = {field.name: defaults.text(field) for field in DEFAULTS if field.name in defaults}
    reader.report_unknown_topic(defaults, texts.get("topic"))
    return texts
