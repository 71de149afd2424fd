"""Reading the fields of one question as its author wrote them. Gathers every fault; what the fields mean, kinds say."""

from collections.abc import Iterable, Mapping

from bot.core.errors import Fault, QuestionError
from bot.core.kind import Field, Kind, Option, Value
from bot.core.spelling import fold


class Authoring:
    """The fields of one question on their way to becoming a kind, and the faults found so far.

    A field that is absent reads as empty, so that reading goes on to the next fault.
    """

    def __init__(self, kind: type[Kind], fields: Mapping[str, Value]) -> None:
        self._kind = kind
        self._fields = fields
        self._faults: list[Fault] = []
        known = {field.name: field for field in kind.fields}
        for name in fields.keys() - known.keys():
            names = ", ".join(f"`{field}`" for field in known)
            self.fault(
                name, f"does not go with `{kind.fields[0].name}` in a {kind.name} question: take it away ({names})"
            )
        for field in kind.fields:
            if field.required and field.name not in fields:
                self.fault(field.name, f"is missing: add it ({field.description})")

    def fault(self, field: str, message: str, index: int | None = None) -> None:
        """Note a fault."""
        self._faults.append(Fault(field, message, index))

    def finish(self) -> None:
        """End the reading. Raises QuestionError when anything was found."""
        if self._faults:
            raise QuestionError(tuple(sorted(self._faults, key=self._place)))

    def options(self, name: str) -> tuple[Option, ...]:
        """Give a field's options, trimmed; faults for a wrong count, empty texts and texts given twice."""
        value = self._fields.get(name, ())
        items = value if isinstance(value, tuple) else (value,)
        options = tuple(_trimmed(item) for item in items)
        if name in self._fields:
            self._count(name, len(options))
        self._refuse_empty_and_repeated(name, [option.text for option in options])
        return options

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a field's texts, as ``options`` does; a note is a fault here, for it says why an option is wrong."""
        options = self.options(name)
        for index, option in enumerate(options):
            if option.note:
                self.fault(name, "is right, so it takes no note: say why it is right in `why`", index)
        return tuple(option.text for option in options)

    def text(self, name: str) -> str:
        """Give a field's one text."""
        return "".join(self.texts(name)[:1])

    def refuse_shared(self, name: str, texts: Iterable[str], other: str, others: Iterable[str]) -> None:
        """Fault every text of a field that another field holds too."""
        taken = {_key(text) for text in others if text}
        for index, text in enumerate(texts):
            if text and _key(text) in taken:
                self.fault(name, f"“{text}” is in `{other}` too: keep it in one of them", index)

    def _count(self, name: str, count: int) -> None:
        field = self._field(name)
        if field.shape in {"options", "texts"} and not field.least <= count <= field.most:
            self.fault(name, f"has {count} items: write {field.least} to {field.most}")

    def _refuse_empty_and_repeated(self, name: str, texts: Iterable[str]) -> None:
        seen: set[str] = set()
        for index, text in enumerate(texts):
            if not text:
                self.fault(name, "is empty: write something or take it away", index)
            elif _repeats(self._field(name), text, seen):
                self.fault(name, f"“{text}” is given twice: keep one of them", index)

    def _field(self, name: str) -> Field:
        return next(field for field in self._kind.fields if field.name == name)

    def _place(self, fault: Fault) -> tuple[int, int]:
        names = [field.name for field in self._kind.fields]
        return names.index(fault.field) if fault.field in names else len(names), fault.index or 0


def _repeats(field: Field, text: str, seen: set[str]) -> bool:
    # Texts to be typed may be near one another on purpose: Möller, Moller.
    key = _key(text) if field.shape == "options" or field.name == "answers" else " ".join(text.split()).casefold()
    repeated = key in seen
    seen.add(key)
    return repeated


def _trimmed(item: str | Option) -> Option:
    return Option(item.text.strip(), item.note.strip()) if isinstance(item, Option) else Option(item.strip())


def _key(text: str) -> str:
    return fold(text) or text
