"""A value like another but for some fields: a state machine makes several with every answer."""

from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

T = TypeVar("T")

if TYPE_CHECKING:
    # The type checker knows this one, and looks at the fields that are named.
    from dataclasses import replace as replace
else:

    def replace(value: T, /, **changes: Any) -> T:  # noqa: ANN401 - the fields are of any type
        """Give a dataclass like this one but for some fields, in half the time that ``dataclasses.replace`` takes.

        The fields must be those of its constructor, in that order, as they are unless it is told otherwise.

        Raises:
            KeyError: it has no such field.
        """
        read, places = _fields_of(type(value))
        values = list(read(value))
        for name, changed in changes.items():
            values[places[name]] = changed
        return type(value)(*values)


@cache
def _fields_of(shape: type) -> tuple[Any, dict[str, int]]:
    """Give what reads all fields at once, and where each is among them."""
    names = [field.name for field in fields(shape)]
    return attrgetter(*names), {name: place for place, name in enumerate(names)}
