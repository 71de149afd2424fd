"""Reads the composed nodes of a bank file into a Bank: its sections, and no two things of one section by one id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.bank.answers import answer_texts
from bot.bank.form import Form, items_of
from bot.bank.layout import BANK, DEFAULTS, MOST_ITEMS, PASSAGE, SECTIONS, TOPIC, TextField
from bot.bank.nodes import Node, Text
from bot.bank.problems import Findings, Place
from bot.bank.questions import QuestionReader
from bot.core.other_answers import mark_beside_each_other
from bot.core.question import Bank, Passage, Topic

NOUNS = {"reading": "passage", "topics": "topic", "questions": "question"}
"""What one item of each section is called in a sentence."""

Texts = dict[str, str | None]
"""The texts of one item by field; None stands for a text that findings complain of."""


@dataclass(frozen=True, slots=True)
class Located:
    """A bank, and where its parts stand in its file.

    Attributes:
        places: the place of every passage, topic and question by section and id.
        answers: the place of every answer by the id of its question and its text.
    """

    bank: Bank
    places: Mapping[tuple[str, str], Place]
    answers: Mapping[tuple[str, str], Place]


def read_bank(root: Node, findings: Findings) -> Located | None:
    """Read the whole bank, or give None and findings."""
    form = Form.of(root, "bank", findings)
    if form is None:
        return None
    form.refuse_unknown((*(field.name for field in BANK), *SECTIONS))
    texts = form.texts(BANK)
    places: dict[tuple[str, str], Place] = {}
    reading = [_texts(item, PASSAGE) for item in _section(form, "reading", places)]
    topics = [_texts(item, TOPIC) for item in _section(form, "topics", places)]
    reader = QuestionReader(_passages(reading, places), _ids("topics", places))
    defaults = _defaults(form, reader)
    items = _section(form, "questions", places)
    questions = [reader.read(item, defaults) for item in items]
    if findings:
        return None
    bank = Bank(
        **_whole(texts),
        reading=tuple(Passage(**_whole(passage)) for passage in reading),
        topics=tuple(Topic(**_whole(topic)) for topic in topics),
        questions=tuple(question for question in questions if question is not None),
    )
    return Located(mark_beside_each_other(bank), places, _answers(items))


def _answers(items: Iterable[Form]) -> dict[tuple[str, str], Place]:
    """Return the place of every answer by the id of its question and its text; of a text given twice, the first."""
    places: dict[tuple[str, str], Place] = {}
    for item in items:
        name = item["id"].value
        for text in answer_texts(item):
            places.setdefault((name.value if isinstance(name, Text) else "", text.value), text.place)
    return places


def _texts(item: Form, fields: tuple[TextField, ...]) -> Texts:
    item.refuse_unknown(field.name for field in fields)
    return item.texts(fields)


def _whole(texts: Texts) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text is not None}


def _ids(section: str, places: Mapping[tuple[str, str], Place]) -> tuple[str, ...]:
    """Give every id as written, good or bad, so that a bad one is one fault and not one in every question besides."""
    return tuple(one for where, one in places if where == section)


def _passages(reading: list[Texts], places: Mapping[tuple[str, str], Place]) -> Texts:
    # of two passages by one id the first counts, so that the other is the only fault
    texts = {one["id"]: one["text"] for one in reversed(reading) if one["id"] is not None}
    return dict.fromkeys(_ids("reading", places)) | texts


def _section(form: Form, name: str, places: dict[tuple[str, str], Place]) -> list[Form]:
    """Open every item of a section, and note the place of its id in ``places``."""
    if name not in form:
        form.missing(name, SECTIONS[name])
        return []
    nodes = items_of(form[name].value, name, form.findings)
    most = MOST_ITEMS.get(name, len(nodes))
    if len(nodes) > most:
        message = f"There are {len(nodes)} items in {name!r}, but Telegram shows {most} at most. Join some of them."
        form.findings.add(form[name].place, message)
    items = [item for node in nodes if (item := Form.of(node, NOUNS[name], form.findings)) is not None]
    for item in items:
        _note_id(item, name, places)
    return items


def _note_id(item: Form, section: str, places: dict[tuple[str, str], Place]) -> None:
    value = item["id"].value if "id" in item else None
    if not isinstance(value, Text) or not value.value:
        return  # said by whoever reads the text
    first = places.setdefault((section, value.value), value.place)
    if first is not value.place:
        message = (
            f"The {item.noun} {value.value!r} stands already on line {first.line}. Give this one an id of its own."
        )
        item.findings.add(value.place, message)


def _defaults(form: Form, reader: QuestionReader) -> Texts:
    if "defaults" not in form:
        return {}
    defaults = Form.of(form["defaults"].value, "set of defaults", form.findings)
    if defaults is None:
        return {field.name: None for field in DEFAULTS}
    defaults.refuse_unknown(field.name for field in DEFAULTS)
    texts = {field.name: defaults.text(field) for field in DEFAULTS if field.name in defaults}
    reader.refuse_unknown_topic(defaults, texts.get("topic"))
    return texts
