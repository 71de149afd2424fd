"""Reader for the fields of one question. It collects every fault; the kind of question interprets the values."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping

from bot.core.errors import Fault, QuestionError
from bot.core.kind import Field, Kind, Option, Value
from bot.core.marking import fold, is_same
from bot.core.visual_comparison import are_indistinguishable, visible_form

_TYPED_FIELD = "accept"
"""The field whose texts are typed and never shown beside each other."""

INVISIBLE = "has only blank or invisible characters: write something or remove it"


class FieldReader:
    """Reader for the fields of one question, with the faults found so far.

    A missing field is read as empty, so that the reader goes on to find the next fault.
    """

    def __init__(self, kind: type[Kind], fields: Mapping[str, Value], *, exact: bool = False) -> None:
        """Read the fields of a kind; with ``exact``, typed texts are duplicates only if every letter is equal."""
        self._kind = kind
        self._fields = fields
        self._exact = exact
        self._faults: list[Fault] = []
        known = {field.name: field for field in kind.fields}
        for name in fields.keys() - known.keys():
            names = ", ".join(f"`{field}`" for field in known)
            self.add_fault(name, f"is not a field of a {kind.name} question: remove it (its fields: {names})")
        for field in kind.fields:
            if field.required and field.name not in fields:
                self.add_fault(field.name, f"is missing: add it ({field.description})")

    def add_fault(self, field: str, message: str, index: int | None = None) -> None:
        """Record a fault in a field, or in one item of a list field."""
        self._faults.append(Fault(field, message, index))

    def raise_faults(self) -> None:
        """Raise QuestionError with the recorded faults, in the order of the fields, if there are any."""
        if self._faults:
            raise QuestionError(tuple(sorted(self._faults, key=self._order)))

    def options(self, name: str) -> tuple[Option, ...]:
        """Return a field's options without surrounding space; record wrong counts, empty texts and duplicates."""
        value = self._fields.get(name, ())
        items = value if isinstance(value, tuple) else (value,)
        options = tuple(_trimmed(item) for item in items)
        if name in self._fields:
            self._count(name, len(options))
        self._refuse_empty_and_repeated(name, [option.text for option in options])
        return options

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a field's texts like ``options``; a note is a fault, since only wrong options have notes."""
        options = self.options(name)
        for index, option in enumerate(options):
            if option.note:
                self.add_fault(name, "is right, so it has no note: explain it in `why`", index)
        return tuple(option.text for option in options)

    def text(self, name: str) -> str:
        """Return the text of a field with one value."""
        return "".join(self.texts(name)[:1])

    def check_disjoint(self, name: str, texts: Iterable[str], other: str, others: Iterable[str]) -> None:
        """Record a fault for each text that another field has too: one that looks or, if typed, is marked the same."""
        alike = self._comparison_of_typed(_is_marked_the_same) if other == _TYPED_FIELD else are_indistinguishable
        taken = [text for text in others if visible_form(text)]
        for index, text in enumerate(texts):
            twin = next((one for one in taken if alike(text, one)), None) if visible_form(text) else None
            if twin is not None:
                self.add_fault(
                    name, f"“{text}” is also in `{other}`{_difference(text, twin)}: keep it in one of them", index
                )

    def _count(self, name: str, count: int) -> None:
        field = self._field(name)
        if field.shape in {"options", "texts"} and not field.least <= count <= field.most:
            self.add_fault(name, f"has {count} items: write {field.least} to {field.most}")

    def _refuse_empty_and_repeated(self, name: str, texts: Iterable[str]) -> None:
        alike = (
            self._comparison_of_typed(_is_typed_the_same)
            if name == _TYPED_FIELD or self._exact
            else are_indistinguishable
        )
        seen: list[str] = []
        for index, text in enumerate(texts):
            twin = next((one for one in seen if alike(text, one)), None)
            if not text:
                self.add_fault(name, "is empty: write something or remove it", index)
            elif not visible_form(text):
                self.add_fault(name, INVISIBLE, index)
            elif twin is not None:
                self.add_fault(name, f"“{text}” is given twice{_difference(text, twin)}: keep one of them", index)
            seen.append(text)

    def _comparison_of_typed(self, alike: Callable[[str, str], bool]) -> Callable[[str, str], bool]:
        return is_same if self._exact else alike

    def _field(self, name: str) -> Field:
        return next(field for field in self._kind.fields if field.name == name)

    def _order(self, fault: Fault) -> tuple[int, int]:
        names = [field.name for field in self._kind.fields]
        return names.index(fault.field) if fault.field in names else len(names), fault.index or 0


def _trimmed(item: str | Option) -> Option:
    return Option(item.text.strip(), item.note.strip()) if isinstance(item, Option) else Option(item.strip())


def _is_marked_the_same(one: str, other: str) -> bool:
    return (fold(one) or one) == (fold(other) or other)


def _is_typed_the_same(one: str, other: str) -> bool:
    # Typed texts may be similar on purpose: Möller, Moller.
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _difference(text: str, twin: str) -> str:
    """Describe the difference of two texts that look the same; empty if they are equal or look different."""
    mine, theirs = unicodedata.normalize("NFC", text), unicodedata.normalize("NFC", twin)
    unlike = next((sign for sign in (*mine, *theirs) if (sign in mine) != (sign in theirs)), "")
    if not unlike or not are_indistinguishable(text, twin):
        return ""
    name = unicodedata.name(unlike, "without a name").lower()
    return f" (they look the same, but one has U+{ord(unlike):04X}, {name})"
